"""What was agreed with contractors, who worked when, how it was marked, and what came of it."""

from contractors.models.adjustment import Adjustment
from contractors.models.agent_complaint import AgentComplaint, AgentComplaintQuerySet, Finding
from contractors.models.appeal import Appeal, AppealLine, AppealOutcome, AppealQuerySet
from contractors.models.assessment import Assessment, AssessmentState, ClauseResult
from contractors.models.attribution import (
    Attribution,
    AttributionDispute,
    AttributionQuerySet,
    BadOutcome,
    Party,
)
from contractors.models.clause import Clause, Direction
from contractors.models.closing import Closing, Step, StepDone
from contractors.models.contract import Contract, ContractLot, ContractQuerySet
from contractors.models.employment import Employment, Leaving, StaffTable
from contractors.models.incident import Incident, IncidentKind
from contractors.models.mark import Mark, MarkLine, Origin, Score, Seat, Verdict
from contractors.models.month_file import MonthFile
from contractors.models.objection import Objection, ObjectionFile, ObjectionState, PaperObjection
from contractors.models.own_report import OwnReport
from contractors.models.paper_signature import PaperSignature, PaperSignatureFile
from contractors.models.proof import Proof, ProofKind, ProofLine, ProofState
from contractors.models.sample import (
    TOLD,
    ContactState,
    Purpose,
    Sample,
    SampledContact,
    SampledContactQuerySet,
    SampleQuerySet,
    Stratum,
)
from contractors.models.scorecard import About, Scorecard, ScorecardItem, ScorecardQuerySet
from contractors.models.shift import Shift, ShiftQuerySet
from contractors.models.terms import PriceModel, Terms

__all__ = [
    "TOLD",
    "About",
    "Adjustment",
    "AgentComplaint",
    "AgentComplaintQuerySet",
    "Appeal",
    "AppealLine",
    "AppealOutcome",
    "AppealQuerySet",
    "Assessment",
    "AssessmentState",
    "Attribution",
    "AttributionDispute",
    "AttributionQuerySet",
    "BadOutcome",
    "Clause",
    "ClauseResult",
    "Closing",
    "ContactState",
    "Contract",
    "ContractLot",
    "ContractQuerySet",
    "Direction",
    "Employment",
    "Finding",
    "Incident",
    "IncidentKind",
    "Leaving",
    "Mark",
    "MarkLine",
    "MonthFile",
    "Objection",
    "ObjectionFile",
    "ObjectionState",
    "Origin",
    "OwnReport",
    "PaperObjection",
    "PaperSignature",
    "PaperSignatureFile",
    "Party",
    "PriceModel",
    "Proof",
    "ProofKind",
    "ProofLine",
    "ProofState",
    "Purpose",
    "Sample",
    "SampleQuerySet",
    "SampledContact",
    "SampledContactQuerySet",
    "Score",
    "Scorecard",
    "ScorecardItem",
    "ScorecardQuerySet",
    "Seat",
    "Shift",
    "ShiftQuerySet",
    "StaffTable",
    "Step",
    "StepDone",
    "Stratum",
    "Terms",
    "Verdict",
]
