"""What the telephone platform saw besides the calls that became cases: callers who gave up, busy days, dumped calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.call_day import CallDay, Seat
from cases.call_merging import CALLER, merge
from cases.models import Call, Direction
from hotline.calendar import SHANGHAI
from hotline.models import Membership
from hotline.privacy import InvalidPhone, blind_index, normalise_phone
from hotline.roles import Role
from oversight.demo.scene import Scene

CALLED_BACK, BUSY_DAYS, CALLS_A_DAY = 0.8, 2, 45
DUMPED, DUMPED_BY = 15, "YI"


def lost(scene: Scene, n: int) -> None:
    """Callers who hung up before anybody answered; most are called back."""
    calls: list[Call] = []
    for number, at in enumerate(scene.rhythm.arrivals(n)):
        by = scene.cast.agent(at)
        call = _lost(scene, number, at, by)
        calls.append(call)
        if call.caller_index and scene.happens(CALLED_BACK):
            calls.append(_back(scene, call, scene.rhythm.soon(at, 5, 180), by))
    Call.objects.bulk_create(call for call in calls if call.offered_at < scene.rhythm.now)


def _lost(scene: Scene, number: int, at: datetime, by: Membership) -> Call:
    phone = scene.texts.caller().phone
    return Call(
        platform_id=f"YZ-lost-{number}",
        caller=phone or None,
        caller_index=index_of(phone),
        queue="12345",
        organisation_id=by.organisation_id,
        offered_at=at,
        ended_at=at + timedelta(seconds=scene.rng.randrange(4, 70)),
        abandoned=True,
    )


def _back(scene: Scene, missed: Call, at: datetime, by: Membership) -> Call:
    return Call(
        platform_id=f"{missed.platform_id}-back",
        direction=Direction.OUTBOUND,
        caller=missed.caller,
        caller_index=missed.caller_index,
        agent_id=by.user_id,
        organisation_id=by.organisation_id,
        offered_at=at,
        answered_at=at + timedelta(seconds=9),
        ended_at=at + timedelta(seconds=scene.rng.randrange(30, 200)),
    )


def index_of(phone: str) -> bytes | None:
    """By which calls of that number find each other; None for what is no number."""
    try:
        return blind_index(CALLER, normalise_phone(phone)) if phone else None
    except InvalidPhone:
        return None


def busy_days(scene: Scene) -> None:
    """The last days as the platform reports them: rung, held, ended in the menu, given up, called back."""
    agents = [m for m in scene.cast.all if m.role == Role.AGENT]
    seats = [Seat(m.user.username, m.organisation.code) for m in agents]
    today = scene.rhythm.now.astimezone(SHANGHAI).replace(hour=9, minute=0, second=0, microsecond=0)
    calls: dict[str, Call] = {}
    for n in range(BUSY_DAYS):
        start = today - timedelta(days=n)
        day = CallDay(start, timedelta(hours=9), CALLS_A_DAY, seats, prefix=f"YZ-{start:%m%d}-")
        for event in day.events(scene.rng):
            if event.at < scene.rhythm.now:
                fresh = Call(platform_id=event.platform_id, direction=event.direction, offered_at=event.at)
                merge(calls.setdefault(event.platform_id, fresh), event)
    Call.objects.bulk_create(call for call in calls.values() if call.ended_at)


def dumped(scene: Scene) -> None:
    """One agent lets callers go as soon as they are answered: what a detector is for."""
    agent = next(m for m in scene.cast.all if m.role == Role.AGENT and m.organisation.code == DUMPED_BY)
    yesterday = scene.rhythm.now.astimezone(SHANGHAI).replace(hour=10, minute=0, second=0, microsecond=0)
    calls = []
    for n in range(DUMPED):
        at = yesterday - timedelta(days=1 + n // 3, minutes=17 * (n % 3))
        answered = at + timedelta(seconds=scene.rng.randrange(4, 12))
        calls.append(
            Call(
                platform_id=f"YZ-short-{n}",
                queue="12345",
                agent_id=agent.user_id,
                organisation_id=agent.organisation_id,
                offered_at=at,
                answered_at=answered,
                ended_at=answered + timedelta(seconds=scene.rng.randrange(2, 6)),
            )
        )
    Call.objects.bulk_create(calls)
