"""Where pages meet verbs: one act per request, its answer kept, and a refusal told in plain words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import DatabaseError, InterfaceError, connection
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri

from hotline.acts import AlreadyAnswered, Invalid, Refusal, Stale, after_all, answering
from hotline.api.problems import problem
from hotline.outage import is_outage
from hotline.pages.edge import traced

R = TypeVar("R")
RETRY_SECONDS = 10


def perform(
    request: HttpRequest, act: Callable[[], R], *, then: Callable[[R], str], said: str | Callable[[R], str]
) -> HttpResponse:
    """Run one verb and go on to ``then(result)`` with a word about what was done; a repeat goes the same way.

    Raises the verb's Refusal: a page with a form shows it at its field, else RefusalMiddleware answers.
    """

    def present(result: Any) -> dict[str, str]:
        return {"location": then(result), "said": str(said(result) if callable(said) else said)}

    try:
        with answering(present) as context:
            act()
        answer = context.answer
    except (AlreadyAnswered, Refusal) as exception:
        known = after_all(exception) if isinstance(exception, Refusal) else exception
        if not isinstance(known, AlreadyAnswered):
            raise known from None
        answer = known.answer
    if answer["said"]:
        messages.success(request, answer["said"])
    return go(request, answer["location"])


def go(request: HttpRequest, location: str) -> HttpResponse:
    """See Other, for a browser or for htmx."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = iri_to_uri(location)
        return response
    redirect = HttpResponseRedirect(location)
    redirect.status_code = 303
    return redirect


def version_of(request: HttpRequest) -> int | None:
    """The version of the case the person was looking at, from the form; None if the form carried none."""
    return whole(request.POST.get("version", ""))


def whole(text: str) -> int | None:
    """The number somebody's browser sent, if it is one that the database could hold."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def submitted(
    request: HttpRequest,
    form: Form,
    act: Callable[[], HttpResponse],
    again: Callable[[], HttpResponse],
    *,
    told: type[Refusal] = Invalid,
) -> HttpResponse:
    """Carry the act out if the form is in order; show the form again with what is wrong with it.

    ``told`` are the refusals that the form itself shows; others get the page of their own.
    """
    if form.is_valid():
        try:
            return act()
        except told as refusal:
            attach(form, refusal)
    return again()


def attach(form: Form, refusal: Refusal) -> None:
    """Put the refusal at the field it names, or at the top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


class RefusalMiddleware:
    """Answers for pages that let a refusal or a failing database through. The API has its own way of saying it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (DatabaseError, InterfaceError) as error:
            if not is_outage(error):
                raise
            return unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refused(request, exception)
        if is_outage(exception):
            return unavailable(request)
        return None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The sentence, what changed if somebody else was quicker, and the way back; in place for htmx."""
    context = {
        "sentence": str(refusal),
        "changes": refusal.extra.get("changes", []) if isinstance(refusal, Stale) else [],
        "back": request.headers.get("Referer") or "/",
    }
    template = "components/refusal.html" if request.headers.get("HX-Request") else "refused.html"
    return render(request, template, context, status=refusal.status)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to what nobody caught, at whatever depth: a session that cannot be read for want of a database too."""
    if is_outage(sys.exc_info()[1]):
        return traced(unavailable(request))
    return traced(HttpResponse(render_to_string("500.html", {"request": request}), status=500))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database cannot serve: nothing was changed, try again shortly. The page itself asks it nothing."""
    connection.close()
    accepts = request.headers.get("Accept", "")
    if request.path.startswith("/api/") or "application/json" in accepts:
        response = problem(503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
