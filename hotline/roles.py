"""Who may do what: one table from capability to roles. Every page and endpoint names its capability."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a membership is for."""

    AGENT = "agent", _("Call agent")
    SHIFT_LEADER = "shift_leader", _("Shift leader")
    QUALITY_INSPECTOR = "quality_inspector", _("Quality inspector")
    CONTRACTOR_MANAGER = "contractor_manager", _("Contractor manager")
    DISPATCHER = "dispatcher", _("Dispatcher")
    REVIEWER = "reviewer", _("Reviewer")
    CALLBACK_OFFICER = "callback_officer", _("Callback officer")
    QUALITY_OFFICER = "quality_officer", _("Quality officer")
    KNOWLEDGE_EDITOR = "knowledge_editor", _("Knowledge editor")
    OFFICE_HEAD = "office_head", _("Head of the hotline office")
    CLERK = "clerk", _("Unit clerk")
    HANDLER = "handler", _("Handler")
    UNIT_HEAD = "unit_head", _("Unit head")
    SUPERVISOR = "supervisor", _("Supervisor")
    AUDITOR = "auditor", _("Auditor")
    ARBITER = "arbiter", _("Arbiter")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")
    INTEGRATION = "integration", _("Connected system")


CONTRACTOR = frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.QUALITY_INSPECTOR, Role.CONTRACTOR_MANAGER})
OFFICE = frozenset(
    {
        Role.DISPATCHER,
        Role.REVIEWER,
        Role.CALLBACK_OFFICER,
        Role.QUALITY_OFFICER,
        Role.KNOWLEDGE_EDITOR,
        Role.OFFICE_HEAD,
    }
)
UNIT = frozenset({Role.CLERK, Role.HANDLER, Role.UNIT_HEAD})
OVERSIGHT = frozenset({Role.SUPERVISOR, Role.AUDITOR})
PLATFORM = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
PEOPLE = CONTRACTOR | OFFICE | UNIT | OVERSIGHT | PLATFORM | {Role.ARBITER}
GOVERNMENT = OFFICE | UNIT | OVERSIGHT | {Role.ARBITER}


class Capability(StrEnum):
    """Something a role may do. Named NOUN_VERB; which cases it reaches is the scope's business, not this table's."""

    SELF_USE = "self.use"
    NOTICES_READ = "notices.read"
    CASE_READ = "case.read"
    CASE_SEARCH = "case.search"
    CASE_REGISTER = "case.register"
    CASE_ANSWER = "case.answer"
    CASE_REFUSE = "case.refuse"
    CASE_HAND_OVER = "case.hand_over"
    CASE_DISPATCH = "case.dispatch"
    CASE_INVOLVE = "case.involve"
    CASE_WITHDRAW = "case.withdraw"
    CASE_REOPEN = "case.reopen"
    CASE_URGE = "case.urge"
    CASE_SUPERVISE = "case.supervise"
    LADDER_READ = "ladder.read"
    LADDER_ANSWER = "ladder.answer"
    LADDER_SETTLE = "ladder.settle"
    CASE_NOTE = "case.note"
    CASE_IMPORT = "case.import"
    ASSIGNMENT_WORK = "assignment.work"
    DECISION_ASK = "decision.ask"
    DECISION_RULE = "decision.rule"
    DECISION_READ = "decision.read"
    DECISION_CONFIRM = "decision.confirm"
    DISPUTE_RULE = "dispute.rule"
    REPLY_REVIEW = "reply.review"
    CALLBACK_MAKE = "callback.make"
    CALLBACK_INDEPENDENT = "callback.independent"
    INDEPENDENT_READ = "independent.read"
    IDENTITY_REVEAL = "identity.reveal"
    IDENTITY_SEALED = "identity.sealed"
    CASE_LINK = "case.link"
    CASE_SEAL = "case.seal"
    CASE_RECUSE = "case.recuse"
    PHONE_LAST4_SEARCH = "phone.last4_search"
    CALL_RECORD = "call.record"
    CALL_READ = "call.read"
    FEEDBACK_READ = "feedback.read"
    KNOWLEDGE_READ = "knowledge.read"
    SUGGESTION_MODELS_READ = "suggestion_models.read"
    SUGGESTION_MODELS_MANAGE = "suggestion_models.manage"
    HOT_TOPICS_READ = "hot_topics.read"
    KNOWLEDGE_REPORT = "knowledge.report"
    KNOWLEDGE_WRITE = "knowledge.write"
    KNOWLEDGE_APPROVE = "knowledge.approve"
    CATALOGUE_READ = "catalogue.read"
    CATALOGUE_EDIT = "catalogue.edit"
    CATALOGUE_APPROVE = "catalogue.approve"
    POLICY_READ = "policy.read"
    PROPOSAL_READ = "proposal.read"
    PROPOSAL_MAKE = "proposal.make"
    PROPOSAL_DECIDE = "proposal.decide"
    OUTBOX_READ = "outbox.read"
    MESSAGE_REPORT = "message.report"
    OVERVIEW_READ = "overview.read"
    DIRECTORY_READ = "directory.read"
    PEOPLE_READ = "people.read"
    PEOPLE_MANAGE = "people.manage"
    METRICS_READ = "metrics.read"
    AUDIT_CHECK = "audit.check"
    CONTRACT_READ = "contract.read"
    CONTRACT_WRITE = "contract.write"
    CONTRACT_SIGN = "contract.sign"
    ASSESSMENT_READ = "assessment.read"
    ASSESSMENT_RUN = "assessment.run"
    ASSESSMENT_OBJECT = "assessment.object"
    ASSESSMENT_RULE = "assessment.rule"
    ASSESSMENT_SIGN = "assessment.sign"
    INCIDENT_RECORD = "incident.record"
    INTEGRATION_MANAGE = "integration.manage"
    SHIFT_READ = "shift.read"
    SHIFT_PLAN = "shift.plan"
    PRESENCE_READ = "presence.read"
    STAFF_READ = "staff.read"
    STAFF_MANAGE = "staff.manage"
    PROOF_CHECK = "proof.check"
    WAGE_READ = "wage.read"
    CLOSING_READ = "closing.read"
    CLOSING_MANAGE = "closing.manage"
    CLOSING_SIGN = "closing.sign"
    OWN_WORK_READ = "own_work.read"
    QUALITY_READ = "quality.read"
    QUALITY_SAMPLES = "quality.samples"
    QUALITY_MARK = "quality.mark"
    QUALITY_PUBLISH = "quality.publish"
    QUALITY_APPEAL = "quality.appeal"
    QUALITY_REVIEW = "quality.review"
    SCORECARD_WRITE = "scorecard.write"
    SCORECARD_APPROVE = "scorecard.approve"
    AGENT_COMPLAINT_NAME = "agent_complaint.name"
    AGENT_COMPLAINT_RULE = "agent_complaint.rule"
    ATTRIBUTION_READ = "attribution.read"
    ATTRIBUTION_DISPUTE = "attribution.dispute"
    ATTRIBUTION_RULE = "attribution.rule"
    FINDING_READ = "finding.read"
    FINDING_REVIEW = "finding.review"
    AUDIT_READ = "audit.read"
    AUDIT_SAMPLE = "audit.sample"
    EXPORT_ASK = "export.ask"
    EXPORT_APPROVE = "export.approve"
    PUBLICATION_READ = "publication.read"
    PUBLICATION_WRITE = "publication.write"
    PUBLICATION_APPROVE = "publication.approve"
    PUBLICATION_WITHDRAW = "publication.withdraw"


_CASE_READERS = CONTRACTOR | GOVERNMENT | {Role.INTEGRATION}
_QUALITY_GOVERNMENT = OVERSIGHT | {Role.QUALITY_OFFICER, Role.OFFICE_HEAD}

ROLES: dict[Capability, frozenset[Role]] = {
    Capability.SELF_USE: PEOPLE | {Role.INTEGRATION},
    Capability.NOTICES_READ: PEOPLE,
    Capability.CASE_READ: _CASE_READERS,
    Capability.CASE_SEARCH: CONTRACTOR | GOVERNMENT,
    Capability.CASE_REGISTER: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.DISPATCHER, Role.INTEGRATION}),
    Capability.CASE_ANSWER: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.DISPATCHER}),
    Capability.CASE_REFUSE: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.DISPATCHER}),
    Capability.CASE_HAND_OVER: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.DISPATCHER}),
    Capability.CASE_DISPATCH: frozenset({Role.DISPATCHER, Role.OFFICE_HEAD}),
    Capability.CASE_INVOLVE: UNIT | {Role.DISPATCHER, Role.OFFICE_HEAD},
    Capability.CASE_WITHDRAW: frozenset({Role.DISPATCHER, Role.REVIEWER, Role.OFFICE_HEAD}),
    Capability.CASE_REOPEN: frozenset({Role.DISPATCHER, Role.REVIEWER, Role.OFFICE_HEAD}),
    Capability.CASE_URGE: UNIT
    | {Role.AGENT, Role.SHIFT_LEADER, Role.DISPATCHER, Role.REVIEWER, Role.OFFICE_HEAD, Role.SUPERVISOR},
    Capability.CASE_SUPERVISE: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.LADDER_READ: OFFICE | UNIT | OVERSIGHT,
    Capability.LADDER_ANSWER: UNIT,
    Capability.LADDER_SETTLE: frozenset({Role.DISPATCHER, Role.REVIEWER, Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.CASE_NOTE: frozenset({Role.AGENT, Role.SHIFT_LEADER}) | OFFICE | UNIT,
    Capability.CASE_IMPORT: frozenset({Role.OFFICE_HEAD, Role.SYSTEM_ADMIN}),
    Capability.ASSIGNMENT_WORK: UNIT,
    Capability.DECISION_ASK: UNIT,
    Capability.DECISION_RULE: frozenset({Role.DISPATCHER, Role.OFFICE_HEAD}),
    Capability.DECISION_CONFIRM: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.DISPUTE_RULE: frozenset({Role.ARBITER}),
    Capability.DECISION_READ: frozenset({Role.DISPATCHER, Role.OFFICE_HEAD, Role.SUPERVISOR, Role.ARBITER}),
    Capability.REPLY_REVIEW: frozenset({Role.REVIEWER, Role.OFFICE_HEAD}),
    Capability.CALLBACK_MAKE: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.CALLBACK_OFFICER}),
    # whose own work neither the callback nor the case is: ``docs/decisions/0029-a-blind-sample.md``
    Capability.CALLBACK_INDEPENDENT: OVERSIGHT | {Role.QUALITY_OFFICER},
    Capability.INDEPENDENT_READ: OVERSIGHT | {Role.QUALITY_OFFICER, Role.OFFICE_HEAD},
    Capability.IDENTITY_REVEAL: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.SUPERVISOR, Role.AUDITOR})
    | (OFFICE - {Role.KNOWLEDGE_EDITOR})
    | UNIT,
    Capability.IDENTITY_SEALED: frozenset({Role.CALLBACK_OFFICER, Role.OFFICE_HEAD, Role.AUDITOR}),
    Capability.CASE_LINK: frozenset({Role.AGENT, Role.SHIFT_LEADER, Role.DISPATCHER, Role.REVIEWER, Role.OFFICE_HEAD}),
    Capability.CASE_SEAL: frozenset({Role.DISPATCHER, Role.OFFICE_HEAD}),
    Capability.CASE_RECUSE: OFFICE | UNIT | OVERSIGHT,
    Capability.PHONE_LAST4_SEARCH: OFFICE - {Role.KNOWLEDGE_EDITOR} | {Role.SUPERVISOR, Role.AUDITOR},
    Capability.CALL_RECORD: frozenset({Role.INTEGRATION}),
    Capability.CALL_READ: CONTRACTOR | OFFICE | OVERSIGHT | {Role.INTEGRATION},
    Capability.FEEDBACK_READ: OFFICE | OVERSIGHT,
    Capability.KNOWLEDGE_READ: CONTRACTOR | GOVERNMENT,
    Capability.SUGGESTION_MODELS_READ: OFFICE | OVERSIGHT,
    Capability.SUGGESTION_MODELS_MANAGE: frozenset({Role.OFFICE_HEAD}),
    Capability.HOT_TOPICS_READ: OFFICE | OVERSIGHT,
    Capability.KNOWLEDGE_REPORT: CONTRACTOR | OFFICE | UNIT | OVERSIGHT,
    Capability.KNOWLEDGE_WRITE: UNIT | {Role.KNOWLEDGE_EDITOR, Role.OFFICE_HEAD},
    Capability.KNOWLEDGE_APPROVE: frozenset({Role.KNOWLEDGE_EDITOR, Role.OFFICE_HEAD}),
    Capability.CATALOGUE_READ: CONTRACTOR | GOVERNMENT,
    Capability.CATALOGUE_EDIT: frozenset({Role.DISPATCHER, Role.OFFICE_HEAD, Role.ARBITER}),
    Capability.CATALOGUE_APPROVE: frozenset({Role.OFFICE_HEAD, Role.ARBITER}),
    Capability.POLICY_READ: PEOPLE,
    Capability.PROPOSAL_READ: OFFICE | OVERSIGHT,
    Capability.PROPOSAL_MAKE: frozenset({Role.OFFICE_HEAD, Role.QUALITY_OFFICER}),
    Capability.PROPOSAL_DECIDE: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.OUTBOX_READ: OFFICE | OVERSIGHT,
    Capability.MESSAGE_REPORT: frozenset({Role.INTEGRATION}),
    Capability.OVERVIEW_READ: OVERSIGHT | {Role.OFFICE_HEAD, Role.QUALITY_OFFICER},
    Capability.DIRECTORY_READ: PEOPLE | {Role.INTEGRATION},
    Capability.PEOPLE_READ: frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}),
    Capability.PEOPLE_MANAGE: frozenset({Role.SECURITY_ADMIN}),
    Capability.AUDIT_CHECK: frozenset({Role.AUDITOR, Role.AUDIT_ADMIN}),
    Capability.METRICS_READ: frozenset({Role.SYSTEM_ADMIN, Role.INTEGRATION}),
    Capability.CONTRACT_READ: OVERSIGHT | {Role.CONTRACTOR_MANAGER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD},
    Capability.CONTRACT_WRITE: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.CONTRACT_SIGN: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.ASSESSMENT_READ: OVERSIGHT | {Role.CONTRACTOR_MANAGER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD},
    Capability.ASSESSMENT_RUN: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.ASSESSMENT_OBJECT: frozenset({Role.CONTRACTOR_MANAGER}),
    Capability.ASSESSMENT_RULE: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.ASSESSMENT_SIGN: frozenset({Role.CONTRACTOR_MANAGER, Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.INCIDENT_RECORD: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.INTEGRATION_MANAGE: frozenset({Role.SYSTEM_ADMIN}),
    Capability.SHIFT_READ: CONTRACTOR | OFFICE | OVERSIGHT,
    Capability.SHIFT_PLAN: frozenset({Role.SHIFT_LEADER, Role.CONTRACTOR_MANAGER}),
    Capability.PRESENCE_READ: CONTRACTOR - {Role.AGENT} | OFFICE | OVERSIGHT,
    Capability.STAFF_READ: OVERSIGHT | {Role.CONTRACTOR_MANAGER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD},
    Capability.STAFF_MANAGE: frozenset({Role.CONTRACTOR_MANAGER, Role.OFFICE_HEAD}),
    Capability.PROOF_CHECK: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.WAGE_READ: frozenset({Role.CONTRACTOR_MANAGER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD, Role.AUDITOR}),
    Capability.CLOSING_READ: OVERSIGHT | {Role.CONTRACTOR_MANAGER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD},
    Capability.CLOSING_MANAGE: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.CLOSING_SIGN: frozenset({Role.CONTRACTOR_MANAGER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.OWN_WORK_READ: frozenset({Role.AGENT, Role.SHIFT_LEADER}),
    Capability.QUALITY_READ: CONTRACTOR | _QUALITY_GOVERNMENT,
    Capability.QUALITY_SAMPLES: frozenset({Role.QUALITY_INSPECTOR, Role.CONTRACTOR_MANAGER}) | _QUALITY_GOVERNMENT,
    Capability.QUALITY_MARK: frozenset({Role.QUALITY_INSPECTOR, Role.QUALITY_OFFICER}),
    Capability.QUALITY_PUBLISH: frozenset({Role.QUALITY_INSPECTOR, Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.QUALITY_APPEAL: frozenset({Role.AGENT, Role.SHIFT_LEADER}),
    Capability.QUALITY_REVIEW: frozenset(
        {Role.QUALITY_INSPECTOR, Role.QUALITY_OFFICER, Role.OFFICE_HEAD, Role.SUPERVISOR}
    ),
    Capability.SCORECARD_WRITE: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.SCORECARD_APPROVE: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.AGENT_COMPLAINT_NAME: frozenset(
        {Role.DISPATCHER, Role.REVIEWER, Role.CALLBACK_OFFICER, Role.QUALITY_OFFICER, Role.OFFICE_HEAD}
    ),
    Capability.AGENT_COMPLAINT_RULE: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.ATTRIBUTION_READ: CONTRACTOR | OFFICE | UNIT | OVERSIGHT,
    Capability.ATTRIBUTION_DISPUTE: UNIT | {Role.CONTRACTOR_MANAGER, Role.QUALITY_INSPECTOR},
    Capability.ATTRIBUTION_RULE: frozenset({Role.QUALITY_OFFICER, Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.FINDING_READ: OVERSIGHT | {Role.QUALITY_OFFICER, Role.OFFICE_HEAD},
    Capability.FINDING_REVIEW: OVERSIGHT,
    Capability.AUDIT_READ: OVERSIGHT,
    Capability.AUDIT_SAMPLE: frozenset({Role.AUDITOR}),
    Capability.EXPORT_ASK: CONTRACTOR | GOVERNMENT,
    Capability.EXPORT_APPROVE: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.PUBLICATION_READ: OFFICE | OVERSIGHT,
    Capability.PUBLICATION_WRITE: frozenset({Role.KNOWLEDGE_EDITOR, Role.QUALITY_OFFICER, Role.OFFICE_HEAD}),
    Capability.PUBLICATION_APPROVE: frozenset({Role.OFFICE_HEAD, Role.SUPERVISOR}),
    Capability.PUBLICATION_WITHDRAW: frozenset(
        {Role.KNOWLEDGE_EDITOR, Role.QUALITY_OFFICER, Role.OFFICE_HEAD, Role.SUPERVISOR}
    ),
}

# What a contract may leave out: work that contractors' roles hold. All else they hold comes with a place to work;
# what they do not hold is the government's and cannot be switched on.
SWITCHABLE: tuple[Capability, ...] = (
    Capability.CASE_REGISTER,
    Capability.CASE_ANSWER,
    Capability.CASE_REFUSE,
    Capability.CASE_HAND_OVER,
    Capability.CASE_LINK,
    Capability.CASE_NOTE,
    Capability.CASE_URGE,
    Capability.CALLBACK_MAKE,
    Capability.IDENTITY_REVEAL,
    Capability.KNOWLEDGE_REPORT,
)
