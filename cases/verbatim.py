"""Numbers and names typed into free text: the text goes on with masks, the words as said are sealed beside the case.

A number in a note is as much somebody's number as one in its own field, but text is searched, listed and sent about.
So no text column keeps one (the columns themselves see to that); who may see the identity may see the words as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.models import Case, Verbatim
from cases.registration import Registration
from hotline import ledger
from hotline.masking import mask_own_name, mask_text
from hotline.privacy import shown

TEXTS = ("title", "place", "words")


def hidden(text: str, name: str = "") -> str:
    """The text with numbers masked, and the name of the person who gave it."""
    return mask_text(mask_own_name(text, name))


def without_numbers(given: Registration) -> Registration:
    """The request as it may be read by everybody who may read the case."""
    masked: dict[str, Any] = {text: hidden(getattr(given, text), given.name) for text in TEXTS}
    return replace(given, **masked)


def texts(given: Registration) -> list[str]:
    return [getattr(given, text) for text in TEXTS]


def sealed(case: Case, said: Iterable[str], *, at: datetime, name: str = "") -> list[Verbatim]:
    """The words to keep of those texts: the ones that read differently now. To be saved with the case's act."""
    return [Verbatim(case=case, said=text, at=at) for text in dict.fromkeys(said) if hidden(text, name) != text]


def keep(case: Case, *said: str, at: datetime, name: str = "") -> None:
    """Seal what names a number; a text without one costs nothing."""
    ledger.add(*sealed(case, said, at=at, name=name))


def words_of(case: Case) -> list[str]:
    """Everything said about the case with a number in it, oldest first: for whom the identity is shown."""
    return [shown(row, "said") for row in Verbatim.objects.filter(case=case).order_by("at", "id")]
