"""Something on every page of quality inspection: a sample half marked, a published mark under appeal, a draft card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from contractors import agent_complaints, appeals, publishing, sampling, scorecards
from contractors.models import Purpose
from contractors.scorecards import CardGiven, ItemGiven
from tests.access.ground_quality import a_tone
from tests.people import local, member, unit
from tests.quality import BETTER, a_call, a_call_about, marked, taken
from tests.stories import a_case


@dataclass
class Inspected:
    sample: int
    mark: int
    told: int
    complaint: int
    card: int


def inspected() -> Inspected:
    """Last week's re-check of Jia: one contact published and appealed against, one with Ruan, others to come."""
    now = timezone.now()
    monday = timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday() + 7)
    at = local(f"{monday} 10:00")
    for n in range(4):
        case = a_case(at + timedelta(hours=n))
        a_call_about(case, at=at + timedelta(hours=n), recording=a_tone())
    a_call(at + timedelta(days=1), seconds=9)
    sample = sampling.draw(unit("JIA"), monday, Purpose.RECHECK, at=now, by=None)
    sampling.draw(unit("JIA"), monday, Purpose.INSPECTION, at=now, by=None)
    sample.contacts.update(double=False)
    mark = marked("song", at=now, improvement=BETTER, read_back="not_met", told="partly")
    publishing.publish(sample, by=member("yan"), at=now)
    claims = {"read_back": "03:10 已复述"}
    appeals.appeal(mark.contact, claims, words="录音 03:10 处已复述并获确认。", by=member("wang"), at=now)
    sample.contacts.filter(state="to_mark").update(double=True)
    row = agent_complaints.name(a_case(now), a_case(now), by=member("zhou"), at=now)
    items = [ItemGiven("all", "全部", "record", 100, name_en="Everything")]
    given = CardGiven("试行评分表", 80, timezone.localdate(now) + timedelta(days=9), items)
    card = scorecards.propose(scorecards.write(given, by=member("song"), at=now), by=member("song"), at=now)
    return Inspected(
        sample=sample.pk, mark=taken("ruan", at=now).pk, told=mark.contact_id, complaint=row.pk, card=card.pk
    )
