"""The published list of measures, written from their definitions so that the two cannot drift apart."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from hotline.measures import MEASURES, Measure

DEFINED_IN = (
    "cases.measures",
    "cases.independent_measures",
    "cases.call_measures",
    "contractors.measures",
    "contractors.presence_measures",
    "oversight.measures",
)
HEAD = """# Measures

Written by `manage.py write_measures` from the definitions; a test compares them. A rate is kept as two numbers; one of
nothing is no figure, not 0 %. Periods are local days, half-open. Every number on a page opens the list it counts.

| measure | unit | version | what it says |
|---|---|---|---|
"""


def measures() -> list[Measure]:
    """Every measure of every app, by key."""
    for module in DEFINED_IN:
        if find_spec(module):
            import_module(module)
    return MEASURES.in_order()


def document() -> str:
    with override("en"):
        return HEAD + "".join(map(_line, measures()))


def _line(measure: Measure) -> str:
    return f"| **{measure.name}** `{measure.key}` | {measure.unit} | {measure.version} | {measure.sentence} |\n"


def place() -> Path:
    root: Path = settings.BASE_DIR
    return root / "docs" / "measures.md"
