"""The first page: for staff their work, for citizens how to turn to the hotline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from hotline.guards import public
from hotline.models import Membership
from hotline.pages.shell import address, first_page


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    membership: Membership | None = getattr(request, "membership", None)
    if membership is not None:
        return redirect(first_page(membership))
    places = {"track_url": address("cases:track"), "figures_url": address("oversight:public")}
    return render(request, "hotline/home.html", places)
