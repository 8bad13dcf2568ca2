"""Looking every night for what many people turn to the hotline about, and keeping what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import Left

from cases.deadlines import local_date
from cases.models import Case, CaseQuerySet, CaseText, HotTopic, TopicRun
from cases.search import matching
from cases.topic_finding import FEWEST, READ, Earlier, Request, Topic, find_topics
from hotline.acts import NotNow, verb
from hotline.calendar import Period
from hotline.models import Membership

DAYS = 7
WEEKS_BEFORE = 4
KEPT_TOPICS = 20
KEPT_DAYS = 92
MOST_REQUESTS = 60_000  # a city of fifteen million in a bad week; beyond it the latest
MOST_BEFORE = 2_000
FIELDS = ("pk", "registered_at", "title", "place", Left("words", READ))


def look(on: date, *, at: datetime) -> TopicRun:
    """Find the topics of the seven days up to ``on`` and keep them. Raises NotNow if somebody did."""
    days = Period.days(on - timedelta(DAYS - 1), on)
    requests = requests_of(days)
    topics = find_topics(requests, earlier=_earlier(days), most=3 * KEPT_TOPICS)
    return keep(topics[:KEPT_TOPICS], by=None, at=at, on=on, requests=len(requests))


def due(at: datetime) -> date | None:
    """The day before, unless it was looked at already; None also before there is anything to look at."""
    yesterday = local_date(at) - timedelta(1)
    return None if TopicRun.objects.filter(on__gte=yesterday).exists() else yesterday


@verb
def keep(topics: Sequence[Topic], *, by: Membership | None, at: datetime, on: date, requests: int) -> TopicRun:
    """Keep a night's topics with their cases, and forget those of a season ago."""
    run, fresh = TopicRun.objects.get_or_create(on=on, defaults={"looked_at": at, "requests": requests})
    if not fresh:
        raise NotNow(f"the topics of {on} were found already")
    for rank, topic in enumerate(topics, start=1):
        row = HotTopic.objects.create(
            run=run,
            rank=rank,
            names=topic.names[:5],
            wording=topic.wording,
            n=topic.n,
            before=round(topic.before, 2),
            heat=round(topic.heat, 2),
        )
        row.cases.set([request.key for request in topic.members])
    TopicRun.objects.filter(on__lt=on - timedelta(KEPT_DAYS)).delete()
    return run


def requests_of(days: Period) -> list[Request]:
    """The period's requests as far as topics go; confidential ones are left out, whatever they are about."""
    rows = Case.objects.filter(registered_at__gte=days.start, registered_at__lt=days.end, confidential=False)
    latest = rows.order_by("-registered_at").values_list(*FIELDS)[:MOST_REQUESTS]
    return [Request(*row) for row in latest.iterator(2_000)]


def _earlier(days: Period) -> Earlier:
    """The requests of the four weeks before that contain a name, found by the text index."""
    since = days.start - timedelta(DAYS * WEEKS_BEFORE)

    def of(name: str) -> tuple[Iterable[Request], int]:
        query = matching(name)
        if query is None:
            return [], WEEKS_BEFORE
        hits = CaseText.objects.filter(bigrams=query, registered_at__gte=since, registered_at__lt=days.start)
        rows = Case.objects.filter(pk__in=hits.values("pk")[:MOST_BEFORE], confidential=False)
        return [Request(*row) for row in rows.values_list(*FIELDS)], WEEKS_BEFORE

    return of


def shown(reach: CaseQuerySet) -> tuple[TopicRun | None, list[HotTopic]]:
    """The latest night's topics with what of them is within reach (``within``); fewer than five are not told."""
    run = TopicRun.objects.order_by("-on").first()
    if run is None:
        return None, []
    within = dict(
        reach.filter(topics__run=run, confidential=False).order_by().values_list("topics").annotate(n=Count("pk"))
    )
    topics = []
    for topic in run.topics.order_by("rank"):
        topic.within = within.get(topic.pk, 0)  # type: ignore[attr-defined]
        if topic.within >= FEWEST:  # type: ignore[attr-defined]
            topics.append(topic)
    return run, topics


def numbers(topics: Sequence[HotTopic], reach: CaseQuerySet) -> dict[int, list[str]]:
    """The numbers of the topics' cases within reach, by the topic's key, latest first."""
    found: dict[int, list[str]] = {}
    rows = reach.filter(topics__in=topics, confidential=False).latest_first()
    for key, number in rows.values_list("topics", "number"):
        found.setdefault(key, []).append(number)
    return found
