"""Numbers that take long to count are kept for a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.models import Organisation
from oversight import kept
from oversight.boards import Board, span
from oversight.kept import Numbers, numbers
from tests.people import member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept._kept.clear()


def asked(board: Board | None = None) -> Numbers:
    board = board or Board(member("yan"), LATER)
    return numbers(board, span("month", board.at))


def registered(found: Numbers) -> int:
    return sum(day.n for day in found.days)


def test_what_is_counted_soon_is_counted_every_time() -> None:
    a_case()
    before = registered(asked())
    a_case(phone="13800006022")
    assert registered(asked()) == before + 1


def test_what_took_long_is_kept_for_everybody_with_the_same_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LONG", -1.0)
    first = asked()
    a_case()
    again = asked(Board(member("yan"), LATER + timedelta(seconds=30)))
    assert again is first
    assert again.at == LATER


def test_it_is_counted_anew_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LONG", -1.0)
    monkeypatch.setattr(kept, "KEPT", 0.0)
    first = registered(asked())
    a_case()
    assert registered(asked()) == first + 1


def test_another_contractor_or_period_has_numbers_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LONG", -1.0)
    a_case()
    board = Board(member("yan"), LATER)
    everything = asked(board)
    for contractor in Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR):
        assert asked(replace(board, contractor=contractor)) is not everything
    assert numbers(board, span("today", LATER)) is not everything
