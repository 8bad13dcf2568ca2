"""Findings: what the detectors noticed, the rows behind each, and what people said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases.models import Case
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability
from oversight import findings, pressing
from oversight.detector import Detector, share
from oversight.detector_rules import limit_lines, limits_of
from oversight.detectors import BY_KEY, DETECTORS, with_rules
from oversight.forms import NoteForm, SettleForm, SuperviseForm
from oversight.models import UNSETTLED, DetectorRun, Finding, FindingRow, FindingState, FindingStep


@require_GET
@requires(Capability.FINDING_READ)
def finding_list(request: HttpRequest) -> HttpResponse:
    """What waits for a word first; filtered by detector and state in the address."""
    by, detector, state = acting(request), request.GET.get("detector", ""), request.GET.get("state", "")
    rows = Finding.objects.visible_to(by).select_related("organisation", "person", "taken_up_by")
    rows = rows.filter(state=state) if state in FindingState.values else rows.unsettled() if state != "all" else rows
    if detector in BY_KEY:
        rows = rows.of(detector)
    listed = page_of(rows, "grown_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "rows": with_rules(listed.rows),
        "pager": pager(request.GET, listed, ""),
        "detectors": DETECTORS,
        "detector": detector,
        "states": _states(request, state),
        "tab": "findings",
    }
    return render(request, "oversight/findings.html", context)


def _states(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    choices = [("", _("not settled")), *FindingState.choices, ("all", _("all"))]
    return [
        {"url": address(request.GET, state=value, page=""), "words": words, "chosen": value == chosen}
        for value, words in choices
    ]


@dataclass(frozen=True)
class Rule:
    """One detector beside its last look and what reviews made of it."""

    detector: Detector
    run: DetectorRun | None
    limits: list[tuple[str | Promise, int]]
    counts: dict[str, int]
    confirmed: int
    settled: int

    @property
    def unsettled(self) -> int:
        return sum(self.counts.get(state, 0) for state in UNSETTLED)

    @property
    def precision(self) -> Decimal | None:
        return share(self.confirmed, self.settled) if self.settled else None


@require_GET
@requires(Capability.FINDING_READ)
def detector_list(request: HttpRequest) -> HttpResponse:
    """Every rule: what it looks for, what innocent thing looks the same, how it did so far."""
    at, precise = timezone.now(), findings.precision()
    latest = DetectorRun.objects.order_by("detector", "-on").distinct("detector")
    runs = {run.detector: run for run in latest}
    counts: dict[str, dict[str, int]] = {}
    for key, state, n in Finding.objects.order_by().values_list("detector", "state").annotate(n=Count("pk")):
        counts.setdefault(key, {})[state] = n
    rules = [
        Rule(
            detector,
            runs.get(detector.key),
            limit_lines(detector, limits_of(detector, at)),
            counts.get(detector.key, {}),
            *precise.get(detector.key, (0, 0)),
        )
        for detector in DETECTORS
    ]
    return render(request, "oversight/detectors.html", {"rules": rules, "tab": "detectors"})


def _found(by: Membership, pk: int) -> Finding:
    rows = Finding.objects.visible_to(by).select_related("organisation", "person", "taken_up_by", "settled_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
@requires(Capability.FINDING_READ)
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: why it is one, the cases and calls behind it, what was written about it."""
    return _page(request, _found(acting(request), pk))


def _page(
    request: HttpRequest,
    found: Finding,
    note: NoteForm | None = None,
    settle: SettleForm | None = None,
    supervise: SuperviseForm | None = None,
) -> HttpResponse:
    by, detector = acting(request), BY_KEY.get(found.detector)
    may_review = by.can(Capability.FINDING_REVIEW)
    listed = page_of(found.rows.select_related("call"), "at", request.GET.get(PARAMETER, ""), descending=True)
    looking = may_review and found.state == FindingState.REVIEW
    context = {
        "finding": found,
        "detector": detector,
        "limits": limit_lines(detector, found.limits) if detector else [],
        "rows": _told(_with_cases(listed.rows, by), detector),
        "pager": pager(request.GET, listed, ""),
        "notes": found.notes.select_related("by").order_by("-at", "-pk"),
        "may_take_up": may_review and found.state == FindingState.OPEN,
        "note": (note or NoteForm()) if may_review and found.is_settled else None,
        "settle": (settle or SettleForm()) if looking else None,
        "supervise": supervise or _supervising(found, by),
        "steps": FindingStep.objects.filter(finding=found).select_related("step__case", "step__unit").order_by("-pk"),
        "tab": "findings",
    }
    wrong = any(form and form.errors for form in (note, settle, supervise))
    return render(request, "oversight/finding.html", context, status=422 if wrong else 200)


def _supervising(found: Finding, by: Membership, given: QueryDict | None = None) -> SuperviseForm | None:
    """The form to press the unit, for who may, while there is a case to press it for."""
    may = by.can(Capability.FINDING_REVIEW) and by.can(Capability.CASE_SUPERVISE)
    if not may or found.state not in pressing.TAKEN_UP:
        return None
    cases = list(pressing.open_to(found, by)[: pressing.AT_ONCE])
    return SuperviseForm(given, cases=cases) if cases or given is not None else None


def _with_cases(rows: list[FindingRow], by: Membership) -> list[FindingRow]:
    """Each with its case, where the reader may open it."""
    keys = {row.case_id for row in rows if row.case_id}
    cases = {case.pk: case for case in Case.objects.visible_to(by).filter(pk__in=keys).only("number", "title")}
    for row in rows:
        row.opens = cases.get(row.case_id or 0)  # type: ignore[attr-defined]
    return rows


def _told(rows: list[FindingRow], detector: Detector | None) -> list[FindingRow]:
    """Each with what was seen in it, where its detector says more than which case or call."""
    for row in rows:
        row.told = detector.tells(row.facts) if detector and detector.tells else ""  # type: ignore[attr-defined]
    return rows


@require_POST
@requires(Capability.FINDING_REVIEW)
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Look into it."""
    by, at = acting(request), timezone.now()
    found = _found(by, pk)
    return _done(request, lambda: findings.take_up(found, by=by, at=at), _("You look into it now."))


@require_POST
@requires(Capability.FINDING_REVIEW)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was found out."""
    by, at, form = acting(request), timezone.now(), NoteForm(request.POST)
    found = _found(by, pk)
    act = lambda: findings.note(found, form.cleaned_data["words"], by=by, at=at)  # noqa: E731
    return submitted(
        request, form, lambda: _done(request, act, _("Written down.")), lambda: _page(request, found, note=form)
    )


@require_POST
@requires(Capability.FINDING_REVIEW)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether anything was wrong."""
    by, at, form = acting(request), timezone.now(), SettleForm(request.POST)
    found = _found(by, pk)
    act = lambda: findings.settle(found, **form.cleaned_data, by=by, at=at)  # noqa: E731
    said = _("Settled. Its rows are not held against anybody a second time.")
    return submitted(request, form, lambda: _done(request, act, said), lambda: _page(request, found, settle=form))


@require_POST
@requires(Capability.FINDING_REVIEW)
def supervise(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the unit under supervision for cases behind the finding."""
    by, at = acting(request), timezone.now()
    found = _found(by, pk)
    form = _supervising(found, by, request.POST) or SuperviseForm(request.POST, cases=())

    def act() -> Finding:
        given = form.cleaned_data
        return pressing.supervise(found, by=by, at=at, cases=given["cases"], words=given["order"])

    said = _("The unit is under supervision; each case has its numbered step, and the unit is told.")
    return submitted(request, form, lambda: _done(request, act, said), lambda: _page(request, found, supervise=form))


@require_GET
@requires(Capability.FINDING_READ)
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The findings because of which a case is under supervision, as a part of the case's page."""
    by = acting(request)
    case = get_object_or_404(Case.objects.visible_to(by), number=number)
    steps = FindingStep.objects.filter(step__case=case, finding__in=Finding.objects.visible_to(by))
    rows = list(steps.select_related("step", "finding__organisation").order_by("-pk"))
    with_rules([row.finding for row in rows])
    return render(request, "oversight/_case_findings.html", {"rows": rows})


def _done(request: HttpRequest, act: Callable[[], Finding], said: str) -> HttpResponse:
    return perform(request, act, then=lambda made: reverse("oversight:finding", args=[made.pk]), said=said)
