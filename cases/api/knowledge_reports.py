"""What is missing or wrong in the knowledge base: told to its owner, and settled."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import knowledge_reports
from cases.api.given_by_keepers import ReportGiven, SettleGiven
from cases.api.listing import listed
from cases.api.queries import ReportsAsked
from cases.models import KnowledgeReport
from hotline.api.answers import carry_out, kept
from hotline.api.endpoint import Endpoint, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.api.words import Coded, choice, choice_or_none, moment, named_one
from hotline.guards import acting
from hotline.roles import Capability


class ReportShape(TypedDict):
    """One report, with its limit and what became of it."""

    id: int
    kind: Coded
    article: str | None
    version: int | None
    unit: Coded
    words: str
    reported_at: datetime
    due_at: datetime
    outcome: Coded | None
    answer: str
    settled_at: datetime | None


class Reports(Endpoint):
    capability = {
        "GET": Capability.KNOWLEDGE_REPORT,
        "POST": Capability.KNOWLEDGE_REPORT,
    }

    @extend_schema(
        operation_id="knowledge_reports_list",
        summary="Reports within reach, the first due first",
        parameters=[ReportsAsked],
        responses={200: page(ReportShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(ReportsAsked, request)
        rows = KnowledgeReport.objects.visible_to(acting(request)).select_related("article")
        if given["open"]:
            rows = rows.open()
        if "unit" in given:
            rows = rows.filter(unit=given["unit"])
        return listed(rows, Order("due_at"), given, _report)

    @extend_schema(
        operation_id="knowledge_report",
        summary="Tell the owner what is missing or wrong",
        parameters=[KEY],
        request=ReportGiven,
        responses={201: schema(ReportShape), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        by, at, given = acting(request), timezone.now(), read(ReportGiven, request)
        return carry_out(
            lambda: knowledge_reports.report(by=by, at=at, **given), lambda made: kept(_report(made), status=201)
        )


class Settle(Endpoint):
    capability = Capability.KNOWLEDGE_WRITE

    @extend_schema(
        operation_id="knowledge_report_settle",
        summary="Say what became of a report",
        parameters=[KEY],
        request=SettleGiven,
        responses={200: schema(ReportShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        by, at = acting(request), timezone.now()
        found = KnowledgeReport.objects.kept_by(by).select_related("article").filter(pk=pk).first()
        if found is None:
            raise Http404
        given = read(SettleGiven, request)
        return carry_out(
            lambda: knowledge_reports.settle(found, by=by, at=at, **given), lambda after: kept(_report(after))
        )


def _report(report: KnowledgeReport) -> ReportShape:
    return {
        "id": report.pk,
        "kind": choice(report, "kind"),
        "article": report.article.key if report.article else None,
        "version": report.article.version if report.article else None,
        "unit": named_one(report.unit),
        "words": report.words,
        "reported_at": moment(report.reported_at),
        "due_at": moment(report.due_at),
        "outcome": choice_or_none(report, "outcome"),
        "answer": report.answer,
        "settled_at": moment(report.settled_at),
    }
