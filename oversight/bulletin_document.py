"""A bulletin in the reader's language, ready to show and to print: words, bars and tables of its frozen sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hotline.measures import Unit
from hotline.wording import in_language, length_words
from oversight.bulletin_figures import BY
from oversight.models import Bulletin


@dataclass(frozen=True)
class Line:
    """One number in words: its value, the fraction or n behind it, what was left out, how long its bar is."""

    name: str
    value: str
    of: str
    excluded: str
    share: float
    is_length: bool = False  # its value looks like a time of the day and is none


@dataclass(frozen=True)
class Shown:
    """One section."""

    name: str
    sentence: str
    version: int
    total: Line
    parts: Sequence[Line]
    heads: tuple[str, str, str]


def sections(bulletin: Bulletin) -> list[Shown]:
    return [_shown(section, bulletin.content["minimum_n"]) for section in bulletin.content["sections"]]


def few(told: Mapping[str, Any], minimum_n: int) -> bool:
    """A rate of fewer says little: its fraction is shown, not the percentage."""
    of: int = told.get("denominator", 0)
    return 0 < of < minimum_n


def document(bulletin: Bulletin) -> dict[str, Any]:
    """Everything the print says."""
    made = sections(bulletin)
    return {
        "title": bulletin.label,
        "subtitle": f"{moment(bulletin.begins_at)} – {moment(bulletin.ends_at)}",
        "state": str(bulletin.get_state_display()),
        "lang": "zh" if (get_language() or "").startswith("zh") else "en",
        "footer": f"{bulletin.label} · SHA-256 {bulletin.digest}",
        "comment": {"title": _("Comment"), "words": bulletin.comment},
        "sections": [
            {
                "name": one.name,
                "sentence": f"{one.sentence} {_('Definition %(n)s') % {'n': one.version}}",
                "total": _row(one.total),
                "head": ["", *one.heads],
                "rows": [{"cells": _row(part), "share": part.share} for part in one.parts],
            }
            for one in made
        ],
        "people": _people(bulletin),
    }


def moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _row(line: Line) -> list[str]:
    return [line.name, line.value, line.of, line.excluded]


def _people(bulletin: Bulletin) -> list[list[str]]:
    rows = [[_("Figures frozen"), moment(bulletin.made_at)]]
    if bulletin.proposed_by and bulletin.proposed_at:
        rows.append([_("Proposed by"), f"{bulletin.proposed_by.label} · {moment(bulletin.proposed_at)}"])
    if bulletin.approved_by and bulletin.approved_at:
        rows.append([_("Approved by"), f"{bulletin.approved_by.label} · {moment(bulletin.approved_at)}"])
    return rows


def _shown(section: Mapping[str, Any], minimum_n: int) -> Shown:
    unit, parts = Unit(section["unit"]), section["parts"]
    longest = max((_size(unit, part) for part in parts), default=Decimal(0))
    return Shown(
        name=" · ".join(filter(None, [_words(section["name"]), str(BY[section["by"]]) if section["by"] else ""])),
        sentence=_words(section["sentence"]),
        version=section["version"],
        total=_line(unit, _("Total"), section["total"], 0, minimum_n),
        parts=[_line(unit, _words(part), part, _share(unit, part, longest), minimum_n) for part in parts],
        heads=_heads(unit),
    )


def _heads(unit: Unit) -> tuple[str, str, str]:
    if unit == Unit.PERCENT:
        return pgettext("column", "Rate"), _("Counts / of"), _("Left out")
    if unit == Unit.TIME:
        return pgettext("column", "Mean"), pgettext("column", "n"), _("Left out")
    return pgettext("column", "Number"), _("Of the total"), ""


def _line(unit: Unit, name: str, told: Mapping[str, Any], share: float, minimum_n: int) -> Line:
    if unit == Unit.PERCENT and few(told, minimum_n):
        fraction = f"{Decimal(told['numerator']):,} / {told['denominator']:,}"
        return Line(name, _("sample too small"), fraction, f"{told['excluded']:,}", 0)
    if unit == Unit.PERCENT:
        value = "–" if told["percent"] is None else f"{told['percent']}%"
        fraction = f"{Decimal(told['numerator']):,} / {told['denominator']:,}"
        return Line(name, value, fraction, f"{told['excluded']:,}", share)
    if unit == Unit.TIME:
        mean = length_words(float(Decimal(told["seconds"]) / told["n"])) if told["n"] else "–"
        return Line(name, mean, f"{told['n']:,}", f"{told['excluded']:,}", share, is_length=True)
    return Line(name, f"{told['n']:,}", f"{told['share']}%" if "share" in told else "", "", share)


def _size(unit: Unit, told: Mapping[str, Any]) -> Decimal:
    if unit == Unit.PERCENT:
        return Decimal(100)  # a bar is full at 100 %
    if unit == Unit.TIME:
        return Decimal(told["seconds"]) / told["n"] if told["n"] else Decimal(0)
    return Decimal(told["n"])


def _share(unit: Unit, told: Mapping[str, Any], longest: Decimal) -> float:
    if not longest:
        return 0
    size = Decimal(told["percent"] or 0) if unit == Unit.PERCENT else _size(unit, told)
    return round(float(size / longest), 4)


def _words(both: Mapping[str, str]) -> str:
    return in_language(both["zh"], both["en"])
