"""Numbers that take long to count are kept for a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.measures import MEASURES
from hotline.models import Organisation
from oversight import freezing, kept
from oversight.board import Board
from oversight.boards import span
from oversight.kept import Panel, panel
from oversight.models import FrozenFigure
from tests.people import member
from tests.stories import MONDAY, a_case, rated

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept._kept.clear()


def asked(board: Board | None = None) -> Panel:
    board = board or Board(member("yan"), LATER)
    return panel(board, span("month", board.at), "trend")


def registered(found: Panel) -> int:
    return sum(day.n for day in found.shows.days)


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
    assert again == first
    assert again.at == LATER
    assert registered(again) == 0


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
    assert registered(asked(board)) == 1
    bodies = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR)
    found = {body.code: registered(asked(replace(board, contractor=body))) for body in bodies}
    assert found == {"JIA": 1, "YI": 0}
    assert [line.now.denominator for line in panel(board, span("today", LATER), "lines").shows][-1] == 1


def test_a_days_figures_are_frozen_once_with_the_version_of_their_definition() -> None:
    rated(), rated(solved=False, satisfaction=1, phone="13800006022")
    night = MONDAY.replace(hour=0, minute=30) + timedelta(days=1)
    kept_now = freezing.freeze(night)
    assert kept_now == FrozenFigure.of_day(MONDAY.date()).count() > 0
    solved = FrozenFigure.objects.get(day=MONDAY.date(), measure="resolution_rate", contractor=None)
    assert (int(solved.numerator), solved.denominator) == (1, 2)
    assert solved.version == MEASURES["resolution_rate"].version
    jias = FrozenFigure.objects.get(day=MONDAY.date(), measure="resolution_rate", contractor__code="JIA")
    assert jias.denominator == 2
    rated(phone="13800006023")
    assert freezing.freeze(night + timedelta(hours=1)) == 0
    solved.refresh_from_db()
    assert solved.denominator == 2, "what was said that night stays, whatever was corrected since"
