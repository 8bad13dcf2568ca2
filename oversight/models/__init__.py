"""What oversight itself keeps."""

from oversight.models.audit_sample import (
    MOST_CASES,
    AuditedCase,
    AuditSample,
    AuditSampleQuerySet,
    AuditSampleState,
    AuditVerdict,
    CaseVerdict,
    Fault,
    Strata,
)
from oversight.models.bulletin import Bulletin, BulletinTemplate, Rhythm
from oversight.models.finding import (
    UNSETTLED,
    DetectorRun,
    Finding,
    FindingNote,
    FindingQuerySet,
    FindingRow,
    FindingState,
)
from oversight.models.frozen_figure import FrozenFigure
from oversight.models.pressing import FindingStep
from oversight.models.publication import MonthCost, PublicMonth, TopicName, TopicWording, TypicalCase

__all__ = [
    "MOST_CASES",
    "UNSETTLED",
    "AuditSample",
    "AuditSampleQuerySet",
    "AuditSampleState",
    "AuditVerdict",
    "AuditedCase",
    "Bulletin",
    "BulletinTemplate",
    "CaseVerdict",
    "DetectorRun",
    "Fault",
    "Finding",
    "FindingNote",
    "FindingQuerySet",
    "FindingRow",
    "FindingState",
    "FindingStep",
    "FrozenFigure",
    "MonthCost",
    "PublicMonth",
    "Rhythm",
    "Strata",
    "TopicName",
    "TopicWording",
    "TypicalCase",
]
