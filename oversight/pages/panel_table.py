"""A panel's numbers as a plain table: what a cell says and opens, and what each figure is by definition. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.case_sets import CaseSet, Selection
from cases.selected_cases import list_url
from hotline.measures import Measure, Ratio
from hotline.templatetags.ui import figure, percent

NONE = "–"


@dataclass(frozen=True)
class Cell:
    """What stands there, and the list that it opens."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Column:
    words: str
    number: bool = True


@dataclass(frozen=True)
class Definition:
    """What a figure is. Only what is measured or detected has a version; a list of cases is defined by its sentence."""

    name: str | Promise
    sentence: str | Promise
    version: int | None = None


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading."""

    caption: str
    columns: list[Column]
    lines: list[list[Cell]]
    definitions: list[Definition]

    @property
    def rows(self) -> list[list[tuple[Cell, Column]]]:
        """Each cell with its column."""
        return [list(zip(line, self.columns, strict=True)) for line in self.lines]


# -- Cells


def number(n: Any, opens: Selection) -> Cell:
    """A count with its list; of nothing there is none to open."""
    return Cell(figure(n), list_url(opens) if n else "")


def rate(of: Ratio, behind: str = "") -> Cell:
    """The rate; the fraction alone where it rests on few."""
    if of.value is None:
        return Cell(NONE)
    few = of.below(settings.MINIMUM_N)
    return Cell(f"{figure(of.numerator)} / {figure(of.denominator)}" if few else percent(of.value), behind)


# -- Words


def asks(at_least: bool, target: Any, unit: Callable[[Any], str]) -> str:
    """``at least 90%``; a dash where nothing is asked."""
    if target is None:
        return NONE
    words = _("at least %(target)s") if at_least else _("at most %(target)s")
    return words % {"target": unit(target)}


def seconds(value: Any) -> str:
    return NONE if value is None else f"{value:.0f} {pgettext('seconds', 's')}"


def per_cent(value: Any) -> str:
    """Of a target, which is agreed in per cent: ``90%``, ``92.5%``."""
    return f"{value.normalize():f}%"


# -- Definitions


def of_set(plight: CaseSet) -> Definition:
    return Definition(plight.title, plight.sentence)


def of_measures(measures: Iterable[Measure]) -> list[Definition]:
    return [Definition(one.name, one.sentence, one.version) for one in measures]
