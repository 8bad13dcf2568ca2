"""The hotline office's own lists, each worked off in place: dispatch and reviews; rulings stand apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases import dispatching, reasons, reviewing
from cases.deadlines import local_date
from cases.forms.office import DispatchForm, ReviewForm, named_beside
from cases.models import Case, ReasonKind
from cases.queues import DISPATCH, REVIEW, Queue, proposal
from cases.readership import looked
from hotline.guards import acting, requires
from hotline.models import Organisation
from hotline.pages.performing import perform, submitted, version_of
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability
from hotline.shelf import ORGANISATIONS

KEPT = ("tab", PARAMETER)


def listing(request: HttpRequest, queue: Queue, at: datetime) -> dict[str, Any]:
    """A queue's tabs with their counts, one page of the chosen tab, and the way to its neighbours."""
    membership, tab = acting(request), queue.tab(request.GET.get("tab", ""))
    counts = queue.counts(membership, at)
    found = page_of(queue.part(tab, membership, at), queue.key, request.GET.get(PARAMETER, ""))
    for row in found.rows:
        row.left = queue.left(row, at)
    base = reverse(f"cases:{queue.slug}_queue")
    tabs = [(t, counts[t.slug], address(request.GET, base=base, tab=t.slug, page="", open="")) for t in queue.tabs]
    words = _("%(shown)s of %(n)s") % {"shown": len(found.rows), "n": counts[tab.slug]}
    more = {
        "open": request.GET.get("open", ""),
        "here": address(request.GET, base=base, open=""),
        "kept": kept(request),
    }
    return {"tabs": tabs, "tab": tab, "rows": found.rows, "pager": pager(request.GET, found, words, base=base), **more}


def kept(request: HttpRequest) -> str:
    """The tab and page a form was opened from, to come back to."""
    given = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    return f"?{urlencode(given)}" if given else ""


def units(at: datetime) -> list[Organisation]:
    """What the unit picker offers, from memory."""
    on = local_date(at)
    active = [o for o in ORGANISATIONS.all() if o.kind == Organisation.Kind.UNIT and o.is_active(on)]
    return sorted(active, key=lambda unit: (unit.tier, unit.path))


def with_form(request: HttpRequest, template: str, listed: dict[str, Any], key: str, form: Form | None) -> HttpResponse:
    """The list again, with the open row's form as it was filled in and what must be changed in it."""
    status = 422 if form is not None and form.errors else 200
    return render(request, template, {**listed, "open": key or listed["open"], "form": form}, status=status)


# -- Dispatch


@require_GET
@requires(Capability.CASE_DISPATCH)
def dispatch_queue(request: HttpRequest) -> HttpResponse:
    """Cases to send on, the most pressing first; the proposed unit is confirmed with one key."""
    return _dispatch_queue(request, timezone.now())


def _dispatch_queue(
    request: HttpRequest, at: datetime, key: str = "", form: DispatchForm | None = None
) -> HttpResponse:
    listed = listing(request, DISPATCH, at)
    for row in listed["rows"]:
        row.proposal = proposal(row)
        row.beside = named_beside(row, local_date(at))
    wanted = key or listed["open"]
    case = next((row for row in listed["rows"] if row.number == wanted), None)
    if case is not None:
        looked(case, by=acting(request), at=at)
    if case is not None and form is None:
        form = DispatchForm.proposing(case, on=local_date(at))
    listed["units"] = units(at) if form is not None else []
    return with_form(request, "cases/dispatch_queue.html", listed, key, form)


@require_POST
@requires(Capability.CASE_DISPATCH)
def dispatch(request: HttpRequest, number: str) -> HttpResponse:
    """Send one case to its unit."""
    at, by = timezone.now(), acting(request)
    case = get_object_or_404(Case.objects.visible_to(by), number=number)
    form = DispatchForm(request.POST, on=local_date(at))

    def act() -> HttpResponse:
        unit = form.cleaned_data["unit"]
        given = {"unit": unit, "co_organisers": form.others(), "copies": form.watching()}
        note = form.cleaned_data["note"]
        return perform(
            request,
            lambda: dispatching.dispatch(case, by=by, at=at, version=version_of(request), note=note, **given),
            then=lambda _case: reverse("cases:dispatch_queue") + kept(request),
            said=_("%(number)s was dispatched to %(unit)s.") % {"number": number, "unit": unit.label},
        )

    return submitted(request, form, act, lambda: _dispatch_queue(request, at, number, form))


# -- Reviews


@require_GET
@requires(Capability.REPLY_REVIEW)
def review_queue(request: HttpRequest) -> HttpResponse:
    """Replies to read before the citizen does."""
    return _review_queue(request, timezone.now())


def _review_queue(request: HttpRequest, at: datetime, key: str = "", form: ReviewForm | None = None) -> HttpResponse:
    listed = listing(request, REVIEW, at)
    listed["reasons"] = [("", _("Reason for sending back")), *reasons.choices(ReasonKind.SEND_BACK, at)]
    return with_form(request, "cases/review_queue.html", listed, key, form)


@require_POST
@requires(Capability.REPLY_REVIEW)
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Accept one reply, or send it back with the reason."""
    at, by = timezone.now(), acting(request)
    case = get_object_or_404(Case.objects.visible_to(by), number=number)
    form = ReviewForm(request.POST)
    return submitted(
        request,
        form,
        lambda: _review(request, case, form, at),
        lambda: _review_queue(request, at, number, form),
    )


def _review(request: HttpRequest, case: Case, form: ReviewForm, at: datetime) -> HttpResponse:
    given, by, version = form.cleaned_data, acting(request), version_of(request)

    def act() -> Case:
        if given["act"] == "accept":
            return reviewing.accept(case, by=by, at=at, version=version)
        return reviewing.send_back(case, by=by, at=at, version=version, reason=given["reason"], note=given["note"])

    accepted = _("%(number)s: the reply was accepted; the citizen is asked whether it helped.")
    said = accepted if given["act"] == "accept" else _("%(number)s: the reply went back to its unit.")
    then = reverse("cases:review_queue") + kept(request)
    return perform(request, act, then=lambda _case: then, said=said % {"number": case.number})
