"""What many people turn to the hotline about."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import hot_topics
from cases.models import Case
from hotline.api.endpoint import Endpoint
from hotline.api.shapes import READ_FAILURES, schema
from hotline.guards import acting
from hotline.roles import Capability


class TopicShape(TypedDict):
    """Requests about one matter at one place. ``before`` is the mean week of the four before; never fewer than five
    requests, never a confidential one.
    """

    rank: int
    names: list[str]
    wording: list[str]
    n: int
    before: float
    cases: list[str]


class TopicsShape(TypedDict):
    """The topics of the seven days up to ``on``, the hottest first; ``on`` is null before the first night."""

    on: date | None
    requests: int
    topics: list[TopicShape]


class HotTopics(Endpoint):
    capability = Capability.HOT_TOPICS_READ

    @extend_schema(
        operation_id="hot_topics",
        summary="Hot topics of the last seven days, with the numbers of their cases",
        responses={200: schema(TopicsShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        reach = Case.objects.visible_to(acting(request))
        run, topics = hot_topics.shown(reach)
        numbers = hot_topics.numbers(topics, reach)
        found: TopicsShape = {
            "on": run.on if run else None,
            "requests": run.requests if run else 0,
            "topics": [_topic(topic, numbers.get(topic.pk, [])) for topic in topics],
        }
        return Response(found)


def _topic(topic: Any, numbers: list[str]) -> TopicShape:
    return {
        "rank": topic.rank,
        "names": topic.names,
        "wording": topic.wording,
        "n": topic.within,
        "before": topic.before,
        "cases": numbers,
    }
