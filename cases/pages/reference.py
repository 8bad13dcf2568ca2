"""Looking things up: time limits in words, and approved answers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.deadlines import local_date
from cases.marking import marked, snippet, sought
from cases.models import ClockKind, DeadlinePolicy, EscalationStep, KnowledgeArticle, LimitUnit
from cases.search import QUERY_LIMIT, matching
from hotline.guards import requires
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from hotline.wording import limit_words

ORDER = [kind.value for kind in ClockKind]


@require_GET
@requires(Capability.POLICY_READ)
def policies(request: HttpRequest) -> HttpResponse:
    """Every limit in force, clock by clock; with ``?all=1`` also those that were and those that will be."""
    on = local_date(timezone.now())
    everything = bool(request.GET.get("all"))
    chosen = DeadlinePolicy.objects.all() if everything else DeadlinePolicy.objects.in_force(on)
    rows = chosen.select_related("channel", "category", "region", "approved_by").prefetch_related("steps")
    ordered = sorted(rows, key=lambda p: (ORDER.index(p.clock), bool(p.urgency), p.kind, p.pk))
    clocks = [
        (ClockKind(clock), [_policy(policy, on) for policy in group])
        for clock, group in groupby(ordered, key=lambda p: p.clock)
    ]
    return render(request, "cases/policies.html", {"clocks": clocks, "on": on, "everything": everything})


def _policy(policy: DeadlinePolicy, on: Any) -> dict[str, Any]:
    return {
        "policy": policy,
        "limit": limit_words(policy.amount, policy.unit),
        "traits": traits(policy),
        "steps": [step_words(step) for step in sorted(policy.steps.all(), key=_when)],
        "extension": limit_words(policy.max_extension, policy.unit) if policy.max_extensions else "",
        "in_force": policy.valid_from <= on and (policy.valid_until is None or policy.valid_until > on),
    }


def _when(step: EscalationStep) -> float:
    minutes = {LimitUnit.MINUTE: 1, LimitUnit.HOUR: 60, LimitUnit.DAY: 1440, LimitUnit.WORKING_DAY: 1440}
    return step.offset * minutes[LimitUnit(step.unit)]


def traits(policy: DeadlinePolicy) -> list[str]:
    """Which cases it is for; nothing means all that no other limit fits better."""
    named = [policy.get_urgency_display() if policy.urgency else "", policy.get_kind_display() if policy.kind else ""]
    named += [thing.label for thing in (policy.channel, policy.category, policy.region) if thing is not None]
    return [str(words) for words in [*named, policy.upstream_platform] if words]


def step_words(step: EscalationStep) -> str:
    """What happens when, and who is told."""
    words = {"act": step.get_act_display(), "span": limit_words(abs(step.offset), step.unit)}
    if step.offset < 0:
        said = _("%(act)s %(span)s before it is due") % words
    elif step.offset > 0:
        said = _("%(act)s %(span)s after it was due") % words
    else:
        said = _("%(act)s when it is due") % words
    return _("%(what)s, to: %(role)s") % {"what": said, "role": step.get_to_role_display()} if step.to_role else said


@require_GET
@requires(Capability.KNOWLEDGE_READ)
def knowledge(request: HttpRequest) -> HttpResponse:
    """Approved answers, the latest first; with words, those in which all of them occur."""
    text = request.GET.get("q", "").strip()[:QUERY_LIMIT]
    articles = KnowledgeArticle.objects.in_force(local_date(timezone.now())).select_related("unit", "category")
    if text:
        articles = _with_words(articles, text)
    found = page_of(articles, "approved_at", request.GET.get(PARAMETER, ""), descending=True)
    words = sought(text)
    for article in found.rows:
        body = article.body_label
        article.shown_title = marked(article.title_label, words)  # type: ignore[attr-defined]
        article.shown_body = snippet(body, words) or body[:90]  # type: ignore[attr-defined]
    context = {"q": text, "rows": found.rows, "pager": pager(request.GET, found, "")}
    return render(request, "cases/knowledge.html", context)


def _with_words(articles: Any, text: str) -> Any:
    query = matching(text)
    asked = Q(bigrams=query) if query is not None else Q(pk__in=[])
    english = Q()
    for word in text.split():
        english &= Q(title_en__icontains=word) | Q(body_en__icontains=word)
    return articles.filter(asked | english)


@require_GET
@requires(Capability.KNOWLEDGE_READ)
def knowledge_article(request: HttpRequest, key: str, version: int | None = None) -> HttpResponse:
    """One answer: the version in force, or the one named, with what became of it."""
    versions = KnowledgeArticle.objects.filter(key=key, approved_at__isnull=False).select_related(
        "unit", "category", "approved_by"
    )
    known = list(versions.order_by("-version"))
    chosen = known if version is None else [article for article in known if article.version == version]
    article = chosen[0] if chosen else get_object_or_404(versions, version=version or 0)
    on = local_date(timezone.now())
    over = article.replaced_at is not None or (article.valid_until is not None and article.valid_until <= on)
    context = {"article": article, "over": over, "versions": known}
    return render(request, "cases/knowledge_article.html", context)
