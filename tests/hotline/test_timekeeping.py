"""Keeping time: each slot once, whoever comes; nothing judged while the time is in doubt; nobody waits for the bell."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from celery.signals import before_task_publish
from django.core.management import call_command
from django.db import connection
from django.test import Client

from cases.models import Clock
from hotline import agreed_time, bell, turns
from hotline.celery import app
from hotline.models import Heartbeat
from hotline.timetable import TIMETABLE, Turn, turn_of
from tests.hotline.test_health import no_broker
from tests.stories import a_case

__all__ = ["no_broker"]

AGES = Turn("ages", 10**9)  # a slot that does not end while a test runs
CLOCKS = turn_of("cases.fire_due_clocks")._replace(seconds=10**9)


def moved(name: str, by: timedelta) -> None:
    """What was kept at a time is kept as of another."""
    row = Heartbeat.objects.get(name__startswith=name)
    Heartbeat.objects.filter(pk=row.pk).update(at=row.at + by)


def waiting() -> int:
    return Clock.objects.due_to_act(agreed_time.database_time()).count()


def test_every_turn_names_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    assert {turn.task for turn in TIMETABLE} <= set(app.tasks)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_one_has_the_slot() -> None:
    def come(_n: int) -> bool:
        try:
            return turns.claim(AGES)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(come, range(8))) == 1


@pytest.mark.django_db
def test_the_next_slot_is_free_again_and_a_claim_from_before_a_clock_was_set_back_counts_for_nothing() -> None:
    assert turns.claim(AGES)
    assert not turns.claim(AGES)
    moved("ages", -timedelta(seconds=10**9))
    assert turns.claim(AGES)
    moved("ages", timedelta(hours=1))
    assert turns.claim(AGES)


@pytest.mark.django_db
def test_limits_are_acted_on_without_broker_beat_and_workers(no_broker: None) -> None:
    a_case()
    assert waiting()
    assert turns.take(CLOCKS)
    assert not waiting()


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [timedelta(minutes=6), timedelta(minutes=-6), timedelta(days=400)])
def test_after_a_jump_of_the_clock_no_limit_is_acted_on_until_the_times_agree_again(jump: timedelta) -> None:
    assert agreed_time.agreed_time()
    moved("start ", -jump)  # as if the database's clock had gone that far
    a_case()
    assert not turns.take(CLOCKS)
    assert waiting()
    assert "jumped" in Client().get("/health/ready").json()["signs"]["timekeeping"]["says"]
    moved("start ", jump)
    moved(CLOCKS.task, -timedelta(seconds=10**9))
    assert turns.take(CLOCKS)
    assert not waiting()
    assert not Heartbeat.objects.filter(name=agreed_time.HELD).exists()


@pytest.mark.django_db
def test_a_clock_that_is_put_right_by_seconds_is_no_jump() -> None:
    assert agreed_time.agreed_time()
    moved("start ", timedelta(minutes=4))
    assert agreed_time.agreed_time()


@pytest.mark.django_db
def test_after_a_jump_a_person_may_confirm_the_new_time() -> None:
    assert agreed_time.agreed_time()
    moved("start ", timedelta(hours=1))
    assert agreed_time.agreed_time() is None
    call_command("confirm_time")
    assert agreed_time.agreed_time()


@pytest.mark.django_db
def test_a_machine_that_has_just_started_believes_no_time_that_others_doubt_nor_one_that_ran_backwards() -> None:
    assert agreed_time.agreed_time()
    Heartbeat.objects.filter(name__startswith="start ").delete()
    moved(agreed_time.LAST_AGREED, -timedelta(hours=9))  # nobody kept time over night
    assert agreed_time.agreed_time()
    Heartbeat.objects.filter(name__startswith="start ").delete()
    Heartbeat.objects.create(name=agreed_time.HELD, at=agreed_time.database_time())
    assert agreed_time.agreed_time() is None
    Heartbeat.objects.filter(name=agreed_time.HELD).delete()
    moved(agreed_time.LAST_AGREED, timedelta(hours=1))
    assert agreed_time.agreed_time() is None


@pytest.fixture
def hanging_broker(no_broker: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Its door is open and nobody answers, as when it is stopped or its disk hangs; who calls waits for ten minutes."""
    monkeypatch.setitem(current_app.conf.broker_transport_options, "socket_timeout", 600)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(current_app.conf.broker_url.removeprefix("redis+socket://"))
        door.listen()
        door.settimeout(60)
        yield door


@pytest.mark.django_db(transaction=True)
def test_many_who_ring_at_once_bring_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    sent: list[str] = []

    def note(sender: str, **_signal: object) -> None:
        sent.append(sender)

    before_task_publish.connect(note)
    for _n in range(50):
        bell.ring("hotline.deliver_messages")
        bell.ring("cases.fold_tallies")
    while (ringer := bell._ringer) is not None:
        ringer.join(30)
    assert set(sent) == {"hotline.deliver_messages", "cases.fold_tallies"}
    assert len(sent) < 10


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_broker_that_hangs(hanging_broker: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "_silent_until", 0.0)  # whoever found the broker gone before
    for _n in range(3):
        bell.ring("hotline.deliver_messages")
    assert bell._ringer is not None  # it still waits
    assert bell._silent_until == 0.0  # it has not given up
    ringer = bell._ringer
    caller, _address = hanging_broker.accept()
    hanging_broker.close()
    caller.close()
    ringer.join(30)
    assert not ringer.is_alive()
