"""Time limits: those in force, and the form in which a change is proposed, tried out first."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.deadlines import local_date
from cases.forms.policies import PolicyForm
from cases.models import ClockKind, DeadlinePolicy
from cases.policy_versions import first_day, step_words, traits, when
from hotline.guards import acting, requires
from hotline.models import Proposal
from hotline.pages.approvals import propose_or_try
from hotline.pages.performing import whole
from hotline.roles import Capability
from hotline.wording import limit_words

ORDER = [kind.value for kind in ClockKind]
SUBJECT = "deadline_policy"


@require_GET
@requires(Capability.POLICY_READ)
def policies(request: HttpRequest) -> HttpResponse:
    """Every limit in force, clock by clock; with ``?all=1`` also those that were and those that will be."""
    on, by = local_date(timezone.now()), acting(request)
    everything = bool(request.GET.get("all"))
    chosen = DeadlinePolicy.objects.all() if everything else DeadlinePolicy.objects.in_force(on)
    rows = chosen.select_related("approved_by").prefetch_related("steps")
    ordered = sorted(rows, key=lambda p: (ORDER.index(p.clock), bool(p.urgency), p.kind, p.pk))
    may = by.can(Capability.PROPOSAL_MAKE)
    waiting = {p.target: p for p in Proposal.objects.waiting().filter(subject=SUBJECT)} if may else {}
    clocks = [
        (ClockKind(clock), [_policy(policy, on, waiting) for policy in group])
        for clock, group in groupby(ordered, key=lambda p: p.clock)
    ]
    context = {"clocks": clocks, "on": on, "everything": everything, "may_propose": may, "waiting": len(waiting)}
    return render(request, "cases/policies.html", context)


def _policy(policy: DeadlinePolicy, on: date, waiting: dict[str, Proposal]) -> dict[str, Any]:
    steps = sorted(policy.steps.all(), key=lambda step: when(step.offset, step.unit))
    return {
        "policy": policy,
        "limit": limit_words(policy.amount, policy.unit),
        "traits": traits(policy),
        "steps": [step_words(s.get_act_display(), s.offset, s.unit, s.get_to_role_display()) for s in steps],
        "extension": limit_words(policy.max_extension, policy.unit) if policy.max_extensions else "",
        "in_force": policy.valid_from <= on and (policy.valid_until is None or policy.valid_until > on),
        "open_ended": policy.valid_until is None,
        "proposal": waiting.get(str(policy.pk)),
    }


@require_http_methods(["GET", "POST"])
@requires(Capability.PROPOSAL_MAKE)
def propose(request: HttpRequest) -> HttpResponse:
    """A next version of the limit named by ``?from``, or a new limit; tried out before it is proposed."""
    at, key = timezone.now(), whole(request.GET.get("from", ""))
    rows = DeadlinePolicy.objects.prefetch_related("steps")
    before = get_object_or_404(rows, pk=key) if key else None
    form = PolicyForm(request.POST or None, before=before, first=first_day(before, at) if before else local_date(at))
    context = {
        "before": before,
        "title": " · ".join([str(ClockKind(before.clock).label), *(traits(before) or [_("all others")])])
        if before
        else "",
        "back": reverse("cases:policies"),
    }
    return propose_or_try(
        request, SUBJECT, str(before.pk) if before else "", form, "cases/propose_policy.html", context
    )
