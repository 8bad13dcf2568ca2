"""The office's settings, book by book: what is in force, what was, and the form in which a change is proposed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hotline.forms import RulebookForm
from hotline.guards import acting, requires
from hotline.models import Proposal, RuleVersion
from hotline.pages.approvals import propose_or_try
from hotline.roles import Capability
from hotline.rulebook import Rulebook, books, today

ALL = "all"


@require_GET
@requires(Capability.PROPOSAL_READ)
def rulebooks(request: HttpRequest) -> HttpResponse:
    """Every book as it stands today, with its versions and the change that waits."""
    at, by = timezone.now(), acting(request)
    past = list(RuleVersion.objects.select_related("proposal__proposed_by", "proposal__decided_by").order_by("-pk"))
    waiting = {p.subject: p for p in Proposal.objects.waiting().filter(target=ALL)}
    shown: list[dict[str, Any]] = [
        {
            "key": book.key,
            "label": book.label,
            "lines": book.lines(book.on(at)),
            "versions": [version for version in past if version.book == book.key],
            "proposal": waiting.get(book.key),
        }
        for book in books()
    ]
    context = {"books": shown, "may_propose": by.can(Capability.PROPOSAL_MAKE), "today": today(at)}
    return render(request, "hotline/rulebooks.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROPOSAL_MAKE)
def propose(request: HttpRequest) -> HttpResponse:
    """A next version of the book named by ``?book``; the first of them if none is."""
    book = _book(request.GET.get("book", ""))
    form = RulebookForm(request.POST or None, book=book, first=today(timezone.now()))
    context = {"title": book.label, "back": reverse("hotline:rulebooks")}
    return propose_or_try(request, book.key, ALL, form, "hotline/propose_rules.html", context)


def _book(key: str) -> Rulebook:
    known = books()
    found = next((book for book in known if book.key == key), None if key else known[0])
    if found is None:
        raise Http404(key)
    return found
