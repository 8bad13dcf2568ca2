"""The small things every answer is made of: coded values with their label, organisations and people by name."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, TypedDict, overload
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language

from hotline.models import Bilingual, User

CITY = ZoneInfo(settings.TIME_ZONE)


class Coded(TypedDict):
    """A code for programs and its label in the reader's language."""

    code: str
    label: str


class Person(TypedDict):
    """A member of staff."""

    name: str
    staff_number: str


def choice(row: Model, field: str) -> Coded:
    """The value of a field with choices."""
    code = getattr(row, field)
    return {"code": code, "label": _labels(type(row), field, get_language()).get(code, str(code))}


@cache
def _labels(model: type[Model], field: str, _language: str | None) -> dict[Any, str]:
    """Read once in each language: ``get_..._display`` goes through all choices for every value of every row."""
    column: Any = model._meta.get_field(field)
    return {code: str(label) for code, label in column.flatchoices}


def choice_or_none(row: Model, field: str) -> Coded | None:
    return choice(row, field) if getattr(row, field) else None


def coded_or_none(code: str, label: str) -> Coded | None:
    return {"code": code, "label": label} if code else None


def named(thing: Bilingual | None) -> Coded | None:
    """An organisation, region, category or channel; none where there is none."""
    return named_one(thing) if thing is not None else None


def named_one(thing: Any) -> Coded:
    return {"code": thing.code, "label": thing.label}


def person(user: User | None) -> Person | None:
    return {"name": user.label, "staff_number": user.staff_number} if user is not None else None


@overload
def moment(at: datetime) -> datetime: ...
@overload
def moment(at: None) -> None: ...
def moment(at: datetime | None) -> datetime | None:
    """Written as ISO 8601 with the city's offset."""
    return at.astimezone(CITY) if at is not None else None
