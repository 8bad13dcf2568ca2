"""What the supervisor's page is about, in its address: contractor, unit, area, subject, channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.models import Category, Channel
from hotline.guards import acting
from hotline.models import Organisation, Region
from oversight.board import Board
from oversight.board_asked import NAMES, board_asked


def board_of(request: HttpRequest, at: datetime) -> Board:
    """The cases asked for. Raises Http404 for a code that does not exist."""
    return board_asked(request.GET, acting(request), at)


def filters(board: Board) -> list[dict[str, Any]]:
    """Each filter with its choices: areas down to the street, subjects down to the second level."""
    bodies = list(Organisation.objects.filter(kind__in=["contractor", "unit"]).order_by("path"))
    areas = [(Region.Level.DISTRICT, ""), (Region.Level.STREET, "　")]
    regions = Region.objects.filter(level__in=[level for level, _indent in areas]).order_by("path")
    categories = Category.objects.filter(depth__lte=1).order_by("path")
    offered: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "contractor": (_("All contractors"), [(b.code, b.label) for b in bodies if b.kind == "contractor"]),
        "unit": (_("All units"), [(b.code, b.label) for b in bodies if b.kind == "unit"]),
        "region": (_("Area: all"), [(r.code, f"{dict(areas)[Region.Level(r.level)]}{r.label}") for r in regions]),
        "category": (_("Subject: all"), [(c.code, f"{'　' * c.depth}{c.label}") for c in categories]),
        "channel": (_("Channel: all"), [(c.code, c.label) for c in Channel.objects.order_by("pk")]),
    }
    chosen = {name: thing.code if (thing := getattr(board, name)) else "" for name in NAMES}
    words = {
        "contractor": _("Contractor"),
        "unit": _("Unit"),
        "region": _("Area"),
        "category": _("Subject"),
        "channel": _("Channel"),
    }
    return [
        {"name": name, "words": words[name], "all": offered[name][0], "choices": offered[name][1], "chosen": value}
        for name, value in chosen.items()
    ]
