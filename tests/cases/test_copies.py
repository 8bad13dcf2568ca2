"""A copy for supervision: the district sees what its street got straight from the hotline, and may urge."""

from __future__ import annotations

from typing import Any

import pytest

from cases import decisions, dispatching, handing_down, handling, supervision, worklists
from cases.models import Assignment, Case, CaseEvent
from cases.worklist_filters import Filters
from hotline.acts import Invalid, NotAllowed
from hotline.models import Message
from tests.people import member, unit
from tests.stories import MONDAY, a_case, bounce_asked, dispatched, lead

pytestmark = pytest.mark.django_db


def copies(case: Case) -> set[str]:
    return set(Assignment.objects.filter(case=case, role="copy").values_list("unit__code", flat=True))


def urged(case: Case) -> list[str]:
    sent = Message.objects.filter(about=case.number, template__key="urged").order_by("id")
    return list(sent.values_list("to_organisation__code", flat=True))


def urge(case: Case, name: str) -> Case:
    return supervision.urge(case, by=member(name), at=MONDAY, version=None, words="请抓紧办理。")


@pytest.mark.parametrize(
    ("to", "copied"),
    [("QSJD", {"DHQ"}), ("JXSQ", {"DHQ"}), ("JKZ", {"LJX"}), ("DHQ", set()), ("CGJ", set()), ("SZZX", set())],
)
def test_the_district_gets_a_copy_of_what_goes_straight_to_a_street_or_below(to: str, copied: set[str]) -> None:
    assert copies(dispatched(to=unit(to))) == copied


def test_whoever_else_is_named_gets_one_too_and_everybody_only_one() -> None:
    case = a_case()
    named = [unit("ZJJ"), unit("DHQ"), unit("QSJD")]
    case = dispatching.dispatch(
        case, by=member("zhou"), at=MONDAY, version=None, unit=unit("QSJD"), copies=named, note="请督促"
    )
    assert copies(case) == {"ZJJ", "DHQ"}
    told = Message.objects.filter(template__key="copied").values_list("to_organisation__code", flat=True)
    assert sorted(told) == ["DHQ", "ZJJ"]
    assert CaseEvent.objects.of(case).filter(kind="copied").count() == 2
    with pytest.raises(Invalid, match="is not a handling unit"):
        dispatching.dispatch(a_case(), by=member("zhou"), at=MONDAY, version=None, unit=unit(), copies=[unit("JIA")])


def test_a_case_that_moves_on_to_another_street_is_copied_to_that_ones_district() -> None:
    asked = bounce_asked(dispatched(to=unit("CGJ")))
    case = decisions.grant(asked, by=member("zhou"), at=MONDAY, version=None, ruling="属街道职责", unit=unit("JSJD"))
    assert copies(case) == {"XCQ"}


def test_who_has_a_copy_sees_the_case_but_has_nothing_of_it_in_hand() -> None:
    case = dispatched(to=unit("CGJ"))
    zhu = member("zhu")
    assert not Case.objects.visible_to(zhu).filter(pk=case.pk)
    other = dispatching.dispatch(
        a_case(), by=member("zhou"), at=MONDAY, version=None, unit=unit(), copies=[unit("ZJJ")]
    )
    assert Case.objects.visible_to(zhu).filter(pk=other.pk)
    page = worklists.read(zhu, at=MONDAY, slug="all", filters=Filters())
    assert (page.total, page.rows) == (0, [])
    copy = Assignment.objects.get(case=other, role="copy")
    with pytest.raises(Exception, match="This was signed off before"):
        handling.sign(copy, by=zhu, at=MONDAY, version=None)


def test_who_has_a_copy_may_urge_the_unit_that_has_the_case() -> None:
    case = urge(dispatched(to=unit("QSJD")), "cao")
    assert urged(case) == ["QSJD"]


def test_a_unit_urges_those_it_handed_the_case_down_to_and_only_they_are_pressed() -> None:
    case = dispatched(to=unit("DHQ"))
    units = [unit("QSJD"), unit("HHJD")]
    case = handing_down.hand_down(lead(case), by=member("deng"), at=MONDAY, version=None, units=units)
    case = urge(case, "deng")
    assert sorted(urged(case)) == ["HHJD", "QSJD"]
    page = worklists.read(member("deng"), at=MONDAY, slug="pressed", filters=Filters())
    assert {row.unit.code for row in page.rows} == {"HHJD", "QSJD"}


MAY_URGE = dict.fromkeys(("cao", "deng", "zhou", "wu", "jiang"), True) | dict.fromkeys(("yuan", "liu", "shen"), False)


@pytest.mark.parametrize(("name", "may"), MAY_URGE.items())
def test_no_unit_urges_itself_or_one_beside_it(name: str, may: bool) -> None:
    case = dispatched(to=unit("QSJD"))
    if may:
        assert urged(urge(case, name)) == ["QSJD"]
    else:
        with pytest.raises(NotAllowed):
            urge(case, name)


def test_no_copy_goes_to_a_body_that_a_confidential_complaint_is_about() -> None:
    about: dict[str, Any] = {"confidential": True, "subject_unit": unit("DHQ")}
    with pytest.raises(Invalid, match="confidential complaint is about it"):
        dispatching.dispatch(
            a_case(**about), by=member("zhou"), at=MONDAY, version=None, unit=unit(), copies=[unit("DHQ")]
        )
    case = dispatching.dispatch(a_case(**about), by=member("zhou"), at=MONDAY, version=None, unit=unit("JSJD"))
    assert copies(case) == {"XCQ"}
