"""What a ruling would do is told before it is made, and then happens exactly so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases import decisions
from cases.models import Case, Clock, Decision
from cases.previews import SHOWN, Change, Outlook, outlook
from hotline.acts import Invalid
from tests import stories
from tests.people import member, unit
from tests.stories import MONDAY, current, footprint

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=27)

RULINGS: dict[str, tuple[Callable[[], Decision], str, dict[str, Any]]] = {
    "a return to another unit": (stories.bounce_asked, "zhou", {"unit": "SWJ"}),
    "a return to the dispatchers": (stories.bounce_asked, "zhou", {}),
    "a dispute": (stories.dispute_to_rule, "han", {"unit": "SWJ"}),
    "an extension": (stories.extension_asked, "zhou", {}),
    "an exclusion": (stories.exclusion_asked, "zhou", {}),
    "a suspension": (stories.suspension_asked, "zhou", {}),
    "an answer without contact": (stories.closing_asked, "zhou", {}),
    "a refusal upheld": (stories.refusal_to_review, "zhou", {}),
    "a refusal overturned": (stories.refusal_to_review, "zhou", {"grant": False}),
    "a return rejected": (stories.bounce_asked, "zhou", {"grant": False}),
    "an extension rejected": (stories.extension_asked, "zhou", {"grant": False}),
}


def foreseen(asked: Decision, username: str, *, grant: bool = True, unit_code: str = "") -> Outlook:
    where = unit(unit_code) if unit_code else None
    return outlook(asked, by=member(username), at=LATER, grant=grant, unit=where)


def made(asked: Decision, username: str, *, grant: bool, unit_code: str) -> Case:
    common: dict[str, Any] = {"by": member(username), "at": LATER, "version": None, "ruling": "照办"}
    if not grant:
        return decisions.reject(asked, **common)
    case = decisions.grant(asked, unit=unit(unit_code) if unit_code else None, **common)
    if Decision.objects.get(pk=asked.pk).state == "asked":
        case = decisions.grant(asked, **common | {"by": member("yan")})
    return case


@pytest.mark.parametrize("name", RULINGS)
def test_what_is_foretold_is_what_happens(name: str) -> None:
    ask, username, how = RULINGS[name]
    asked, grant, unit_code = ask(), how.get("grant", True), how.get("unit", "")
    before = footprint(asked.case)
    seen = foreseen(asked, username, grant=grant, unit_code=unit_code)
    assert footprint(asked.case) == before
    case = made(asked, username, grant=grant, unit_code=unit_code)
    assert (seen.after, seen.unit) == (case.status, case.unit)
    running = Clock.objects.running().filter(case=case, kind__in=SHOWN)
    foretold = {(c.kind, c.after) for c in seen.clocks if c.after}
    assert foretold == {(clock.kind, clock.due_at) for clock in running}


def test_an_extension_moves_two_limits_and_a_return_moves_none_of_the_citizens() -> None:
    seen = foreseen(stories.extension_asked(), "zhou")
    assert next((c.kind, c.change) for c in seen.clocks) == ("promise", Change.MOVES)
    seen = foreseen(stories.bounce_asked(), "zhou", unit_code="SWJ")
    changes = {(c.kind.value, c.unit.code if c.unit else "", c.change.value) for c in seen.clocks}
    assert ("promise", "", "stays") in changes
    assert {("sign", "CGJ", "stops"), ("sign", "SWJ", "starts")} <= changes


def test_a_suspension_shows_what_stands_still_and_that_a_second_yes_is_wanted() -> None:
    asked = stories.suspension_asked()
    seen = foreseen(asked, "zhou")
    assert (seen.approvals, seen.after) == (2, "suspended")
    assert {c.kind for c in seen.clocks if c.stands_still} == {"promise", "handle"}
    decisions.grant(asked, by=member("zhou"), at=LATER, version=None)
    assert foreseen(asked, "yan").approvals == 1


def test_the_third_hop_is_foretold() -> None:
    case = stories.dispatched()
    decisions.grant(stories.bounce_asked(case), by=member("zhou"), at=LATER, version=None, unit=unit("QSJD"))
    decisions.ask_to_bounce(
        stories.lead(case), by=member("yuan"), at=LATER, version=None, reason="wrong_area", grounds="不在辖区内"
    )
    asked = stories.open_request(current(case), "bounce")
    assert foreseen(asked, "zhou", unit_code="SWJ").after == "disputed"


def test_a_preview_says_what_the_ruling_would_refuse() -> None:
    with pytest.raises(Invalid):
        foreseen(stories.dispute_to_rule(), "han")
