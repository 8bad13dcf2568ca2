"""Telling the owner of an answer what is missing or wrong, and working such reports off."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import knowledge_reports
from cases.deadlines import calendar_of, local_date
from cases.forms.knowledge import ReportForm, SettleForm
from cases.knowledge_work import PILES, pile
from cases.models import KnowledgeArticle, KnowledgeReport, LimitUnit
from cases.notifications import local_time
from cases.pages.queues import units
from cases.time_left import time_left
from hotline.guards import acting, requires
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability


@requires(Capability.KNOWLEDGE_REPORT)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Say what is missing or wrong; with ``?article=key`` of which answer."""
    by, at = acting(request), timezone.now()
    article = _article(request)
    if request.method == "GET":
        kind = "wrong" if article else "missing"
        return _report(request, ReportForm(on=local_date(at), initial={"kind": kind}), article)
    form = ReportForm(request.POST, on=local_date(at))
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: knowledge_reports.report(by=by, at=at, article=article, **form.cleaned_data),
            then=lambda _report: reverse("cases:knowledge"),
            said=_told,
        ),
        lambda: _report(request, form, article),
    )


def _told(kept: KnowledgeReport) -> str:
    words = {"unit": kept.unit.label, "due": local_time(kept.due_at)}
    return _("Told to %(unit)s, which must settle it by %(due)s. You will be told what became of it.") % words


def _article(request: HttpRequest) -> KnowledgeArticle | None:
    key = request.GET.get("article", "")
    if not key:
        return None
    reach = KnowledgeArticle.objects.visible_to(acting(request)).current()
    return get_object_or_404(reach, key=key)


def _report(request: HttpRequest, form: ReportForm, article: KnowledgeArticle | None) -> HttpResponse:
    context = {"form": form, "article": article, "units": units(timezone.now())}
    return render(request, "cases/knowledge_report.html", context, status=422 if form.errors else 200)


@requires(Capability.KNOWLEDGE_WRITE)
@require_GET
def work(request: HttpRequest) -> HttpResponse:
    """What waits for those who keep answers, list by list."""
    return _work(request)


def _work(request: HttpRequest, key: str = "", form: SettleForm | None = None) -> HttpResponse:
    by, at = acting(request), timezone.now()
    on, chosen = local_date(at), pile(request.GET.get("list", ""))
    found = page_of(chosen.rows(by, on), chosen.key, request.GET.get(PARAMETER, ""))
    if chosen.of_reports:
        for row in found.rows:
            row.left = time_left(
                started_at=row.reported_at,
                due_at=row.due_at,
                unit=LimitUnit.WORKING_DAY,
                at=at,
                calendar=calendar_of(row.unit),
            )
    base = reverse("cases:knowledge_work")
    wanted = key or request.GET.get("open", "")
    context: dict[str, Any] = {
        "pile": chosen,
        "tabs": [(p, p.rows(by, on).count(), f"{base}?list={p.slug}") for p in PILES],
        "rows": found.rows,
        "pager": pager(request.GET, found, "", base=base),
        "open": wanted,
        "here": address(request.GET, base=base, list=chosen.slug, open=""),
        "form": form or (SettleForm() if wanted else None),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "cases/knowledge_work.html", context, status=status)


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a report."""
    by, at, form = acting(request), timezone.now(), SettleForm(request.POST)
    reach = KnowledgeReport.objects.kept_by(by).select_related("article")
    kept = get_object_or_404(reach, pk=pk)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: knowledge_reports.settle(kept, by=by, at=at, **form.cleaned_data),
            then=lambda _report: reverse("cases:knowledge_work"),
            said=_("Settled. %(who)s is told.") % {"who": kept.reported_by.label},
        ),
        lambda: _work(request, str(pk), form),
    )
