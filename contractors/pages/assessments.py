"""Months assessed: the list, and the page that both sides read, with the acts each of them has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contractors import adjusting, assessments
from contractors.forms.assessment import EntryForm
from contractors.forms.contract import MonthForm
from contractors.models import Assessment, Contract
from contractors.pages.contracts import contract_view
from contractors.pages.month_quality import quality_lines
from contractors.pages.month_staff import staff_lines
from contractors.pages.statement_lines import Sheet
from contractors.recount import recount as count_again
from hotline.guards import acting, requires
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability


def found(request: HttpRequest, pk: int) -> Assessment:
    """The month, within reach, with its contract and whoever signed it."""
    reach = Assessment.objects.visible_to(acting(request)).with_contract()
    people = ("run_by", "contractor_signed_by", "office_signed_by", "paper")
    month = get_object_or_404(reach.select_related(*people), pk=pk)
    month.terms.contract = month.contract
    return month


@requires(Capability.ASSESSMENT_READ)
@require_GET
def assessment_list(request: HttpRequest) -> HttpResponse:
    """The latest run first; what waits for an act says so."""
    rows = Assessment.objects.visible_to(acting(request)).with_contract().prefetch_related("settles", "objections")
    page = page_of(rows, "frozen_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {"rows": page.rows, "pager": pager(request.GET, page, "")}
    return render(request, "contractors/assessments.html", context)


@requires(Capability.ASSESSMENT_READ)
@require_GET
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The month's statement as it stands."""
    return _assessment(request, found(request, pk))


def _assessment(request: HttpRequest, month: Assessment, entry: EntryForm | None = None) -> HttpResponse:
    by, at = acting(request), timezone.now()
    sheet = Sheet(month, by=by, at=at)
    context: dict[str, Any] = {"assessment": month, "contract": month.contract, "sheet": sheet}
    context |= {"staff": staff_lines(month, by), "quality": quality_lines(month, by)}
    if month.is_locked and by.can(Capability.ASSESSMENT_RUN):
        context["entry_form"] = entry or EntryForm()
    return render(request, "contractors/assessment.html", context, status=422 if entry and entry.errors else 200)


@requires(Capability.ASSESSMENT_RUN)
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Run a month of a contract, or its draft again."""
    by, at, form = acting(request), timezone.now(), MonthForm(request.POST)
    contract = get_object_or_404(Contract.objects.visible_to(by).select_related("organisation"), pk=pk)
    return submitted(
        request,
        form,
        lambda: _done(
            request,
            lambda: assessments.run(contract, by=by, at=at, month=form.cleaned_data["month"]),
            _("The month is reckoned from what happened in it. Read it, then put it before the contractor."),
        ),
        lambda: contract_view(request, contract, run=form),
    )


@requires(Capability.ASSESSMENT_RUN)
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it before the contractor."""
    by, at, month = acting(request), timezone.now(), found(request, pk)
    act = lambda: assessments.show(month, by=by, at=at)  # noqa: E731
    return _done(request, act, _("The contractor reads the same page now, and may object within the limit."))


@requires(Capability.ASSESSMENT_SIGN)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for one's side; with both the month is locked."""
    by, at, month = acting(request), timezone.now(), found(request, pk)
    act = lambda: assessments.sign(month, by=by, at=at)  # noqa: E731
    return _done(request, act, lambda made: _("Signed and locked.") if made.is_locked else _("Signed for your side."))


@requires(Capability.ASSESSMENT_READ)
@require_GET
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """The month counted again from the events as they are now; part of the page."""
    month = found(request, pk)
    context = {"assessment": month, "again": count_again(month), "at": timezone.now()}
    return render(request, "contractors/recount.html", context)


@requires(Capability.ASSESSMENT_RUN)
@require_POST
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what was found about a locked month into the next statement."""
    by, at, month, form = acting(request), timezone.now(), found(request, pk), EntryForm(request.POST)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: adjusting.adjust(month, by=by, at=at, because=form.cleaned_data["because"]),
            then=lambda _entry: reverse("contractors:assessment", args=[month.pk]),
            said=_("Entered. The next statement settles it; this month stays as it was signed."),
        ),
        lambda: _assessment(request, month, form),
    )


def _done(request: HttpRequest, act: Callable[[], Assessment], said: str | Callable[[Assessment], str]) -> HttpResponse:
    return perform(request, act, then=lambda made: reverse("contractors:assessment", args=[made.pk]), said=said)
