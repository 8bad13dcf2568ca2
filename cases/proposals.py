"""What the models in use propose for a request, as categories and units of ours, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases import gist
from cases.deadlines import local_date
from cases.learned import guesses
from cases.models import Category, Channel, Target
from cases.shelves import CATEGORIES, CHANNELS, branches
from cases.training_data import sample_of
from hotline.models import Organisation, Region
from hotline.shelf import ORGANISATIONS, REGIONS

if TYPE_CHECKING:
    from cases.linear_model import Guess

T = TypeVar("T")
FEWEST_LETTERS = 4  # of "路灯" alone nobody can say what is the matter


@dataclass(frozen=True)
class Proposed(Generic[T]):
    """A category or unit, how surely (0 to 1), why, and which model said so."""

    thing: T
    confidence: float
    reason: str
    source: str


def categories(text: str, at: datetime, limit: int = 3, title: str = "") -> list[Proposed[Category]]:
    """Categories in force that may be chosen, likeliest first."""
    if len(text) < FEWEST_LETTERS:
        return []
    on = local_date(at)
    sample = sample_of(Target.CATEGORY, title=title or gist.proposed_title(text), words=text)
    found = []
    for guess, version, source in _guessed(Target.CATEGORY, sample, limit):
        category = CATEGORIES.coded(guess.label)
        if category and category.is_in_force(on) and category.pk not in branches():
            found.append(Proposed(category, round(guess.confidence, 2), _reason(version, guess), source))
    return found


def units(
    category: Category,
    region: Region | None,
    at: datetime,
    *,
    channel: Channel | None = None,
    kind: str = "",
    title: str = "",
    words: str = "",
) -> list[Proposed[Organisation]]:
    """Units that may take cases, likeliest first."""
    on = local_date(at)
    sample = sample_of(
        Target.UNIT,
        title=title or gist.proposed_title(words),
        words=words,
        category=category,
        region=region,
        channel=channel,
        kind=kind,
    )
    found = []
    for guess, version, source in _guessed(Target.UNIT, sample, 3):
        unit = ORGANISATIONS.coded(guess.label)
        if unit and unit.kind == Organisation.Kind.UNIT and unit.is_active(on):
            found.append(Proposed(unit, round(guess.confidence, 2), _reason(version, guess), source))
    return found


def _guessed(target: Target, sample: Any, limit: int) -> Iterator[tuple[Guess, int, str]]:
    if (answer := guesses(target, sample, limit)) is not None:
        learned, found = answer
        for guess in found:
            yield guess, learned.version, learned.source


def _reason(version: int, guess: Guess) -> str:
    said = {"version": version, "words": pgettext("list", ", ").join(map(_piece, guess.telling))}
    if not guess.telling:
        return _("Learned from closed cases, model %(version)s.") % said
    return _("Learned from closed cases, model %(version)s; what told: %(words)s.") % said


SHELVES: Sequence[tuple[str, Any]] = (("category=", CATEGORIES), ("place=", REGIONS), ("channel=", CHANNELS))


def _piece(piece: str) -> str:
    """A word as it stands, a fact by its name."""
    for prefix, shelf in SHELVES:
        if piece.startswith(prefix):
            row = shelf.coded(piece.removeprefix(prefix))
            return str(row.label) if row else piece.removeprefix(prefix)
    return piece.partition("=")[2] or piece
