"""The list of people, and adding one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hotline import people as accounts
from hotline.acts import AlreadyAnswered, Refusal
from hotline.guards import acting, requires
from hotline.models import Membership, Organisation, User
from hotline.pages.account_forms import PersonForm, organisations_by_kind, roles_by_kind
from hotline.pages.performing import attach, go
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.people import Issued, Sought
from hotline.roles import Capability

STATES = {
    "": gettext_lazy("Everybody"),
    "working": gettext_lazy("With a role now"),
    "without_role": gettext_lazy("Without a role now"),
    "locked": gettext_lazy("Locked"),
    "without_factor": gettext_lazy("Second factor missing"),
    "one_time": gettext_lazy("One-time password open"),
}


@requires(Capability.PEOPLE_READ)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """By user name, which begins with the family name. Each with the roles held now or later, else the last one."""
    by, at = acting(request), timezone.now()
    on = timezone.localdate(at)
    given = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "organisation", "role", "state")}
    chosen = Organisation.objects.filter(code=given["organisation"]).first() if given["organisation"] else None
    sought = Sought(given["q"], chosen, given["role"], given["state"])
    held = Membership.objects.select_related("organisation").order_by("valid", "pk")
    rows = accounts.find(sought, by=by, at=at).prefetch_related(Prefetch("memberships", held))
    found = page_of(rows, "username", request.GET.get(PARAMETER, ""))
    for person in found.rows:
        person.held = held_now(person, at)  # type: ignore[attr-defined]
    base = reverse("hotline:people")
    context = {
        "rows": found.rows,
        "states": [(s, words, address(request.GET, base=base, state=s, page="")) for s, words in STATES.items()],
        "given": given,
        "narrowed": any(given.values()),
        "organisations": organisations_by_kind(on),
        "roles": roles_by_kind(),
        "may_add": by.can(Capability.PEOPLE_MANAGE),
        "pager": pager(request.GET, found, ""),
    }
    return render(request, "hotline/people.html", context)


def held_now(person: User, at: datetime) -> list[Membership]:
    """Of the roles read with the person: those of now and of later, or the one that ended last."""
    every = list(person.memberships.all())
    going = [held for held in every if held.valid.upper is None or held.valid.upper > at]
    return going or sorted(every, key=lambda held: held.valid.upper or at)[-1:]


@requires(Capability.PEOPLE_MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    by, at = acting(request), timezone.now()
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            return told_once(request, accounts.add(by=by, at=at, **form.cleaned_data))
        except Refusal as refusal:
            attach(form, refusal)
        except AlreadyAnswered:
            messages.info(request, _("This account was opened before; its password is not shown again."))
            return go(request, reverse("hotline:people"))
    return render(request, "hotline/person_add.html", {"form": form}, status=422 if form.errors else 200)


def told_once(request: HttpRequest, issued: Issued) -> HttpResponse:
    """The one-time password, in the answer to its making and never again."""
    context: dict[str, Any] = {"person": issued.user, "raw": issued.raw}
    return render(request, "hotline/one_time_password.html", context)
