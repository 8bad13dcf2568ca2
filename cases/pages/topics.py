"""Hot topics: what many people turned to the hotline about in the last seven days, each opening its cases."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases import hot_topics
from cases.case_sets import Selection
from cases.models import Case
from cases.selected_cases import list_url
from cases.topic_finding import FEWEST
from hotline.guards import acting, requires
from hotline.roles import Capability


@require_GET
@requires(Capability.HOT_TOPICS_READ)
def topics(request: HttpRequest) -> HttpResponse:
    """The latest night's topics, the hottest first."""
    run, found = hot_topics.shown(Case.objects.visible_to(acting(request)))
    for topic in found:
        topic.url = list_url(Selection(topic=topic))  # type: ignore[attr-defined]
    context = {"run": run, "first": run.on - timedelta(hot_topics.DAYS - 1) if run else None, "rows": found}
    return render(request, "cases/topics.html", {**context, "fewest": FEWEST, "weeks": hot_topics.WEEKS_BEFORE})
