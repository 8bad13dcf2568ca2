"""What oversight itself keeps."""

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
from oversight.models.publication import MonthCost, PublicMonth, TopicName, TypicalCase

__all__ = [
    "UNSETTLED",
    "Bulletin",
    "BulletinTemplate",
    "DetectorRun",
    "Finding",
    "FindingNote",
    "FindingQuerySet",
    "FindingRow",
    "FindingState",
    "MonthCost",
    "PublicMonth",
    "Rhythm",
    "TopicName",
    "TypicalCase",
]
