"""The citizens' pages: how far is my case, and was it solved?"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cases import surveys, tracking
from cases.forms.citizen import SurveyForm, TrackForm
from cases.models import Case, FeedbackSource, Survey, SurveyState
from hotline import rates
from hotline.acts import NotNow, Refusal
from hotline.guards import public
from hotline.identifiers import parse_case_number
from hotline.pages.performing import attach, perform
from hotline.rates import Rate
from hotline.wording import duration_words

BY_CALLER = Rate("track.caller", 10, 15 * 60)
BY_NUMBER = Rate("track.number", 10, 15 * 60)


@public
@never_cache
@sensitive_post_parameters("number", "code")
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """The answer comes with the POST itself: neither number nor code is ever part of an address."""
    at = timezone.now()
    form = TrackForm(request.POST or None)
    if not form.is_valid():
        return _private(render(request, "cases/track.html", {"form": form}, status=422 if form.errors else 200))
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    tried = ((BY_CALLER, rates.caller(request)), (BY_NUMBER, parse_case_number(number) or number))
    if wait := max(rates.take(rate, who, at=at) for rate, who in tried):
        return _too_often(request, form, wait)
    case = tracking.look_up(number, code)
    if case is None:
        form.add_error(None, _("Number and code do not belong together. Both are in the text message we sent you."))
        return _private(render(request, "cases/track.html", {"form": form}, status=422))
    for rate, who in tried:
        rates.give_back(rate, who)
    context = {"form": form, "progress": tracking.progress(case, at=at)}
    return _private(render(request, "cases/track.html", context))


def _too_often(request: HttpRequest, form: TrackForm, wait: int) -> HttpResponse:
    words = {"wait": duration_words(max(wait, 60))}
    form.add_error(None, _("Too many tries. Try again in %(wait)s, or dial 12345 and ask there.") % words)
    response = render(request, "cases/track.html", {"form": form}, status=429)
    response["Retry-After"] = str(wait)
    return _private(response)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link counts for nothing; only the button does."""
    at = timezone.now()
    asked = surveys.survey_for(token)
    if asked is None or not _is_open(asked, at):
        return _closed(request, asked)
    form = SurveyForm(request.POST or None)
    if form.is_valid():
        here = reverse("cases:survey", args=[token])
        try:
            verdict = form.verdict()
            done = perform(request, lambda: surveys.answer(asked, verdict, at=at), then=lambda _c: here, said="")
            return _private(done)
        except NotNow:
            return _closed(request, surveys.survey_for(token))
        except Refusal as refusal:
            attach(form, refusal)
    context = {"form": form, "survey": asked, "case": asked.case, "reply": tracking.answers(asked.case).first()}
    return _private(render(request, "cases/survey.html", context, status=422 if form.errors else 200))


def _is_open(asked: Survey, at: datetime) -> bool:
    waits = asked.state in (SurveyState.SENT, SurveyState.CALLBACK) and asked.round == asked.case.round
    return waits and at < asked.expires_at


def _closed(request: HttpRequest, asked: Survey | None) -> HttpResponse:
    """A link that asks nothing any more: answered, over, or not known (a reminder's link replaces the first)."""
    if asked is None:
        return _private(render(request, "cases/survey_closed.html", {"why": "unknown"}, status=404))
    given = asked.feedback.filter(source=FeedbackSource.LINK).order_by("-at").first()
    if given is None:
        why = "answered" if asked.state == SurveyState.ANSWERED else "over"
        return _private(render(request, "cases/survey_closed.html", {"why": why, "case": asked.case}, status=410))
    case: Case = asked.case
    again = case.round > asked.round
    return _private(render(request, "cases/survey_done.html", {"given": given, "case": case, "again": again}))


def _private(response: HttpResponse) -> HttpResponse:
    """Of no interest to search engines, and the address goes to nobody: not even our own pages are told the path."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
