"""What oversight itself keeps."""

from oversight.models.finding import (
    UNSETTLED,
    DetectorRun,
    Finding,
    FindingNote,
    FindingQuerySet,
    FindingRow,
    FindingState,
)
from oversight.models.pressing import FindingStep

__all__ = [
    "UNSETTLED",
    "DetectorRun",
    "Finding",
    "FindingNote",
    "FindingQuerySet",
    "FindingRow",
    "FindingState",
    "FindingStep",
]
