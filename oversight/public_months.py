"""Freezing a finished month for the public: once, so that what was published is never quietly changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from cases.models import Call, Case
from contractors.assessing import canonical, sha256
from contractors.reckoning import following
from hotline.acts import NotNow, verb
from hotline.calendar import Period
from hotline.measures import MEASURES, Count, Duration, Ratio
from hotline.models import Membership
from oversight.models import PublicMonth
from oversight.open_tables import plain, tables_of
from oversight.published import OF_CALLS, OF_CASES

AFTER = timedelta(days=3)  # late call records and rulings of the last days are in by then
BACK = 24  # months


def due(at: datetime) -> date | None:
    """The earliest finished month of the last two years that had a case or a call and is not frozen yet."""
    latest = _before(timezone.localdate(at - AFTER).replace(day=1))
    frozen = set(PublicMonth.objects.filter(month__lte=latest).values_list("month", flat=True))
    month = latest
    for _step in range(BACK - 1):
        month = _before(month)
    while month <= latest:
        if month not in frozen and _had_anything(month):
            return month
        month = following(month)
    return None


def freeze(month: date, *, at: datetime) -> PublicMonth:
    """Count a month and keep it. Raises NotNow if it was frozen before or is not over."""
    period = Period.month(month.year, month.month)
    assert period.end is not None
    if at < period.end:
        raise NotNow(f"{month:%Y-%m} is not over")
    kept = PublicMonth(month=month, made_at=at, minimum_n=settings.PUBLIC_MINIMUM_N)
    tables = tables_of(period)
    kept.rows = tables.rows()
    kept.figures = [_figure(key, period, tables.closed) for key in (*OF_CALLS, *OF_CASES)]
    kept.digest = sha256(canonical([kept.figures, kept.rows]))
    return keep(kept, by=None, at=at)


@verb
def keep(counted: PublicMonth, *, by: Membership | None, at: datetime) -> PublicMonth:
    """Keep a counted month. Raises NotNow if somebody kept it meanwhile."""
    given = {name: getattr(counted, name) for name in ("made_at", "minimum_n", "figures", "rows", "digest")}
    kept, fresh = PublicMonth.objects.get_or_create(month=counted.month, defaults=given)
    if not fresh:
        raise NotNow(f"{counted.month:%Y-%m} was frozen before")
    return kept


def _figure(key: str, period: Period, closed: Collection[str]) -> dict[str, Any]:
    """The city's figure. Of too few it is withheld, as where its parts could else be found; a rate of none is none."""
    things: Any = Call.objects.all() if key in OF_CALLS else Case.objects.all()
    value = MEASURES[key].function(things, period)
    told = {"measure": key, "version": MEASURES[key].version, "unit": str(MEASURES[key].unit)}
    shown: dict[str, Any]
    if isinstance(value, Count):
        few, shown = 0 < value.n < settings.PUBLIC_MINIMUM_N, {"n": value.n}
    elif isinstance(value, Duration):
        few = 0 < value.n < settings.MINIMUM_N
        shown = {"seconds": round(value.spent.total_seconds()), "n": value.n}
    else:
        few = 0 < value.denominator < settings.MINIMUM_N
        shown = {"numerator": plain(value), "denominator": value.denominator, "excluded": _excluded(value)}
    few = few or key in closed
    return told | (dict.fromkeys(shown) if few else shown) | {"withheld": few}


def _excluded(ratio: Ratio) -> int | None:
    """How many were left out; None where they are too few to be told."""
    return None if 0 < ratio.excluded < settings.PUBLIC_MINIMUM_N else ratio.excluded


def _had_anything(month: date) -> bool:
    period = Period.month(month.year, month.month)
    cases = Case.objects.filter(registered_at__gte=period.start, registered_at__lt=period.end)
    return cases.exists() or Call.objects.filter(offered_at__gte=period.start, offered_at__lt=period.end).exists()


def _before(month: date) -> date:
    return (month - timedelta(1)).replace(day=1)
