"""Rights in words: the published list, written from the table of roles so that the two cannot drift apart, and what
one role may do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, PLATFORM, ROLES, UNIT, Capability, Role

SIDES = {
    "contractor": CONTRACTOR,
    "office": OFFICE,
    "units": UNIT,
    "oversight": OVERSIGHT,
    "arbiter": frozenset({Role.ARBITER}),
    "platform": PLATFORM,
    "connected systems": frozenset({Role.INTEGRATION}),
}
HEAD = """# Rights

Written by `manage.py write_rights` from the table in `hotline/roles.py`; a test compares them. A right says what a role
may do. Which cases it may do it to is the scope of the person's organisation, the same for pages, lists, search,
exports and the API: a contractor and a connected system reach the cases they took; a unit those that are or were with
it or a unit below it; the office and oversight all; the arbiter and the platform's administrators none. What is out of
reach answers as if it were not there. Whoever administers the platform holds one of its three roles and no other.

"""

WORDS = {
    Capability.SELF_USE: _("use an account of one's own"),
    Capability.NOTICES_READ: _("read one's notices"),
    Capability.CASE_READ: _("read cases"),
    Capability.CASE_SEARCH: _("search cases and export lists"),
    Capability.CASE_REGISTER: _("register requests"),
    Capability.CASE_ANSWER: _("answer requests directly"),
    Capability.CASE_REFUSE: _("refuse requests on a legal ground"),
    Capability.CASE_HAND_OVER: _("hand over to another service"),
    Capability.CASE_DISPATCH: _("dispatch cases"),
    Capability.CASE_WITHDRAW: _("withdraw cases for the citizen"),
    Capability.CASE_REOPEN: _("reopen cases"),
    Capability.CASE_URGE: _("urge a unit"),
    Capability.CASE_NOTE: _("add notes and files"),
    Capability.CASE_IMPORT: _("import cases and call records of an older system"),
    Capability.ASSIGNMENT_WORK: _("sign off, work on and answer cases of the own unit"),
    Capability.DECISION_ASK: _("ask for a return or more time"),
    Capability.DECISION_RULE: _("rule on requests of units"),
    Capability.DECISION_READ: _("read requests of units and what became of them"),
    Capability.DECISION_CONFIRM: _("confirm rulings that want a second person"),
    Capability.DISPUTE_RULE: _("rule on disputes between units"),
    Capability.REPLY_REVIEW: _("review replies"),
    Capability.CALLBACK_MAKE: _("call citizens back"),
    Capability.CALLBACK_INDEPENDENT: _("call citizens of the blind sample"),
    Capability.INDEPENDENT_READ: _("read what independent callbacks found"),
    Capability.IDENTITY_REVEAL: _("view a citizen's identity, with a reason and up to a limit"),
    Capability.PHONE_LAST4_SEARCH: _("search by the last four digits of a telephone number"),
    Capability.CALL_RECORD: _("report calls of the telephone platform"),
    Capability.CALL_READ: _("read call records"),
    Capability.FEEDBACK_READ: _("read citizens' verdicts"),
    Capability.KNOWLEDGE_READ: _("read the knowledge base"),
    Capability.KNOWLEDGE_REPORT: _("report faults in the knowledge base"),
    Capability.KNOWLEDGE_WRITE: _("write articles of the knowledge base"),
    Capability.KNOWLEDGE_APPROVE: _("approve articles somebody else wrote"),
    Capability.CATALOGUE_READ: _("read the dispatch catalogue"),
    Capability.CATALOGUE_EDIT: _("propose changes of the dispatch catalogue"),
    Capability.CATALOGUE_APPROVE: _("approve changes of the dispatch catalogue somebody else proposed"),
    Capability.POLICY_READ: _("read time limits and the working calendar"),
    Capability.SUGGESTION_MODELS_READ: _("read what suggestions were learned"),
    Capability.SUGGESTION_MODELS_MANAGE: _("have suggestions learned and switch them on and off"),
    Capability.HOT_TOPICS_READ: _("read hot topics"),
    Capability.OUTBOX_READ: _("read the outbox"),
    Capability.OVERVIEW_READ: _("read the overview"),
    Capability.DIRECTORY_READ: _("read organisations, places and categories"),
    Capability.METRICS_READ: _("read the system's metrics"),
    Capability.AUDIT_CHECK: _("have the audit trail checked and exported"),
    Capability.SHIFT_READ: _("read the plan of shifts: agents their own, a contractor's others its people's"),
    Capability.SHIFT_PLAN: _("plan the shifts of the own people"),
    Capability.PRESENCE_READ: _("read who was at work when, and how seats were filled"),
    Capability.INTEGRATION_MANAGE: _("connect telephone platforms and give them secrets"),
    Capability.CASE_INVOLVE: _("ask other units to help or hand on within the own tree"),
    Capability.CASE_LINK: _("join and separate cases about the same matter"),
    Capability.CASE_SEAL: _("keep a case in confidence from bodies and people"),
    Capability.IDENTITY_SEALED: _("view the identity in a case kept in confidence"),
    Capability.CASE_RECUSE: _("stand back from a case for conflict of interest"),
    Capability.CASE_SUPERVISE: _("issue urges, supervisions, summonses and circulars"),
    Capability.LADDER_READ: _("read steps of supervision"),
    Capability.LADDER_ANSWER: _("answer steps of supervision"),
    Capability.LADDER_SETTLE: _("judge answers to steps of supervision"),
    Capability.PROPOSAL_READ: _("read proposed changes of rules"),
    Capability.PROPOSAL_MAKE: _("propose changes of rules"),
    Capability.PROPOSAL_DECIDE: _("approve changes of rules somebody else proposed"),
    Capability.MESSAGE_REPORT: _("report what became of messages"),
    Capability.PEOPLE_READ: _("read accounts and roles"),
    Capability.PEOPLE_MANAGE: _("administer accounts and roles"),
    Capability.CONTRACT_READ: _("read contracts with contractors"),
    Capability.CONTRACT_WRITE: _("draft contracts and amendments"),
    Capability.CONTRACT_SIGN: _("sign contracts and amendments somebody else drafted"),
    Capability.ASSESSMENT_READ: _("read monthly assessments of contractors"),
    Capability.ASSESSMENT_RUN: _("run monthly assessments and put them before the contractor"),
    Capability.ASSESSMENT_OBJECT: _("object to a clause of an assessment"),
    Capability.ASSESSMENT_RULE: _("rule on objections of contractors"),
    Capability.ASSESSMENT_SIGN: _("sign assessments for one's side"),
    Capability.INCIDENT_RECORD: _("record events that contracts pay or deduct for"),
    Capability.STAFF_READ: _("read who works for contractors, with the proofs"),
    Capability.STAFF_MANAGE: _("keep the staff of contractors and bring proofs"),
    Capability.PROOF_CHECK: _("check proofs somebody else brought"),
    Capability.WAGE_READ: _("read what contractors' people are paid"),
    Capability.CLOSING_READ: _("read hand-overs at the end of contracts"),
    Capability.CLOSING_MANAGE: _("work through hand-overs at the end of contracts"),
    Capability.CLOSING_SIGN: _("sign certificates of hand-overs"),
    Capability.OWN_WORK_READ: _("read one's own calls and load"),
    Capability.QUALITY_READ: _("read published marks"),
    Capability.QUALITY_SAMPLES: _("look at samples of contacts, and draw them again"),
    Capability.QUALITY_MARK: _("mark the contacts the system gives out"),
    Capability.QUALITY_PUBLISH: _("publish marks"),
    Capability.QUALITY_APPEAL: _("appeal against marks of one's own"),
    Capability.QUALITY_REVIEW: _("rule on appeals against marks"),
    Capability.SCORECARD_WRITE: _("write scorecards"),
    Capability.SCORECARD_APPROVE: _("approve scorecards somebody else proposed"),
    Capability.AGENT_COMPLAINT_NAME: _("say which contact a complaint is about"),
    Capability.AGENT_COMPLAINT_RULE: _("rule on complaints about agents"),
    Capability.ATTRIBUTION_READ: _("read whose a bad outcome was"),
    Capability.ATTRIBUTION_DISPUTE: _("dispute what is attributed to one's own body"),
    Capability.ATTRIBUTION_RULE: _("rule on disputed attributions"),
    Capability.FINDING_READ: _("read what the detectors noticed"),
    Capability.FINDING_REVIEW: _("look into what the detectors noticed, and settle it"),
    Capability.AUDIT_READ: _("read the life of a case, who looked at personal data, and who may do what"),
    Capability.AUDIT_SAMPLE: _("draw samples of closed cases, freeze and judge them"),
    Capability.EXPORT_ASK: _("ask for an export"),
    Capability.EXPORT_APPROVE: _("approve exports with personal data, asked for by somebody else"),
    Capability.PUBLICATION_READ: _("read bulletins, and what the public is to read before it is published"),
    Capability.PUBLICATION_WRITE: _("write bulletins and typical cases, and let the public read hot topics"),
    Capability.PUBLICATION_APPROVE: _("approve bulletins and typical cases somebody else proposed"),
    Capability.PUBLICATION_WITHDRAW: _("take typical cases from the public page"),
}
"""Each right as the end of "this person may ...". A test misses those that are not here."""


def rights_of(role: str) -> list[str]:
    """What a role may do, in words, in the order of the table."""
    return [str(WORDS.get(right, right.value)) for right in ROLES if role in ROLES[right]]


def reach_of(role: str) -> str:
    """Which cases that is about, in a sentence; see ``HEAD``."""
    if role in CONTRACTOR | {Role.INTEGRATION}:
        return str(_("Cases the organisation took."))
    if role in UNIT:
        return str(_("Cases that are or were with the organisation or one below it."))
    return str(_("All cases.") if role in OFFICE | OVERSIGHT else _("No cases."))


def document() -> str:
    with override("en"):
        heads = ["right", *SIDES]
        return HEAD + _row(heads) + _row(["---"] * len(heads)) + "".join(_line(right) for right in sorted(ROLES))


def _line(right: Capability) -> str:
    return _row([f"`{right}`", *(_who(roles, ROLES[right]) for roles in SIDES.values())])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _who(side: frozenset[Role], holders: frozenset[Role]) -> str:
    """``all`` of a side, those of it who hold the right, or nobody."""
    named = [str(role.label).lower() for role in Role if role in side & holders]
    if len(named) < len(side):
        return ", ".join(named)
    return "all" if len(side) > 1 else "yes"


def place() -> Path:
    root: Path = settings.BASE_DIR
    return root / "docs" / "rights.md"
