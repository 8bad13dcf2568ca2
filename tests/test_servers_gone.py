"""What people and programs are told while a server is away, and what happens once it is back."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.utils import timezone

from cases.models import Case
from hotline import health
from hotline.guards import LAST_USED
from hotline.models import Message, RequestKey
from hotline.tasks import deliver_messages
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.hotline.test_health import no_broker, no_database
from tests.stories import a_case, current
from tests.test_bad_words import a_form

__all__ = ["no_broker", "no_database"]


@pytest.fixture
def api(transactional_db: None) -> Api:
    return Api("zhou")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_a_database_a_program_is_told_when_to_come_back(api: Api, no_database: None, method: str) -> None:
    api.client.raise_request_exception = False
    answer = api.client.generic(method, "/api/v1/cases/", "{}", content_type="application/json", headers=api.headers)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["code"]) == (503, "unavailable")
    assert told["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["page", "api"])
@pytest.mark.parametrize("kind", [OperationalError, DatabaseError])  # the driver tells it by either, as it happens
def test_a_database_lost_in_the_middle_of_an_act_leaves_nothing_and_the_key_free(
    monkeypatch: pytest.MonkeyPatch, by: str, kind: type[DatabaseError]
) -> None:
    case = a_case()

    def lost(*_given: object, **_more: object) -> None:
        raise kind("server closed the connection unexpectedly") from psycopg2.DatabaseError("without a code")

    with monkeypatch.context() as away:
        away.setattr("cases.dispatching.outbox.post", lost)
        away.setattr("hotline.pages.performing.connection.close", lambda: None)
        assert dispatch(case, by) == 503
    assert current(case).status == "registered"
    assert not RequestKey.objects.exists()
    assert dispatch(case, by) in (200, 303)
    assert current(case).status == "dispatched"


def dispatch(case: Case, by: str) -> int:
    """Zhou sends the case to urban management, by the page or by a program, always with the same key."""
    if by == "page":
        form = {"unit": "CGJ", "version": case.version, "idempotency_key": "k1"}
        return client_of("zhou").post(f"/dispatch/{case.number}/", form).status_code
    client, sent = Client(), {"If-Match": f'"{case.version}"', "Idempotency-Key": "k1", **Api("zhou").headers}
    address = f"/api/v1/cases/{case.number}/dispatch/"
    return client.post(address, '{"unit": "CGJ"}', content_type="application/json", headers=sent).status_code


def test_without_a_broker_the_console_registers_and_the_message_goes_out_later(
    transactional_db: None, no_broker: None
) -> None:
    assert client_of("wang").post("/console/register/", a_form()).status_code == 303
    waiting = Message.objects.get(about=Case.objects.get().number, channel="sms")
    assert waiting.state == "waiting"
    Message.objects.filter(pk=waiting.pk).update(next_attempt_at=timezone.now())  # it may be night
    deliver_messages()
    waiting.refresh_from_db()
    assert waiting.state == "sent"


@pytest.fixture
def read_only(transactional_db: None) -> Iterator[None]:
    """What an administrator does to a server whose disk is nearly full."""
    with connection.cursor() as cursor:
        name = connection.settings_dict["NAME"]
        cursor.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        connection.close()
        yield
        connection.close()
        cursor = connection.cursor()
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
    connection.close()


def test_a_database_that_takes_no_writing_is_told_by_every_door_and_leaves_nothing(
    transactional_db: None, request: pytest.FixtureRequest
) -> None:
    case, browser, program = a_case(), client_of("zhou"), Api("zhou")
    browser.raise_request_exception = program.client.raise_request_exception = False
    request.getfixturevalue("read_only")
    form = {"unit": "CGJ", "version": case.version, "idempotency_key": "k1"}
    answers = [browser.post(f"/dispatch/{case.number}/", form)]
    sent = {"If-Match": f'"{case.version}"', **program.headers}
    address = f"/api/v1/cases/{case.number}/dispatch/"
    answers.append(program.client.post(address, {"unit": "CGJ"}, content_type="application/json", headers=sent))
    assert [(answer.status_code, answer["Retry-After"]) for answer in answers] == [(503, "10"), (503, "10")]
    assert current(case).status == "registered"
    assert health.database(timezone.now()).says == "takes no writing"


@pytest.mark.django_db
def test_a_database_lost_when_the_last_use_is_noted_is_an_outage_not_a_bad_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hotline.guards.NOTED_SECONDS", 60.0)
    client = client_of("zhou")
    session = client.session
    session[LAST_USED] = session[LAST_USED] - 120
    session.save()

    def lost(*_given: object, **_more: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(Session, "save", lost)
    monkeypatch.setattr("hotline.pages.performing.connection.close", lambda: None)
    client.raise_request_exception = False
    answer = client.get("/dispatch/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
