"""The figures of a bulletin: each section is a measure of a window, whole or by something, as it is frozen.

They are counted by the definitions every page counts by. All cases are in them, whoever made the bulletin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

from cases import call_counting, measures
from cases.call_counting import CALL_FIGURES
from cases.models import Call, Case
from hotline.calendar import Period
from hotline.measures import MEASURES, Count, Duration, Measure, Ratio, Unit
from hotline.models import Organisation
from hotline.wording import in_language
from oversight.bulletin_sums import Breakdown, Claim, Rate
from oversight.open_tables import DIMENSIONS, Dimension, Names, plain

Value = Count | Ratio | Duration
Section = Mapping[str, Any]
LANGUAGES = {"zh": "zh-hans", "en": "en"}
OF_CASES = DIMENSIONS | {"contractor": Dimension("taken_by_organisation", DIMENSIONS["unit"].values)}
OF_CALLS = ("contractor", "queue", "day")
BY: dict[str, str | Promise] = {
    "": pgettext_lazy("bulletin", "the whole only"),
    "unit": pgettext_lazy("bulletin", "by unit"),
    "category": pgettext_lazy("bulletin", "by category"),
    "channel": pgettext_lazy("bulletin", "by channel"),
    "kind": pgettext_lazy("bulletin", "by kind"),
    "district": pgettext_lazy("bulletin", "by district"),
    "contractor": pgettext_lazy("bulletin", "by contractor"),
    "queue": pgettext_lazy("bulletin", "by queue"),
    "day": pgettext_lazy("bulletin", "by day"),
}


def measurable() -> list[Measure]:
    """What a section can be about: calls first, then cases, in the order of their definitions."""
    return [MEASURES[key] for key in (*CALL_FIGURES, *measures.PARTS)]


def dimensions(key: str) -> list[str]:
    """By what a measure can be told apart; the first is not at all."""
    return ["", *(OF_CALLS if key in CALL_FIGURES else OF_CASES)]


def count(sections: Iterable[Mapping[str, str]], window: Period) -> list[dict[str, Any]]:
    """Every section of a template with its numbers of the window."""
    return [_section(given["measure"], given.get("by", ""), window) for given in sections]


def claims(sections: Sequence[Section]) -> list[Claim]:
    """What frozen sections say, to be held against ``bulletin_sums``."""
    found: list[Claim] = []
    for section in sections:
        total, parts, name = section["total"], section["parts"], str(MEASURES[section["measure"]].name)
        if section["unit"] == Unit.PERCENT:
            found += [
                _rate(f"{name} {part['en']}".strip(), section["measure"], part) for part in ({"en": ""} | total, *parts)
            ]
        if not section["by"]:
            continue
        for number in ("numerator", "denominator", "n", "seconds"):
            if number in total:
                shares = {p["code"]: Decimal(p["share"]) for p in parts if number == "n" and p.get("share")}
                counted = {part["code"]: Decimal(part[number]) for part in parts}
                found.append(Breakdown(name, Decimal(total[number]), counted, shares))
    return found


def _rate(name: str, key: str, told: Mapping[str, Any]) -> Rate:
    given = None if told["percent"] is None else Decimal(told["percent"])
    # A part's rate is of that part; only the whole's rate speaks of the whole.
    base = f"{key} {told.get('code', '')}".strip()
    label = f"{name} {in_language(told.get('zh', ''), told.get('en', ''))}".strip()
    return Rate(label, given, Decimal(told["numerator"]), Decimal(told["denominator"]), base)


def _section(key: str, by: str, window: Period) -> dict[str, Any]:
    measure = MEASURES[key]
    total: Value = measure.function(_things(key), window)
    told = {
        "measure": key,
        "version": measure.version,
        "unit": str(measure.unit),
        "by": by,
        "name": _both(measure.name),
        "sentence": _both(measure.sentence),
        "total": _told(total),
        "parts": [],
    }
    if by:
        parts = _calls_by(key, by, window) if key in CALL_FIGURES else _cases_by(key, by, window)
        told["parts"] = [names | _told(value, total) for names, value in sorted(parts, key=_largest_first(by))]
    return told


def _things(key: str) -> Any:
    return Call.objects.all() if key in CALL_FIGURES else Case.objects.all()


def _cases_by(key: str, by: str, window: Period) -> list[tuple[Names, Value]]:
    dimension = OF_CASES[by]
    known, counts = dimension.values(), MEASURES[key].unit == Unit.COUNT
    names: dict[str, Names] = {}
    found: dict[str, Ratio] = {}
    for value, ratio in measures.by(Case.objects.all(), key, window, dimension.field).items():
        named = dimension.of(known, value)
        names[named["code"]] = named
        found[named["code"]] = found.get(named["code"], Ratio(0, 0)) + ratio
    return [(names[code], Count(ratio.denominator) if counts else ratio) for code, ratio in found.items()]


def _calls_by(key: str, by: str, window: Period) -> list[tuple[Names, Value]]:
    rows = call_counting.figures(Call.objects.all(), window, by=by, keys=[key])
    known = {o.pk: o for o in Organisation.objects.filter(pk__in=rows)} if by == "contractor" else {}
    nobody = DIMENSIONS["unit"].of({}, None)

    def named(group: Any) -> Names:
        if group in known:
            return {"code": known[group].code, "zh": known[group].name, "en": known[group].name_en or known[group].name}
        return nobody if group in (None, "") else {"code": str(group), "zh": str(group), "en": str(group)}

    return [(named(group), row[key]) for group, row in rows.items() if any(_numbers(row[key]))]


def _numbers(value: Value) -> tuple[Any, ...]:
    """Whether it is of anything; one that has only what was left out is not shown apart, nor does it add anything."""
    if isinstance(value, Ratio):
        return (value.denominator,)
    return (value.n, value.spent) if isinstance(value, Duration) else (value.n,)


def _told(value: Value, whole: Value | None = None) -> dict[str, Any]:
    """As it is frozen and printed: numbers, and the percentage with what it is of beside it."""
    if isinstance(value, Ratio):
        percent = value.percent(1)
        return {
            "numerator": plain(value),
            "denominator": value.denominator,
            "excluded": value.excluded,
            "percent": None if percent is None else str(percent),
        }
    if isinstance(value, Duration):
        return {"seconds": _seconds(value.spent), "n": value.n, "excluded": value.excluded}
    told: dict[str, Any] = {"n": value.n}
    if isinstance(whole, Count) and whole.n:
        told["share"] = str(Ratio(value.n, whole.n).percent(1))
    return told


def _seconds(spent: timedelta) -> str:
    """Exactly: parts that were rounded would not come to their total."""
    return f"{Decimal(spent // timedelta(microseconds=1)) / 1_000_000:f}"


def _largest_first(by: str) -> Any:
    def order(item: tuple[Names, Value]) -> tuple[int, str]:
        names, value = item
        size = value.denominator if isinstance(value, Ratio) else value.n
        return (0 if by == "day" else -size, names["code"])

    return order


def _both(words: Any) -> Names:
    found = {}
    for short, language in LANGUAGES.items():
        with override(language):
            found[short] = str(words)
    return found
