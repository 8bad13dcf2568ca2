"""A scorecard binds once two people stand for it, and then never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from contractors import scorecards
from contractors.models import Scorecard, ScorecardItem
from contractors.scorecards import CardGiven, ItemGiven
from hotline.acts import Invalid, NotAllowed, NotNow
from tests.people import local, member
from tests.quality import drawn

pytestmark = pytest.mark.django_db
AT = local("2026-03-09 10:00")
ITEMS = [
    ItemGiven("greeting", "问候", "manner", 40),
    ItemGiven("record", "记录", "record", 60),
    ItemGiven("leak", "泄露身份", "manner", fatal=True),
]
GIVEN = CardGiven("试行", 80, date(2026, 3, 10), ITEMS)


def written(**given: Any) -> Scorecard:
    return scorecards.write(replace(GIVEN, **given), by=member("song"), at=AT)


def approved() -> Scorecard:
    card = scorecards.propose(written(), by=member("song"), at=AT)
    return scorecards.approve(card, by=member("yan"), at=AT)


def test_samples_drawn_from_its_first_day_on_are_marked_by_it() -> None:
    card = approved()
    assert Scorecard.objects.in_force(date(2026, 3, 9)).first() != card
    assert Scorecard.objects.in_force(date(2026, 3, 10)).first() == card
    assert drawn(calls=1).scorecard == card


def test_whoever_proposed_it_does_not_approve_it() -> None:
    card = scorecards.propose(written(), by=member("yan"), at=AT)
    with pytest.raises(NotAllowed, match="somebody else"):
        scorecards.approve(card, by=member("yan"), at=AT)
    with pytest.raises(NotAllowed):
        scorecards.approve(card, by=member("song"), at=AT)
    scorecards.approve(card, by=member("jiang"), at=AT)


@pytest.mark.parametrize("username", ["ma", "wang", "luo", "zhou", "jiang"])
def test_the_measured_do_not_write_the_ruler(username: str) -> None:
    with pytest.raises(NotAllowed):
        scorecards.write(GIVEN, by=member(username), at=AT)


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (ITEMS[:1], "add up to 40"),
        ([*ITEMS, ITEMS[0]], "code of its own"),
        ([*ITEMS[:2], ItemGiven("x", "", "manner", fatal=True)], "wants a name"),
        ([], "between 1 and 40"),
        ([ItemGiven("x", "没有分值", "manner", 0)], "wants a weight"),
    ],
)
def test_lines_that_make_no_scorecard_are_refused(items: list[ItemGiven], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        written(items=items)
    assert Scorecard.objects.count() == 1


def test_it_never_begins_backwards() -> None:
    with pytest.raises(Invalid, match="backwards"):
        written(valid_from=date(2026, 3, 8))
    card = scorecards.propose(written(), by=member("song"), at=AT)
    with pytest.raises(NotNow, match="another date"):
        scorecards.approve(card, by=member("yan"), at=local("2026-03-11 00:00"))


def test_a_draft_is_changed_and_one_is_written_at_a_time() -> None:
    card = written()
    with pytest.raises(NotNow, match="already"):
        written()
    scorecards.revise(
        card, replace(GIVEN, note="再改", items=[*ITEMS[:1], replace(ITEMS[1], weight=60)]), by=member("song"), at=AT
    )
    assert list(card.items.values_list("code", flat=True)) == ["greeting", "record"]
    scorecards.drop(card, by=member("song"), at=AT)
    written()


def test_one_that_is_sent_back_is_a_draft_again_with_the_reason() -> None:
    card = scorecards.propose(written(), by=member("song"), at=AT)
    back = scorecards.send_back(card, by=member("yan"), at=AT, why="权重再议")
    assert (back.state, back.returned_why) == ("draft", "权重再议")


def test_the_database_keeps_an_approved_scorecard() -> None:
    card = approved()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ScorecardItem.objects.filter(scorecard=card, code="greeting").update(weight=10)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        card.items.all().delete()
