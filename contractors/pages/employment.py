"""One employment: the facts, the person's others, what is proved, what is running, and its end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contractors import employing, running_work
from contractors.forms.staff import LeaveForm
from contractors.models import Employment, Proof, ProofLine
from contractors.pages.submitting import submitted
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.roles import Capability

PROOFS_SHOWN = 60


@requires(Capability.STAFF_READ)
@require_GET
def employment(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk), None)


@requires(Capability.STAFF_MANAGE)
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    form = LeaveForm(request.POST, by=by)
    return submitted(
        request,
        form,
        lambda: employing.end(found, by=by, at=at, **form.cleaned_data),
        then=lambda row: reverse("contractors:employment", args=[row.pk]),
        said=_("The end is on record. Every access ends with it, at that second."),
        again=lambda: _page(request, found, form),
    )


def _found(request: HttpRequest, pk: int) -> Employment:
    reach = Employment.objects.visible_to(acting(request)).select_related("user", "contract__organisation", "ended_by")
    return get_object_or_404(reach, pk=pk)


def _page(request: HttpRequest, found: Employment, form: LeaveForm | None) -> HttpResponse:
    by, at = acting(request), timezone.now()
    visible = Proof.objects.visible_to(by)
    lines = ProofLine.objects.filter(employment__user=found.user_id, proof__in=visible).defer("amount")
    drafts, calls = running_work.of_person(found.user_id)
    may_end = by.can(Capability.STAFF_MANAGE) and found.period.upper > at and by.user_id != found.user_id
    others = Employment.objects.visible_to(by).filter(user=found.user_id).select_related("contract__organisation")
    own = Membership.objects.filter(user=found.user_id, organisation=found.contract.organisation_id)
    context = {
        "row": found,
        "now": at,
        "others": others.order_by("-period"),
        "roles": own.order_by("-valid"),
        "lines": lines.select_related("proof", "proof__checked_by").order_by("-proof__submitted_at", "-pk")[
            :PROOFS_SHOWN
        ],
        "drafts": list(drafts),
        "calls": list(calls),
        "form": (form or LeaveForm(by=by)) if may_end else None,
    }
    return render(request, "contractors/employment.html", context, status=422 if form is not None else 200)
