"""The tables of open data for one month: what is counted, by what, and which cells are withheld.

Cases are counted by unit and category, by channel and kind, by district and kind; the rates by unit and by category.
Confidential reports are among them as any other, for no cell under ``PUBLIC_MINIMUM_N`` (five at least) is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext, override

from cases import measures
from cases.models import Case, CaseQuerySet, Category, Channel, Kind
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio
from hotline.models import Organisation, Region
from oversight.suppression import Cell, Sum, table, withheld

NONE = "-"
Names = dict[str, str]
"""A value's names: its code, Chinese and English."""

CASES = (("unit", "category"), ("channel", "kind"), ("district", "kind"))
RATES_BY = ("unit", "category")
OF_INTAKE = ("direct_answer_rate", "refusal_rate")  # their denominator is the total of the tables of cases
# Rates of one family are about nearly the same cases, so they are withheld together.
FAMILIES = (
    ("on_time_closing", "closing_rate"),
    ("sign_on_time",),
    ("contact_rate", "resolution_rate", "satisfaction_rate"),
    ("rehandling_rate", "first_time_closing"),
)


@dataclass(frozen=True)
class Dimension:
    """What cases are told apart by: a column of the case, and under which published value each of its values goes."""

    field: str
    values: Callable[[], Mapping[Any, Names]]

    def of(self, known: Mapping[Any, Names], value: Any) -> Names:
        return known.get(value) or _nothing()


def _nothing() -> Names:
    return {"code": NONE, "zh": _in("zh-hans"), "en": _in("en")}


def _in(language: str) -> str:
    with override(language):
        return gettext("not stated")


def _named(thing: Any) -> Names:
    return {"code": thing.code, "zh": thing.name, "en": thing.name_en or thing.name}


def _units() -> Mapping[Any, Names]:
    return {unit.pk: _named(unit) for unit in Organisation.objects.all()}


def _top_categories() -> Mapping[Any, Names]:
    """Each category under the one at the top of its branch."""
    every = list(Category.objects.all())
    tops = {category.code: category for category in every if category.parent_id is None}
    return {category.pk: _named(tops[category.path.split("/")[1]]) for category in every}


def _channels() -> Mapping[Any, Names]:
    return {channel.pk: _named(channel) for channel in Channel.objects.all()}


def _districts() -> Mapping[Any, Names]:
    """Each place under its district; what is only known to be in the city is not stated."""
    every = list(Region.objects.all())
    districts = [region for region in every if region.level == Region.Level.DISTRICT]
    return {
        region.pk: _named(district)
        for district in districts
        for region in every
        if region.path.startswith(district.path)
    }


def _kinds() -> Mapping[Any, Names]:
    def word(kind: Kind, language: str) -> str:
        with override(language):
            return str(kind.label)

    return {kind.value: {"code": kind.value, "zh": word(kind, "zh-hans"), "en": word(kind, "en")} for kind in Kind}


DIMENSIONS = {
    "unit": Dimension("unit", _units),
    "category": Dimension("category", _top_categories),
    "channel": Dimension("channel", _channels),
    "kind": Dimension("kind", _kinds),
    "district": Dimension("region", _districts),
}


@dataclass
class OpenTables:
    """One month's tables; ``rows`` is what is published of them."""

    period: Period
    cases: CaseQuerySet
    minimum: int

    def __post_init__(self) -> None:
        self.known = {name: dimension.values() for name, dimension in DIMENSIONS.items()}
        self.names: dict[tuple[str, str], Names] = {}
        self.closed: set[str] = set()  # measures whose total would tell of a withheld part

    def rows(self) -> list[dict[str, Any]]:
        """Every cell but those of everything, which are the city's own figures; withheld ones say so."""
        found = self._volumes()
        for family in FAMILIES:
            found += self._rates(family)
        return found

    def _volumes(self) -> list[dict[str, Any]]:
        cells: dict[Cell, int] = {}
        sums: list[Sum] = []
        for dimensions in CASES:
            own, lines = table(dimensions, self._counted(dimensions))
            cells |= own
            sums += lines
        hidden = withheld([cells], sums, self.minimum)
        self.closed |= {"intake", *OF_INTAKE} if frozenset() in hidden else set()
        return [
            self._row("intake", cell, {"numerator": str(n), "denominator": ""}, hidden)
            for cell, n in sorted(cells.items(), key=_order)
            if cell and (n or cell in hidden)
        ]

    def _counted(self, dimensions: Iterable[str]) -> dict[tuple[str, ...], int]:
        fields = [DIMENSIONS[name].field for name in dimensions]
        of = measures.PARTS["intake"](self.period).of
        atoms: dict[tuple[str, ...], int] = {}
        for *values, n in self.cases.filter(of).order_by().values_list(*fields).annotate(n=Count("pk")):
            key = tuple(self._value(name, value) for name, value in zip(dimensions, values, strict=True))
            atoms[key] = atoms.get(key, 0) + n
        return atoms

    def _rates(self, family: Iterable[str]) -> list[dict[str, Any]]:
        """Those of a family by unit and by category. A rate of too few is withheld with the number it is of."""
        counted = {key: self._ratios(key) for key in family}
        layers = [{cell: ratio.denominator for cell, ratio in ratios.items()} for ratios in counted.values()]
        every = {cell for ratios in counted.values() for cell in ratios}
        sums = [
            Sum(frozenset(), tuple(sorted((c for c in every if c and next(iter(c))[0] == name), key=sorted)))
            for name in RATES_BY
        ]
        hidden = withheld(layers, sums, max(self.minimum, settings.MINIMUM_N))
        self.closed |= set(counted) if frozenset() in hidden else set()
        return [
            self._row(key, cell, {"numerator": plain(r), "denominator": str(r.denominator)}, hidden)
            for key, ratios in counted.items()
            for cell, r in sorted(ratios.items(), key=_order)
            if cell and (r.denominator or cell in hidden)
        ]

    def _ratios(self, key: str) -> dict[Cell, Ratio]:
        found: dict[Cell, Ratio] = {}
        for name in RATES_BY:
            for value, ratio in measures.by(self.cases, key, self.period, DIMENSIONS[name].field).items():
                cell = frozenset({(name, self._value(name, value))})
                found[cell] = found.get(cell, Ratio(0, 0)) + ratio
        units = [ratio for cell, ratio in found.items() if next(iter(cell))[0] == RATES_BY[0]]
        return found | {frozenset(): Ratio.total(units)}

    def _value(self, dimension: str, value: Any) -> str:
        names = DIMENSIONS[dimension].of(self.known[dimension], value)
        self.names[(dimension, names["code"])] = names
        return names["code"]

    def _row(self, key: str, cell: Cell, given: dict[str, str], hidden: frozenset[Cell]) -> dict[str, Any]:
        of = {name: self.names[(name, code)] for name, code in sorted(cell)}
        if cell in hidden:
            given = dict.fromkeys(given, "")
        return {"measure": key, "version": MEASURES[key].version, "of": of, **given, "withheld": cell in hidden}


def plain(ratio: Ratio) -> str:
    """Exactly, without places that say nothing; “basically satisfied” counts in part."""
    text = f"{ratio.numerator:f}" if not isinstance(ratio.numerator, int) else str(ratio.numerator)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _order(item: tuple[Cell, Any]) -> list[tuple[str, str]]:
    return sorted(item[0])


def tables_of(period: Period) -> OpenTables:
    """All cases, whoever may see which: what comes out names nobody and tells of no few."""
    return OpenTables(period, Case.objects.all(), settings.PUBLIC_MINIMUM_N)
