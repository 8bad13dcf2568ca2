"""One contact: the score that stands, how it came about, and its appeals; what agents see of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contractors import appeals, marking, points, recordings
from contractors.forms.quality import AppealForm, ReviewForm
from contractors.models import TOLD, Appeal, ContactState, SampledContact, ScorecardItem, Verdict
from contractors.pages.marking import steps
from contractors.pages.submitting import submitted
from contractors.scores import standing
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import CONTRACTOR, Capability

SHOWN = frozenset({ContactState.READY, *TOLD})


def _found(by: Membership, pk: int) -> SampledContact:
    reach = SampledContact.objects.visible_to(by).select_related(
        "sample__organisation", "sample__scorecard", "call", "case", "agent"
    )
    return get_object_or_404(reach, pk=pk)


def _own(by: Membership, pk: int) -> SampledContact:
    """What was published about this person."""
    rows = (
        SampledContact.objects.visible_to(by)
        .about(by.user)
        .select_related("sample__organisation", "sample__scorecard", "call", "case", "agent")
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
@requires(Capability.QUALITY_SAMPLES)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact. Marks and agent stay hidden until all who mark have handed in."""
    return _page(request, _found(acting(request), pk))


@require_GET
@requires(Capability.QUALITY_APPEAL)
def own_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """An agent's own mark, and the way to appeal."""
    return _page(request, _own(acting(request), pk))


def _page(
    request: HttpRequest,
    found: SampledContact,
    form: AppealForm | None = None,
    review: ReviewForm | None = None,
    ruling_on: Appeal | None = None,
) -> HttpResponse:
    by, at = acting(request), timezone.now()
    items, score = marking.items_of(found), standing(found)
    shown = found.state in SHOWN and score is not None
    rows = list(found.appeals.select_related("asked_by", "ruled_by").prefetch_related("lines__item").order_by("level"))
    mine = Appeal.objects.to_rule_by(by).filter(contact=found).first()
    lost = [i for i in items if score and points.RANK[score.verdicts[i.code]] < max(points.RANK.values())]
    recording = recordings.recording_of(found)
    if form is None and appeals.may_appeal(found, by, at):
        form = AppealForm(lost)
    if review is None and mine is not None:
        review = ReviewForm(mine.lines.select_related("item"))
    context = {
        "contact": found,
        "shown": shown,
        "score": score,
        "lines": _lines(found, items) if shown else [],
        "marks": found.marks.select_related("by").order_by("pk") if shown and by.role not in CONTRACTOR else [],
        "improvement": _improvement(found) if shown else "",
        "scores": found.scores.select_related("by").order_by("serial") if shown else [],
        "appeals": rows,
        "form": form,
        "review": review,
        "ruling_on": ruling_on or mine,
        "recording": recording,
        "steps": steps(found.state),
        "names_marker": by.role not in CONTRACTOR,
        "own": (own := by.can(Capability.QUALITY_APPEAL)),
        "recording_url": reverse(f"contractors:{'own' if own else 'quality'}_recording", args=[found.pk]),
    }
    wrong = (form and form.errors) or (review and review.errors)
    return render(request, "contractors/quality_contact.html", context, status=422 if wrong else 200)


def _lines(found: SampledContact, items: list[ScorecardItem]) -> list[dict[str, object]]:
    """Each item with the verdict that stands, its points, and what the marker wrote beside it."""
    score = standing(found)
    assert score is not None
    decisive = found.marks.filter(submitted_at__isnull=False)
    mark = decisive.filter(seat="third").first() or decisive.get(seat="first")
    evidence = dict(mark.lines.values_list("item__code", "evidence"))
    return [
        {
            "item": item,
            "verdict": Verdict(score.verdicts[item.code]).label,
            "bad": points.RANK[score.verdicts[item.code]] < max(points.RANK.values()),
            "points": None if item.fatal else points.points(item, score.verdicts[item.code]),
            "evidence": evidence.get(item.code, ""),
        }
        for item in items
    ]


def _improvement(found: SampledContact) -> str:
    decisive = found.marks.filter(submitted_at__isnull=False)
    mark = decisive.filter(seat="third").first() or decisive.get(seat="first")
    return mark.improvement


@require_GET
@requires(Capability.QUALITY_SAMPLES)
def published(request: HttpRequest) -> HttpResponse:
    """What was published, the latest first: a contractor's people find here what the government's officers marked."""
    rows = SampledContact.objects.visible_to(acting(request)).told()
    rows = rows.select_related("sample__organisation", "call", "case", "agent")
    listed = page_of(rows, "published_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "contacts": listed.rows,
        "pager": pager(request.GET, listed, ""),
        "tab": "published",
        "sees_samples": True,
    }
    return render(request, "contractors/quality_published.html", context)


@require_POST
@requires(Capability.QUALITY_APPEAL)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """The agent appeals, naming the items."""
    by, at = acting(request), timezone.now()
    found = _own(by, pk)
    form = AppealForm(marking.items_of(found), request.POST)
    then = reverse("contractors:own_contact", args=[pk])
    return submitted(
        request,
        form,
        lambda: appeals.appeal(found, form.claims(), words=form.cleaned_data["words"], by=by, at=at),
        then=lambda _appeal: then,
        said=_("Your appeal is in. Somebody other than the marker rules on it, and no mark is lowered."),
        again=lambda: _page(request, found, form=form),
    )


@require_POST
@requires(Capability.QUALITY_REVIEW)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule on an appeal."""
    by, at = acting(request), timezone.now()
    kept = get_object_or_404(Appeal.objects.visible_to(by), pk=pk)
    found = _found(by, kept.contact_id)
    form = ReviewForm(kept.lines.select_related("item"), request.POST)
    then = reverse("contractors:quality_contact", args=[found.pk])
    return submitted(
        request,
        form,
        lambda: appeals.rule(kept, form.verdicts(), ruling=form.cleaned_data["ruling"], by=by, at=at),
        then=lambda _appeal: then,
        said=_("Ruled. The agent is told."),
        again=lambda: _page(request, found, review=form, ruling_on=kept),
    )


@require_GET
@requires(Capability.QUALITY_APPEAL)
def own(request: HttpRequest) -> HttpResponse:
    """What was published about an agent, to that agent."""
    by = acting(request)
    marks = SampledContact.objects.visible_to(by).about(by.user).select_related("sample", "case")
    listed = page_of(marks, "published_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {"marks": listed.rows, "pager": pager(request.GET, listed, "")}
    return render(request, "contractors/own_marks.html", context)
