"""Quality inspection as its people do it: Wang is marked; Ma and Ning inspect for Jia; Song, Ruan and Yu re-check.

Yan heads the office; Jiang supervises.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from cases import telephony
from cases.models import Call, Case
from cases.telephony import CallEvent
from contractors import appeals, marking, publishing, sampling
from contractors.marking import Found, MarkGiven
from contractors.models import Appeal, Mark, Purpose, Sample, SampledContact, Scorecard, ScorecardItem
from tests.people import local, member, unit
from tests.stories import a_case

WEEK = date(2026, 3, 9)
AFTER = local("2026-03-16 09:00")  # the Monday after, when that week is drawn
EVIDENCE = "00:42 未复述"
BETTER = "派单前须复述诉求，并告知查询码。"


def a_call(at: datetime, *, agent: str = "wang", seconds: int = 180, name: str = "", **more: Any) -> Call:
    """A call as the telephone platform reports it: offered, answered ten seconds later, ended."""
    key = name or f"call-{at:%Y%m%d%H%M%S}-{agent}"
    by = member("telephony")
    for act, after in (("offered", 0), ("answered", 10), ("ended", 10 + seconds)):
        event = CallEvent(platform_id=key, act=act, at=at + timedelta(seconds=after), agent=agent, **more)
        call = telephony.record_call(event, by=by, at=at)
    return call


def a_call_about(case: Case, *, at: datetime, **more: Any) -> Call:
    """The call in which Wang took the case down."""
    call = a_call(at, **more)
    return telephony.link_call(call, case, by=member("wang"), at=at)


def a_week(n: int = 12, *, start: datetime | None = None) -> list[Call]:
    """So many calls that Wang took on Tuesday, half an hour apart."""
    begin = start or local("2026-03-10 09:00")
    return [a_call(begin + timedelta(minutes=30 * k)) for k in range(n)]


def drawn(purpose: str = Purpose.RECHECK, *, calls: int = 12, at: datetime = AFTER, code: str = "JIA") -> Sample:
    """The sample of Jia's week, drawn on the Monday after."""
    if calls:
        a_week(calls)
    return sampling.draw(unit(code), WEEK, purpose, at=at, by=None)


def items() -> list[ScorecardItem]:
    card = Scorecard.objects.in_force(WEEK).get()
    return list(card.items.order_by("position"))


def a_mark(improvement: str = "", **verdicts: str) -> MarkGiven:
    """Everything met and nothing fatal, but for what is named."""
    lines = {item.code: Found("clear" if item.fatal else "full") for item in items()}
    for code, verdict in verdicts.items():
        lines[code] = Found(verdict, EVIDENCE)
    return MarkGiven(lines, improvement)


def taken(by: str = "song", *, at: datetime = AFTER) -> Mark:
    """The next contact, as the system gives it out."""
    return marking.take_next(by=member(by), at=at)


def marked(by: str = "song", *, at: datetime = AFTER, improvement: str = "", **verdicts: Any) -> Mark:
    """The next contact, marked and handed in."""
    return marking.submit(taken(by, at=at), a_mark(improvement, **verdicts), by=member(by), at=at)


def published(*, at: datetime = AFTER, improvement: str = BETTER, **verdicts: str) -> SampledContact:
    """A contact of the re-check, marked by Song alone, and published by Yan. Its sample has one contact."""
    sample = Sample.objects.first() or drawn(calls=1)
    SampledContact.objects.filter(sample=sample).update(double=False)
    mark = marked(at=at, improvement=improvement, **(verdicts or {"read_back": "not_met", "told": "partly"}))
    publishing.publish(sample, by=member("yan"), at=at)
    return SampledContact.objects.select_related("sample__scorecard", "agent").get(pk=mark.contact_id)


def appealed(contact: SampledContact | None = None, *, at: datetime = AFTER, **claims: str) -> Appeal:
    """Wang appeals on what was read back."""
    return appeals.appeal(
        contact or published(at=at),
        claims or {"read_back": "03:10 已复述"},
        words="录音 03:10 处已复述并获确认。",
        by=member("wang"),
        at=at,
    )


def a_case_taken(at: datetime, **given: Any) -> Case:
    return a_case(at, **given)
