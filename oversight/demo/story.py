"""The demo city's last months: many lives of cases at once, with the clocks running beside them.

Every change is an act of a person through the same verbs the pages use, at the time it would have happened; cards,
reminders, expiries and messages come when they fell due.
"""

from __future__ import annotations

import gc
import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from random import Random

from django.db import connection

from cases import escalation, surveys
from cases.deadlines import local_date
from cases.models import Survey
from hotline import bell, delivery
from hotline.acts import NotNow
from hotline.models import Message
from oversight.demo import (
    audited,
    blind,
    contracted,
    inspecting,
    keeping,
    mass,
    noticed,
    others,
    phones,
    published,
    rules_changed,
    staffed,
    today,
)
from oversight.demo.cast import Cast
from oversight.demo.lives import any_life, requested
from oversight.demo.rhythm import Rhythm
from oversight.demo.scene import Life, Scene
from oversight.demo.texts import Texts

# when a limit's step, a survey's step and a message are next due; messages may wait a little, to go together
NEXT_DUE = """
SELECT
    (SELECT min(next_action_at) FROM cases_clock WHERE next_action_at IS NOT NULL),
    (SELECT min(least(next_action_at, expires_at)) FROM cases_survey WHERE ended_at IS NULL),
    (SELECT min(next_attempt_at) + interval '3 hours' FROM hotline_message WHERE next_attempt_at IS NOT NULL)
"""
OUTAGE_CALLS = 11
CLOCKS_EVERY = timedelta(minutes=20)  # of the story's time; steps are taken at their own times all the same
COLD_MONTHS = (11, 12, 1, 2, 3)


def tell(*, now: datetime, days: int, cases: int, seed: int) -> None:
    """Make about so many cases in so many days up to now. The same seed tells the same story."""
    scene = scene_of(Random(seed), now=now, days=days)  # noqa: S311 - a story needs no secrets
    told = OUTAGE_CALLS + today.CASES + mass.CASES + others.NUMBER
    lives = [any_life(scene, at) for at in scene.rhythm.arrivals(max(0, cases - told))]
    lives += outage(scene) if cases > OUTAGE_CALLS else []
    lives += today.lives(scene)
    lives += others.lives(scene)
    lives += mass.lives(scene) if cases > OUTAGE_CALLS else []
    with bell.silence(), _in_haste():
        keeping.long_ago(scene.cast, now - timedelta(days=days))
        phones.lost(scene, cases // 15)
        phones.busy_days(scene)
        phones.dumped(scene)
        unfold(lives, until=now)
        read_notices(now)
        today.at_the_desks(scene)
        rules_changed.tell(scene)
        noticed.tell(scene)
        today.at_the_counter(scene)
        keeping.at_the_desks(scene.cast, now)
        contracted.sign(scene.cast, now)
        staffed.tell(scene.cast, now)
        contracted.assess(scene.cast, now)
        run_clocks(now)
        blind.tell(scene, days=days)
        inspecting.tell(scene.cast, now, days=days, seed=seed)
        audited.tell(scene)
        published.tell(scene.cast, now)
        while delivery.deliver_next(now):
            pass


@contextmanager
def _in_haste() -> Iterator[None]:
    """Thousands of acts at once: do not wait for the disk after each, nor look for garbage meanwhile."""
    gc.disable()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        yield
        cursor.execute("SET synchronous_commit = on")
    gc.enable()


def scene_of(rng: Random, *, now: datetime, days: int) -> Scene:
    texts = Texts(rng, cold=local_date(now).month in COLD_MONTHS)
    return Scene(rng, Cast(rng), Rhythm(rng, days=days, now=now), texts)


def outage(scene: Scene) -> Iterable[Life]:
    """One estate goes cold three days ago, and its people call one after another."""
    first = scene.rhythm.on_duty(scene.rhythm.now - timedelta(days=3), 0, 30)
    for n in range(OUTAGE_CALLS):
        yield _cold_flat(scene, first + timedelta(minutes=8 * n))


def _cold_flat(scene: Scene, at: datetime) -> Life:
    yield at
    said = scene.texts.request("GY02", street="和平街道", estate="和平里小区")
    yield from requested(scene, said, scene.texts.caller(), at)


def unfold(lives: Iterable[Life], *, until: datetime) -> None:
    """Let every life go on at its next moment, in the order of time, up to the end of the story."""
    order = count()
    waiting = [(next(life), next(order), life) for life in lives]
    heapq.heapify(waiting)
    looked = waiting[0][0]
    while waiting:
        at, _n, life = heapq.heappop(waiting)
        if at > until:
            break
        if at - looked > CLOCKS_EVERY:
            run_clocks(at)
            looked = at
        try:
            later = next(life)
        except StopIteration:
            continue
        except NotNow:  # somebody came too late, as it happens: the refusal is on record
            continue
        heapq.heappush(waiting, (max(later, at), next(order), life))
    run_clocks(until)


def read_notices(now: datetime) -> None:
    """Everybody has read what came up to last night."""
    old = now - timedelta(hours=12)
    Message.objects.filter(channel=Message.Channel.IN_APP, created_at__lt=old).update(read_at=old)


def run_clocks(until: datetime) -> None:
    """What beat and the workers would have done meanwhile, each at its time."""
    work = (escalation.fire_batch, _advance_surveys, delivery.deliver_next)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(NEXT_DUE)
            due = [(at, n) for n, at in enumerate(cursor.fetchone()) if at is not None and at <= until]
            if not due:
                return
            at, n = min(due)
            work[n](at)


def _advance_surveys(at: datetime) -> None:
    for survey in Survey.objects.due(at).select_related("case"):
        surveys.advance(survey, at=at)
