"""Calling citizens back: the queue, and the page one has before oneself during the call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import identity, surveys
from cases.forms.office import CallbackForm
from cases.models import ReasonKind, Reply, ReplyState, RevealReason, Survey, SurveyState, in_reach, reason_words
from cases.pages.queues import kept, listing
from cases.permissions import may_see_identity
from cases.queues import CALLBACKS
from cases.readership import looked
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.pages.performing import perform, submitted
from hotline.roles import Capability


@require_GET
@requires(Capability.CALLBACK_MAKE)
def callback_queue(request: HttpRequest) -> HttpResponse:
    """Citizens to be asked by telephone, the longest waiting first; numbers masked."""
    listed = listing(request, CALLBACKS, timezone.now())
    for row in listed["rows"]:
        row.last_result_words = reason_words(ReasonKind.CALLBACK, row.last_result or "", row.last_at)
    return render(request, "cases/callback_queue.html", listed)


def _survey(pk: UUID, by: Membership) -> Survey:
    reach = Survey.objects.filter(in_reach(by))
    return get_object_or_404(reach.select_related("case__citizen"), pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Capability.CALLBACK_MAKE)
def callback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One citizen: what was asked and answered, the number, the three questions, what came of earlier tries."""
    at, by = timezone.now(), acting(request)
    survey = _survey(pk, by)
    if request.method == "GET":
        return _callback(request, survey, CallbackForm(), at)
    form = CallbackForm(request.POST)

    def act() -> HttpResponse:
        result, note = form.cleaned_data["result"], form.cleaned_data["note"]
        return perform(
            request,
            lambda: surveys.call_back(survey, by=by, at=at, result=result, verdict=form.verdict(), note=note),
            then=lambda _case: reverse("cases:callback_queue") + kept(request),
            said=_("%(number)s: the call was recorded.") % {"number": survey.case.number},
        )

    return submitted(request, form, act, lambda: _callback(request, survey, form, at))


def _callback(request: HttpRequest, survey: Survey, form: CallbackForm, at: datetime) -> HttpResponse:
    by, case = acting(request), survey.case
    looked(case, by=by, at=at)
    shown = identity.shown_to(case, by=by, at=at)
    context = {
        "survey": survey,
        "case": case,
        "form": form,
        "waiting": survey.state == SurveyState.CALLBACK,
        "attempts": survey.attempts.select_related("by").order_by("at", "id"),
        "left": surveys.callbacks_of(survey) - survey.attempts.count(),
        "reply": Reply.objects.filter(case=case, state=ReplyState.ACCEPTED).order_by("-submitted_at").first(),
        "shown": shown,
        "revealed": identity.in_full(case) if shown else None,
        "may_reveal": shown is None and may_see_identity(by, case),
        "kept": kept(request),
    }
    return render(request, "cases/callback.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Capability.IDENTITY_REVEAL)
def reveal_for_callback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the number to call, for a few minutes; who looked and why is kept."""
    at, by = timezone.now(), acting(request)
    survey = _survey(pk, by)
    return perform(
        request,
        lambda: identity.reveal(survey.case, by=by, at=at, reason=RevealReason.CALLBACK),
        then=lambda _shown: reverse("cases:callback", args=[pk]) + kept(request),
        said="",
    )
