"""The board an address asks for, and the parameters that name a board again: page and export read them alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from cases.models import Category, Channel
from hotline.models import Membership, Organisation, Region
from oversight.board import Board

Coded = TypeVar("Coded", bound=models.Model)
NAMES = ("contractor", "unit", "region", "category", "channel")


def board_asked(given: Mapping[str, Any], by: Membership, at: datetime) -> Board:
    """The cases asked for. Raises Http404 for a code that does not exist."""
    return Board(
        by,
        at,
        contractor=_coded(given, "contractor", Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR)),
        unit=_coded(given, "unit", Organisation.objects.filter(kind=Organisation.Kind.UNIT)),
        region=_coded(given, "region", Region.objects.all()),
        category=_coded(given, "category", Category.objects.all()),
        channel=_coded(given, "channel", Channel.objects.all()),
    )


def narrowed_to(board: Board) -> dict[str, Any]:
    """What narrows the board, by the name it has in an address."""
    return {name: thing for name in NAMES if (thing := getattr(board, name)) is not None}


def _coded(given: Mapping[str, Any], name: str, among: models.QuerySet[Coded]) -> Coded | None:
    code = str(given.get(name, ""))
    if not code:
        return None
    found = among.filter(code=code).first()
    if found is None:
        raise Http404(name)
    return found
