"""The life of a case as a page of the documentation, written from the tables that rule it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import translation

from cases.models import DecisionKind
from cases.models.case import ENDED, Status
from cases.procedures import PROCEDURES, Procedure
from cases.workflow import HANDS, MOVES, Move
from hotline.roles import ROLES

PLACE: Path = settings.BASE_DIR / "docs" / "workflow.md"


ABOUT_DECISIONS = (
    "What somebody asks for and government rules on: each is asked for by one person, approved by others, and never by"
    " a contractor's. The page of rulings and `decisions/{id}/preview/` tell what a ruling would do to the limits"
    " before it is made. The reasons are rows that the office changes. The table is the one in `cases/procedures.py`."
)


def page() -> str:
    """The page's text, in English whatever the city speaks."""
    with translation.override("en"):
        rows = [_row(name, move) for name, move in MOVES.items()]
        decisions = [_decision(kind, procedure) for kind, procedure in PROCEDURES.items()]
        hands = [f"| {status.value} | {status.label} | {hand} |" for status, hand in HANDS.items()]
    return "\n".join(
        [
            "# The life of a case",
            "",
            "Generated from `cases/workflow.py` by `manage.py workflow_diagram`; a test compares them.",
            "",
            "```mermaid",
            diagram(),
            "```",
            "",
            "| status | in words | in whose hands |",
            "|---|---|---|",
            *hands,
            "",
            "| move | from | to | who may |",
            "|---|---|---|---|",
            *rows,
            "",
            "## Decisions",
            "",
            ABOUT_DECISIONS,
            "",
            "| decision | who asks | on what evidence | within which limit | who rules | granted | rejected |",
            "|---|---|---|---|---|---|---|",
            *decisions,
            "",
        ]
    )


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> registered: register"]
    lines += [f"    {status.value}: {status.value} ({HANDS[status]})" for status in Status]
    for name, move in MOVES.items():
        lines += [f"    {s.value} --> {t.value}: {name}" for s in sorted(move.sources) for t in sorted(move.targets)]
    lines += [f"    {status.value} --> [*]" for status in sorted(ENDED)]
    return "\n".join(lines)


def _row(name: str, move: Move) -> str:
    who = "the system" if move.capability is None else ", ".join(sorted(str(r.label) for r in ROLES[move.capability]))
    sources, targets = (", ".join(sorted(s.value for s in side)) for side in (move.sources, move.targets))
    return f"| {name}: {move.label} | {sources} | {targets} | {who} |"


def _decision(kind: DecisionKind, procedure: Procedure) -> str:
    """Who rules is told once for each person whose approval it takes."""
    rules = [", ".join(sorted(str(r.label) for r in ROLES[a.capability])) for a in procedure.approvals]
    who = rules[0] if len(rules) == 1 else "; ".join(f"{n}. {names}" for n, names in enumerate(rules, 1))
    cells = (procedure.asks, procedure.evidence, procedure.limit, who, procedure.granted, procedure.rejected)
    return f"| {kind.value}: {kind.label} | " + " | ".join(str(cell) for cell in cells) + " |"


class Command(BaseCommand):
    help = "Write docs/workflow.md from the table of moves"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the page is up to date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            PLACE.write_text(page())
        elif not PLACE.exists() or PLACE.read_text() != page():
            raise CommandError("docs/workflow.md is out of date: run manage.py workflow_diagram")
