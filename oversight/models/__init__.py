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
)
from oversight.models.finding import (
    UNSETTLED,
    DetectorRun,
    Finding,
    FindingNote,
    FindingQuerySet,
    FindingRow,
    FindingState,
)

__all__ = [
    "MOST_CASES",
    "UNSETTLED",
    "AuditSample",
    "AuditSampleQuerySet",
    "AuditSampleState",
    "AuditVerdict",
    "AuditedCase",
    "CaseVerdict",
    "DetectorRun",
    "Fault",
    "Finding",
    "FindingNote",
    "FindingQuerySet",
    "FindingRow",
    "FindingState",
]
