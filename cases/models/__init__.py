"""Records of intake and routing."""

from cases.models.assignment import ACTIVE, TIERS, TO_DO, Assignment, AssignmentRole, AssignmentState
from cases.models.attachment import Attachment, AttachmentKind
from cases.models.burst import Burst
from cases.models.call import Call, CallQuerySet, Direction
from cases.models.call_platform import CallPlatform, CallReport
from cases.models.case import (
    ENDED,
    HANDLED,
    OPEN,
    OWED,
    WITH_UNIT,
    CallbackWish,
    Case,
    CaseQuerySet,
    CaseText,
    EmergencyLine,
    Kind,
    Outcome,
    Status,
    Urgency,
    in_reach,
)
from cases.models.category import Category, Channel
from cases.models.citizen import Citizen
from cases.models.clock import Clock, ClockPause
from cases.models.deadline_policy import ClockKind, DeadlinePolicy, EscalationAct, EscalationStep, LimitUnit
from cases.models.decision import (
    TWO_APPROVALS,
    Decision,
    DecisionKind,
    DecisionQuerySet,
    DecisionState,
)
from cases.models.dispatch_catalogue import CatalogueChange, CatalogueEntry, CatalogueUpload, CatalogueVersion
from cases.models.draft import Draft, ReplyDraft, Reveal, SavedView
from cases.models.event import CaseEvent, EventKind
from cases.models.export import Export, ExportFile, ExportForm, ExportQuerySet, ExportState
from cases.models.feedback import (
    CallbackAttempt,
    Feedback,
    FeedbackSource,
    Satisfaction,
    Survey,
    SurveyState,
)
from cases.models.group import CaseGroup, GroupAnswer, GroupAnswered
from cases.models.hand_over import HandOver, HandOverState
from cases.models.held_notice import HeldNotice
from cases.models.hot_topic import HotTopic, TopicRun
from cases.models.import_run import ImportRun
from cases.models.independent import (
    IndependentAttempt,
    IndependentCallback,
    IndependentDraw,
    IndependentQuerySet,
    IndependentState,
    RoundResult,
)
from cases.models.knowledge import KnowledgeArticle, KnowledgeFile, Quotation
from cases.models.knowledge_report import KnowledgeReport, ReportKind, ReportOutcome
from cases.models.ladder import (
    BY_A_PERSON,
    RUNGS,
    UNSETTLED,
    LadderSerial,
    LadderStep,
    Rung,
    RungState,
)
from cases.models.reason import (
    CallbackResult,
    DisputeReason,
    Reason,
    ReasonKind,
    RevealReason,
    kept_reasons,
    reason_at,
    reason_words,
)
from cases.models.recusal import Recusal, kept_from
from cases.models.reply import BETWEEN_UNITS, Reply, ReplyState, Solved, Truth
from cases.models.suggestion_model import ModelWeights, SuggestionModel, SuggestionUse, Target, TrainingState
from cases.models.tally import Counted, Standing, Tally, TallyChange, TallyShare
from cases.models.verbatim import Verbatim

__all__ = [
    "ACTIVE",
    "BETWEEN_UNITS",
    "BY_A_PERSON",
    "ENDED",
    "HANDLED",
    "OPEN",
    "OWED",
    "RUNGS",
    "TIERS",
    "TO_DO",
    "TWO_APPROVALS",
    "UNSETTLED",
    "WITH_UNIT",
    "Assignment",
    "AssignmentRole",
    "AssignmentState",
    "Attachment",
    "AttachmentKind",
    "Burst",
    "Call",
    "CallPlatform",
    "CallQuerySet",
    "CallReport",
    "CallbackAttempt",
    "CallbackResult",
    "CallbackWish",
    "Case",
    "CaseEvent",
    "CaseGroup",
    "CaseQuerySet",
    "CaseText",
    "CatalogueChange",
    "CatalogueEntry",
    "CatalogueUpload",
    "CatalogueVersion",
    "Category",
    "Channel",
    "Citizen",
    "Clock",
    "ClockKind",
    "ClockPause",
    "Counted",
    "DeadlinePolicy",
    "Decision",
    "DecisionKind",
    "DecisionQuerySet",
    "DecisionState",
    "Direction",
    "DisputeReason",
    "Draft",
    "EmergencyLine",
    "EscalationAct",
    "EscalationStep",
    "EventKind",
    "Export",
    "ExportFile",
    "ExportForm",
    "ExportQuerySet",
    "ExportState",
    "Feedback",
    "FeedbackSource",
    "GroupAnswer",
    "GroupAnswered",
    "HandOver",
    "HandOverState",
    "HeldNotice",
    "HotTopic",
    "ImportRun",
    "IndependentAttempt",
    "IndependentCallback",
    "IndependentDraw",
    "IndependentQuerySet",
    "IndependentState",
    "Kind",
    "KnowledgeArticle",
    "KnowledgeFile",
    "KnowledgeReport",
    "LadderSerial",
    "LadderStep",
    "LimitUnit",
    "ModelWeights",
    "Outcome",
    "Quotation",
    "Reason",
    "ReasonKind",
    "Recusal",
    "Reply",
    "ReplyDraft",
    "ReplyState",
    "ReportKind",
    "ReportOutcome",
    "Reveal",
    "RevealReason",
    "RoundResult",
    "Rung",
    "RungState",
    "Satisfaction",
    "SavedView",
    "Solved",
    "Standing",
    "Status",
    "SuggestionModel",
    "SuggestionUse",
    "Survey",
    "SurveyState",
    "Tally",
    "TallyChange",
    "TallyShare",
    "Target",
    "TopicRun",
    "TrainingState",
    "Truth",
    "Urgency",
    "Verbatim",
    "in_reach",
    "kept_from",
    "kept_reasons",
    "reason_at",
    "reason_words",
]
