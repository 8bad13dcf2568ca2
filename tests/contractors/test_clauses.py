"""Clauses of a draft: what may be written, and what a past month would have come to by it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contractors import clause_writing
from contractors.assessing import window
from contractors.clause_writing import tried
from contractors.models import Assessment, Clause
from hotline.acts import Invalid, NotAllowed, NotNow
from tests.contractors.stories import (
    FEBRUARY,
    FORGED,
    RUN,
    SIGNED,
    a_clause,
    amended,
    drafted,
    registered,
    seen,
    signed,
)
from tests.people import local, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": " "}, "number"),
        ({"name": ""}, "name"),
        ({"measure": "kindness"}, "measure"),
        ({"direction": "about"}, "direction"),
        ({"weight": Decimal(-1)}, "weight"),
        ({"target": Decimal("NaN")}, "target"),
        ({"window_months": 0}, "window_months"),
        ({"scoring": {}}, "scoring"),
        ({"scoring": {"kind": "linear", "slope": "0"}}, "scoring"),
        ({"target": None}, "scoring"),
        ({"valid_from": date(2026, 3, 1), "valid_until": date(2026, 3, 1)}, "valid_until"),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_at_its_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_clause(drafted(), **given)
    assert refused.value.field == field
    assert not Clause.objects.exists()


def test_a_clause_is_changed_and_taken_out_while_the_terms_are_a_draft() -> None:
    draft = drafted()
    clause = a_clause(draft)
    with pytest.raises(Invalid, match="number already"):
        a_clause(draft)
    given = clause_writing.ClauseGiven(
        "4.1", "直接答复率", "direct_answer_rate", target=Decimal(50), scoring={"kind": "linear", "slope": "2"},
        weight=Decimal(10),
    )  # fmt: skip
    changed = clause_writing.put(draft, given, by=member("song"), at=SIGNED, clause=clause.pk)
    assert seen(changed.pk, changed.target, changed.weight) == (clause.pk, 50, 10)
    clause_writing.take_out(draft, by=member("song"), at=SIGNED, clause=clause.pk)
    with pytest.raises(NotNow, match="no such clause"):
        clause_writing.take_out(draft, by=member("song"), at=SIGNED, clause=clause.pk)
    signed(draft)
    with pytest.raises(NotNow, match="no draft any more"):
        a_clause(draft)


@pytest.mark.parametrize("username", ["luo", "jiang", "wang"])
def test_others_do_not_write_clauses(username: str) -> None:
    draft = drafted()
    with pytest.raises(NotAllowed):
        clause_writing.take_out(draft, by=member(username), at=SIGNED, clause=1)


def test_an_amendment_takes_its_clauses_along() -> None:
    draft = drafted()
    a_clause(draft)
    contract = signed(draft)
    later = amended(contract, at=local("2026-02-20 09:00"), valid_from=date(2026, 3, 1), seats=140)
    assert [clause.number for clause in later.clauses.all()] == ["4.1"]


def test_a_trial_says_what_a_month_would_have_come_to_and_keeps_nothing() -> None:
    for day, answered in ((3, True), (9, False), (10, False), (11, False)):
        registered(local(f"2026-02-{day:02d} 10:00"), answered=answered)
    draft = drafted(number="2027", first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
    a_clause(draft, target=Decimal(50), weight=Decimal(20), scoring={"kind": "linear", "slope": "0.4"})
    a_clause(draft, **FORGED)
    told = tried(draft, FEBRUARY, at=RUN)
    assert [outcome.scored.marks for outcome in told.outcomes] == [Decimal("10.00"), None]
    assert seen(told.account.base, told.account.due) == (Decimal("1380000.00"), Decimal("1173000.00"))
    assert not Assessment.objects.exists()


def test_a_month_that_is_not_over_is_not_tried() -> None:
    with pytest.raises(Invalid, match="not over yet"):
        tried(drafted(), FEBRUARY, at=local("2026-02-28 12:00"))


def test_a_clause_holds_within_its_own_period() -> None:
    draft = drafted()
    a_clause(draft, valid_from=date(2026, 2, 1), valid_until=date(2026, 3, 1))
    held = {month: tried(draft, date(2026, month, 1), at=RUN + timedelta(days=60)).outcomes for month in (1, 2, 3)}
    assert [len(outcomes) for outcomes in held.values()] == [0, 1, 0]


def test_a_window_looks_back_over_months_but_not_beyond_the_contract() -> None:
    draft = drafted()
    clause = a_clause(draft, window_months=12)
    assert window(clause, FEBRUARY, draft.contract).start == local("2026-01-01 00:00")
    assert window(clause, FEBRUARY, None).start == local("2025-03-01 00:00")
