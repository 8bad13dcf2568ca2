"""The tallies: whatever happens to cases, at every moment each figure from them is what counting the cases gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from bench.lives import Lives
from cases import decisions, measures, sealing, tallies, tally_keeping
from cases.measures import GROSS, PARTS, READ
from cases.models import Case, Tally, TallyChange
from cases.tallies import Among, Counts
from cases.tally_figures import NUMBERS, RATES, whats_of
from hotline.calendar import Period
from hotline.measures import MEASURES
from tests.people import channel, local, member, unit
from tests.stories import MONDAY, a_case, exclusion_asked, rated, signed, suspended

pytestmark = pytest.mark.django_db
KEYS = [*RATES, *NUMBERS]
FROM_ROWS = {*READ, "solved_cases"}  # a sample, and a number for months that are over: counted when they are asked for
ANY = Among()


def counted(spans: dict[str, Period], at: datetime, among: Among = ANY, by: str = "jiang") -> dict[str, Counts]:
    days = {name: tallies.days_of(period, at) for name, period in spans.items()}
    whats = whats_of(KEYS)
    lasting = {what for what in whats if what in (NUMBERS["backlog"], NUMBERS["suspended"])}
    whole = {name: pair for name, pair in days.items() if pair}
    assert len(whole) == len(spans)
    found = {name: Counts() for name in spans}
    for part in (whats - lasting, lasting):
        for (name, _value), counts in tallies.count(member(by), at, whole, part, among).items():
            found[name].of |= counts.of
    return found


def reached(among: Among, by: str = "jiang") -> Any:
    cases = Case.objects.visible_to(member(by))
    given = {
        "unit": among.unit,
        "taken_by_organisation": among.contractor,
        "channel": among.channel,
    }
    cases = cases.filter(**{name: value for name, value in given.items() if value})
    if among.kind:
        cases = cases.filter(kind=among.kind)
    if among.category:
        cases = cases.filter(category__path__startswith=among.category.path)
    return cases.filter(region__path__startswith=among.region.path) if among.region else cases


def assert_equal(spans: dict[str, Period], at: datetime, among: Among = ANY, by: str = "jiang") -> None:
    """Every figure, net and gross, of every span."""
    found, cases = counted(spans, at, among, by), reached(among, by)
    for name, period in spans.items():
        for key, formula in RATES.items():
            expected = MEASURES[key].function(cases, period)
            assert formula.ratio(found[name]) == expected, f"{key} {name}"
            if key in GROSS:
                assert formula.ratio(found[name], gross=True) == measures.gross(cases, key, period), f"{key} {name}"
        for key, what in NUMBERS.items():
            assert found[name].n(what) == MEASURES[key].function(cases, period).n, f"{key} {name}"


def periods(at: datetime, chance: random.Random, first: date) -> dict[str, Period]:
    """Today until now, everything until now, and some whole days that are over."""
    today = at.astimezone(local("2026-01-01").tzinfo).date()
    spans = {"today": Period(Period.days(today, today).start, at), "all": Period(Period.days(first, today).start, at)}
    over = (today - first).days
    for n in range(2 if over > 1 else 0):
        begins = chance.randrange(over)
        ends = chance.randrange(begins, over)
        spans[f"{n}"] = Period.days(first + timedelta(begins), first + timedelta(ends))
    return spans


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_any_lives_are_counted_as_the_measures_count_them(seed: int) -> None:
    """Folded now and then, so that folded and unfolded go together; corrections among it."""
    chance = random.Random(seed)
    lives = Lives(chance, MONDAY, timedelta(hours=2))
    for n in range(150):
        lives.act()
        if chance.random() < 0.03:
            tally_keeping.fold(batch=chance.choice((1, 5, 1000)))
        if n % 75 == 74:
            lives.at += timedelta(seconds=1)  # a period ends before the moment it ends at
            with time_machine.travel(lives.at, tick=False):
                assert_equal(periods(lives.at, chance, MONDAY.date()), lives.at)
    some = (
        Among(contractor=unit("JIA")),
        Among(unit=unit("SWJ"), category=lives.categories[0].parent or lives.categories[0]),
        Among(region=lives.regions[0], kind="complaint"),
        Among(channel=channel().pk),
    )
    for among in some:
        assert_equal(periods(lives.at, chance, MONDAY.date()), lives.at, among)
    assert list(tally_keeping.differences()) == []
    assert TallyChange.objects.exists()
    tally_keeping.fold_all(60)
    assert list(tally_keeping.differences()) == []
    assert not TallyChange.objects.exists()
    assert not Tally.objects.filter(n__lte=0).exists()
    assert_equal(month(lives.at), lives.at)
    assert PARTS.keys() == set(KEYS) | FROM_ROWS
    assert {"corrected", "signed", "replied", "asked the citizen"} <= set(lives.told)


def month(at: datetime) -> dict[str, Period]:
    return {"month": Period(local("2026-03-01 00:00"), at)}


LATER = MONDAY + timedelta(days=11)


@pytest.fixture
def _later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.mark.usefixtures("_later")
def test_a_case_suspended_and_one_excluded_after_it_was_closed_are_moved() -> None:
    suspended(), rated()
    tally_keeping.fold()
    asked = exclusion_asked()
    for hours, username in ((4, "zhou"), (5, "yan")):
        decisions.grant(asked, by=member(username), at=MONDAY + timedelta(hours=hours), version=None, ruling="同意")
    assert_equal(month(LATER), LATER)
    assert counted(month(LATER), LATER)["month"].n(NUMBERS["suspended"]) == 1
    tally_keeping.fold()
    assert_equal(month(LATER), LATER)


@pytest.mark.usefixtures("_later")
def test_what_falls_due_later_today_is_not_due_yet() -> None:
    """The promise of a case of Friday 11:30 ends on Friday week, 11:30: a minute before, it is nobody's lateness."""
    case = signed(at=local("2026-03-13 11:30"))
    tally_keeping.fold()
    due = case.promise_due_at
    assert due is not None
    for minutes, n in ((-1, 0), (1, 1)):
        at = due + timedelta(minutes=minutes)
        with time_machine.travel(at, tick=False):
            assert RATES["on_time_closing"].ratio(counted(month(at), at)["month"]).denominator == n
            assert_equal(month(at), at)


@pytest.mark.usefixtures("_later")
def test_a_case_kept_from_the_reader_is_in_none_of_the_readers_numbers() -> None:
    kept, _other = rated(), signed()
    jiang, at = member("jiang").user, MONDAY + timedelta(days=1)
    sealing.recuse(kept, person=jiang, by=member("zhou"), at=at, version=None, why="被反映人")
    for _fold in range(2):
        assert_equal(month(LATER), LATER, by="jiang")
        assert_equal(month(LATER), LATER, by="yan")
        assert counted(month(LATER), LATER, by="jiang")["month"].n(NUMBERS["intake"]) == 1
        tally_keeping.fold()


def test_two_acts_of_the_same_hour_leave_notes_of_their_own() -> None:
    """Only keys of their own are written, so that no act waits for another; a note is the case's and the act's."""
    first, second = a_case(), a_case(phone="13800006022")
    notes = set(TallyChange.objects.values_list("case_id", flat=True))
    assert notes == {first.pk, second.pk}


@pytest.mark.django_db(transaction=True)
def test_who_acts_waits_for_nobody_who_acts_at_the_same_time() -> None:
    """The same day, the same bodies, the same kind; the first act is not finished, nor is who folds."""
    first, second = a_case(), a_case(phone="13800006022")
    other = connection.copy()
    with transaction.atomic(), other.cursor() as cursor:
        tally_keeping.fold()
        Case.objects.filter(pk=first.pk).update(kind="help")
        cursor.execute("SET lock_timeout = '200ms'")
        cursor.execute("UPDATE cases_case SET kind = 'help' WHERE id = %s", [second.pk])
    other.close()
    assert set(TallyChange.objects.values_list("case_id", flat=True)) == {first.pk, second.pk}
    assert list(tally_keeping.differences()) == []


@pytest.mark.parametrize(
    "bend",
    [
        "UPDATE cases_tally SET n = n + 1 WHERE grain = 0",
        "DELETE FROM cases_tally WHERE what = 1",
        "UPDATE cases_tally SET day = day - 1 WHERE what = 4",
    ],
)
def test_the_check_fails_when_a_row_is_bent_and_mends_it(bend: str) -> None:
    rated()
    tally_keeping.fold()
    call_command("check_tallies", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(bend)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_tallies", mend=True, stdout=out)
    assert ended.value.code == 1
    assert "kept" in out.getvalue()
    call_command("check_tallies", stdout=StringIO())


def test_a_period_that_ends_within_a_day_is_not_asked_of_the_tallies() -> None:
    noon = local("2026-03-10 12:00")
    assert tallies.days_of(Period(noon, noon + timedelta(days=1)), LATER) is None
    assert tallies.days_of(Period(MONDAY.replace(hour=0), noon), noon) == (date(2026, 3, 9), date(2026, 3, 11))
    assert tallies.days_of(Period.month(2026, 2), LATER) == (date(2026, 2, 1), date(2026, 3, 1))
