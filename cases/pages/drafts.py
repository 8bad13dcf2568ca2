"""Records being written: opened with a number, saved every few seconds, left and taken up again anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import intake
from cases.forms.intake import IntakeForm
from cases.models import Call, Draft
from cases.pages.calling import call_of
from hotline.acts import AlreadyAnswered, Stale, answering, replay
from hotline.context import RequestContext, current, within
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.pages.performing import go, perform
from hotline.privacy import opened, retrieval_code
from hotline.roles import Capability

KEPT = [name for name in IntakeForm.base_fields if name not in ("draft", "number", "call")]
MOST = 12  # records one person may have open; beyond that something went wrong


def drafts_of(by: Membership) -> list[Draft]:
    return list(Draft.objects.filter(owner=by.user_id).select_related("call").order_by("created_at", "id")[:MOST])


def own_draft(by: Membership, key: UUID | None) -> Draft | None:
    if key is None:
        return None
    return Draft.objects.filter(pk=key, owner=by.user_id).select_related("call__citizen").first()


def typed_fields(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in KEPT if request.POST.get(name)}


@requires(Capability.CASE_REGISTER)
@require_POST
def open_draft(request: HttpRequest) -> HttpResponse:
    """The first save of a page. Sent again because the answer was lost, it finds the record it opened."""
    by, at = acting(request), timezone.now()
    call = call_of(by, request.POST.get("call"))
    return JsonResponse(_told(_opened(request, call, by=by, at=at)))


def _opened(request: HttpRequest, call: Call | None, *, by: Membership, at: datetime) -> Draft:
    with within(opening(request.POST.get("page", ""))), answering(lambda draft: str(draft.pk)):
        try:
            return intake.open_draft(by=by, at=at, fields=typed_fields(request), call=call)
        except AlreadyAnswered as before:
            draft = own_draft(by, UUID(before.answer))
    if draft is None:  # opened, then registered or dropped elsewhere: this page begins another record
        return intake.open_draft(by=by, at=at, fields=typed_fields(request), call=call)
    return intake.save_draft(draft, by=by, at=at, fields=typed_fields(request))


def opening(page: str) -> RequestContext:
    """A page opens one record, however often it asks: its own name is the key, whatever was typed meanwhile."""
    return replace(current(), key=f"draft:{page[:60]}" if page else "", fingerprint=b"draft", present=None, answer=None)


def opened_by(page: str, by: Membership) -> Draft | None:
    """The record that this page opened, if its answer was lost on the way."""
    try:
        replay(opening(page))
    except AlreadyAnswered as before:
        return own_draft(by, UUID(before.answer))
    return None


def save(request: HttpRequest, draft: Draft | None, at: datetime) -> HttpResponse:
    """Keep what is typed; 409 if the record is gone or another window wrote to it since this page read it."""
    by = acting(request)
    while draft is not None and not _overtaken(request, draft):
        try:
            return JsonResponse(_told(intake.save_draft(draft, by=by, at=at, fields=typed_fields(request))))
        except Stale:  # between reading and writing: whose window it was tells the draft itself
            draft = own_draft(by, draft.pk)
    return JsonResponse({"title": _("Somebody else changed this.")}, status=409)


def _overtaken(request: HttpRequest, draft: Draft) -> bool:
    last_page = (opened(draft, "fields") or {}).get("page")
    return last_page != request.POST.get("page") and request.POST.get("seen") != draft.saved_at.isoformat()


@requires(Capability.CASE_REGISTER)
@require_POST
def drop_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, at = acting(request), timezone.now()
    draft = own_draft(by, pk)
    home = reverse("cases:console")
    if draft is None:  # dropped or registered already: nothing is left to do
        return go(request, home)
    said = _("The draft %(number)s was dropped. Its number is not given again.") % {"number": draft.number}
    return perform(request, lambda: intake.drop_draft(draft, by=by, at=at), then=lambda _none: home, said=said)


def _told(draft: Draft) -> dict[str, Any]:
    local = timezone.localtime(draft.saved_at)
    return {
        "draft": str(draft.pk),
        "number": draft.number,
        "code": spaced(retrieval_code(draft.number)),
        "seen": draft.saved_at.isoformat(),
        "saved_at": f"{local:%H:%M:%S}",
        "url": reverse("cases:draft", args=[draft.pk]),
        "drop": reverse("cases:draft_drop", args=[draft.pk]),
    }


def spaced(code: str) -> str:
    """739 205 is read out in two groups."""
    return f"{code[:3]} {code[3:]}"
