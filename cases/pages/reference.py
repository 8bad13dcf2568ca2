"""Looking things up: approved answers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.deadlines import local_date
from cases.marking import marked, snippet, sought
from cases.models import KnowledgeArticle
from cases.search import QUERY_LIMIT, matching
from hotline.guards import requires
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability


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
