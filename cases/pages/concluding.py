"""How a record ends: which verb makes it a case, and what the agent is told to read out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import dispatching, intake, linking
from cases.deadlines import local_date
from cases.forms.intake import IntakeForm
from cases.models import Case, Draft, Status
from cases.notifications import local_time
from cases.pages import drafts
from cases.pages.calling import call_of
from cases.pages.suggestions import considered
from cases.routing import beside
from hotline.acts import NotNow, Refusal, part
from hotline.guards import acting
from hotline.models import Membership
from hotline.pages.performing import perform
from hotline.privacy import retrieval_code


def conclude(request: HttpRequest, form: IntakeForm, at: datetime) -> HttpResponse:
    """Make the record a case; for who may dispatch, send it on at once; or join it to the main case of its matter."""
    by, made = acting(request), []

    def act() -> Case:
        made.append(_end(form, by=by, at=at))
        return made[0]

    response = perform(request, act, then=lambda case: _onward(form, case), said=_said)
    if form.outcome == "dispatch" and made:
        _dispatch(request, made[0], form, by=by, at=at)
    if form.outcome == "join" and made:
        _join(request, made[0], form.line, by=by, at=at)
    return response


def _onward(form: IntakeForm, case: Case) -> str:
    """To the next call; but what a line was asked to take must first be answered there."""
    asked = form.outcome == "hand_over" and case.is_open
    return reverse("cases:case", args=[case.number]) if asked else reverse("cases:console")


def _end(form: IntakeForm, *, by: Membership, at: datetime) -> Case:
    given = form.cleaned_data
    draft = record_of(form, by)
    call = draft.call if draft else call_of(by, given["call"])
    registration = form.registration(call, considered(given, at))
    if call is not None and call.case_id is not None:
        call = None  # it stays with the first case it led to
    if form.outcome == "answer":
        answer, article = given["answer"], form.article_quoted()
        return intake.answer_directly(
            registration, by=by, at=at, answer=answer, article=article, draft=draft, call=call
        )
    if form.outcome == "refuse":
        ground, route = given["ground"], given["route"]
        return intake.refuse(registration, by=by, at=at, ground=ground, route=route, draft=draft, call=call)
    if form.outcome == "hand_over":
        talk = {"three_way": given["three_way"], "note": given["line_note"]}
        return intake.hand_over(registration, by=by, at=at, to=form.line, draft=draft, call=call, **talk)
    return intake.register(registration, by=by, at=at, draft=draft, call=call)


def record_of(form: IntakeForm, by: Membership) -> Draft | None:
    """The draft behind the page. Raises NotNow if it became a case elsewhere; one dropped elsewhere is as none."""
    given = form.cleaned_data
    if not given["draft"]:
        return drafts.opened_by(given["page"], by)
    found = drafts.own_draft(by, given["draft"])
    if found is None and Case.objects.filter(number=given["number"], taken_by=by.user_id).exists():
        raise NotNow(
            _("%(number)s was already registered, in another window or on another machine. Nothing was done twice.")
            % {"number": given["number"]}
        )
    return found


def _dispatch(request: HttpRequest, case: Case, form: IntakeForm, *, by: Membership, at: datetime) -> None:
    unit = form.cleaned_data["unit"]
    helpers, watching = beside(case, unit, local_date(at))
    try:
        with part("dispatch"):
            dispatching.dispatch(
                case, by=by, at=at, version=case.version, unit=unit, co_organisers=helpers, copies=watching
            )
    except Refusal as refusal:
        messages.warning(request, _("Registered, but not dispatched: %(reason)s") % {"reason": refusal})
    else:
        messages.success(request, _("Dispatched to %(unit)s.") % {"unit": unit.label})


def _join(request: HttpRequest, case: Case, number: str, *, by: Membership, at: datetime) -> None:
    """The case stays registered, with its number told, whatever becomes of the joining."""
    main = Case.objects.visible_to(by).filter(number=number).first()
    try:
        if main is None:
            raise NotNow(linking.no_such_case(number))
        with part("join"):
            linking.join(main, [(case, case.version)], by=by, at=at)
    except Refusal as refusal:
        messages.warning(request, _("Registered, but not joined: %(reason)s") % {"reason": refusal})
    else:
        messages.success(
            request, _("Joined to %(number)s; the answer to it reaches this caller too.") % {"number": number}
        )


def _said(case: Case) -> str:
    words = {"number": case.number, "code": drafts.spaced(retrieval_code(case.number))}
    if case.status == Status.CLOSED:
        return _("Answered and closed: %(number)s, retrieval code %(code)s.") % words
    if case.status == Status.REFUSED:
        return _("Kept as not accepted: %(number)s, retrieval code %(code)s.") % words
    if case.status == Status.HANDED_OVER:
        return _("Handed over: %(number)s. The record is kept.") % words
    words["due"] = local_time(case.promise_due_at or case.registered_at)
    return _("Registered: %(number)s, retrieval code %(code)s. Promised to the citizen by %(due)s.") % words
