"""What a clause can be about: the figure from its rows is the measure's own, whatever it is counted from."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from cases.call_counting import CALL_FIGURES
from cases.models import Call
from contractors import quality_measures, quality_rows
from contractors.figures import Figure, figure, measurable
from contractors.models import Employment
from contractors.quality_measures import ROWS as QUALITY
from contractors.row_names import named
from contractors.staff_measures import STAFF, month_of
from hotline.calendar import Period
from hotline.measures import MEASURES, Count, Duration, Ratio, Unit
from tests.contractors.staffing import accepted, contract_of, employed, left
from tests.contractors.stories import a_clause, drafted, run, shown, signed, terms
from tests.contractors.test_quality_measures import told
from tests.contractors.test_shifts import MONDAY, a_call, planned
from tests.doors import client_of
from tests.people import local, unit

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = month_of(date(2026, 2, 1)), month_of(date(2026, 3, 1))
PRESENCE = ("seats_filled", "attendance", "occupancy")
NO_CLAUSE = {"marking_agreement"}  # about the markers


def exact(value: Any, unit: Unit) -> tuple[Fraction | None, int]:
    """A figure of the registry as a clause reads it, and of how many it is."""
    if isinstance(value, Duration):
        mean = Fraction(value.spent // timedelta(microseconds=1), value.n * 10**6) if value.n else None
        return mean, value.n
    if isinstance(value, Ratio):
        whole = 100 if unit == Unit.PERCENT else 1
        rate = Fraction(value.numerator) / value.denominator * whole if value.denominator else None
        return rate, value.denominator
    assert isinstance(value, Count)
    return Fraction(value.n), value.n


def by_rows(key: str, period: Period) -> tuple[Fraction | None, int]:
    found: Figure = figure(key, unit("JIA"), period)
    names = [row.ref for row in found.rows]
    assert len(set(names)) == len(names), f"two rows of {key} have one name"
    assert [named(name) for name in names] == [[name] for name in names], f"rows of {key} cannot be named"
    return found.value, int(found.below)


def compared(
    keys: Collection[str], rows: Callable[[str], Any], period: Period
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Each measure by its rows, and by its own function."""
    own = {key: exact(MEASURES[key].function(rows(key), period), MEASURES[key].unit) for key in keys}
    return {key: by_rows(key, period) for key in keys}, own


def test_the_telephone() -> None:
    begin = local("2026-02-09 09:00").isoformat()
    call_command("play_calls", calls=60, hours=2, begin=begin, verbosity=0, stdout=StringIO())
    calls = Call.objects.filter(organisation=unit("JIA"))
    found, own = compared(CALL_FIGURES, lambda _key: calls, FEBRUARY)
    assert found == own
    assert 0 < own["connection_rate"][0] < 100
    excluded = MEASURES["connection_rate"].function(calls, FEBRUARY).excluded
    assert figure("connection_rate", unit("JIA"), FEBRUARY).excluded == excluded > 0


def test_shifts_and_presence() -> None:
    planned("wang", "09:00", "11:00")
    planned("li", "09:00", "10:00")
    a_call("wang", "09:00", minutes=40, wrap_up=600)
    a_call("wang", "10:05", minutes=5)
    found, own = compared(PRESENCE, lambda _key: unit("JIA"), MONDAY)
    assert found == own
    assert (own["attendance"][0], own["seats_filled"][1]) == (50, 6)


def test_the_staff() -> None:
    contract = contract_of()
    for username in ("wang", "li", "hu"):
        employed(username, contract)
    left(Employment.objects.get(user__username="hu"), at=local("2026-02-20 12:00"))
    accepted("insurance", text="1024", contract=contract)
    accepted("training", text="1024 7.5", contract=contract)
    found, own = compared(STAFF, lambda _key: Employment.objects.filter(contract=contract), FEBRUARY)
    assert found == own
    assert own["turnover"] == (Fraction(100, 3), 3)


def test_the_governments_re_check() -> None:
    told({}, {"record": "not_met"}, {"ending": "partly"})
    keys = set(QUALITY) - NO_CLAUSE - {"justified_complaints"}
    found, own = compared(keys, lambda _key: quality_measures.rechecks(unit("JIA")), MARCH)
    assert found == own
    assert own["quality_score"][0] == Fraction("92.5")
    assert list(quality_rows.justified_complaints(unit("JIA"), MARCH, True)) == []


def test_a_clause_can_be_about_every_measure_of_the_telephone_shifts_staff_and_quality() -> None:
    keys = {measure.key for measure in measurable()}
    assert {*CALL_FIGURES, *PRESENCE, *STAFF, *QUALITY} - keys == NO_CLAUSE


def test_calls_that_a_contract_pays_for_are_counted() -> None:
    contract = signed(drafted(agreed=terms(price_model="answered_call", amount=Decimal(0), call_price=Decimal("6.5"))))
    for minute in range(3):
        a_call("wang", f"09:{minute:02}")
    month = run(contract, at=local("2026-04-02 09:00"), month=date(2026, 3, 1))
    assert (month.calls, month.due) == (3, Decimal("19.50"))


def test_the_rows_of_a_clause_open_the_calls() -> None:
    draft = drafted()
    a_clause(draft, measure="connection_rate", target=Decimal(90))
    contract = signed(draft)
    a_call("wang", "09:00")
    month = shown(run(contract, at=local("2026-04-02 09:00"), month=date(2026, 3, 1)), at=local("2026-04-02 09:00"))
    page = client_of("luo").get(f"/assessments/results/{month.results.get().pk}/").content.decode()
    call = Call.objects.get()
    assert f"#call-{call.pk}" in page
    address = page.split('href="/calls/list/')[1].split("#")[0].replace("&amp;", "&")
    assert str(call.pk) in client_of("luo").get(f"/calls/list/{address}").content.decode()
