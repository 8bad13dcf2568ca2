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

__all__ = ["UNSETTLED", "DetectorRun", "Finding", "FindingNote", "FindingQuerySet", "FindingRow", "FindingState"]
