"""A case goes down the tiers and its answer comes up again, each unit answering to the one above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases import decisions, handing_down, handling, reviewing, reviewing_parts
from cases.models import Assignment, Case, CaseEvent, Clock, Reply
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message, Organisation
from tests.people import member, unit
from tests.stories import MONDAY, a_reply, current, dispatched, lead, signed

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=2)


def at_the_district(*, sign: bool = True) -> Case:
    """With Donghu District, where Deng handles it and Cao is the head."""
    case = dispatched(to=unit("DHQ"))
    return handling.sign(lead(case), by=member("deng"), at=MONDAY + timedelta(hours=1), version=None) if sign else case


def down(case: Case, *codes: str, part: Assignment | None = None, by: str = "deng", **given: Any) -> Case:
    given = {"at": NOON, "version": None, **given}
    return handing_down.hand_down(part or lead(case), by=member(by), units=[unit(c) for c in codes], **given)


def part_of(case: Case, code: str) -> Assignment:
    return Assignment.objects.select_related("unit", "case").filter(case=case, unit__code=code).latest("pk")


def at_the_street() -> Case:
    """Signed off by Yuan of Qingshan Street, for the district."""
    case = down(at_the_district(), "QSJD")
    return handling.sign(part_of(case, "QSJD"), by=member("yuan"), at=NOON + timedelta(hours=1), version=None)


def street_replied() -> Case:
    case = at_the_street()
    return handling.reply(
        part_of(case, "QSJD"), a_reply(), by=member("yuan"), at=NOON + timedelta(hours=3), version=None
    )


def states(case: Case) -> dict[str, str]:
    return dict(case.assignments.values_list("unit__code", "state"))


def kinds(case: Case) -> list[str]:
    return list(CaseEvent.objects.of(case).order_by("id").values_list("kind", flat=True))


def test_what_is_handed_down_gets_a_part_with_clocks_of_its_own_and_the_unit_above_keeps_its_own() -> None:
    case = down(at_the_district(), "QSJD", note="请街道先行处置")
    street = part_of(case, "QSJD")
    assert (street.parent, street.tier, street.role, street.state) == (lead(case), 2, "subordinate", "dispatched")
    assert (street.hop, street.note, street.dispatched_by) == (1, "请街道先行处置", member("deng").user)
    running = Clock.objects.running().filter(case=case).values_list("assignment__unit__code", "kind")
    assert {pair for pair in running if pair[0]} == {
        ("DHQ", "handle"),
        ("DHQ", "contact"),
        ("QSJD", "sign"),
        ("QSJD", "contact"),
        ("QSJD", "handle"),
    }
    assert (case.status, case.unit, case.hops) == ("handling", unit("DHQ"), 1)
    assert Message.objects.get(to_organisation=unit("QSJD")).template.key == "handed_down"


def test_the_limits_below_end_with_the_limit_above_at_the_latest() -> None:
    case = at_the_district()
    own = Clock.objects.running().get(case=case, assignment=lead(case), kind="handle")
    late = own.due_at - timedelta(hours=1)
    down(case, "QSJD", "HHJD", at=late)
    below = Clock.objects.running().filter(case=case, assignment__tier=2)
    assert {clock.due_at for clock in below} == {own.due_at}
    assert {clock.not_after for clock in below} == {own.due_at}


def test_a_unit_may_give_less_time_than_it_has_but_not_more() -> None:
    case = at_the_district()
    own = Clock.objects.running().get(case=case, assignment=lead(case), kind="handle")
    for wrong in (NOON, own.due_at + timedelta(seconds=1)):
        with pytest.raises(Invalid, match="Choose a time between now and"):
            down(case, "QSJD", due_at=wrong)
    down(case, "QSJD", due_at=NOON + timedelta(hours=5))
    assert Clock.objects.get(assignment=part_of(case, "QSJD"), kind="handle").due_at == NOON + timedelta(hours=5)
    with pytest.raises(NotNow, match="no time left to give"):
        down(case, "HHJD", at=own.due_at + timedelta(minutes=1))


def test_a_clock_can_not_be_written_that_ends_after_the_limit_around_it() -> None:
    case = down(at_the_district(), "QSJD")
    clock = Clock.objects.get(assignment=part_of(case, "QSJD"), kind="handle")
    assert clock.not_after is not None
    with pytest.raises(IntegrityError, match="clock_within_the_one_above"), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(due_at=clock.not_after + timedelta(seconds=1))


def test_who_hands_down_what_is_not_signed_off_yet_signs_it_off_thereby() -> None:
    case = down(at_the_district(sign=False), "QSJD")
    assert case.status == "handling"
    assert lead(case).signed_by == member("deng").user
    assert kinds(case)[-2:] == ["signed", "handed_down"]


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ((), "Choose the unit beneath yours"),
        (("DHQ",), "is not beneath Donghu District Government"),
        (("CGJ",), "is not beneath Donghu District Government"),
        (("JSJD",), "is not beneath Donghu District Government"),
        (("JIA",), "is not a handling unit"),
        (("QSJD", "QSJD"), "named twice"),
    ],
)
def test_only_to_units_beneath_and_to_each_once(codes: Sequence[str], sentence: str) -> None:
    case = at_the_district()
    with pytest.raises(Invalid, match=sentence):
        down(case, *codes)
    assert current(case).version == case.version


def test_a_unit_that_works_on_it_gets_it_no_second_time() -> None:
    case = down(at_the_district(), "QSJD")
    with pytest.raises(Invalid, match="Qingshan Street Office works on it already"):
        down(case, "HHJD", "QSJD")
    assert states(case) == {"DHQ": "handling", "QSJD": "dispatched"}


def a_unit(code: str, above: Organisation) -> Organisation:
    return Organisation.objects.create(
        code=code, name=code, kind="unit", tier=4, parent=above, region=above.region, active_from=date(2018, 1, 1)
    )


def test_four_tiers_and_not_one_more() -> None:
    below = a_unit("GRID3", a_unit("GRID1", unit("JXSQ")))
    a_unit("GRID2", unit("JXSQ"))
    case = down(at_the_district(), "QSJD")
    down(case, "JXSQ", part=part_of(case, "QSJD"))
    down(case, "GRID1", "GRID2", part=part_of(case, "JXSQ"))
    assert part_of(case, "GRID2").tier == 4
    with pytest.raises(NotNow, match="at most 4 tiers"):
        down(case, below.code, part=part_of(case, "GRID1"))


def test_the_database_itself_lets_no_part_stand_in_a_circle_too_deep_or_below_another_case() -> None:
    case, other = at_the_street(), signed()
    street = part_of(case, "QSJD")
    for changed in (
        {"parent": street.pk},
        {"parent": None},
        {"tier": 3},
        {"case": other.pk},
    ):
        with pytest.raises(IntegrityError, match="keeps its place"), transaction.atomic():
            Assignment.objects.filter(pk=street.pk).update(**changed)
    with pytest.raises(IntegrityError, match="same case and round"), transaction.atomic():
        Assignment.objects.create(case=other, parent=street, unit=unit("JXSQ"), role="subordinate", dispatched_at=NOON)
    made = street
    for tier in (3, 4):
        made = Assignment.objects.create(
            case=case, parent=made, unit=unit("JXSQ"), role="subordinate", dispatched_at=NOON
        )
        made.refresh_from_db()
        assert made.tier == tier
    with pytest.raises(IntegrityError, match="assignment_tier"), transaction.atomic():
        Assignment.objects.create(case=case, parent=made, unit=unit("JXSQ"), role="subordinate", dispatched_at=NOON)


def test_a_reply_from_below_goes_to_the_unit_above_and_nowhere_else() -> None:
    case = street_replied()
    assert (case.status, states(case)) == ("handling", {"DHQ": "handling", "QSJD": "replied"})
    reply = Reply.objects.get(case=case)
    assert (reply.state, reply.organisation) == ("reported", unit("QSJD"))
    assert Message.objects.get(template__key="part_replied").to_organisation == unit("DHQ")
    with pytest.raises(NotNow, match="No reply of this case awaits review"):
        reviewing.accept(case, by=member("wu"), at=NOON + timedelta(hours=4), version=None)


def test_the_unit_above_accepts_and_then_writes_its_own_which_alone_goes_on() -> None:
    case, later = street_replied(), NOON + timedelta(hours=4)
    case = reviewing_parts.accept_part(part_of(case, "QSJD"), by=member("deng"), at=later, version=case.version)
    assert states(case) == {"DHQ": "handling", "QSJD": "done"}
    case = handling.reply(lead(case), a_reply(), by=member("deng"), at=later, version=case.version)
    assert case.status == "replied"
    case = reviewing.accept(case, by=member("wu"), at=later, version=case.version)
    assert sorted(Reply.objects.filter(case=case).values_list("organisation__code", "state")) == [
        ("DHQ", "accepted"),
        ("QSJD", "taken"),
    ]
    assert states(case) == {"DHQ": "done", "QSJD": "done"}
    assert not Clock.objects.running().filter(case=case, assignment__isnull=False).exists()


def test_a_reply_sent_back_by_the_unit_above_is_to_be_given_again_and_its_clock_runs_on() -> None:
    case, later = street_replied(), NOON + timedelta(hours=4)
    street = part_of(case, "QSJD")
    due = Clock.objects.get(assignment=street, kind="handle").due_at
    case = reviewing_parts.send_part_back(
        street, by=member("cao"), at=later, version=case.version, reason="no_evidence", note="缺现场照片"
    )
    street = part_of(case, "QSJD")
    assert (street.state, street.leg_due_at) == ("handling", due)
    assert Clock.objects.running().get(assignment=street, kind="handle").due_at == due
    reply = Reply.objects.get(case=case)
    assert (reply.state, reply.review_reason, reply.review_note) == ("declined", "no_evidence", "缺现场照片")
    assert case.status == "handling"
    case = handling.reply(street, a_reply(), by=member("yuan"), at=later + timedelta(hours=1), version=None)
    assert states(case)["QSJD"] == "replied"


def test_a_unit_replies_only_when_it_has_read_what_those_below_reported() -> None:
    case, later = street_replied(), NOON + timedelta(hours=4)
    with pytest.raises(NotNow, match="Accept its reply or send it back"):
        handling.reply(lead(case), a_reply(), by=member("deng"), at=later, version=None)
    reviewing_parts.accept_part(part_of(case, "QSJD"), by=member("deng"), at=later, version=None)
    handling.reply(lead(case), a_reply(), by=member("deng"), at=later, version=None)


def test_a_unit_above_may_reply_over_the_heads_of_those_who_have_not() -> None:
    case = at_the_street()
    case = handling.reply(lead(case), a_reply(), by=member("deng"), at=NOON + timedelta(hours=2), version=None)
    assert states(case) == {"DHQ": "replied", "QSJD": "handling"}
    case = reviewing.accept(case, by=member("wu"), at=NOON + timedelta(hours=3), version=None)
    assert states(case) == {"DHQ": "done", "QSJD": "withdrawn"}
    assert not Clock.objects.running().filter(case=case, assignment__isnull=False).exists()


REVIEWERS = dict.fromkeys(("deng", "cao"), True) | dict.fromkeys(("yuan", "liu", "wu", "yan", "wang", "shen"), False)


@pytest.mark.parametrize(("name", "may"), REVIEWERS.items())
def test_one_tier_up_and_nobody_else_reviews(name: str, may: bool) -> None:
    case = street_replied()

    def act() -> Case:
        return reviewing_parts.accept_part(
            part_of(case, "QSJD"), by=member(name), at=NOON + timedelta(hours=4), version=None
        )

    if may:
        assert states(act())["QSJD"] == "done"
        return
    with pytest.raises(NotAllowed):
        act()
    assert states(case)["QSJD"] == "replied"


def test_nobody_reviews_what_they_wrote_themselves_for_the_unit_below() -> None:
    case = at_the_street()
    street, later = part_of(case, "QSJD"), NOON + timedelta(hours=4)
    case = handling.reply(street, a_reply(), by=member("deng"), at=later, version=None)
    with pytest.raises(NotAllowed, match="You wrote this reply"):
        reviewing_parts.accept_part(street, by=member("deng"), at=later, version=None)
    reviewing_parts.accept_part(street, by=member("cao"), at=later, version=None)


def test_what_is_taken_back_goes_with_all_that_is_below_it() -> None:
    case = at_the_street()
    down(case, "JXSQ", part=part_of(case, "QSJD"), by="yuan", at=NOON + timedelta(hours=2))
    case = handing_down.recall(
        part_of(case, "QSJD"), by=member("deng"), at=NOON + timedelta(hours=3), version=None, why="改由区直接办理"
    )
    assert states(case) == {"DHQ": "handling", "QSJD": "withdrawn", "JXSQ": "withdrawn"}
    running = Clock.objects.running().filter(case=case, assignment__isnull=False)
    assert {clock.assignment for clock in running} == {lead(case)}
    told = Message.objects.filter(template__key="part_recalled").values_list("to_organisation__code", flat=True)
    assert sorted(told) == ["JXSQ", "QSJD"]
    with pytest.raises(NotNow, match="no part in this case any more"):
        handing_down.recall(part_of(case, "QSJD"), by=member("deng"), at=NOON, version=None, why="再次")
    down(case, "QSJD", at=NOON + timedelta(hours=4))
    assert part_of(case, "QSJD").state == "dispatched"


def test_the_leads_own_part_is_nobodys_to_take_back_this_way() -> None:
    case = at_the_district()
    with pytest.raises(NotNow, match="between its unit and the hotline"):
        handing_down.recall(lead(case), by=member("deng"), at=NOON, version=None, why="撤回")


def test_co_organisers_can_be_added_while_a_unit_has_the_case_and_report_to_the_lead() -> None:
    case, water = signed(), [unit("SWJ")]
    case = handing_down.involve(case, by=member("zhou"), at=NOON, version=None, units=water, note="会同排查")
    helping = part_of(case, "SWJ")
    assert (helping.role, helping.parent, helping.tier) == ("co_organiser", lead(case), 2)
    with pytest.raises(Invalid, match="works on it already"):
        handing_down.involve(case, by=member("zhou"), at=NOON, version=None, units=water)
    handling.sign(helping, by=member("lin"), at=NOON, version=None)
    case = handling.reply(helping, a_reply(), by=member("lin"), at=NOON + timedelta(hours=1), version=None)
    assert (case.status, states(case)["SWJ"]) == ("handling", "replied")
    case = reviewing_parts.accept_part(helping, by=member("liu"), at=NOON + timedelta(hours=2), version=None)
    assert states(case) == {"CGJ": "handling", "SWJ": "done"}


def test_a_unit_beneath_can_not_hand_the_whole_case_back_to_the_hotline() -> None:
    case = down(at_the_district(), "QSJD")
    with pytest.raises(NotNow):
        decisions.ask_to_bounce(
            part_of(case, "QSJD"),
            by=member("yuan"),
            at=NOON,
            version=None,
            reason="wrong_area",
            grounds="不在本街道辖区。",
        )
