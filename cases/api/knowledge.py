"""The approved answers in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api import queries
from cases.api.listing import listed
from cases.deadlines import local_date
from cases.models import KnowledgeArticle
from cases.search import matching
from hotline.api.endpoint import Endpoint, asked
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, page
from hotline.api.words import Coded, moment, named, named_one
from hotline.roles import Capability


class ArticleShape(TypedDict):
    """An approved answer in force."""

    key: str
    version: int
    title: str
    body: str
    unit: Coded
    category: Coded | None
    approved_at: datetime | None
    valid_until: date | None


class Knowledge(Endpoint):
    capability = Capability.KNOWLEDGE_READ

    @extend_schema(
        operation_id="knowledge_list",
        summary="Approved answers in force; `q` finds those that contain all its words",
        parameters=[queries.KnowledgeAsked],
        responses={200: page(ArticleShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(queries.KnowledgeAsked, request)
        rows = KnowledgeArticle.objects.in_force(local_date(timezone.now()))
        if "q" in given:
            wanted = matching(given["q"])
            rows = rows.filter(bigrams=wanted) if wanted is not None else rows.none()
        for name in ("category", "unit"):
            if name in given:
                rows = rows.filter(**{name: given[name]})
        return listed(rows, Order("key"), given, _article)


def _article(article: KnowledgeArticle) -> ArticleShape:
    return {
        "key": article.key,
        "version": article.version,
        "title": article.title_label,
        "body": article.body_label,
        "unit": named_one(article.unit),
        "category": named(article.category),
        "approved_at": moment(article.approved_at),
        "valid_until": article.valid_until,
    }
