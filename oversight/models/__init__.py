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
from oversight.models.frozen_figure import FrozenFigure

__all__ = [
    "UNSETTLED",
    "DetectorRun",
    "Finding",
    "FindingNote",
    "FindingQuerySet",
    "FindingRow",
    "FindingState",
    "FrozenFigure",
]
