"""The scope matrix of a contract: what the contractor's people may do, since when, and the form to change it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from contractors import scope as matrix
from contractors.forms.closing import ScopeForm
from contractors.models import Contract
from hotline.guards import acting, requires
from hotline.models import Proposal, Restriction
from hotline.pages.approvals import propose_or_try
from hotline.rights import WORDS
from hotline.roles import SWITCHABLE, Capability
from hotline.rulebook import today


@requires(Capability.CONTRACT_READ)
@require_GET
def scope(request: HttpRequest, pk: int) -> HttpResponse:
    by, at = acting(request), timezone.now()
    contract = get_object_or_404(Contract.objects.visible_to(by).signed().select_related("organisation"), pk=pk)
    rows = Restriction.objects.filter(organisation=contract.organisation_id).select_related("proposal")
    now = {row.capability: row for row in rows.in_force(at)}
    coming = {row.capability: row for row in rows.filter(valid__startswith__gt=at).order_by("valid")}
    lines = [(WORDS[right], now.get(right.value), coming.get(right.value)) for right in SWITCHABLE]
    context = {
        "contract": contract,
        "lines": lines,
        "principal": [WORDS[right] for right in matrix.PRINCIPAL],
        "versions": list(matrix.versions(contract.organisation)[:20]),
        "proposal": Proposal.objects.waiting().about(matrix.KEY, contract.number).first(),
        "may_propose": by.can(Capability.PROPOSAL_MAKE) and contract.term.upper > at,
        "may_read": by.can(Capability.PROPOSAL_READ),
    }
    return render(request, "contractors/scope.html", context)


@requires(Capability.PROPOSAL_MAKE)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    by, on = acting(request), today(timezone.now())
    contract = get_object_or_404(Contract.objects.visible_to(by).signed().select_related("organisation"), pk=pk)
    values = matrix.SCOPE.current(contract.number)
    form = ScopeForm(request.POST or None, first=max(on, contract.first_day), initial=values)
    context = {"contract": contract, "back": reverse("contractors:scope", args=[pk])}
    return propose_or_try(request, matrix.KEY, contract.number, form, "contractors/propose_scope.html", context)
