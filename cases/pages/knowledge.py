"""The knowledge base as it is read: approved answers, their versions and files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases import sealed_files
from cases.deadlines import local_date
from cases.marking import marked, snippet, sought
from cases.models import KnowledgeArticle, KnowledgeFile, Quotation
from cases.search import QUERY_LIMIT, matching
from hotline.guards import acting, requires
from hotline.pages.downloads import download
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability

USED_WITHIN = timedelta(days=90)


@require_GET
@requires(Capability.KNOWLEDGE_READ)
def knowledge(request: HttpRequest) -> HttpResponse:
    """Approved answers, the latest first; with words, those in which all of them occur."""
    text = request.GET.get("q", "").strip()[:QUERY_LIMIT]
    articles = KnowledgeArticle.objects.in_force(local_date(timezone.now()))
    if text:
        articles = _with_words(articles, text)
    found = page_of(articles, "approved_at", request.GET.get(PARAMETER, ""), descending=True)
    words = sought(text)
    for article in found.rows:
        body = article.body_label
        article.shown_title = marked(article.title_label, words)  # type: ignore[attr-defined]
        article.shown_body = snippet(body, words) or body[:90]  # type: ignore[attr-defined]
    by = acting(request)
    context = {
        "q": text,
        "rows": found.rows,
        "pager": pager(request.GET, found, ""),
        "writes": by.can(Capability.KNOWLEDGE_WRITE),
        "reports": by.can(Capability.KNOWLEDGE_REPORT),
    }
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
    """One answer: the version in force, or the one named, with what became of it and how often it was quoted."""
    by, at = acting(request), timezone.now()
    versions = KnowledgeArticle.objects.filter(key=key, approved_at__isnull=False).select_related(
        "approved_by", "proposed_by"
    )
    known = list(versions.order_by("-version"))
    chosen = known if version is None else [article for article in known if article.version == version]
    article = chosen[0] if chosen else get_object_or_404(versions, version=version or 0)
    keeps = KnowledgeArticle.objects.kept_by(by).filter(pk=article.pk).exists()
    context = {
        "article": article,
        "over": not article.is_in_force(local_date(at)),
        "versions": known,
        "files": list(article.files.order_by("uploaded_at")),
        "used": used(article, at),
        "reports": by.can(Capability.KNOWLEDGE_REPORT),
        "keeps": keeps and article.replaced_at is None,
        "draft": KnowledgeArticle.objects.filter(key=key).unfinished().first() if keeps else None,
        "to_review": _is_due(article, local_date(at)),
    }
    return render(request, "cases/knowledge_article.html", context)


def used(article: KnowledgeArticle, at: datetime) -> int:
    """How many cases were answered from this version lately."""
    return Quotation.objects.filter(article=article, at__gte=at - USED_WITHIN).count()


def _is_due(article: KnowledgeArticle, on: date) -> bool:
    return article.review_on is not None and article.review_on <= on


@require_GET
@requires(Capability.KNOWLEDGE_READ)
def knowledge_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file of an answer within reach, as a download that no browser opens as a page of ours."""
    reach = KnowledgeArticle.objects.visible_to(acting(request))
    found = get_object_or_404(KnowledgeFile.objects.filter(articles__in=reach).distinct(), pk=pk)
    try:
        content = sealed_files.content_of(found.pk)
    except FileNotFoundError as error:
        raise Http404(_("The file is not in its place. Tell the duty desk.")) from error
    return download(content, found.name)
