"""Objecting to a clause and ruling on it; the rows behind a figure, and the files that came with an objection."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import sealed_files
from contractors import objecting
from contractors.figures import Row
from contractors.forms.assessment import ObjectionForm, PaperObjectionForm, RulingForm
from contractors.models import Assessment, ClauseResult, MonthFile, Objection, ObjectionFile
from contractors.pages.clause_words import target_words, value_words
from contractors.pages.evidence_rows import told
from hotline import audit
from hotline.guards import acting, requires
from hotline.measures import MEASURES
from hotline.pages.downloads import download
from hotline.pages.performing import perform, submitted, whole
from hotline.roles import Capability

ROWS = 100
PARTS: dict[str, Callable[[Row], bool]] = {
    "": lambda row: not row.out,
    "counted": lambda row: not row.out and row.above > 0,
    "missed": lambda row: not row.out and row.above < row.below,
    "out": lambda row: row.out,
}


def months(request: HttpRequest) -> Any:
    return Assessment.objects.visible_to(acting(request))


def result_of(request: HttpRequest, pk: int) -> ClauseResult:
    reach = ClauseResult.objects.filter(assessment__in=months(request))
    return get_object_or_404(reach.select_related("clause", "assessment__contract__organisation"), pk=pk)


def objection_of(request: HttpRequest, pk: int) -> Objection:
    reach = Objection.objects.filter(assessment__in=months(request))
    related = reach.select_related("result__clause", "assessment__contract__organisation", "made_by", "paper")
    return get_object_or_404(related, pk=pk)


def assessment_page(assessment: Assessment) -> str:
    return reverse("contractors:assessment", args=[assessment.pk])


@requires(Capability.ASSESSMENT_OBJECT)
@require_http_methods(["GET", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a clause, with rows and files."""
    form = ObjectionForm(request.POST or None, request.FILES or None)
    return _objection(request, pk, form, objecting.object_to, _("Your objection awaits its ruling."))


@requires(Capability.ASSESSMENT_RUN)
@require_http_methods(["GET", "POST"])
def record_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an objection that came on paper, from a contractor without access."""
    form = PaperObjectionForm(request.POST or None, request.FILES or None)
    return _objection(request, pk, form, objecting.record_paper, _("Recorded. The objection awaits its ruling."))


def _objection(
    request: HttpRequest, pk: int, form: ObjectionForm, enter: Callable[..., Objection], said: str
) -> HttpResponse:
    by, at, result = acting(request), timezone.now(), result_of(request, pk)

    def again() -> HttpResponse:
        return render(
            request, "contractors/objection.html", _of(result) | {"form": form}, status=422 if form.errors else 200
        )

    if request.method == "GET":
        return again()
    act = lambda: perform(  # noqa: E731
        request,
        lambda: enter(result, by=by, at=at, **form.given()),
        then=lambda made: f"{assessment_page(result.assessment)}#objection-{made.pk}",
        said=said,
    )
    return submitted(request, form, act, again)


@requires(Capability.ASSESSMENT_OBJECT)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Object no more."""
    by, at, objection = acting(request), timezone.now(), objection_of(request, pk)
    return perform(
        request,
        lambda: objecting.take_back(objection, by=by, at=at),
        then=lambda _made: assessment_page(objection.assessment),
        said=_("Taken back."),
    )


@requires(Capability.ASSESSMENT_RULE)
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule on an objection, beside what the system recomputed."""
    by, at, objection = acting(request), timezone.now(), objection_of(request, pk)
    form = RulingForm(request.POST or None)
    context = _of(objection.result) | {"form": form, "objection": objection, "files": objection.files.all()}

    def again() -> HttpResponse:
        return render(request, "contractors/ruling.html", context, status=422 if form.errors else 200)

    if request.method == "GET":
        return again()
    act = lambda: perform(  # noqa: E731
        request,
        lambda: objecting.rule(objection, by=by, at=at, **form.given()),
        then=lambda made: f"{assessment_page(objection.assessment)}#objection-{made.pk}",
        said=_("Ruled. The month is reckoned anew from what was frozen."),
    )
    return submitted(request, form, act, again)


def _of(result: ClauseResult) -> dict[str, Any]:
    measure = MEASURES[result.clause.measure]
    return {
        "result": result,
        "clause": result.clause,
        "assessment": result.assessment,
        "contract": result.assessment.contract,
        "measure": measure,
        "target": target_words(result.clause),
        "value": value_words(result.value, measure.unit),
    }


@requires(Capability.ASSESSMENT_READ)
@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows a figure was counted from, as they were frozen; each opens for whoever reaches what it is."""
    result, part = result_of(request, pk), request.GET.get("part", "")
    chosen = part if part in PARTS else ""
    ruled = {ref for granted in result.objections.values_list("granted", flat=True) for ref in granted}
    frozen = map(Row.of, result.canonical.splitlines())
    rows = [row for row in (one._replace(out=one.out or one.ref in ruled) for one in frozen) if PARTS[chosen](row)]
    first = whole(request.GET.get("from", "")) or 0
    page = list(islice(rows, first, first + ROWS))
    contractor = result.assessment.contract.organisation
    known = told(result.clause.measure, page, by=acting(request), contractor=contractor)
    address = reverse("contractors:evidence", args=[result.pk])
    context = _of(result) | {
        "rows": [(row, known.get(row.ref)) for row in page],
        "ruled": ruled,
        "n": len(rows),
        "first": first + 1 if page else 0,
        "last": first + len(page),
        "parts": [(words, f"{address}?part={slug}", slug == chosen) for slug, words in _part_words().items()],
        "before": f"{address}?part={chosen}&from={max(0, first - ROWS)}" if first else "",
        "after": f"{address}?part={chosen}&from={first + ROWS}" if first + ROWS < len(rows) else "",
    }
    return render(request, "contractors/evidence.html", context)


def _part_words() -> dict[str, str]:
    return {
        "": _("All that count"),
        "counted": _("In the numerator"),
        "missed": _("Missing in it"),
        "out": _("Left out"),
    }


@requires(Capability.ASSESSMENT_READ)
@require_GET
def objection_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A file that came with an objection; who opened it stays in the audit trail."""
    file = get_object_or_404(ObjectionFile.objects.filter(objection__assessment__in=months(request)), pk=pk)
    return opened(request, file, "objections.open_file")


def opened(request: HttpRequest, file: MonthFile, act: str) -> HttpResponse:
    """A file of a month within reach, with the entry that it was opened."""
    content = sealed_files.content_of(file.pk)
    audit.record(act, by=acting(request), at=timezone.now(), thing=file)
    return download(content, file.name)
