"""The desk of quality inspection: samples as the system drew them, what is to be marked, what is to be published."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contractors import giving_out, marking, publishing, sampling
from contractors.models import Appeal, ContactState, Mark, Sample, SampledContact
from contractors.quality_measures import agreement_lately
from contractors.quality_rules import quotas_of
from contractors.waiting import to_mark
from hotline.acts import NotAllowed
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.pages.performing import perform
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import CONTRACTOR, Capability

COUNTS = {
    "n": Count("contacts"),
    "left": Count("contacts", filter=Q(contacts__state__in=[ContactState.TO_MARK, ContactState.THIRD])),
    "ready": Count("contacts", filter=Q(contacts__state=ContactState.READY)),
    "told": Count("contacts", filter=Q(contacts__state__in=[ContactState.PUBLISHED, ContactState.LOCKED])),
}


@require_GET
@requires(Capability.QUALITY_SAMPLES)
def quality(request: HttpRequest) -> HttpResponse:
    """What waits, how far two markers agree, and the samples, the latest week first."""
    by, at = acting(request), timezone.now()
    samples = Sample.objects.visible_to(by).select_related("organisation", "scorecard").defer("frame")
    listed = page_of(samples.annotate(**COUNTS), "drawn_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "samples": listed.rows,
        "pager": pager(request.GET, listed, ""),
        "waiting": to_mark(by).count(),
        "begun": Mark.objects.filter(by=by.user, submitted_at__isnull=True).first(),
        "may_mark": by.can(Capability.QUALITY_MARK),
        "has_next": by.can(Capability.QUALITY_MARK) and giving_out.open_to(by).exists(),
        "kappa": agreement_lately(at, contractor=by.organisation if by.role in CONTRACTOR else None),
        "appeals": appeals_of(by),
        "tab": "samples",
        "sees_samples": by.can(Capability.QUALITY_SAMPLES),
    }
    return render(request, "contractors/quality.html", context)


def appeals_of(by: Membership) -> list[Appeal]:
    """Open appeals the person sees; those it is this person's turn to rule on are marked."""
    rows = Appeal.objects.visible_to(by).open().select_related("contact__sample__organisation").order_by("due_at", "pk")
    listed = list(rows[:50])
    mine = set(Appeal.objects.to_rule_by(by).values_list("pk", flat=True))
    for row in listed:
        row.is_mine = row.pk in mine  # type: ignore[attr-defined]
    return listed


@require_POST
@requires(Capability.QUALITY_MARK)
def take_next(request: HttpRequest) -> HttpResponse:
    """The system gives out the next contact."""
    by, at = acting(request), timezone.now()
    return perform(
        request,
        lambda: marking.take_next(by=by, at=at),
        then=lambda mark: reverse("contractors:quality_mark", args=[mark.pk]),
        said="",
    )


@require_GET
@requires(Capability.QUALITY_SAMPLES)
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: all the draw depended on, its list, and whether it comes out the same when drawn again."""
    by = acting(request)
    found = get_object_or_404(Sample.objects.visible_to(by).select_related("organisation", "scorecard"), pk=pk)
    contacts = found.contacts.select_related("sample", "case").order_by("position")
    context = {
        "sample": found,
        "contacts": list(contacts),
        "quotas": _quotas(found),
        "again": sampling.is_as_drawn(found) if "again" in request.GET else None,
        "may_publish": _may_publish(by, found),
        "ready": contacts.filter(state=ContactState.READY).count(),
        "tab": "samples",
        "sees_samples": by.can(Capability.QUALITY_SAMPLES),
    }
    return render(request, "contractors/quality_sample.html", context)


def _quotas(found: Sample) -> list[dict[str, Any]]:
    """Of each stratum: how many there were, how many were wanted, how many were drawn."""
    there: dict[str, int] = {}
    for line in found.frame.splitlines():
        stratum = line.partition(" ")[0]
        there[stratum] = there.get(stratum, 0) + 1
    drawn = dict(found.contacts.order_by().values_list("stratum").annotate(n=Count("pk")))
    names = dict(SampledContact._meta.get_field("stratum").flatchoices)
    return [
        {"label": names[stratum], "there": there.get(stratum, 0), "wanted": wanted, "drawn": drawn.get(stratum, 0)}
        for stratum, wanted in quotas_of(found.rules).items()
    ]


def _may_publish(by: Membership, found: Sample) -> bool:
    try:
        publishing.check_may_publish(by, found)
    except NotAllowed:
        return False
    return True


@require_GET
@requires(Capability.QUALITY_SAMPLES)
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame as it was frozen, to draw from it again anywhere."""
    found = get_object_or_404(Sample.objects.visible_to(acting(request)), pk=pk)
    response = HttpResponse(found.frame, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="frame-{found.pk}.txt"'
    return response


@require_POST
@requires(Capability.QUALITY_PUBLISH)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish every mark of a sample that is ready."""
    by, at = acting(request), timezone.now()
    found = get_object_or_404(Sample.objects.visible_to(by), pk=pk)
    then = reverse("contractors:quality_sample", args=[pk])
    act = lambda: publishing.publish(found, by=by, at=at)  # noqa: E731
    return perform(request, act, then=lambda _sample: then, said=_("Published: the agents see their marks now."))
