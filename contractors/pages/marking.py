"""Marking one contact: the recording, the record and the scorecard, with the agent hidden."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.readership import looked
from contractors import marking, points, recordings
from contractors.forms.quality import MarkForm
from contractors.models import ContactState, Mark, Seat
from contractors.pages.quality import appeals_of
from contractors.pages.submitting import submitted
from contractors.quality_measures import agreement_lately
from hotline.acts import Invalid, Refusal
from hotline.guards import acting, requires
from hotline.masking import mask_text
from hotline.models import Membership
from hotline.roles import CONTRACTOR, Capability


def _own(by: Membership, pk: int) -> Mark:
    """A mark of this person's own; anybody else's is as if it were not there."""
    rows = Mark.objects.filter(by=by.user_id, organisation=by.organisation_id).select_related(
        "contact__sample__scorecard",
        "contact__sample__organisation",
        "contact__call",
        "contact__case__category",
        "contact__case__unit",
        "contact__case__citizen",
    )
    return get_object_or_404(rows, pk=pk)


@requires(Capability.QUALITY_MARK)
@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """The marking page; what is handed in does not change any more, and the next contact follows."""
    by, at = acting(request), timezone.now()
    found = _own(by, pk)
    items = marking.items_of(found.contact)
    if request.method == "GET":
        return _page(request, found, MarkForm.of(found, items))
    form = MarkForm(items, request.POST)
    then = reverse("contractors:quality")
    return submitted(
        request,
        form,
        lambda: marking.submit(found, form.given(), by=by, at=at),
        then=lambda _mark: then,
        said=_("The mark of %(number)s is handed in.") % {"number": found.contact.number},
        again=lambda: _page(request, found, form),
    )


@requires(Capability.QUALITY_MARK)
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a mark as far as it is written, every few seconds."""
    by, at = acting(request), timezone.now()
    found = _own(by, pk)
    form = MarkForm(marking.items_of(found.contact), request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        marking.keep(found, form.given(), by=by, at=at)
    except Invalid as refusal:
        return JsonResponse({"detail": str(refusal)}, status=422)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=409)
    return JsonResponse({"saved_at": f"{timezone.localtime(at):%H:%M:%S}"})


def _page(request: HttpRequest, found: Mark, form: MarkForm) -> HttpResponse:
    contact, by, at = found.contact, acting(request), timezone.now()
    if contact.case is not None:
        looked(contact.case, by=by, at=at)
    recording = recordings.recording_of(contact)
    context = {
        "mark": found,
        "contact": contact,
        "case": contact.case,
        "words": mask_text(contact.case.words) if contact.case else "",
        "form": form,
        "of": contact.sample.contacts.count(),
        "others": _others(found),
        "recording": recording,
        "loudness": list(enumerate(recordings.loudness(recording))) if recording else [],
        "transcript": recordings.transcript_of(recording) if recording else [],
        "steps": steps(contact.state),
        "kappa": agreement_lately(at, contractor=by.organisation if by.role in CONTRACTOR else None),
        "appeals": appeals_of(by),
        "shares": json.dumps({code: float(share) for code, share in points.SHARE.items()}),
    }
    return render(request, "contractors/quality_mark.html", context, status=422 if form.errors else 200)


def _others(found: Mark) -> list[dict[str, Any]]:
    """The other seats: whether they are done, never who sits there or what they found."""
    seats = [Seat.FIRST, Seat.SECOND] if found.contact.double else [Seat.FIRST]
    seats += [Seat.THIRD] if found.contact.state == ContactState.THIRD or found.seat == Seat.THIRD else []
    done = set(found.contact.marks.filter(submitted_at__isnull=False).values_list("seat", flat=True))
    return [{"label": seat.label, "own": seat == found.seat, "done": seat in done} for seat in seats]


def steps(state: str) -> list[dict[str, str]]:
    """The way of a mark, and how far it has come."""
    order = [ContactState.TO_MARK, ContactState.THIRD, ContactState.READY, ContactState.PUBLISHED, ContactState.LOCKED]
    words = [_("First and blind mark"), _("Comparison"), _("Publication"), _("Time to appeal"), _("Locked")]
    at = order.index(ContactState(state))
    return [{"words": words[n], "state": "done" if n < at else "cur" if n == at else ""} for n in range(len(order))]
