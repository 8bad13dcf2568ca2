"""The telephone in figures, and the lists its numbers open."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.call_counting import offered_in
from cases.models import Call
from cases.telephony import CallAct, CallEvent, link_call, mark_abusive, record_call
from hotline.acts import NotAllowed, NotNow
from hotline.calendar import Period
from tests.doors import client_of
from tests.people import member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db
DAYS = "first=2026-03-09&last=2026-03-10"


def a_day() -> None:
    call_command("play_calls", calls=120, hours=2, begin="2026-03-09T09:00", stdout=StringIO())


def page(who: str, address: str) -> str:
    answer = client_of(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def opened(html: str) -> set[str]:
    return set(map(unescape, re.findall(r'href="(/calls/list/\?[^"]*)"', html)))


@pytest.mark.parametrize("by", ["day", "contractor", "agent", "queue"])
def test_every_link_opens_as_many_calls_as_it_stands_on(by: str) -> None:
    a_day()
    html = page("jiang", f"/calls/?{DAYS}&by={by}")
    found = re.findall(r'<a href="(/calls/list/\?[^"]*measure[^"]*)">(?:<b>)?([\d,]+)', html)
    assert len(found) > 20
    for address, n in found[:: max(1, len(found) // 8)]:
        assert re.search(rf">{n} (calls?|通)", page("jiang", unescape(address))), (address, n)


def test_a_contractors_people_see_the_calls_of_their_own_only() -> None:
    a_day()
    html = page("luo", f"/calls/?{DAYS}&by=agent")
    assert member("wang").user.name_en in html
    assert member("chen").user.name_en not in html
    for who in ("luo", "ma", "xu", "wang"):
        assert client_of(who).get("/calls/?contractor=YI").status_code == 404
        assert client_of(who).get("/calls/?agent=chen").status_code == 404
    listed = page("luo", f"/calls/list/?from={Period.month(2026, 3).start.isoformat()}".replace("+", "%2B"))
    assert member("chen").user.name_en not in listed


def test_others_than_the_telephones_people_are_not_let_in() -> None:
    for who in ("liu", "han", "sysadmin"):
        assert client_of(who).get("/calls/").status_code == 403
        assert client_of(who).get("/calls/list/").status_code == 403


def test_what_an_address_cannot_mean_is_not_found() -> None:
    for address in (
        "?by=colour",
        "?by=half_hour",
        "?contractor=NONE",
        "?agent=nobody",
        "?measure=beauty",
        "?part=half",
    ):
        assert client_of("jiang").get(f"/calls/{address}").status_code == 404
    for address in ("?first=yesterday", "?last=0000-00-00", "?from=soon", "?page=zzz", "?queue=%00x"):
        assert client_of("jiang").get(f"/calls/{address}").status_code in (200, 404)


def test_a_page_takes_few_statements_however_many_calls_there_are(django_assert_max_num_queries: Any) -> None:
    a_day()
    jiang = client_of("jiang")
    for address in (f"/calls/?{DAYS}&by=agent", f"/calls/?{DAYS}&by=contractor"):
        with django_assert_max_num_queries(9):
            jiang.get(address)
    whole = Period.month(2026, 3)
    assert offered_in(Call.objects.all(), whole).count() > 100
    with django_assert_max_num_queries(10):
        jiang.get("/calls/list/", {"from": whole.start.isoformat(), "until": "2026-04-01T00:00:00+08:00"})


def test_numbers_are_masked_and_a_case_out_of_reach_is_not_named() -> None:
    case = a_case()
    at = MONDAY + timedelta(seconds=9)
    record_call(CallEvent("c", CallAct.OFFERED, MONDAY, caller="13800006021"), by=None, at=MONDAY)
    call = record_call(CallEvent("c", CallAct.ANSWERED, at, agent="wang"), by=None, at=at)
    link_call(call, case, by=member("wang"), at=at)
    html = page("jiang", "/calls/list/?from=2026-03-09T00:00:00%2B08:00&until=2026-03-10T00:00:00%2B08:00")
    assert "138****6021" in html
    assert "13800006021" not in html
    assert case.number in html


def on_the_line() -> Call:
    at = timezone.now()
    record_call(CallEvent("c", CallAct.OFFERED, at, caller="13800006021"), by=None, at=at)
    return record_call(CallEvent("c", CallAct.ANSWERED, at, agent="wang"), by=None, at=at)


def test_an_agent_says_during_the_call_that_the_caller_is_abusive() -> None:
    call = on_the_line()
    answer = client_of("wang").post("/console/call/abusive/")
    assert answer.status_code == 200
    call.refresh_from_db()
    assert call.abusive_at is not None
    assert f"{timezone.localtime(call.abusive_at + timedelta(seconds=60)):%H:%M:%S}" in answer.content.decode()
    first = call.abusive_at
    client_of("wang").post("/console/call/abusive/")
    call.refresh_from_db()
    assert call.abusive_at == first


def test_only_the_agent_on_the_line_says_so_and_only_until_it_ends() -> None:
    call = on_the_line()
    with pytest.raises(NotAllowed):
        mark_abusive(call, by=member("li"), at=timezone.now())
    record_call(CallEvent("c", CallAct.ENDED, timezone.now()), by=None, at=timezone.now())
    with pytest.raises(NotNow):
        mark_abusive(call, by=member("wang"), at=timezone.now())
    assert client_of("wang").post("/console/call/abusive/").status_code == 409
