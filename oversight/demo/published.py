"""What the public and the mayor read in the demo city: months, costs, bulletins, cases retold, a topic let out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from cases import hot_topics
from cases.models import Case, Outcome
from hotline.acts import Refusal
from oversight import bulletins, costs, public_months, public_topics, typical_cases
from oversight.bulletins import TemplateGiven, last_window
from oversight.demo.cast import Cast
from oversight.typical_cases import Told

DAILY = TemplateGiven(
    "热线日报（12 时至 12 时）",
    "Daily bulletin, noon to noon",
    "daily",
    12,
    [
        {"measure": "calls_offered", "by": "contractor"},
        {"measure": "connection_rate", "by": "contractor"},
        {"measure": "intake", "by": "category"},
        {"measure": "on_time_closing", "by": "unit"},
        {"measure": "satisfaction_rate", "by": ""},
    ],
)
WEEKLY = TemplateGiven(
    "热线周报",
    "Weekly bulletin",
    "weekly",
    0,
    [
        {"measure": "calls_answered", "by": "day"},
        {"measure": "connection_rate", "by": "contractor"},
        {"measure": "mean_wait", "by": "contractor"},
        {"measure": "intake", "by": "kind"},
        {"measure": "intake", "by": "district"},
        {"measure": "on_time_closing", "by": "unit"},
        {"measure": "resolution_rate", "by": "category"},
        {"measure": "satisfaction_rate", "by": "contractor"},
    ],
)
COMMENT = "本周来电平稳，供热诉求集中，已请住建部门提前排查管网。\n满意率样本较小，不作排名。"
COMMENTED = timedelta(hours=2)
CASES = (
    Told(
        "夜间井盖缺失，当晚补装",
        "市民夜间来电反映道路窨井盖缺失。热线按紧急事项派单，主办单位当晚设置围挡并补装井盖，次日回访市民表示已解决。",
        "A missing manhole cover, put back the same night",
        "Somebody called at night about a missing manhole cover. It was dispatched as urgent, fenced off and put back"
        " the same night; called back the next day, the citizen said that it was solved.",
    ),
    Told(
        "小区停暖，一户一答复",
        "同一小区多户居民反映暖气不热。热线将诉求并案处理，供热单位抢修后逐户答复，每位来电人都收到回访。",
        "An estate without heating, an answer for every home",
        "Many homes of one estate were cold. Their requests were handled as one; after the repair every caller got an"
        " answer and was asked about it.",
    ),
)


def tell(cast: Cast, now: datetime) -> None:
    """Months and costs by the timekeeper, the rest by Song and He; Yan approves."""
    while (month := public_months.due(now)) is not None:
        public_months.freeze(month, at=now)
    for assessment in costs.due():
        costs.count(assessment, at=now)
    _bulletins(cast, now)
    _retold(cast, now)
    _topics(cast, now)


def _bulletins(cast: Cast, now: datetime) -> None:
    """The week's is approved, the day's is a draft of the timekeeper's."""
    song, yan = cast.named("song"), cast.named("yan")
    daily = bulletins.write_template(DAILY, by=song, at=now - 2 * COMMENTED)
    bulletins.make(daily, last_window(daily, now), by=None, at=now)
    weekly = bulletins.write_template(WEEKLY, by=song, at=now - 2 * COMMENTED)
    made = bulletins.make(weekly, last_window(weekly, now), by=song, at=now - COMMENTED)
    made = bulletins.comment(made, COMMENT, by=song, at=now - COMMENTED)
    bulletins.approve(bulletins.propose(made, by=song, at=now - COMMENTED), by=yan, at=now)


def _retold(cast: Cast, now: datetime) -> None:
    """One is read by the public, one awaits approval."""
    solved = Case.objects.filter(outcome=Outcome.SOLVED, confidential=False).order_by("pk")
    drafts = []
    for case, told in zip(solved, CASES, strict=False):
        try:
            drafts.append(typical_cases.write(case, told, by=cast.named("he"), at=now - COMMENTED))
        except Refusal:
            continue  # a word of it stands in the record too
    for draft in drafts:
        typical_cases.propose(draft, by=cast.named("he"), at=now - COMMENTED)
    for draft in drafts[:1]:
        typical_cases.approve(draft, by=cast.named("yan"), at=now)


def _topics(cast: Cast, now: datetime) -> None:
    """Last night's look, and the hottest of what it found that is large enough is let out."""
    if (yesterday := hot_topics.due(now)) is not None:
        run = hot_topics.look(yesterday, at=now - COMMENTED)
        large = run.topics.filter(n__gte=settings.PUBLIC_MINIMUM_N).order_by("rank").first()
        if large is not None:
            public_topics.release(large, by=cast.named("he"), at=now - COMMENTED)
