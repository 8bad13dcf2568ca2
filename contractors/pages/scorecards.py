"""Scorecards: the version in force, those before it, and the draft on its way to approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.deadlines import local_date
from contractors import scorecards
from contractors.forms.scorecard import CardForm, ItemFormSet, lines_of
from contractors.models import Scorecard
from contractors.pages.submitting import submitted
from hotline.form_fields import ReturnForm
from hotline.guards import acting, requires
from hotline.models import Membership, TwoPeopleState
from hotline.pages.performing import perform
from hotline.roles import Capability

UNFINISHED = (TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED)


@require_GET
@requires(Capability.QUALITY_READ)
def cards(request: HttpRequest) -> HttpResponse:
    """What contacts are marked by today, and every version."""
    by, on = acting(request), local_date(timezone.now())
    rows = list(Scorecard.objects.visible_to(by).select_related("approved_by", "written_by").order_by("-version"))
    now = Scorecard.objects.in_force(on).first()
    context = {
        "cards": rows,
        "now": now,
        "items": list(now.items.order_by("position")) if now else [],
        "may_write": by.can(Capability.SCORECARD_WRITE) and not any(card.state in UNFINISHED for card in rows),
        "tab": "scorecards",
        "sees_samples": by.can(Capability.QUALITY_SAMPLES),
    }
    return render(request, "contractors/scorecards.html", context)


@requires(Capability.SCORECARD_WRITE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new version, begun from the one in force."""
    by, at = acting(request), timezone.now()
    if request.method == "GET":
        now = Scorecard.objects.in_force(local_date(at)).first()
        initial = {"pass_mark": now.pass_mark if now else 85, "valid_from": local_date(at)}
        lines = ItemFormSet(prefix="line", initial=lines_of(now) if now else [])
        return _editor(request, None, CardForm(initial=initial), lines)
    act = lambda given: scorecards.write(given, by=by, at=at)  # noqa: E731
    return _written(request, None, act)


@requires(Capability.QUALITY_READ)
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One version; a draft is changed here."""
    by, at, found = acting(request), timezone.now(), _found(acting(request), pk)
    if request.method == "GET":
        draft = found.state == TwoPeopleState.DRAFT and by.can(Capability.SCORECARD_WRITE)
        lines = ItemFormSet(prefix="line", initial=lines_of(found)) if draft else None
        return _editor(request, found, CardForm.of(found) if draft else None, lines)
    act = lambda given: scorecards.revise(found, given, by=by, at=at)  # noqa: E731
    return _written(request, found, act)


def _found(by: Membership, pk: int) -> Scorecard:
    return get_object_or_404(Scorecard.objects.visible_to(by), pk=pk)


def _written(request: HttpRequest, found: Scorecard | None, act: Callable[[Any], Scorecard]) -> HttpResponse:
    form, lines = CardForm(request.POST), ItemFormSet(request.POST, prefix="line")

    if not lines.is_valid():
        return _editor(request, found, form, lines)
    given = [line for row in lines.forms if (line := row.line()) is not None]
    said = _("The draft is kept. Read it through, then propose it.")
    again = lambda: _editor(request, found, form, lines)  # noqa: E731
    return submitted(request, form, lambda: act(form.given(given)), then=_page_of, said=said, again=again)


def _page_of(card: Scorecard) -> str:
    return reverse("contractors:scorecard", args=[card.pk])


def _editor(
    request: HttpRequest,
    found: Scorecard | None,
    form: CardForm | None,
    lines: BaseFormSet[Any] | None,
    back: ReturnForm | None = None,
) -> HttpResponse:
    by = acting(request)
    context = {
        "card": found,
        "items": list(found.items.order_by("position")) if found else [],
        "form": form,
        "lines": lines,
        "back": back or ReturnForm(),
        "decides": bool(found and found.state == TwoPeopleState.PROPOSED and by.can(Capability.SCORECARD_APPROVE)),
        "own": bool(found and found.proposed_by_id == by.user_id),
        "may_drop": bool(found and found.state in UNFINISHED and by.can(Capability.SCORECARD_WRITE)),
        "tab": "scorecards",
        "sees_samples": by.can(Capability.QUALITY_SAMPLES),
    }
    wrong = (form and form.errors) or (lines and lines.is_bound and not lines.is_valid()) or (back and back.errors)
    return render(request, "contractors/scorecard.html", context, status=422 if wrong else 200)


@requires(Capability.SCORECARD_WRITE)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft before whoever approves."""
    by, at, found = acting(request), timezone.now(), _found(acting(request), pk)
    said = _("Proposed. It is in force once somebody else has approved it.")
    return perform(request, lambda: scorecards.propose(found, by=by, at=at), then=_page_of, said=said)


@requires(Capability.SCORECARD_WRITE)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft come to nothing."""
    by, at, found = acting(request), timezone.now(), _found(acting(request), pk)
    then = reverse("contractors:scorecards")
    act = lambda: scorecards.drop(found, by=by, at=at)  # noqa: E731
    return perform(request, act, then=lambda _card: then, said=_("The draft was dropped."))


@requires(Capability.SCORECARD_APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let samples be drawn with it from its first day on."""
    by, at, found = acting(request), timezone.now(), _found(acting(request), pk)
    said = _("Approved: samples are drawn with it from its first day on.")
    return perform(request, lambda: scorecards.approve(found, by=by, at=at), then=_page_of, said=said)


@requires(Capability.SCORECARD_APPROVE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again, with the reason."""
    by, at, found, form = acting(request), timezone.now(), _found(acting(request), pk), ReturnForm(request.POST)
    act = lambda: scorecards.send_back(found, by=by, at=at, why=form.cleaned_data["why"])  # noqa: E731
    said = _("Sent back to its proposer.")
    return submitted(
        request,
        form,
        act,
        then=_page_of,
        said=said,
        again=lambda: _editor(request, found, None, None, form),
    )
