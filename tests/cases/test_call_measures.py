"""Figures of the telephone against calls one can count on one's fingers, and against plain SQL over real ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cases.call_counting import CALL_FIGURES, DIMENSIONS, Part, calls_behind, figures, total
from cases.call_measures import TABLE
from cases.models import Call
from cases.telephony import CallAct, CallEvent, record_call
from hotline.calendar import Period
from hotline.measures import MEASURES, Count, Duration, Ratio, Unit
from tests.people import local, member
from tests.stories import MONDAY

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = Period.month(2026, 3), Period.month(2026, 2)
CALLER, OTHER = "13800006021", "13800006022"


def a_call(key: str, *acts: tuple[CallAct, int], at: datetime = MONDAY, **given: Any) -> str:
    """A call of which the platform reports these acts, so many seconds after it began."""
    first = {name: given.pop(name) for name in ("caller", "queue", "organisation") if name in given}
    record_call(CallEvent(key, CallAct.OFFERED, at, **first, **given), by=None, at=at)
    for act, after in acts:
        agent = "1024" if act == CallAct.ANSWERED else ""
        wrapped = 30 if act == CallAct.ENDED and key.startswith("w") else None
        when = at + timedelta(seconds=after)
        record_call(CallEvent(key, act, when, agent=agent, wrap_up_seconds=wrapped, **given), by=None, at=when)
    return key


def answered(key: str, wait: int, talk: int = 60, **given: Any) -> str:
    return a_call(key, (CallAct.ANSWERED, wait), (CallAct.ENDED, wait + talk), **given)


def missed(key: str, after: int = 20, **given: Any) -> str:
    return a_call(key, (CallAct.ABANDONED, after), **given)


def figure(key: str, period: Period = MARCH) -> Any:
    return MEASURES[key].function(Call.objects.all(), period)


def fraction(key: str) -> tuple[object, int, int]:
    ratio = figure(key)
    return ratio.numerator, ratio.denominator, ratio.excluded


@pytest.mark.parametrize("key", TABLE)
def test_a_figure_of_nothing_is_none_not_zero(key: str) -> None:
    answered("a", 5)
    nothing = {Unit.PERCENT: Ratio(0, 0), Unit.COUNT: Count(0), Unit.TIME: Duration(timedelta(), 0)}
    assert figure(key, FEBRUARY) == nothing[MEASURES[key].unit]


def test_fifteen_seconds_are_in_time_and_sixteen_are_not_of_all_that_were_offered() -> None:
    answered("a", 15), answered("b", 16), missed("c", 3)
    assert fraction("answered_in_time") == (1, 3, 0)
    assert fraction("connection_rate") == (2, 3, 0)
    assert fraction("abandoned_rate") == (1, 3, 0)


def test_who_hung_up_in_the_menu_or_still_waits_is_left_out() -> None:
    answered("a", 5), a_call("b"), a_call("c", (CallAct.MENU, 9))
    assert fraction("connection_rate") == (1, 1, 2)
    assert figure("calls_offered") == Count(2, 1)


def test_a_call_that_rang_out_was_not_answered_nor_abandoned() -> None:
    a_call("a", (CallAct.ENDED, 40))
    assert fraction("connection_rate") == (0, 1, 0)
    assert fraction("abandoned_rate") == (0, 1, 0)


def test_outgoing_calls_are_in_no_figure_of_incoming_ones() -> None:
    answered("a", 5, direction="outbound")
    assert figure("calls_offered") == Count(0)
    assert figure("mean_talk") == Duration(timedelta(), 0)


def test_waits_talks_and_wrap_ups_are_means_of_the_answered_calls() -> None:
    answered("w1", 5, 100), answered("b", 15, 200), missed("c", 300)
    a_call("d", (CallAct.ANSWERED, 10))
    assert figure("mean_wait") == Duration(timedelta(seconds=30), 3)
    assert figure("mean_talk") == Duration(timedelta(seconds=300), 2, 1)
    assert figure("mean_wrap_up") == Duration(timedelta(seconds=30), 1, 2)


def test_a_missed_call_is_called_back_within_a_day_reached_or_not() -> None:
    for key, hours in (("soon", 1), ("late", 25)):
        caller = f"1380000{len(key)}0{hours:02}"
        missed(key, caller=caller)
        a_call(f"{key}-back", caller=caller, direction="outbound", at=MONDAY + timedelta(hours=hours))
    missed("never", caller=CALLER)
    assert fraction("missed_callback_rate") == (1, 3, 0)


def test_who_gave_no_number_or_got_through_by_themselves_need_not_be_called() -> None:
    missed("a"), missed("b", caller=CALLER), answered("c", 5, caller=CALLER, at=MONDAY + timedelta(minutes=5))
    missed("d", caller=OTHER), a_call("e", (CallAct.MENU, 5), caller=OTHER)
    assert fraction("missed_callback_rate") == (0, 1, 2)


def test_a_call_back_before_the_call_is_none() -> None:
    a_call("back", caller=CALLER, direction="outbound", at=MONDAY - timedelta(hours=1))
    missed("a", caller=CALLER)
    assert fraction("missed_callback_rate") == (0, 1, 0)


def test_the_period_is_half_open_at_local_midnight() -> None:
    midnight = local("2026-04-01 00:00")
    answered("a", 5, at=midnight - timedelta(seconds=1)), answered("b", 5, at=midnight)
    assert figure("calls_answered").n == 1


def a_days_calls() -> None:
    call_command("play_calls", calls=150, hours=2, begin="2026-03-09T09:00", seed=3, verbosity=0, stdout=_Nowhere())


class _Nowhere:
    def write(self, _words: str) -> None: ...


def test_the_rows_of_a_table_add_up_to_the_whole_by_one_statement(django_assert_num_queries: Any) -> None:
    a_days_calls()
    whole = {key: figure(key) for key in TABLE}
    for by in DIMENSIONS:
        with django_assert_num_queries(1):
            rows = figures(Call.objects.all(), MARCH, by=by, keys=TABLE)
        assert total(rows.values(), TABLE) == whole, by


def test_every_number_opens_exactly_the_calls_it_counts() -> None:
    a_days_calls()
    calls = Call.objects.all()
    for key in TABLE:
        found = figure(key)
        n = found.denominator if isinstance(found, Ratio) else found.n
        assert calls_behind(calls, key, MARCH, Part.DENOMINATOR).count() == n, key
        assert calls_behind(calls, key, MARCH, Part.EXCLUDED).count() == found.excluded, key
        if isinstance(found, Ratio):
            assert calls_behind(calls, key, MARCH, Part.NUMERATOR).count() == found.numerator, key
            assert found.denominator, key


# -- The real calls of a bank, counted again in plain SQL

TECHNION = settings.BASE_DIR.parent / "shared" / "data" / "technion_calls" / "calls.csv.gz"
AUGUST = Period.days(date(1999, 8, 1), date(1999, 8, 24), ZoneInfo("Asia/Jerusalem"))
ASKED = "direction = 'inbound' AND NOT in_menu AND (answered_at IS NOT NULL OR ended_at IS NOT NULL)"
RECOUNT = {
    "calls_offered": "count(*) FILTER (WHERE direction = 'inbound' AND NOT in_menu), NULL,"
    " count(*) FILTER (WHERE in_menu)",
    "calls_answered": "count(answered_at), NULL, 0",
    "connection_rate": f"count(*) FILTER (WHERE {ASKED}), count(answered_at), count(*) FILTER (WHERE in_menu)",
    "answered_in_time": f"count(*) FILTER (WHERE {ASKED}),"
    " count(*) FILTER (WHERE extract(epoch FROM answered_at) - extract(epoch FROM offered_at) <= 15),"
    " count(*) FILTER (WHERE in_menu)",
    "abandoned_rate": f"count(*) FILTER (WHERE {ASKED}), count(*) FILTER (WHERE abandoned AND NOT in_menu),"
    " count(*) FILTER (WHERE in_menu)",
    "mean_wait": "count(answered_at),"
    " coalesce(sum(extract(epoch FROM answered_at) - extract(epoch FROM offered_at)), 0), 0",
    "mean_talk": "count(answered_at),"
    " coalesce(sum(extract(epoch FROM ended_at) - extract(epoch FROM answered_at)), 0), 0",
    "mean_wrap_up": "count(wrap_up_seconds), coalesce(sum(wrap_up_seconds), 0),"
    " count(answered_at) - count(wrap_up_seconds)",
    "missed_callback_rate": "0, 0, count(*) FILTER (WHERE NOT in_menu AND answered_at IS NULL)",
}
KEYS = {"day": "(offered_at AT TIME ZONE 'Asia/Shanghai')::date", "contractor": "organisation_id", "agent": "agent_id",
        "queue": "queue"}  # fmt: skip


def recounted(key: str, by: str) -> dict[Any, tuple[int, Any, int]]:
    """n, numerator or seconds, left out: for each group, in SQL of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {KEYS[by]}, {RECOUNT[key]} FROM cases_call GROUP BY 1")
        return {group: (n, counted, left_out) for group, n, counted, left_out in cursor.fetchall()}


def as_counted(figure: Any) -> tuple[int, Any, int]:
    if isinstance(figure, Ratio):
        return figure.denominator, figure.numerator, figure.excluded
    spent = figure.spent.total_seconds() if isinstance(figure, Duration) else None
    return figure.n, spent, figure.excluded


@pytest.mark.slow  # imports 34,666 real calls
@pytest.mark.data
def test_the_figures_of_real_calls_agree_exactly_with_a_recount(tmp_path: Path) -> None:
    if not TECHNION.exists():
        pytest.skip("the real data are not here")
    mapping = settings.BASE_DIR / "tests" / "mappings" / "technion.toml"
    call_command("import_calls", TECHNION, mapping=mapping, by="yan", errors=tmp_path / "refused.csv", verbosity=0)
    assert set(TABLE) == set(RECOUNT) == set(CALL_FIGURES)
    for by in KEYS:
        rows = figures(Call.objects.all(), AUGUST, by=by, keys=TABLE)
        for key in TABLE:
            assert {group: as_counted(row[key]) for group, row in rows.items()} == recounted(key, by), (by, key)
    whole = MEASURES["connection_rate"].function(Call.objects.all(), AUGUST)
    assert whole.numerator > 20_000
    assert member("wang").user_id not in figures(Call.objects.all(), AUGUST, by="agent", keys=TABLE)
