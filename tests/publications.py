"""What is made for the public and for the mayor: bulletins, cases retold, months frozen; He and Song write, Yan
approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cases import hot_topics
from cases.models import Case, HotTopic
from cases.topic_finding import Request, Topic
from hotline.calendar import Period
from oversight import bulletins, public_months, public_topics, typical_cases
from oversight.bulletins import TemplateGiven
from oversight.models import Bulletin, BulletinTemplate, PublicMonth, TopicName, TypicalCase
from oversight.typical_cases import Told
from tests.people import local, member
from tests.stories import MONDAY, closed

SECTIONS = [
    {"measure": "intake", "by": "unit"},
    {"measure": "satisfaction_rate", "by": "category"},
    {"measure": "mean_wait", "by": "contractor"},
    {"measure": "connection_rate", "by": ""},
]
DAILY = TemplateGiven("每日快报", "Daily bulletin", "daily", 12, SECTIONS)
NOON = local("2026-03-10 12:00")
WINDOW = Period(NOON - timedelta(1), NOON)
LATER = NOON + timedelta(minutes=5)
TOLD = Told(
    "夜间井盖缺失当日补好", "市民反映道路井盖缺失，主办单位当日补装并回访。", "A cover put back the same day", "Done."
)


def a_template(given: TemplateGiven = DAILY, *, at: datetime = MONDAY, **changed: Any) -> BulletinTemplate:
    """From noon to noon, written by Song."""
    return bulletins.write_template(replace(given, **changed), by=member("song"), at=at)


def a_bulletin(template: BulletinTemplate | None = None, *, by: str = "song", at: datetime = LATER) -> Bulletin:
    """The day up to noon on Tuesday."""
    return bulletins.make(template or a_template(), WINDOW, by=member(by), at=at)


def proposed(bulletin: Bulletin | None = None, *, at: datetime = LATER) -> Bulletin:
    return bulletins.propose(bulletin or a_bulletin(at=at), by=member("song"), at=at)


def a_retold(case: Case | None = None, told: Told = TOLD, *, at: datetime = LATER) -> TypicalCase:
    """A draft of He's about a solved case."""
    return typical_cases.write(case or closed(), told, by=member("he"), at=at)


def published(draft: TypicalCase | None = None, *, at: datetime = LATER) -> TypicalCase:
    """Approved by Yan."""
    waiting = typical_cases.propose(draft or a_retold(at=at), by=member("he"), at=at)
    return typical_cases.approve(waiting, by=member("yan"), at=at)


def a_topic(*cases: Case, name: str = "和平里小区停暖", at: datetime = MONDAY, on: date | None = None) -> HotTopic:
    """Found in the night after ``on``, the day of ``at``."""
    on = on or timezone.localdate(at)
    requests = [Request(case.pk, at, case.title) for case in cases]
    hot_topics.keep([Topic([name], ["停暖"], requests)], by=None, at=at, on=on, requests=len(requests))
    return HotTopic.objects.latest("pk")


def released(topic: HotTopic, *, at: datetime = LATER) -> TopicName:
    return public_topics.release(topic, by=member("he"), at=at)


def a_month(month: date = date(2026, 3, 1), *, at: datetime | None = None) -> PublicMonth:
    return public_months.freeze(month, at=at or local("2026-04-04 00:10"))
