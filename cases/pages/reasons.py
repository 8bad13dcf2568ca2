"""The reasons people choose from: those in force, those that were, and the form in which a change is proposed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.deadlines import local_date
from cases.forms.reasons import ReasonForm
from cases.models import Reason, ReasonKind, kept_reasons
from cases.reason_versions import Reasons, first_day, target_of
from cases.reasons import MORE_WORDS, REQUIRED
from hotline.acts import Invalid
from hotline.guards import acting, requires
from hotline.models import Proposal
from hotline.pages.approvals import propose_or_try
from hotline.roles import Capability

SUBJECT = Reasons.key


@require_GET
@requires(Capability.PROPOSAL_READ)
def reasons(request: HttpRequest) -> HttpResponse:
    """Kind by kind, in the order in which they are offered; behind each its earlier words, at the end the retired."""
    at = timezone.now()
    waiting = {p.target: p for p in Proposal.objects.waiting().filter(subject=SUBJECT)}
    kinds = [{"kind": kind, "rows": _rows(kind, at, waiting)} for kind in ReasonKind]
    may = acting(request).can(Capability.PROPOSAL_MAKE)
    new = sum(not target for target in waiting)
    return render(request, "cases/reasons.html", {"kinds": kinds, "may_propose": may, "at": at, "new": new})


def _rows(kind: ReasonKind, at: datetime, waiting: dict[str, Proposal]) -> list[dict[str, Any]]:
    rows = [
        _row(versions, at, waiting.get(target_of(kind, code)))
        for (of, code), versions in kept_reasons().items()
        if of == kind
    ]
    return sorted(rows, key=lambda row: (row["over"], row["last"].position, row["last"].pk))


def _row(versions: list[Reason], at: datetime, proposal: Proposal | None) -> dict[str, Any]:
    """The version in force, or the nearest; what was before it, and what follows."""
    last = versions[-1]
    now = next((version for version in versions if version.is_in_force(at)), last)
    return {
        "now": now,
        "last": last,
        "earlier": [version for version in versions if version.ends_at is not None and version.ends_at <= at],
        "follows": last if last is not now else None,
        "over": last.ends_at is not None and last.ends_at <= at,
        "required": REQUIRED.get((last.kind, last.code), ""),
        "more": MORE_WORDS.get(last.kind, "") if now.needs_words else "",
        "target": target_of(last.kind, last.code),
        "proposal": proposal,
    }


@require_http_methods(["GET", "POST"])
@requires(Capability.PROPOSAL_MAKE)
def propose(request: HttpRequest) -> HttpResponse:
    """Other words, or an end, for the one named by ``?reason``; a new one of the kind named by ``?kind``."""
    target, at = request.GET.get("reason", ""), timezone.now()
    before = _before(target)
    kind = _kind(before["kind"] if before else request.GET.get("kind", ReasonKind.BOUNCE))
    initial = before or {"position": _next_place(kind)}
    form = ReasonForm(request.POST or None, kind=kind, before=before, first=_first_day(target, at), initial=initial)
    title = Reasons().title(target, before) if before else _("A new reason: %(kind)s") % {"kind": kind.label}
    context = {"title": title, "back": reverse("cases:reasons"), "before": before, "required": _required(before)}
    return propose_or_try(request, SUBJECT, target if before else "", form, "cases/propose_reason.html", context)


def _before(target: str) -> dict[str, Any] | None:
    try:
        return Reasons().current(target)
    except Invalid as unknown:
        raise Http404(target) from unknown


def _kind(value: str) -> ReasonKind:
    if value not in ReasonKind.values:
        raise Http404(value)
    return ReasonKind(value)


def _required(before: dict[str, Any] | None) -> Any:
    return REQUIRED.get((before["kind"], before["code"]), "") if before else ""


def _next_place(kind: ReasonKind) -> int:
    """After all that there are."""
    return (
        max((row.position for (of, _c), rows in kept_reasons().items() if of == kind for row in rows), default=0) + 10
    )


def _first_day(target: str, at: datetime) -> date:
    """The first day on which a next version can begin."""
    kind, _slash, code = target.partition("/")
    versions = kept_reasons().get((kind, code), [])
    first = first_day(versions[-1]) if versions else None
    return max(first or local_date(at), local_date(at))
