"""What the supervisor's page is about, in its address: contractor, unit, area, subject, channel."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.shelves import CATEGORIES, CHANNELS
from hotline.guards import acting
from hotline.models import Region
from hotline.shelf import ORGANISATIONS, REGIONS
from oversight.board import Board
from oversight.board_asked import NAMES, board_asked


def board_of(request: HttpRequest, at: datetime) -> Board:
    """The cases asked for. Raises Http404 for a code that does not exist."""
    return board_asked(request.GET, acting(request), at)


def filters(board: Board) -> list[dict[str, Any]]:
    """Each filter with its choices: areas down to the street, subjects down to the second level."""
    bodies = sorted(ORGANISATIONS.all(), key=attrgetter("path"))
    indents = {Region.Level.DISTRICT: "", Region.Level.STREET: "　"}
    regions = [r for r in sorted(REGIONS.all(), key=attrgetter("path")) if r.level in indents]
    categories = [c for c in sorted(CATEGORIES.all(), key=attrgetter("path")) if c.depth <= 1]
    offered: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "contractor": (_("All contractors"), [(b.code, b.label) for b in bodies if b.kind == "contractor"]),
        "unit": (_("All units"), [(b.code, b.label) for b in bodies if b.kind == "unit"]),
        "region": (_("Area: all"), [(r.code, f"{indents[Region.Level(r.level)]}{r.label}") for r in regions]),
        "category": (_("Subject: all"), [(c.code, f"{'　' * c.depth}{c.label}") for c in categories]),
        "channel": (_("Channel: all"), [(c.code, c.label) for c in CHANNELS.all()]),
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
