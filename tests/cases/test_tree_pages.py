"""The tree on the case page and in the worklists: what each unit is offered, and how little is asked for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import handing_down, reviewing_parts, worklists
from cases.models import Assignment, Case, Reply, ReplyDraft
from cases.worklist_filters import Filters
from tests.cases.test_tree_of_parts import NOON, at_the_district, at_the_street, down, part_of, street_replied
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import a_reply, current, dispatched, lead, signed

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=4)


def panel(name: str, case: Case) -> str:
    return str(client_of(name).get(f"/cases/{case.number}/").context["panel"])


def listed(name: str, slug: str) -> list[str]:
    page = worklists.read(member(name), at=LATER, slug=slug, filters=Filters())
    assert page.total == len(page.rows)
    return [row.unit.code for row in page.rows]


def move(name: str, case: Case, slug: str, **form: object) -> int:
    address = f"/cases/{case.number}/moves/{slug}/"
    return client_of(name).post(address, {"version": current(case).version, **form}).status_code


def test_each_unit_is_offered_what_it_is_to_do_now() -> None:
    case = down(at_the_district(), "QSJD")
    assert (panel("deng", case), panel("yuan", case)) == ("reply", "sign")
    case = street_replied()
    assert (panel("deng", case), panel("cao", case), panel("yuan", case)) == ("part", "part", "")
    assert panel("wu", case) == ""


@time_machine.travel(LATER, tick=False)  # while there is time to give
def test_a_case_is_handed_down_from_its_page_to_a_unit_named_by_its_initials() -> None:
    case = at_the_district()
    assert move("deng", case, "hand-down", unit="qsjd", note="请先行处置") == 303
    assert part_of(case, "QSJD").note == "请先行处置"
    refused = client_of("deng").post(
        f"/cases/{case.number}/moves/hand-down/", {"version": current(case).version, "unit": "CGJ"}
    )
    assert refused.status_code == 422
    assert "No handling unit is called" in refused.content.decode()


def test_the_units_offered_are_those_beneath_and_nobody_elses() -> None:
    page = client_of("deng").get(f"/cases/{at_the_district().number}/?move=hand-down")
    assert {one.code for one in page.context["units"]} == {"QSJD", "HHJD", "HPJD", "JXSQ", "HBSQ"}


def test_a_unit_with_nobody_beneath_is_told_so() -> None:
    page = client_of("lin").get(f"/cases/{dispatched(to=unit('SWJ')).number}/")
    assert {m.name: m.allowed for m in page.context["moves"]}["hand-down"]  # the water company stands beneath it
    street = client_of("su").get(f"/cases/{down(signed(), 'SZZX', by='liu').number}/")
    assert {m.name: m.why for m in street.context["moves"]}["hand-down"] == "no unit stands beneath yours"


def test_a_reply_from_below_is_sent_back_accepted_and_adopted_on_the_page() -> None:
    case = street_replied()
    assert move("deng", case, "part", act="send_back", reason="", note="") == 422
    assert move("deng", case, "part", act="send_back", reason="no_evidence", note="缺照片") == 303
    again = client_of("yuan").get(f"/cases/{case.number}/").content.decode()
    assert "Evidence missing" in again
    assert "缺照片" in again
    case = street_replied()
    assert move("deng", case, "part", act="accept") == 303
    taken = Reply.objects.get(case=case)
    page = client_of("deng").get(f"/cases/{case.number}/?adopt={taken.pk}")
    assert page.context["panel_form"]["public_reply"].value() == a_reply().public_reply
    strange = client_of("deng").get(f"/cases/{case.number}/?adopt={taken.pk + 1}")
    assert strange.context["panel_form"]["public_reply"].value() is None


def test_what_was_handed_down_is_taken_back_on_the_page() -> None:
    case = at_the_street()
    street = part_of(case, "QSJD")
    assert move("deng", case, "recall", part=street.pk, why="") == 422
    assert move("deng", case, "recall", part=street.pk, why="改由区直接办理") == 303
    assert part_of(case, "QSJD").state == "withdrawn"


def test_the_tree_shows_every_tier_and_the_timeline_says_who_gave_it_to_whom() -> None:
    case = at_the_street()
    down(case, "JXSQ", part=part_of(case, "QSJD"), by="yuan", at=LATER)
    page = client_of("zhou").get(f"/cases/{case.number}/")
    district = page.context["tree"][0].children[0]
    street = district.children[0]
    assert [district.name, street.name, street.children[0].name] == [
        "Donghu District Government",
        "Qingshan Street Office",
        "Jinxiu Community",
    ]
    lines = [(line.title, line.detail) for line in page.context["timeline"]]
    assert ("Handed down", "Jinxiu Community") in lines


def test_a_unit_finds_what_waits_for_its_review_and_what_is_with_others() -> None:
    at_the_street()
    case = street_replied()
    assert listed("deng", "to-review") == ["DHQ"]
    assert sorted(listed("deng", "handed-down")) == ["DHQ", "DHQ"]
    assert listed("yuan", "to-review") == []
    page = client_of("deng").get("/worklist/?list=to-review")
    assert case.number in page.content.decode()
    assert "Reply from below to review" in page.content.decode()
    reviewing_parts.accept_part(part_of(case, "QSJD"), by=member("deng"), at=LATER, version=None)
    assert listed("deng", "to-review") == []


def test_a_draft_is_kept_with_the_units_own_part_not_with_one_beneath_it() -> None:
    case = at_the_street()
    down(case, "JXSQ", part=part_of(case, "QSJD"), by="yuan", at=LATER)
    form = {"public_reply": "已安排社区处置。", "page": "p", "seen": ""}
    client_of("yuan").post(f"/cases/{case.number}/draft/", form)
    assert ReplyDraft.objects.get().assignment == part_of(case, "QSJD")


def asked_for(name: str, address: str) -> int:
    client = client_of(name)
    client.get(address)  # the first look is noted
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_page_asks_no_more_of_a_deep_tree_than_of_a_flat_one() -> None:
    flat, deep = at_the_district(), at_the_street()
    down(deep, "HHJD", "HPJD")
    down(deep, "JXSQ", part=part_of(deep, "QSJD"), by="yuan", at=LATER)
    assert Assignment.objects.filter(case=deep).count() == 5
    counted = [asked_for("deng", f"/cases/{case.number}/") for case in (flat, deep)]
    assert counted[0] == counted[1]


def test_the_worklist_asks_no_more_the_more_is_with_others() -> None:
    at_the_street()
    few = asked_for("deng", "/worklist/?list=handed-down")
    for _n in range(3):
        case = at_the_street()
        down(case, "HHJD")
    assert asked_for("deng", "/worklist/?list=handed-down") == few


def test_handing_down_to_three_asks_no_more_than_their_clocks_and_parts_need() -> None:
    one, three = at_the_district(), at_the_district()
    units = [unit(code) for code in ("QSJD", "HHJD", "HPJD")]
    counted = []
    for case, chosen in ((one, units[:1]), (three, units)):
        part, by = lead(case), member("deng")
        with CaptureQueriesContext(connection) as queries:
            handing_down.hand_down(part, by=by, at=NOON, version=None, units=chosen)
        counted.append(len(queries))
    assert counted[1] - counted[0] <= 2 * 4  # for each: the part, its clocks, the case's version and its event
