"""Ground-floor records."""

from hotline.models.audit import AuditCheck, AuditEntry, AuditSeal, CheckState
from hotline.models.authenticator import Authenticator
from hotline.models.idempotency import Heartbeat, RequestKey
from hotline.models.message import Message, MessageTemplate
from hotline.models.organisation import Bilingual, Organisation, Region, Tree
from hotline.models.people import ApiToken, Membership, User
from hotline.models.proposal import Proposal, ProposalState
from hotline.models.rate import RateCount
from hotline.models.restriction import Restriction
from hotline.models.rule_version import RuleVersion
from hotline.models.two_people import TwoPeople, TwoPeopleState
from hotline.models.working_calendar import Calendar, CalendarDay, CalendarYear

__all__ = [
    "ApiToken",
    "AuditCheck",
    "AuditEntry",
    "AuditSeal",
    "Authenticator",
    "Bilingual",
    "Calendar",
    "CalendarDay",
    "CalendarYear",
    "CheckState",
    "Heartbeat",
    "Membership",
    "Message",
    "MessageTemplate",
    "Organisation",
    "Proposal",
    "ProposalState",
    "RateCount",
    "Region",
    "RequestKey",
    "Restriction",
    "RuleVersion",
    "Tree",
    "TwoPeople",
    "TwoPeopleState",
    "User",
]
