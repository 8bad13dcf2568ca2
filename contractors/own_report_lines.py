"""Reading a contractor's own report, and holding it against what was frozen, line by line.

Two kinds of line: a clause with its figure (numerator, denominator, value), and a clause with a row that is said to
count for it (a case, a call). Headings are known in both languages; what is not understood says so and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from cases.tables import Table
from contractors.figures import Row
from contractors.models import ClauseResult
from hotline.acts import Invalid

HEADINGS = {
    "clause": ("clause", "条款", "条款编号", "编号"),
    "numerator": ("numerator", "分子", "counts", "计入"),
    "denominator": ("denominator", "分母", "of", "基数"),
    "value": ("value", "数值", "实测", "measured"),
    "row": ("row", "行", "明细", "工单号", "通话号", "case", "call"),
}
NAMED = 100


@dataclass
class Compared:
    """One clause: what the contractor says, what the system counted, and the rows only one of them has."""

    result: ClauseResult
    said: dict[str, Decimal] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    only_theirs: list[str] = field(default_factory=list)
    only_ours: list[str] = field(default_factory=list)

    @property
    def differences(self) -> dict[str, Decimal]:
        """The contractor's figure less the system's, where they differ."""
        counted = {"numerator": self.result.numerator, "denominator": self.result.denominator}
        if self.result.value is not None:
            counted["value"] = self.result.value
        found = {name: said - counted[name] for name, said in self.said.items() if name in counted}
        if "value" in found:  # a printed figure has as many places as it has
            places = self.said["value"].as_tuple().exponent
            shown = round(counted["value"], -places) if isinstance(places, int) and places < 0 else counted["value"]
            found["value"] = self.said["value"] - shown
        return {name: gap for name, gap in found.items() if gap}

    @property
    def agrees(self) -> bool:
        return not (self.differences or self.only_theirs or self.only_ours)


@dataclass(frozen=True)
class Comparison:
    compared: list[Compared]
    unread: list[tuple[int, str]]


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column is what. Raises Invalid without a clause and something said about it."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        name = next((name for name, known in HEADINGS.items() if heading.strip().lower() in known), None)
        if name and name not in found:
            found[name] = place
    if "clause" not in found or len(found) < 2:
        sentence = _(
            "The table needs a column for the clause and one for what it came to: numerator, denominator, value, row."
        )
        raise Invalid(sentence, field="file")
    return found


def compare(table: Table, results: Sequence[ClauseResult]) -> Comparison:
    """Every clause that the report speaks of beside the system's, and the lines that could not be read."""
    columns, by_number = columns_of(table.header), {result.clause.number: result for result in results}
    compared: dict[str, Compared] = {}
    unread: list[tuple[int, str]] = []
    for number, cells in table.rows:
        line = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        result = by_number.get(line["clause"])
        if result is None:
            unread.append((number, _("there is no clause %(number)s") % {"number": line["clause"] or "–"}))
            continue
        one = compared.setdefault(result.clause.number, Compared(result))
        if problem := _take(one, line):
            unread.append((number, problem))
    for one in compared.values():
        _hold_rows(one)
    return Comparison(list(compared.values()), unread)


def _take(one: Compared, line: dict[str, str]) -> str:
    """What the line says, into the clause; why not, if it cannot be read."""
    if line.get("row"):
        one.rows.add(line["row"])
        return ""
    for name in ("numerator", "denominator", "value"):
        text = line.get(name, "").replace(",", "").replace("%", "").strip()
        if not text:
            continue
        try:
            number = Decimal(text)
        except InvalidOperation:
            return _("“%(text)s” is no number") % {"text": text[:40]}
        if not number.is_finite():
            return _("“%(text)s” is no number") % {"text": text[:40]}
        one.said[name] = number
    return ""


def _hold_rows(one: Compared) -> None:
    """The rows said to count against those that do."""
    if not one.rows:
        return
    ours = {row.ref for row in map(Row.of, one.result.canonical.splitlines()) if not row.out and row.above > 0}
    one.only_theirs, one.only_ours = sorted(one.rows - ours), sorted(ours - one.rows)
