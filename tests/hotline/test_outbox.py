"""The outbox: written with the act, kept till morning, tried again, given up in the end, and never sent twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from hotline import outbox
from hotline.delivery import MAX_ATTEMPTS, _note, _take, deliver_next, lease
from hotline.models import Message
from hotline.providers import Delivery
from tests.people import local, member
from tests.stories import MONDAY, a_case, dispatched, withdrawn

pytestmark = pytest.mark.django_db


class Gateway(ThreadingHTTPServer):
    """An SMS gateway as the city runs one: it answers what the test tells it to, and drops repeats."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.answers: list[int] = []
        self.slow = 0.0
        self.says: bytes | None = b""  # instead of the usual; None: it hangs up in the middle
        self.asked: list[dict[str, Any]] = []
        self.sent: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms"


class _Answering(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Idempotency-Key"]
        self.server.asked.append({**said, "key": key, "token": self.headers["Authorization"]})
        time.sleep(self.server.slow)
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status == 200:
            self.server.sent.add(key)
        usual = json.dumps({"id": f"gw-{key[:8]}"}).encode()
        body = b"" if self.server.says is None else self.server.says or usual
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) or 100))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with Gateway() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.SMS_PROVIDER, settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = "http", server.url, "secret"
        yield server
        server.shutdown()


def _sms() -> Message:
    return Message.objects.get(channel="sms")


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-03-09 20:59:59", "2026-03-09 20:59:59"),
        ("2026-03-09 21:00", "2026-03-10 08:00"),
        ("2026-03-09 23:30", "2026-03-10 08:00"),
        ("2026-03-10 00:00", "2026-03-10 08:00"),
        ("2026-03-10 07:59", "2026-03-10 08:00"),
        ("2026-03-10 08:00", "2026-03-10 08:00"),
    ],
)
def test_citizens_are_not_woken(written: str, leaves: str) -> None:
    assert outbox.after_quiet(local(written)) == local(leaves)


def test_an_emergency_is_not_kept_till_morning() -> None:
    night = local("2026-03-09 23:30")
    a_case(night, urgency="emergency")
    assert _sms().next_attempt_at == night


def test_a_citizen_is_written_to_in_the_own_language() -> None:
    a_case(language="en")
    assert _sms().body.startswith("[Yunzhou 12345] Your request is registered")


def test_the_message_of_a_refused_act_was_never_written() -> None:
    case = withdrawn()
    before = Message.objects.count()
    with pytest.raises(Exception, match=r".+"):
        withdrawn(case)
    assert Message.objects.count() == before


def test_a_message_is_carried_once_with_its_id_as_key(gateway: Gateway) -> None:
    a_case()
    assert deliver_next(MONDAY)
    assert not deliver_next(MONDAY)
    message = _sms()
    assert (message.state, message.provider_id) == ("sent", f"gw-{str(message.pk)[:8]}")
    (asked,) = gateway.asked
    assert asked == {
        "id": str(message.pk),
        "key": str(message.pk),
        "to": "+8613800006021",
        "text": message.body,
        "token": "Bearer secret",
    }


@pytest.mark.parametrize("trouble", [500, 503, 408, 425, 429])
def test_trouble_at_the_gateway_is_tried_again_later_with_the_same_key(gateway: Gateway, trouble: int) -> None:
    a_case()
    gateway.answers = [trouble]
    deliver_next(MONDAY)
    message = _sms()
    assert (message.state, message.last_error) == ("waiting", f"HTTP {trouble}")
    assert message.next_attempt_at == MONDAY + timedelta(seconds=10)
    assert not deliver_next(MONDAY + timedelta(seconds=9))
    deliver_next(MONDAY + timedelta(seconds=10))
    assert _sms().state == "sent"
    assert len({asked["key"] for asked in gateway.asked}) == 1


@pytest.mark.parametrize(
    ("answer", "unsure"), [(500, True), (502, True), (504, True), (503, False), (429, False), (408, False)]
)
def test_what_was_refused_was_not_sent_and_of_any_other_trouble_we_are_unsure(
    gateway: Gateway, answer: int, unsure: bool
) -> None:
    a_case()
    gateway.answers = [answer]
    deliver_next(MONDAY)
    assert _sms().perhaps_sent == unsure
    assert _sms().sending_since is None


@pytest.mark.parametrize("said", [b"<html>Sign in</html>", b"\xff\xfe", None])
def test_an_answer_that_cannot_be_read_is_trouble(gateway: Gateway, said: bytes | None) -> None:
    a_case()
    gateway.says = said
    deliver_next(MONDAY)
    assert (_sms().state, _sms().perhaps_sent) == ("waiting", True)
    gateway.says = b"{}"
    deliver_next(MONDAY + timedelta(seconds=10))
    assert _sms().state == "sent"


def test_a_message_whose_carrier_died_is_sent_again_and_marked_when_its_time_is_over(gateway: Gateway) -> None:
    a_case()
    with transaction.atomic():
        assert _take(MONDAY)  # and nothing more is heard
    assert not deliver_next(MONDAY + lease() - timedelta(seconds=1))
    assert deliver_next(MONDAY + lease())
    message = _sms()
    assert (message.state, message.perhaps_sent, message.attempts) == ("sent", True, 2)
    assert len(gateway.sent) == 1


def test_who_answers_too_late_does_not_overwrite_what_another_wrote(gateway: Gateway) -> None:
    a_case()
    slow = _take(MONDAY)
    assert slow
    deliver_next(MONDAY + lease())
    _note(slow, Delivery("http", error="TimeoutError"), MONDAY)
    assert _sms().state == "sent"


@pytest.mark.parametrize("refusal", [400, 404, 422])
def test_what_the_gateway_refuses_for_good_is_given_up_at_once(gateway: Gateway, refusal: int) -> None:
    a_case()
    gateway.answers = [refusal]
    deliver_next(MONDAY)
    assert (_sms().state, _sms().next_attempt_at, _sms().attempts) == ("failed", None, 1)


def test_a_message_is_given_up_in_the_end_after_ever_longer_waits(gateway: Gateway) -> None:
    a_case()
    gateway.answers = [500] * MAX_ATTEMPTS
    waits, at = [], MONDAY
    while (message := _sms()).state == "waiting":
        assert message.next_attempt_at
        waits.append((message.next_attempt_at - at).total_seconds())
        at = message.next_attempt_at
        deliver_next(at)
    assert waits == [0, 10, 20, 40, 80, 160, 320, 640]
    assert (message.state, message.attempts) == ("failed", MAX_ATTEMPTS)


def test_a_gateway_that_does_not_answer_is_trouble(gateway: Gateway, settings: Any) -> None:
    settings.SMS_TIMEOUT_SECONDS = 0.2
    gateway.slow = 0.6
    a_case()
    deliver_next(MONDAY)
    assert (_sms().state, _sms().last_error) == ("waiting", "TimeoutError")


def test_a_gateway_that_is_gone_is_trouble(settings: Any) -> None:
    settings.SMS_PROVIDER, settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = "http", "http://127.0.0.1:9/", "x"
    a_case()
    deliver_next(MONDAY)
    assert _sms().state == "waiting"


def test_without_a_gateway_messages_are_shown_on_the_outbox_page() -> None:
    a_case()
    deliver_next(MONDAY)
    assert (_sms().state, _sms().provider, _sms().sent_at) == ("sent", "visible", MONDAY)


def test_notices_need_no_gateway(gateway: Gateway) -> None:
    dispatched()
    while deliver_next(MONDAY + timedelta(hours=1)):
        pass
    assert Message.objects.filter(channel="in_app", state="sent", provider="in_app").count() == 1
    assert len(gateway.asked) == 1


def test_a_notice_is_read_by_the_unit_and_nobody_else() -> None:
    dispatched()
    deliver_next(MONDAY + timedelta(hours=1))
    assert Message.objects.inbox_of(member("sun")).count() == 1
    assert not Message.objects.inbox_of(member("lin")).exists()
    assert not Message.objects.inbox_of(member("wang")).exists()


@pytest.mark.django_db(transaction=True)
def test_four_postmen_carry_each_message_once(gateway: Gateway) -> None:
    for minute in range(12):
        a_case(MONDAY + timedelta(minutes=minute))

    def carry(_n: int) -> int:
        try:
            done = 0
            while deliver_next(MONDAY + timedelta(hours=1)):
                done += 1
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(carry, range(4))) == 12
    assert len(gateway.asked) == len(gateway.sent) == 12


def test_a_message_that_cannot_be_opened_does_not_hold_up_the_others(settings: Any) -> None:
    settings.SMS_PROVIDER, settings.SMS_GATEWAY_URL = "http", "http://127.0.0.1:9/"
    words = {"number": "20260309-000018", "code": "123456", "site": ""}
    at = MONDAY + timedelta(hours=2)
    spoilt, other = (outbox.sms("progress", to="+8613800006021", at=at, words=words) for _n in range(2))
    Message.objects.bulk_create([spoilt, other])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hotline_message SET body = address WHERE id = %s", [spoilt.pk])
    assert deliver_next(at + timedelta(minutes=1))
    assert deliver_next(at + timedelta(minutes=1))
    fates = {m["pk"]: m for m in Message.objects.values("pk", "state", "last_error", "attempts")}
    assert (fates[spoilt.pk]["state"], fates[spoilt.pk]["last_error"]) == (Message.State.FAILED, "cannot be decrypted")
    assert fates[other.pk]["attempts"] == 1
