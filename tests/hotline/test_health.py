"""Signs of life, and what goes on without database or broker; figures; logs that name nobody."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.utils import timezone
from kombu import pools
from pytest_django import Settings

from cases.models import Case, Clock
from hotline import health, tokens, turns
from hotline.logs import without_personal_data
from hotline.models import Calendar, CalendarYear, Heartbeat, Message
from hotline.schedule import beat
from hotline.timetable import turn_of
from tests.doors import client_of
from tests.people import member
from tests.stories import a_case

LIVE, READY, METRICS = "/health/live", "/health/ready", "/metrics"


@pytest.fixture
def no_database(transactional_db: None) -> Iterator[None]:
    """The server is gone: connections are closed, and its socket answers nobody."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nonexistent/hotline"
    yield
    connection.close()
    connection.settings_dict["HOST"] = host


@pytest.fixture
def no_broker(tmp_path: object) -> Iterator[None]:
    """A broker's address at which nobody listens."""
    conf: Any = current_app.conf
    before = conf.broker_url
    conf.broker_url = conf.broker_write_url = f"redis+socket://{tmp_path}/gone.socket"
    forget_connections()
    yield
    conf.broker_url = conf.broker_write_url = before
    forget_connections()


def forget_connections() -> None:
    """Celery keeps what it once connected with, whatever its settings say by now."""
    current_app._pool = current_app.amqp._producer_pool = None  # type: ignore[attr-defined]
    pools.reset()


def ready() -> tuple[int, dict[str, object], dict[str, dict[str, object]]]:
    answer = Client().get(READY)
    said = answer.json()
    return answer.status_code, said, said["signs"]


def the_coming_year_is_approved() -> None:
    """In December the notice of next year is asked for."""
    at = timezone.now()
    for calendar in Calendar.objects.all():
        given = {"state": "approved", "approved_at": at}
        CalendarYear.objects.update_or_create(calendar=calendar, year=(at + health.YEAR_AHEAD).year, defaults=given)


@pytest.mark.django_db
def test_a_healthy_server_says_so(settings: Settings, tmp_path: Path) -> None:
    settings.AUDIT_SEALS_DIR = tmp_path
    the_coming_year_is_approved()
    beat()
    turns.take(turn_of("cases.fire_due_clocks"))
    turns.take(turn_of("hotline.seal_audit"))
    code, said, signs = ready()
    assert code == 200
    assert said["status"] == "ok", signs
    ground = {"database", "broker", "timekeeping", "beat", "outbox", "calendar_year", "backup", "audit_seals"}
    assert set(signs) == {*ground, "due_clocks"}


@pytest.mark.django_db
def test_a_standing_timetable_degrades_but_refuses_nobody() -> None:
    for sign, name in (("beat", "beat"), ("timekeeping", "cases.fire_due_clocks")):
        assert ready()[2][sign]["status"] == "degraded"
        Heartbeat.objects.create(name=name, at=timezone.now() - timedelta(minutes=2))
        code, said, signs = ready()
        assert (code, said["status"]) == (200, "degraded")
        assert float(str(signs[sign]["value"])) >= 120


@pytest.mark.django_db
def test_late_clocks_and_messages_are_told_with_their_age() -> None:
    a_case(at=timezone.now() - timedelta(days=30))
    _code, _said, signs = ready()
    assert signs["due_clocks"]["status"] == "degraded"
    assert signs["outbox"]["status"] == "degraded"
    assert float(str(signs["outbox"]["value"])) > 20 * 24 * 3600


@pytest.mark.django_db
def test_a_year_nobody_approved_is_announced_a_month_before() -> None:
    year = (timezone.now() + health.YEAR_AHEAD).year
    CalendarYear.objects.filter(year=year).update(state="provisional", approved_at=None, approved_by=None)
    assert "is not approved" in str(ready()[2]["calendar_year"]["says"])


def test_without_a_database_it_is_alive_but_not_ready(no_database: None) -> None:
    answer = Client().get(READY)
    assert (answer.status_code, answer.json()["status"]) == (503, "critical")
    assert answer["Retry-After"]
    assert Client().get(LIVE).status_code == 200


@pytest.fixture
def signed_in_before(transactional_db: None) -> Client:
    return client_of("zhou")


@pytest.mark.parametrize("path", ["/inbox/", "/dispatch/", "/track/"])
def test_without_a_database_pages_say_to_come_back(signed_in_before: Client, no_database: None, path: str) -> None:
    """The session cannot be read, so it fails before any page is reached."""
    signed_in_before.raise_request_exception = False
    answer = signed_in_before.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["X-Request-ID"]
    assert "sessionid" not in answer.cookies  # nobody is signed out by it


def test_without_a_database_strangers_are_told_the_same(no_database: None) -> None:
    answer = Client().post("/track/", {"number": "20260309-000017", "code": "1"})
    assert answer.status_code == 503


def test_without_a_broker_intake_goes_on_and_work_waits(transactional_db: None, no_broker: None) -> None:
    started = time.monotonic()
    case = a_case()
    assert time.monotonic() - started < 5
    assert Case.objects.filter(pk=case.pk).exists()
    assert Message.objects.filter(about=case.number, state="waiting").exists()
    assert Clock.objects.running().filter(case=case).exists()
    code, _said, signs = ready()
    assert (code, signs["broker"]["status"]) == (200, "degraded")


# -- Figures


@pytest.mark.django_db
def test_figures_are_for_those_who_may_read_them(settings: Settings) -> None:
    assert Client().get(METRICS).status_code == 403
    assert client_of("zhou").get(METRICS).status_code == 403
    assert client_of("sysadmin").get(METRICS).status_code == 200
    telephony = member("telephony")
    raw = tokens.issue(telephony, by=telephony, at=timezone.now(), name="prometheus", days=365).raw
    assert Client().get(METRICS, HTTP_AUTHORIZATION=f"Bearer {raw}").status_code == 200
    assert Client().get(METRICS, HTTP_AUTHORIZATION="Bearer wrong").status_code == 403
    settings.METRICS_ADDRESSES = ["10.0.0.0/8"]
    assert Client(REMOTE_ADDR="10.1.2.3").get(METRICS).status_code == 200
    assert Client(HTTP_X_FORWARDED_FOR="10.1.2.3").get(METRICS).status_code == 403


@pytest.mark.django_db
def test_figures_count_requests_by_page_and_what_waits(settings: Settings) -> None:
    settings.METRICS_ADDRESSES = ["127.0.0.1/32"]
    case = a_case(at=timezone.now() - timedelta(days=30))
    Client().get(f"/r/{case.number}/")
    text = Client().get(METRICS).content.decode()
    assert 'hotline_requests_total{method="GET",status="404",view="cases:survey"}' in text
    assert 'hotline_request_seconds_bucket{le="0.1",view="cases:survey"}' in text
    assert f"hotline_cases_open {float(Case.objects.open().count())}" in text
    for figure in ("hotline_clocks_due", "hotline_outbox_waiting", 'hotline_sign_value{sign="due_clocks"}'):
        assert figure in text
    assert case.number not in text


# -- Logs


@pytest.mark.django_db
def test_one_id_goes_through_answer_and_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answer = Client().get(LIVE)
    lines = [r.msg for r in caplog.records if isinstance(r.msg, dict) and "request_id" in r.msg]
    assert lines
    assert {line["request_id"] for line in lines} == {answer["X-Request-ID"]}
    assert Client(HTTP_X_REQUEST_ID="abcdef-123456").get(LIVE)["X-Request-ID"] == "abcdef-123456"
    assert Client(HTTP_X_REQUEST_ID="<script>").get(LIVE)["X-Request-ID"] != "<script>"


@pytest.mark.django_db
def test_a_request_leaves_no_number_name_code_or_token_in_the_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    Client().get("/track/13800006021/?phone=13800006021")
    Client().post("/track/", {"number": "13800006021", "code": "123456"})
    Client().get("/r/secret-token-of-a-citizen/")
    Client().post("/sign-in/", {"username": "13800006021", "password": "a-secret-password"})
    said = json.dumps(
        [
            without_personal_data(None, "info", dict(r.msg) if isinstance(r.msg, dict) else {"event": r.getMessage()})
            for r in caplog.records
            if not r.name.startswith("axes")  # silenced by its level
        ],
        ensure_ascii=False,
        default=str,
    )
    assert "track" in said
    for hidden in ("13800006021", "123456", "secret-token", "a-secret-password"):
        assert hidden not in said


def test_axes_is_silent() -> None:
    assert logging.getLogger("axes").getEffectiveLevel() >= logging.ERROR
