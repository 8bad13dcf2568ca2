"""What was agreed with contractors, who was to work when, and what came of it."""

from contractors.models.adjustment import Adjustment
from contractors.models.assessment import Assessment, AssessmentState, ClauseResult
from contractors.models.clause import Clause, Direction
from contractors.models.closing import Closing, Step, StepDone
from contractors.models.contract import Contract, ContractLot, ContractQuerySet
from contractors.models.employment import Employment, Leaving, StaffTable
from contractors.models.incident import Incident, IncidentKind
from contractors.models.objection import Objection, ObjectionFile, ObjectionState
from contractors.models.own_report import OwnReport
from contractors.models.proof import Proof, ProofKind, ProofLine, ProofState
from contractors.models.shift import Shift, ShiftQuerySet
from contractors.models.terms import PriceModel, Terms

__all__ = [
    "Adjustment",
    "Assessment",
    "AssessmentState",
    "Clause",
    "ClauseResult",
    "Closing",
    "Contract",
    "ContractLot",
    "ContractQuerySet",
    "Direction",
    "Employment",
    "Incident",
    "IncidentKind",
    "Leaving",
    "Objection",
    "ObjectionFile",
    "ObjectionState",
    "OwnReport",
    "PriceModel",
    "Proof",
    "ProofKind",
    "ProofLine",
    "ProofState",
    "Shift",
    "ShiftQuerySet",
    "StaffTable",
    "Step",
    "StepDone",
    "Terms",
]
