"""The dispatch catalogue as a table: what each column means, and what a file would change, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import tables
from cases.catalogue import Key, lines_of
from cases.catalogue_lines import LineGiven, check_line
from cases.models import CatalogueEntry, Category, Channel, Kind
from cases.naming import full_label, named
from cases.shelves import CATEGORIES, CHANNELS
from cases.tables import Problem, Table
from hotline.acts import Invalid
from hotline.models import Organisation, Region
from hotline.shelf import ORGANISATIONS, REGIONS

SEPARATORS = re.compile(r"[;；、,，/]+")
# What may stand over a column. The first of each language is what an export writes.
COLUMNS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "category": (gettext_lazy("Category"), ("分类", "事项分类", "分类编码", "诉求分类", "category", "category code")),
    "region": (gettext_lazy("Place"), ("区域", "所属区域", "属地", "place", "region", "area")),
    "channel": (gettext_lazy("Channel"), ("渠道", "来源", "channel")),
    "kind": (gettext_lazy("Kind"), ("类型", "诉求类型", "kind")),
    "unit": (gettext_lazy("Lead unit"), ("主办单位", "责任单位", "承办单位", "lead unit", "unit", "lead")),
    "co_organisers": (gettext_lazy("Co-organisers"), ("协办单位", "co-organisers", "helpers")),
    "copy_to": (gettext_lazy("Copy to"), ("抄送", "抄送单位", "督办单位", "copy to", "copy")),
    "source": (gettext_lazy("Rule or document"), ("依据", "文件依据", "rule or document", "source")),
}
NEEDED = ("category", "unit")
Mapping = dict[str, int]


def guessed(header: Sequence[str]) -> Mapping:
    return tables.guessed(header, COLUMNS)


@dataclass
class Judged:
    """What a file would change, and what keeps it from doing so."""

    lines: list[LineGiven] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fresh: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0


def judge(table: Table, mapping: Mapping, on: date, *, whole: bool) -> Judged:
    """Try every row against the catalogue of that day. ``whole``: a line the file does not name ends."""
    judged, holding, seen = Judged(), lines_of(on), dict[Key, int]()
    if missing := [str(COLUMNS[name][0]) for name in NEEDED if name not in mapping]:
        sentence = _("Say which column holds: %(names)s.") % {"names": ", ".join(missing)}
        judged.problems.append(Problem(1, "", sentence))
        return judged
    for n, cells in table.rows:
        try:
            line = _line(cells, mapping)
            check_line(line, on)
        except Invalid as refusal:
            label = COLUMNS[refusal.field][0] if refusal.field in COLUMNS else ""
            judged.problems.append(Problem(n, str(label), str(refusal)))
            continue
        if line.key in seen:
            sentence = _("Row %(n)s is about the same cases.") % {"n": seen[line.key]}
            judged.problems.append(Problem(n, "", sentence))
            continue
        seen[line.key] = n
        _count(judged, line, holding.get(line.key))
    if whole:
        gone = [_ending(entry) for key, entry in holding.items() if key not in seen]
        judged.ended, judged.lines = len(gone), [*judged.lines, *gone]
    return judged


def _count(judged: Judged, line: LineGiven, entry: CatalogueEntry | None) -> None:
    if entry is not None and _says_the_same(line, entry):
        judged.unchanged += 1
        return
    judged.lines.append(line)
    judged.fresh += entry is None
    judged.changed += entry is not None


def _says_the_same(line: LineGiven, entry: CatalogueEntry) -> bool:
    helpers = {unit.pk for unit in line.co_organisers}
    return (line.unit and line.unit.pk, line.copy_to and line.copy_to.pk, helpers, line.source or entry.source) == (
        entry.unit_id,
        entry.copy_to_id,
        {unit.pk for unit in entry.co_organisers.all()},
        entry.source,
    )


def _ending(entry: CatalogueEntry) -> LineGiven:
    return LineGiven(entry.category, entry.region, entry.channel, entry.kind)


def _line(cells: Sequence[str], mapping: Mapping) -> LineGiven:
    """The row in our words. Raises Invalid naming the column."""
    text = {name: cells[n] if n < len(cells) else "" for name, n in mapping.items()}
    if not text["category"]:
        raise Invalid(_("No category is named."), field="category")
    category: Category | None = _one(CATEGORIES.all(), text, "category", _("No category is called “%(text)s”."))
    region: Region | None = _one(REGIONS.all(), text, "region", _("No place is called “%(text)s”."))
    channel: Channel | None = _one(CHANNELS.all(), text, "channel", _("No channel is called “%(text)s”."))
    if category is None or not text["unit"]:
        raise Invalid(_("No lead unit is named."), field="unit")
    helpers = [part.strip() for part in SEPARATORS.split(text.get("co_organisers", "")) if part.strip()]
    return LineGiven(
        category=category,
        region=region,
        channel=channel,
        kind=_kind(text.get("kind", "")),
        unit=_unit(text["unit"], "unit"),
        co_organisers=[_unit(part, "co_organisers") for part in helpers],
        copy_to=_unit(text["copy_to"], "copy_to") if text.get("copy_to") else None,
        source=text.get("source", ""),
    )


def _one(rows: Iterable[Any], text: dict[str, str], name: str, unknown: str) -> Any:
    given = text.get(name, "")
    if not given:
        return None
    found = named(rows, given)
    if not found:
        raise Invalid(unknown % {"text": given}, field=name)
    if len(found) > 1:
        names = ", ".join(full_label(row) for row in found[:5])
        raise Invalid(_("“%(text)s” means several: %(names)s.") % {"text": given, "names": names}, field=name)
    return found[0]


def _unit(text: str, name: str) -> Organisation:
    found: Organisation = _one(ORGANISATIONS.all(), {name: text}, name, _("No unit is called “%(text)s”."))
    return found


def _kind(text: str) -> str:
    if not text:
        return ""
    for kind in Kind:
        if text.lower() in (kind.value, str(kind.label).lower()):
            return kind.value
    raise Invalid(_("No kind of request is called “%(text)s”.") % {"text": text}, field="kind")


def header() -> list[str]:
    """The headings of an export, in the reader's language; an import knows them again."""
    return [str(label) for label, _words in COLUMNS.values()]


def row_of(entry: CatalogueEntry) -> list[str]:
    """A line as an export writes it, with codes where names may be anybody's."""
    return [
        full_label(entry.category),
        full_label(entry.region) if entry.region else "",
        entry.channel.label if entry.channel else "",
        entry.get_kind_display() if entry.kind else "",
        entry.unit.label,
        "; ".join(unit.label for unit in entry.co_organisers.all()),
        entry.copy_to.label if entry.copy_to else "",
        entry.source,
    ]
