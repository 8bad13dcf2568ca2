"""The call-taking console: one page on which a request is taken down while its caller speaks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import intake, supervision, telephony
from cases.forms.intake import IntakeForm
from cases.models import WITH_UNIT, Call, CallbackWish, Case, Draft, EmergencyLine, Urgency
from cases.pages import concluding, drafts
from cases.pages.calling import bar_of, call_of, live_call
from cases.pages.choosing import region_label
from cases.registration import COMPLAINED_OF, check_length
from cases.shelves import CHANNELS
from hotline.acts import Invalid, Refusal, part
from hotline.guards import acting, requires
from hotline.models import Membership, Region
from hotline.pages.performing import attach, perform
from hotline.privacy import opened, retrieval_code
from hotline.roles import Capability
from hotline.shelf import ORGANISATIONS

DEFAULTS = {"urgency": Urgency.ORDINARY, "callback_wish": CallbackWish.PHONE, "channel": "phone", "confidential": ""}


@requires(Capability.CASE_REGISTER)
@require_GET
def console(request: HttpRequest) -> HttpResponse:
    """The call one is on, else the record one was writing, else an empty one."""
    by = acting(request)
    live = live_call(by)
    call = call_of(by, request.GET["call"]) if "call" in request.GET else live
    fresh = "new" in request.GET
    known = None if fresh else _begun(by, call)
    if known is not None:
        return redirect("cases:draft", known.pk)
    form = IntakeForm(initial=DEFAULTS | ({"call": call.pk} if call and not fresh else {}))
    return show(request, form, live=live, call=None if fresh else call)


def _begun(by: Membership, call: Call | None) -> Draft | None:
    """The call's own record; without a call, the one written to last."""
    own = Draft.objects.filter(owner=by.user_id)
    if call is not None and call.case_id is None:
        return own.filter(call=call).first()
    return own.order_by("-saved_at").first()


@requires(Capability.CASE_REGISTER)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = acting(request)
    found = drafts.own_draft(by, pk)
    if request.method == "POST":
        return drafts.save(request, found, timezone.now())
    if found is None:
        return redirect("cases:console")
    typed = opened(found, "fields") or {}
    form = IntakeForm(initial=DEFAULTS | typed | {"page": "", "draft": found.pk, "number": found.number})
    return show(request, form, live=live_call(by), call=found.call, draft=found)


@requires(Capability.CASE_REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The end of a record: sent on, answered, not accepted or handed over. What is wrong is said at its field."""
    if request.method == "GET":  # the page of a refused form, loaded again
        return redirect("cases:console")
    form = IntakeForm(request.POST, outcome=request.POST.get("outcome") or "propose")
    if form.is_valid():
        try:
            return concluding.conclude(request, form, timezone.now())
        except Refusal as refusal:
            attach(form, refusal)
    return show_again(request, form)


@requires(Capability.CASE_REGISTER)
@require_POST
def add_to_case(request: HttpRequest, number: str) -> HttpResponse:
    """The caller speaks of a case that is under way: what they add goes there, and its unit is urged."""
    by, at = acting(request), timezone.now()
    case = get_object_or_404(Case.objects.visible_to(by), number=number)
    form = IntakeForm(request.POST)
    words = request.POST.get("words", "")
    try:
        if not form.is_valid() or not words.strip():
            raise Invalid(_("Write what the caller adds; it is passed on with the case."), field="words")
        check_length(words, field="words")
        act = supervision.urge if case.status in WITH_UNIT else supervision.note
        response = perform(
            request,
            lambda: act(case, by=by, at=at, version=None, words=words),
            then=lambda _case: reverse("cases:console"),
            said=_("Added to %(number)s. Tell the caller that number.") % {"number": number},
        )
    except Refusal as refusal:
        attach(form, refusal)
        return show_again(request, form)
    _close_record(form, case, by=by, at=at)
    return response


def _close_record(form: IntakeForm, case: Case, *, by: Membership, at: datetime) -> None:
    """The call was about that case, so the record begun for it is not needed."""
    found = concluding.record_of(form, by)
    call = found.call if found else call_of(by, form.cleaned_data.get("call"))
    if found is not None:
        with part("drop"):
            intake.drop_draft(found, by=by, at=at)
    if call is not None and call.case_id is None:
        with part("link"):
            telephony.link_call(call, case, by=by, at=at)


def show_again(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    """The page with everything that was typed and a sentence at each field to change."""
    by = acting(request)
    given = getattr(form, "cleaned_data", {})
    found = drafts.own_draft(by, given.get("draft"))
    call = found.call if found else call_of(by, given.get("call"))
    return show(request, form, live=live_call(by), call=call, draft=found, status=422)


def show(
    request: HttpRequest,
    form: IntakeForm,
    *,
    live: Call | None,
    call: Call | None,
    draft: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    by = acting(request)
    region = _region(form)
    context: dict[str, Any] = {
        "form": form,
        "draft": draft,
        "code": drafts.spaced(retrieval_code(draft.number)) if draft else "",
        "seen": draft.saved_at.isoformat() if draft else "",
        "page": form["page"].value() or uuid4().hex,
        "call": call,
        "tabs": [_tab(d, draft) for d in drafts.drafts_of(by)],
        "region": region_label(region) if region else "",
        "channels": [c for c in CHANNELS.all() if c.is_active and (c.platform or not c.upstream)],
        "lines": EmergencyLine.choices,
        "bodies": [body for body in ORGANISATIONS.all() if body.kind in COMPLAINED_OF],
        "dispatches": by.can(Capability.CASE_DISPATCH),
        **bar_of(live, by),
    }
    return render(request, "cases/console.html", context, status=status)


def _region(form: IntakeForm) -> Region | None:
    code = form["region"].value()
    return Region.objects.select_related("parent").filter(code=str(code)).first() if code else None


def _tab(draft: Draft, current: Draft | None) -> dict[str, Any]:
    """A record on the tab line: whose it is, as far as it is known."""
    call = draft.call
    return {
        "draft": draft,
        "name": draft.name or (call.masked_caller if call else ""),
        "current": current is not None and draft.pk == current.pk,
        "on_call": call is not None and call.ended_at is None,
        "ended_at": call.ended_at if call else None,
    }
