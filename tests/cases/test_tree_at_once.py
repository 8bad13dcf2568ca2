"""Eight people at the same parts of the same case: one act is done, and every other is told what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from cases import decisions, handing_down, handing_over, handling, reviewing_parts, supervision
from cases.models import Assignment, Case, CaseEvent, Clock, HandOver, Reply
from hotline.acts import Invalid, NotNow, Refusal, Stale
from hotline.models import Membership
from tests.cases.test_at_once import at_once
from tests.cases.test_tree_of_parts import NOON, at_the_district, down, part_of, street_replied
from tests.people import member, unit
from tests.stories import MONDAY, a_case, a_reply, current, dispatched, lead

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=4)
WRITERS = 8
Act = Callable[[], object]


def one_wins(case: Case, acts: list[Act]) -> list[Refusal]:
    """Of acts on the same version one is done; its losers are told so, and what it was. Returns what they were told."""
    before = list(CaseEvent.objects.of(case).values_list("pk", flat=True))
    told = at_once(*acts)
    losers = [answer for answer in told if isinstance(answer, Refusal)]
    assert len(losers) == len(acts) - 1
    made = {event.kind for event in CaseEvent.objects.of(case).exclude(pk__in=before)}
    for loser in losers:
        assert isinstance(loser, Stale)
        assert {change["kind"] for change in loser.extra["changes"]} == made
    return losers


def in_order(case: Case) -> None:
    """Every version has its event, once; every part at work has its running clock, and no other part has one."""
    versions = list(CaseEvent.objects.of(case).order_by("id").values_list("version", flat=True))
    assert sorted(set(versions)) == list(range(1, current(case).version + 1))
    running = Clock.objects.running().filter(case=case, kind__in=("sign", "handle"), assignment__isnull=False)
    at_work = Assignment.objects.to_do().filter(case=case)
    assert set(running.values_list("assignment", flat=True)) == set(at_work.values_list("pk", flat=True))


def test_a_part_is_signed_off_once_however_many_grab_it() -> None:
    case = down(at_the_district(), "QSJD")
    street, people = part_of(case, "QSJD"), [member("yuan"), member("deng"), member("cao")]

    def grab(n: int) -> Case:
        return handling.sign(street, by=people[n % 3], at=LATER, version=case.version)

    one_wins(case, [partial(grab, n) for n in range(WRITERS)])
    assert part_of(case, "QSJD").state == "handling"
    in_order(case)


def test_of_eight_who_bounce_sign_or_hand_down_the_same_case_one_has_done_it() -> None:
    case = dispatched(to=unit("DHQ"))
    part, deng, cao = lead(case), member("deng"), member("cao")
    version = case.version

    def bounce(by: Membership) -> Case:
        return decisions.ask_to_bounce(
            part,
            by=by,
            at=LATER,
            version=version,
            reason="wrong_area",
            grounds="不在本区辖区内。",
        )

    acts: list[Act] = [
        partial(bounce, deng),
        partial(bounce, cao),
        lambda: handling.sign(part, by=deng, at=LATER, version=version),
        lambda: handling.sign(part, by=cao, at=LATER, version=version),
        *[partial(down, case, "QSJD", part=part, by=name, version=version) for name in ("deng", "cao") * 2],
    ]
    one_wins(case, acts)
    assert Assignment.objects.filter(case=case, unit__code="QSJD").count() <= 1
    in_order(case)


def test_without_a_version_the_same_unit_still_gets_it_once() -> None:
    case = at_the_district()
    told = at_once(*[partial(down, case, "QSJD")] * WRITERS)
    assert sum(isinstance(answer, Case) for answer in told) == 1
    assert sum(isinstance(answer, Invalid) for answer in told) == WRITERS - 1
    assert Assignment.objects.filter(case=case, unit__code="QSJD").count() == 1
    in_order(case)


def test_a_reply_is_accepted_sent_back_or_taken_back_once() -> None:
    case = street_replied()
    street, version = part_of(case, "QSJD"), case.version
    deng, cao = member("deng"), member("cao")
    acts: list[Act] = [
        lambda: reviewing_parts.accept_part(street, by=deng, at=LATER, version=version),
        lambda: reviewing_parts.send_part_back(street, by=deng, at=LATER, version=version, reason="no_evidence"),
        lambda: handing_down.recall(street, by=deng, at=LATER, version=version, why="改由区直接办理"),
        lambda: handing_down.hand_down(lead(case), by=deng, at=LATER, version=version, units=[unit("HHJD")]),
        lambda: reviewing_parts.accept_part(street, by=cao, at=LATER, version=version),
        lambda: reviewing_parts.send_part_back(street, by=cao, at=LATER, version=version, reason="wording"),
        lambda: handing_down.recall(street, by=cao, at=LATER, version=version, why="重复转办"),
        lambda: supervision.note(case, by=cao, at=LATER, version=version, words="已电话核实。"),
    ]
    one_wins(case, acts)
    assert Reply.objects.filter(case=case).count() == 1
    in_order(case)


def test_the_unit_below_replies_or_loses_its_part_but_never_both() -> None:
    case = down(at_the_district(), "QSJD")
    case = handling.sign(part_of(case, "QSJD"), by=member("yuan"), at=NOON + timedelta(hours=1), version=None)
    street, version, words = part_of(case, "QSJD"), case.version, a_reply(contacted=False, contacted_at=None)
    acts: list[Act] = []
    for _n in range(WRITERS // 2):
        acts.append(lambda: handling.reply(street, words, by=member("yuan"), at=LATER, version=version))
        acts.append(
            lambda: handing_down.recall(street, by=member("deng"), at=LATER, version=version, why="改由区直接办理")
        )
    one_wins(case, acts)
    street = part_of(case, "QSJD")
    assert (street.state, Reply.objects.filter(case=case).count()) in (("replied", 1), ("withdrawn", 0))
    in_order(case)


def test_a_line_is_asked_once_and_answers_once() -> None:
    case = a_case()
    told = at_once(
        *[lambda: handing_over.offer(case, by=member("wang"), at=MONDAY, version=None, line="119")] * WRITERS
    )
    assert sum(isinstance(answer, Case) for answer in told) == 1
    assert sum(isinstance(answer, NotNow) for answer in told) == WRITERS - 1
    one = HandOver.objects.select_related("case").get()
    acts: list[Act] = []
    said: dict[str, Any] = {"answered_by": "7 席", "at": MONDAY, "version": current(case).version}
    for name in ("wang", "zhou") * 2:
        by = member(name)
        acts.append(partial(handing_over.accepted, one, by=by, **said))
        acts.append(partial(handing_over.refused, one, by=by, answer="不属火情。", **said))
    one_wins(case, acts)
    one.refresh_from_db()
    assert (one.state, current(case).status) in (("accepted", "handed_over"), ("refused", "registered"))
