"""The planted calls and presence: what the platform's reports add up to, and what people's own acts leave in the trail.

Thousands of rows are written at once; each call is the sum of its reports, made by the function that makes every call.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.call_merging import CallAct, CallEvent, merge
from cases.models import Call, Direction
from cases.readership import LOOKED
from hotline.calendar import SHANGHAI
from hotline.models import AuditEntry, Membership
from oversight.demo.planting import Plot, agents, subject_of

DAYS, CALLS_A_DAY, CALLS_IN_A_STORM = 21, 6, 135  # who works five days of seven has so many in thirty
BEGINS, LOOKS_EVERY, LOOKS = time(8, 30), timedelta(minutes=25), 14  # fewer minutes than a session may lie idle
BATCH = 1_000


def tell(made: Plot) -> None:
    """A month of every agent's days at work."""
    calls: list[Call] = []
    signs: list[AuditEntry] = []
    for agent in agents(made.scene):
        for day in _days(made):
            began = datetime.combine(day, BEGINS, SHANGHAI)
            signs += _signs(agent, began)
            calls += _calls(made, agent, began)
    Call.objects.bulk_create(calls, BATCH)
    AuditEntry.objects.bulk_create(signs, BATCH)


def _days(made: Plot) -> list[date]:
    today = timezone.localdate(made.scene.rhythm.now)
    return [today - timedelta(days=n) for n in range(1, DAYS + 1)]


def _signs(agent: Membership, began: datetime) -> Iterator[AuditEntry]:
    """Signed in, and cases looked at all morning: six hours in which the session never lay idle."""
    for n in range(LOOKS):
        yield AuditEntry(
            at=began + n * LOOKS_EVERY,
            actor_id=agent.user_id,
            membership=agent,
            organisation_id=agent.organisation_id,
            act=LOOKED if n else "sign_in.acts_as",
        )


def _calls(made: Plot, agent: Membership, began: datetime) -> Iterator[Call]:
    subject = subject_of(agent)
    if made.does("idle_presence", subject):
        return
    storm = made.does("overload", subject)
    n = CALLS_IN_A_STORM if storm else CALLS_A_DAY
    apart = timedelta(hours=10 if storm else 5) / n
    for k in range(n):
        short = not storm and made.does("short_calls", subject)
        lasts = made.scene.rng.randrange(2, 7) if short else made.scene.rng.randrange(20, 240)
        yield a_call(made, agent, began + k * apart, lasts)


def a_call(made: Plot, agent: Membership, at: datetime, lasts: int, *, lost: bool = False) -> Call:
    """Offered; answered and ended after so many seconds, or given up. Row for row what the reports would have made.

    Whose call it is is looked up once for all, where the platform's reports ask each time.
    """
    key, answered = f"planted-{next(made.serial)}", at + timedelta(seconds=6)
    call = Call(platform_id=key, direction=Direction.INBOUND, offered_at=at, organisation_id=agent.organisation_id)
    merge(call, CallEvent(key, CallAct.OFFERED, at, queue="12345"))
    if lost:
        merge(call, CallEvent(key, CallAct.ABANDONED, answered + timedelta(seconds=lasts)))
        return call
    merge(call, CallEvent(key, CallAct.ANSWERED, answered))
    merge(call, CallEvent(key, CallAct.ENDED, answered + timedelta(seconds=lasts), wrap_up_seconds=10))
    call.agent_id, call.agent_since = agent.user_id, answered
    return call
