"""What was agreed with contractors, who was to work when, and what came of it."""

from contractors.models.adjustment import Adjustment
from contractors.models.assessment import Assessment, AssessmentState, ClauseResult
from contractors.models.clause import Clause, Direction
from contractors.models.contract import Contract, ContractLot, ContractQuerySet
from contractors.models.incident import Incident, IncidentKind
from contractors.models.objection import Objection, ObjectionFile, ObjectionState
from contractors.models.own_report import OwnReport
from contractors.models.shift import Shift, ShiftQuerySet
from contractors.models.terms import PriceModel, Terms

__all__ = [
    "Adjustment",
    "Assessment",
    "AssessmentState",
    "Clause",
    "ClauseResult",
    "Contract",
    "ContractLot",
    "ContractQuerySet",
    "Direction",
    "Incident",
    "IncidentKind",
    "Objection",
    "ObjectionFile",
    "ObjectionState",
    "OwnReport",
    "PriceModel",
    "Shift",
    "ShiftQuerySet",
    "Terms",
]
