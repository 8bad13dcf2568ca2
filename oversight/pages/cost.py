"""Value for money, for those who oversee: what calls and solved cases cost, against earlier contracts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from contractors.models import Contract
from hotline.guards import acting, requires
from hotline.roles import Capability
from oversight.cost_lines import contract_costs

CONTRACTS = 20


@require_GET
@requires(Capability.OVERVIEW_READ)
def value_for_money(request: HttpRequest) -> HttpResponse:
    """Every signed contract, the latest first; the months of the one asked for."""
    reach = Contract.objects.visible_to(acting(request)).signed().select_related("organisation")
    lines = contract_costs(list(reach.order_by("-term", "pk")[:CONTRACTS]))
    asked = request.GET.get("contract", "")
    begun = [line for line in lines if line.months]
    chosen = next((line for line in lines if str(line.contract.pk) == asked), begun[0] if begun else None)
    return render(request, "oversight/cost.html", {"lines": lines, "chosen": chosen})
