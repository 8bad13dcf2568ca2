"""What a telephone platform reports of its calls: signed, once, in any order, and garbage is never our fault."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from io import StringIO
from itertools import permutations
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import call_platforms
from cases.call_merging import CallAct, CallEvent, merge
from cases.models import Call, CallPlatform, CallReport
from cases.telephony import record_call
from hotline.acts import Invalid, NotAllowed
from hotline.identifiers import uuid7
from hotline.models import AuditEntry
from hotline.webhooks import Signed, new_secret, sign
from tests.people import member
from tests.stories import MONDAY

pytestmark = pytest.mark.django_db
PHONE = "13800006021"


@pytest.fixture
def secret() -> str:
    """Of the platform ``pbx``, which acts as the telephone system."""
    by, at = member("sysadmin"), timezone.now() - timedelta(days=2)
    return call_platforms.connect(member("telephony"), by=by, at=at, code="pbx").secret


def report(act: str = "offered", **given: Any) -> dict[str, Any]:
    return {"platform_id": "c-1", "act": act, "at": timezone.now().isoformat(), **given}


def send(said: Any, secret: str, *, signed: Signed | None = None, code: str = "pbx", **more: Any) -> Any:
    """What the platform is told."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    signed = signed or sign(body, key=str(uuid7()), at=timezone.now(), secret=secret)
    return Client(raise_request_exception=False).post(
        f"/cti/{code}/", body, content_type="application/json", headers=signed.headers, **more
    )


def test_a_signed_report_is_recorded_as_the_platforms(secret: str) -> None:
    assert send(report(caller=PHONE, queue="综合"), secret).status_code == 200
    assert send(report("answered", agent="1024"), secret).json()["recorded"] is True
    call = Call.objects.get()
    assert (call.agent, call.queue) == (member("wang").user, "综合")
    assert AuditEntry.objects.filter(act="telephony.receive_report", actor=member("telephony").user).count() == 2


def test_a_report_repeated_by_its_platform_changes_nothing(secret: str) -> None:
    said = report("answered", agent="1024")
    assert [send(said, secret).status_code for _n in range(3)] == [200, 200, 200]
    assert Call.objects.count() == 1


def test_a_message_word_for_word_the_same_is_refused(secret: str) -> None:
    body = json.dumps(report()).encode()
    signed = sign(body, key="r-1", at=timezone.now(), secret=secret)
    assert send(body, secret, signed=signed).status_code == 200
    again = send(body, secret, signed=signed)
    assert (again.status_code, again.json()["code"]) == (409, "not_now")
    assert CallReport.objects.count() == 1


def test_a_message_that_was_refused_may_come_again(secret: str) -> None:
    body = json.dumps(report("answered", agent="9999")).encode()
    signed = sign(body, key="r-1", at=timezone.now(), secret=secret)
    assert [send(body, secret, signed=signed).status_code for _n in range(2)] == [422, 422]
    assert not CallReport.objects.exists()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_message_from_another_time_is_refused(secret: str, hours: int) -> None:
    body = json.dumps(report()).encode()
    old = sign(body, key="r-1", at=timezone.now() + timedelta(hours=hours), secret=secret)
    assert send(body, secret, signed=old).status_code == 401
    assert not Call.objects.exists()


def test_another_secret_another_platform_and_none_are_refused(secret: str) -> None:
    assert send(report(), new_secret()).status_code == 401
    assert send(report(), secret, signed=Signed("", "", "")).status_code == 401
    assert send(report(), secret, code="other").status_code == 404
    call_platforms.disconnect(CallPlatform.objects.get(), by=member("sysadmin"), at=timezone.now())
    assert send(report(), secret).status_code == 404
    assert not Call.objects.exists()


def test_the_earlier_secret_counts_for_a_day_more_and_a_lost_one_no_longer(secret: str) -> None:
    platform, by = CallPlatform.objects.get(), member("sysadmin")
    second = call_platforms.give_new_secret(platform, by=by, at=timezone.now() - timedelta(hours=23)).secret
    assert [send(report(), each).status_code for each in (secret, second)] == [200, 200]
    third = call_platforms.give_new_secret(platform, by=by, at=timezone.now(), at_once=True).secret
    assert [send(report(), each).status_code for each in (secret, second, third)] == [401, 401, 200]


def test_after_a_day_the_earlier_secret_is_over(secret: str) -> None:
    platform, by = CallPlatform.objects.get(), member("sysadmin")
    call_platforms.give_new_secret(platform, by=by, at=timezone.now() - timedelta(hours=25))
    assert send(report(), secret).status_code == 401


def test_the_secret_lies_sealed_in_the_database(secret: str) -> None:
    assert secret.encode() not in bytes(CallPlatform.objects.values_list("secret", flat=True)[0])
    assert CallPlatform.objects.get().secret == secret


GARBAGE: list[Any] = [
    b"", b"{", b"\xff\xfe", b"null", b"[]", b"[" * 9000, b'"x"', b'{"a":' * 1500, {}, {"act": "offered"},
    report(unknown=1), report("vanished"), report(at="31 February"), report(at="0001-01-01T00:00:00Z"),
    report(platform_id="\x00"), report(platform_id="x" * 81), report(hold_seconds=-1), report(hold_seconds=10**30),
    report(agent={"a": 1}), report("answered", agent="nobody"), report(direction="sideways"), report(caller="\ud800"),
    report(organisation="NOBODY"), report(caller="x" * 41), b'{"platform_id": 1e999}', b"x" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("said", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_told_as_a_problem_and_never_as_our_fault(secret: str, said: Any) -> None:
    answer = send(said, secret)
    assert 400 <= answer.status_code < 500
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not Call.objects.exists()


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=200), headers=st.lists(st.text(max_size=40), min_size=3, max_size=3))
def test_bytes_that_nobody_signed_are_refused(body: bytes, headers: list[str]) -> None:
    platform = CallPlatform.objects.filter(code="pbx").exists()
    signed = Signed(*(h.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "") for h in headers))
    answer = send(body, "", signed=signed)
    assert answer.status_code == (401 if platform else 404)


def a_calls_reports() -> list[CallEvent]:
    """A call that waits, is answered by Wang, held twice, passed on to Li, and ends."""

    def event(act: CallAct, after: int, **given: Any) -> CallEvent:
        return CallEvent("c-1", act, MONDAY + timedelta(seconds=after), **given)

    return [
        event(CallAct.OFFERED, 0, caller=PHONE, queue="综合", organisation="YI"),
        event(CallAct.ANSWERED, 9, agent="1024"),
        event(CallAct.HELD, 30),
        event(CallAct.RESUMED, 50),
        event(CallAct.ANSWERED, 60, agent="1025"),
        event(CallAct.HELD, 100),
        event(CallAct.ENDED, 130, recording="r/1.wav"),
        event(CallAct.UPDATED, 170, wrap_up_seconds=40),
    ]


def merged(events: list[CallEvent]) -> dict[str, Any]:
    call = Call(platform_id="c-1", offered_at=events[0].at)
    for event in events:
        merge(call, event)
    return {name: value for name, value in call.__dict__.items() if name not in ("_state", "id")}


def test_in_whatever_order_reports_come_they_make_the_same_call() -> None:
    events, rng = a_calls_reports(), Random(7)
    whole = merged(events)
    assert (whole["hold_seconds"], whole["agent_id"]) == (50, member("li").user_id)
    assert (whole["answered_at"], whole["ended_at"]) == (events[1].at, events[6].at)
    for order in [*list(permutations(events[:5]))[:120], *(rng.sample(events, 8) for _n in range(150))]:
        some = [*order, *rng.sample(events, 3), *(e for e in events if e not in order)]
        assert merged(some) == whole


def test_a_call_cannot_end_before_it_is_answered() -> None:
    record_call(CallEvent("c-1", CallAct.ENDED, MONDAY), by=None, at=MONDAY)
    late = CallEvent("c-1", CallAct.ANSWERED, MONDAY + timedelta(seconds=9), agent="1024")
    with pytest.raises(Invalid, match="before it was answered"):
        record_call(late, by=None, at=MONDAY)


def test_who_hangs_up_in_the_menu_never_asked_for_a_person() -> None:
    call = record_call(CallEvent("c-1", CallAct.MENU, MONDAY, organisation="YI"), by=None, at=MONDAY)
    assert (call.in_menu, call.abandoned, call.organisation) == (True, True, member("chen").organisation)


def test_only_the_system_administrator_connects_platforms() -> None:
    for who in ("wang", "yan", "secadmin", "telephony"):
        with pytest.raises(NotAllowed):
            call_platforms.connect(member("telephony"), by=member(who), at=MONDAY, code="pbx")
    for code in ("", "P B X", "x" * 41):
        with pytest.raises(Invalid):
            call_platforms.connect(member("telephony"), by=member("sysadmin"), at=MONDAY, code=code)
    with pytest.raises(Invalid, match="connected system"):
        call_platforms.connect(member("wang"), by=member("sysadmin"), at=MONDAY, code="pbx")


def test_a_platform_is_connected_from_the_command_line() -> None:
    said = StringIO()
    call_command("call_platform", "pbx", by="sysadmin", connect="telephony", stdout=said)
    secret = said.getvalue().split()[-1]
    assert send(report(), secret).status_code == 200
    call_command("call_platform", "pbx", by="sysadmin", new_secret=True, at_once=True, stdout=said)
    assert send(report(), said.getvalue().split()[-1]).status_code == 200
    call_command("call_platform", "pbx", by="sysadmin", disconnect=True, stdout=said)
    assert send(report(), secret).status_code == 404
    with pytest.raises(CommandError, match="no platform"):
        call_command("call_platform", "other", by="sysadmin", disconnect=True, stdout=said)
    with pytest.raises(CommandError, match=r"不能|may not"):
        call_command("call_platform", "pbx", by="wang", new_secret=True, stdout=said)


def played(**options: Any) -> list[dict[str, Any]]:
    """The calls after a day was played, as far as they are alike in every run."""
    call_command("play_calls", calls=60, hours=0.5, begin="2026-03-09T09:00", stdout=StringIO(), **options)
    left_out = ("_state", "id", "caller")
    calls = Call.objects.order_by("platform_id")
    return [{key: value for key, value in call.__dict__.items() if key not in left_out} for call in calls]


def test_a_played_day_has_calls_of_every_kind_and_is_the_same_in_disorder() -> None:
    day = played()
    kinds = {(c["answered_at"] is not None, c["abandoned"], c["in_menu"], c["direction"]) for c in day}
    assert {(True, False, False, "inbound"), (False, True, False, "inbound")} <= kinds
    assert (False, True, True, "inbound") in kinds
    assert any(direction == "outbound" for *_rest, direction in kinds)
    assert any(call["hold_seconds"] for call in day)
    Call.objects.all().delete()
    assert played(disorder=True) == day


def test_asdict_of_a_report_is_what_the_address_takes(secret: str) -> None:
    event = a_calls_reports()[0]
    said = {key: str(value) for key, value in asdict(event).items() if value not in ("", None)}
    assert send(said, secret).status_code == 200
