"""Rulings against which the catalogue still stands: each becomes a line in one step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases import cataloguing
from cases.catalogue_rulings import around, lessons
from cases.models import Decision
from hotline.acts import Invalid
from hotline.guards import acting, requires
from hotline.models import Region
from hotline.pages.performing import perform
from hotline.roles import Capability


@requires(Capability.CATALOGUE_EDIT)
@require_GET
def rulings(request: HttpRequest) -> HttpResponse:
    """Cases that went elsewhere than the catalogue says, because somebody ruled so."""
    return render(request, "cases/catalogue_rulings.html", {"rows": lessons(acting(request), timezone.now())})


@requires(Capability.CATALOGUE_EDIT)
@require_POST
def learn(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose one ruling for the catalogue: for its place, for the district around it or everywhere."""
    by, at = acting(request), timezone.now()
    reach = Decision.objects.visible_to(by).select_related("case")
    decision = get_object_or_404(reach, pk=pk)
    region = _place(decision, request.POST.get("region", ""))
    return perform(
        request,
        lambda: cataloguing.propose_ruling(decision, by=by, at=at, region=region),
        then=lambda version: reverse("cases:catalogue_version", args=[version.pk]),
        said=_("Proposed. It holds once somebody else has approved it."),
    )


def _place(decision: Decision, code: str) -> Region | None:
    if not code:
        return None
    found = next((region for region in around(decision.case.region) if region.code == code), None)
    if found is None:
        raise Invalid(_("The ruling was about another place."))
    return found
