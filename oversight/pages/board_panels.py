"""How a panel of the supervisor's page is shown: as it is drawn, or as a plain table, and the way from one to the
other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hotline.paging import address
from oversight.board import Board
from oversight.pages.board_tables import TABLES
from oversight.pages.panel_table import Table

PARAMETER = "table"  # the names of the panels shown as tables, with spaces between


@dataclass(frozen=True)
class Panel:
    """``renews`` is where it asks for itself anew, with the same filters; ``switch`` shows it the other way."""

    name: str
    template: str
    table: Table | None
    renews: str
    switch: str


def panel_of(request: HttpRequest, name: str, shown: Mapping[str, Any], board: Board) -> Panel:
    """The panel as the address wants it, from what it counted."""
    tables = [one for one in TABLES if one in request.GET.get(PARAMETER, "").split()]
    as_table = name in tables
    others = [one for one in TABLES if (one in tables) != (one == name)]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return Panel(
        name,
        "oversight/panels/as_table.html" if as_table else f"oversight/panels/{name}.html",
        TABLES[name](shown, board) if as_table else None,
        reverse("oversight:overview_panel", args=[name]) + query,
        address(request.GET, base=reverse("oversight:overview"), **{PARAMETER: " ".join(others)}) + f"#panel-{name}",
    )
