"""One person: account, roles, what they may do, what was done to the account; and the security administrator's acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hotline import access, memberships, rights
from hotline import people as accounts
from hotline.acts import AlreadyAnswered, Refusal
from hotline.guards import acting, requires
from hotline.models import Membership, User
from hotline.pages.account_forms import EndForm, GrantForm, ReasonForm, SessionsForm
from hotline.pages.people import told_once
from hotline.pages.performing import attach, go, perform
from hotline.roles import Capability

HISTORY_SHOWN = 20
ACTS = {
    "people.add": gettext_lazy("Account opened"),
    "memberships.grant": gettext_lazy("Role given"),
    "memberships.end": gettext_lazy("Role ended"),
    "access.reset_second_factor": gettext_lazy("Second factor reset"),
    "access.issue_password": gettext_lazy("One-time password issued"),
    "access.unlock": gettext_lazy("Unlocked"),
    "access.end_sessions": gettext_lazy("Sessions ended"),
    "passwords.change": gettext_lazy("Password changed by the person"),
}


@dataclass(frozen=True)
class Door:
    """One act on a person: what it is called and brings, the form it takes, the verb behind it, what is said then."""

    title: Any
    effect: Any
    form: type[Form]
    act: Callable[..., Any]
    said: Any = ""


DOORS = {
    "grant": Door(
        gettext_lazy("Give a role"),
        gettext_lazy("The person chooses it at the next sign-in, or under “Act in another role”."),
        GrantForm,
        memberships.grant,
        gettext_lazy("The role is given."),
    ),
    "password": Door(
        gettext_lazy("Issue a one-time password"),
        gettext_lazy("The old password, all sessions and keys for programs end; a lock is lifted."),
        ReasonForm,
        access.issue_password,
    ),
    "second-factor": Door(
        gettext_lazy("Reset the second factor"),
        gettext_lazy("For a lost telephone. Sessions and keys end; the next sign-in sets up a new one."),
        ReasonForm,
        access.reset_second_factor,
        gettext_lazy("The second factor is reset. The person and the other administrators are told."),
    ),
    "unlock": Door(
        gettext_lazy("Unlock"),
        gettext_lazy("Forgets the wrong passwords and codes, so that the person may try again at once."),
        ReasonForm,
        access.unlock,
        gettext_lazy("Unlocked. The person may try again at once."),
    ),
    "sessions": Door(
        gettext_lazy("End all sessions"),
        gettext_lazy("Signs the person out everywhere with the next request."),
        SessionsForm,
        access.end_sessions,
        gettext_lazy("All sessions have ended."),
    ),
}


@requires(Capability.PEOPLE_READ)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@requires(Capability.PEOPLE_MANAGE)
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """An act of the table, but the one whose answer is shown once."""
    if name not in DOORS or name == "password":
        raise Http404
    by, at, found, door = acting(request), timezone.now(), _found(request, pk), DOORS[name]
    form = _form(name, request.POST)
    if form.is_valid():
        try:
            return perform(
                request,
                lambda: door.act(found, by=by, at=at, **form.cleaned_data),
                then=lambda _result: _address(found),
                said=door.said,
            )
        except Refusal as refusal:
            attach(form, refusal)
    return _page(request, found, bound={name: form})


@requires(Capability.PEOPLE_MANAGE)
@never_cache
@require_POST
def issue_password(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    form = _form("password", request.POST)
    if form.is_valid():
        try:
            return told_once(request, access.issue_password(found, by=by, at=at, **form.cleaned_data))
        except Refusal as refusal:
            attach(form, refusal)
        except AlreadyAnswered:
            messages.info(request, _("This password was issued before and is not shown again. Issue another."))
            return go(request, _address(found))
    return _page(request, found, bound={"password": form})


@requires(Capability.PEOPLE_MANAGE)
@require_POST
def end_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, at = acting(request), timezone.now()
    visible = User.objects.visible_to(by)
    held = get_object_or_404(Membership.objects.select_related("user").filter(user__in=visible), pk=pk)
    form = _form(str(pk), request.POST)
    if form.is_valid():
        try:
            return perform(
                request,
                lambda: memberships.end(held, by=by, at=at, **form.cleaned_data),
                then=lambda _result: _address(held.user),
                said=_("The end of the role is set. Nothing is done in it from then on."),
            )
        except Refusal as refusal:
            attach(form, refusal)
    return _page(request, _found(request, held.user_id), bound={str(pk): form})


def _address(found: User) -> str:
    return reverse("hotline:person", args=[found.pk])


def _found(request: HttpRequest, pk: int) -> User:
    visible = User.objects.visible_to(acting(request))
    return get_object_or_404(accounts.with_state(visible, at=timezone.now()), pk=pk)


def _form(name: str, data: Any = None) -> Form:
    """The form of an act, or of the end of a membership; its fields are told from the other forms' by their ids."""
    kind = DOORS[name].form if name in DOORS else EndForm
    return kind(data, auto_id=f"{name}_%s")


def _page(request: HttpRequest, found: User, bound: dict[str, Form] | None = None) -> HttpResponse:
    """The whole page; with a form that was refused, in its place and open."""
    by, at, bound = acting(request), timezone.now(), bound or {}
    held = list(Membership.objects.filter(user=found).select_related("organisation").order_by("-valid", "-pk"))
    may_act = by.can(Capability.PEOPLE_MANAGE) and by.user_id != found.pk
    for one in held:
        one.stands = standing(one, at)  # type: ignore[attr-defined]
        goes_on = may_act and one.stands in ("now", "later")  # type: ignore[attr-defined]
        one.end_form = (bound.get(str(one.pk)) or _form(str(one.pk))) if goes_on else None  # type: ignore[attr-defined]
    history = accounts.history(found).filter(act__in=ACTS)[:HISTORY_SHOWN]
    context = {
        "person": found,
        "memberships": held,
        "rights": [(one, rights.reach_of(one.role), rights.rights_of(one.role)) for one in held if one.stands == "now"],  # type: ignore[attr-defined]
        "is_self": by.user_id == found.pk,
        "acts": [(name, door, bound.get(name) or _form(name)) for name, door in DOORS.items()] if may_act else [],
        "history": [(entry, ACTS[entry.act]) for entry in history],
        "now": at,
    }
    return render(request, "hotline/person.html", context, status=422 if bound else 200)


def standing(held: Membership, at: datetime) -> str:
    """Where a role stands: called off before it began, over, of now, or of later."""
    begins, ends = held.valid.lower, held.valid.upper
    if ends and ends - begins <= memberships.NEVER:
        return "called off"
    if ends and ends <= at:
        return "over"
    return "now" if begins <= at else "later"
