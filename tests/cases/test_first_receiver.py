"""First-receiver responsibility (首接负责制): a switch of the city."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cases import decisions, dispatching, handing_down, handling, reviewing_parts
from cases.models import Assignment, Case
from hotline.acts import Invalid, NotAllowed, NotNow
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import MONDAY, a_reply, closed, lead, signed

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def bound(settings: Any) -> None:
    settings.FIRST_RECEIVER_LEADS = True


def reopened() -> Case:
    """Urban management signed it first; the citizen has new facts."""
    case = closed()
    return dispatching.reopen(case, by=member("zhou"), at=LATER, version=None, new_facts="井盖又丢失。")


def sent(case: Case, code: str, **given: Any) -> Case:
    return dispatching.dispatch(case, by=member("zhou"), at=LATER, version=None, unit=unit(code), **given)


def involved(case: Case, name: str, *codes: str) -> Case:
    units = [unit(code) for code in codes]
    return handing_down.involve(case, by=member(name), at=LATER, version=None, units=units)


def test_without_the_rule_the_dispatcher_says_anew_who_leads() -> None:
    assert sent(reopened(), "SWJ").unit == unit("SWJ")


@pytest.mark.usefixtures("bound")
def test_who_signed_first_leads_again_and_others_only_help() -> None:
    case = reopened()
    with pytest.raises(Invalid, match="Urban Management Bureau signed this case first and stays answerable") as told:
        sent(case, "SWJ")
    assert told.value.field == "unit"
    case = sent(case, "CGJ", co_organisers=[unit("SWJ")])
    assert (case.unit, case.status) == (unit("CGJ"), "dispatched")


@pytest.mark.parametrize("rule", [True, False])
def test_who_signed_first_may_not_pass_it_on(settings: Any, rule: bool) -> None:
    settings.FIRST_RECEIVER_LEADS = rule
    case = sent(reopened(), "CGJ")
    asked: dict[str, Any] = {"by": member("sun"), "at": LATER, "version": None}

    def ask() -> Case:
        return decisions.ask_to_bounce(lead(case), reason="wrong_area", grounds="该路段由街道管养。", **asked)

    if rule:
        with pytest.raises(NotNow, match="signed this case first and stays answerable"):
            ask()
    else:
        assert ask().status == "dispatched"


@pytest.mark.usefixtures("bound")
def test_the_first_receiver_calls_others_in_itself_and_they_report_to_it() -> None:
    case = involved(signed(), "liu", "SWJ")
    helping = Assignment.objects.select_related("unit", "case").get(case=case, role="co_organiser")
    assert helping.parent == lead(case)
    handling.sign(helping, by=member("lin"), at=LATER, version=None)
    words = a_reply(contacted=False, contacted_at=None)
    handling.reply(helping, words, by=member("lin"), at=LATER, version=None)
    reviewing_parts.accept_part(helping, by=member("liu"), at=LATER, version=None)


@pytest.mark.parametrize(("rule", "name"), [(False, "liu"), (True, "lin"), (True, "wang")])
def test_nobody_else_does(settings: Any, rule: bool, name: str) -> None:
    settings.FIRST_RECEIVER_LEADS = rule
    with pytest.raises(NotAllowed):
        involved(signed(), name, "ZJJ")


@pytest.mark.parametrize("rule", [True, False])
def test_the_page_says_who_is_answerable_and_offers_the_move_only_where_it_is_the_rule(
    settings: Any, rule: bool
) -> None:
    settings.FIRST_RECEIVER_LEADS = rule
    case, liu = signed(), client_of("liu")
    page = liu.get(f"/cases/{case.number}/")
    assert ("lead, signed first: answerable" in page.content.decode()) is rule
    offered = {move.name for move in page.context["moves"] if move.allowed}
    assert ("involve" in offered) is rule
    assert isinstance(liu, Client)
