"""The auditor's samples: drawing, freezing, judging case by case. Nobody else learns which cases are looked into."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.models import Case, Channel
from hotline.guards import acting, requires
from hotline.models import Membership, Organisation, User
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from oversight import audits
from oversight.models import AuditedCase, AuditSample, AuditSampleState, CaseVerdict, Strata
from oversight.pages.audit_forms import DrawForm, DropForm, FreezeForm, JudgeForm
from oversight.pages.audit_tabs import audit_tabs
from oversight.sample_frames import repeat_by_hand
from oversight.sample_results import drawn_again, results_of, strata_of, with_verdicts

NAMED = ("drawn_by", "settled_by", "unit", "contractor", "category")
LONGEST_USUAL = 30


@require_GET
@requires(Capability.AUDIT_SAMPLE)
def audit_samples(request: HttpRequest) -> HttpResponse:
    """Every draw, dropped ones too, the latest first."""
    rows = AuditSample.objects.visible_to(acting(request)).defer("frame").select_related(*NAMED)
    listed = page_of(rows, "drawn_at", request.GET.get(PARAMETER, ""), descending=True)
    results = results_of(listed.rows)
    for sample in listed.rows:
        sample.result = results.get(sample.pk)  # type: ignore[attr-defined]
    context = {"rows": listed.rows, "pager": pager(request.GET, listed, ""), **audit_tabs(acting(request), "samples")}
    return render(request, "oversight/audit_samples.html", context)


@requires(Capability.AUDIT_SAMPLE)
@require_http_methods(["GET", "POST"])
def audit_draw(request: HttpRequest) -> HttpResponse:
    """What is to be drawn from, and how many."""
    by, at = acting(request), timezone.now()
    today = timezone.localdate(at)
    usual = {"first": today - timedelta(LONGEST_USUAL), "last": today - timedelta(1), "wanted": 60}
    form = DrawForm(request.POST or None, initial=usual)
    if request.method == "GET":
        return _draw_page(request, form)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: audits.draw(form.frame(), form.cleaned_data["title"], form.cleaned_data["wanted"], by=by, at=at),
            then=lambda made: reverse("oversight:audit_sample", args=[made.pk]),
            said=_("The frame is kept. Freeze the sample to see its cases."),
        ),
        lambda: _draw_page(request, form),
    )


def _draw_page(request: HttpRequest, form: DrawForm) -> HttpResponse:
    context = {"form": form, **audit_tabs(acting(request), "samples")}
    return render(request, "oversight/audit_draw.html", context, status=422 if form.errors else 200)


def _sample(by: Membership, pk: int) -> AuditSample:
    return get_object_or_404(AuditSample.objects.visible_to(by).select_related(*NAMED), pk=pk)


@require_GET
@requires(Capability.AUDIT_SAMPLE)
def audit_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: all the draw depended on; once frozen its cases and what came of it."""
    return _page(request, _sample(acting(request), pk))


def _page(
    request: HttpRequest, sample: AuditSample, freeze: FreezeForm | None = None, drop: DropForm | None = None
) -> HttpResponse:
    by, is_draft = acting(request), sample.state == AuditSampleState.DRAFT
    context: dict[str, Any] = {"sample": sample, "n": min(sample.wanted, sample.frame_size)}
    context |= audit_tabs(by, "samples")
    rows: list[AuditedCase] = []
    if is_draft:
        context["freeze"] = freeze or FreezeForm(initial={"seed": sample.proposed_seed})
        context["drop"] = drop or DropForm()
    if sample.is_frozen:
        rows = list(with_verdicts(sample.cases.all()).order_by("position"))
        _within_reach(by, rows)
        context |= {"rows": rows, "result": results_of([sample])[sample.pk], "by_hand": repeat_by_hand(sample)}
        context["again"] = drawn_again(sample, by) if "again" in request.GET else None
    context["strata"] = _strata(sample, rows)
    status = 422 if any(form and form.errors for form in (freeze, drop)) else 200
    return render(request, "oversight/audit_sample.html", context, status=status)


def _strata(sample: AuditSample, rows: list[AuditedCase]) -> list[dict[str, Any]]:
    """Each with its name; a case may have had no unit and no contractor."""
    found = strata_of(sample, rows)
    things: Any = Channel if sample.strata_by == Strata.CHANNEL else Organisation
    names = {thing.code.replace(" ", "_"): thing.label for thing in things.objects.all()} if found else {}
    return [{"name": names.get(one.code) or (_("none") if one.code == "-" else one.code), "of": one} for one in found]


def _within_reach(by: Membership, rows: list[AuditedCase]) -> None:
    """Each with the case itself, if the auditor may open it, and its verdict in words."""
    keys = [row.case_id for row in rows]
    reached = Case.objects.visible_to(by).filter(pk__in=keys).select_related("unit", "category").in_bulk()
    people = User.objects.in_bulk({row.judged_by for row in rows} - {None})  # type: ignore[attr-defined]
    for row in rows:
        row.judge = people.get(row.judged_by)  # type: ignore[attr-defined]
        said = CaseVerdict(verdict=row.verdict or "", fault=row.fault or "")  # type: ignore[attr-defined]
        row.opens, row.said = reached.get(row.case_id), said  # type: ignore[attr-defined]


@requires(Capability.AUDIT_SAMPLE)
@require_POST
def audit_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """From here on the list is what it is."""
    by, at, form = acting(request), timezone.now(), FreezeForm(request.POST)
    sample = _sample(by, pk)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: audits.freeze(sample, form.cleaned_data["seed"], by=by, at=at),
            then=lambda _frozen: reverse("oversight:audit_sample", args=[pk]),
            said=_("Frozen. Nobody can add a case or take one away."),
        ),
        lambda: _page(request, sample, freeze=form),
    )


@requires(Capability.AUDIT_SAMPLE)
@require_POST
def audit_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft comes to nothing, and stays on the list."""
    by, at, form = acting(request), timezone.now(), DropForm(request.POST)
    sample = _sample(by, pk)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: audits.drop(sample, by=by, at=at, because=form.cleaned_data["because"]),
            then=lambda _dropped: reverse("oversight:audit_samples"),
            said=_("Dropped. The draft stays on the list."),
        ),
        lambda: _page(request, sample, drop=form),
    )


@require_GET
@requires(Capability.AUDIT_SAMPLE)
def audit_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Every case number it was drawn from, to draw it again elsewhere. A draft's is not handed out."""
    sample = _sample(acting(request), pk)
    if not sample.is_frozen:
        raise Http404("draft")
    response = HttpResponse(sample.frame, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sample.number}.txt"'
    return response


@requires(Capability.AUDIT_SAMPLE)
@require_http_methods(["GET", "POST"])
def audit_case(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One case of a sample: what was said of it, and saying it."""
    by, at = acting(request), timezone.now()
    sample = _sample(by, pk)
    audited = get_object_or_404(sample.cases.select_related("case"), position=position)
    verdicts = list(audited.verdicts.select_related("by").order_by("serial"))
    mine = not verdicts or verdicts[0].by_id == by.user_id
    form = JudgeForm(request.POST or None, before=verdicts[-1] if verdicts else None)
    if request.method == "GET" or not mine:
        return _case_page(request, audited, verdicts, form if mine else None)
    last = sample.cases.count() == position
    following = reverse("oversight:audit_case", args=[pk, position + 1])
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: audits.judge(audited, form.given(), by=by, at=at),
            then=lambda _made: reverse("oversight:audit_sample", args=[pk]) if last else following,
            said=_("Case %(n)s is settled.") % {"n": audited.number},
        ),
        lambda: _case_page(request, audited, verdicts, form),
    )


def _case_page(
    request: HttpRequest, audited: AuditedCase, verdicts: list[CaseVerdict], form: JudgeForm | None
) -> HttpResponse:
    reached = Case.objects.visible_to(acting(request)).select_related("unit", "category", "channel", "region")
    case = reached.filter(pk=audited.case_id).first()
    sample = audited.sample
    context = {
        "sample": sample,
        "audited": audited,
        "case": case,
        "verdicts": verdicts,
        "form": form if case else None,
        "of": sample.cases.count(),
        "previous": audited.position - 1,
        "next": audited.position + 1,
        **audit_tabs(acting(request), "samples"),
    }
    return render(request, "oversight/audit_case.html", context, status=422 if form and form.errors else 200)
