"""Proofs about staff: brought, looked at, checked by somebody else."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.attachments import Upload
from contractors import proofs as acts
from contractors.forms.staff import ProofForm, RejectForm
from contractors.models import Proof, ProofKind, ProofState
from contractors.pages.submitting import submitted
from hotline.guards import acting, requires
from hotline.pages.downloads import download
from hotline.pages.performing import perform
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability

STATES = {"": gettext_lazy("To check"), "all": gettext_lazy("All proofs"), "rejected": gettext_lazy("Rejected")}
LINES_SHOWN = 500


@requires(Capability.STAFF_READ)
@require_GET
def proofs(request: HttpRequest) -> HttpResponse:
    """What was brought, the latest first; what waits to be checked before all else."""
    by = acting(request)
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    rows = Proof.objects.visible_to(by).select_related("contract__organisation", "submitted_by", "checked_by")
    if state != "all":
        rows = rows.filter(state=ProofState.REJECTED if state == "rejected" else ProofState.SUBMITTED)
    if kind in ProofKind.values:
        rows = rows.filter(kind=kind)
    found = page_of(rows, "submitted_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "rows": found.rows,
        "states": [(s, words, address(request.GET, state=s, page="")) for s, words in STATES.items()],
        "state": state if state in STATES else "",
        "kind": kind,
        "kinds": ProofKind.choices,
        "may_bring": by.can(Capability.STAFF_MANAGE),
        "pager": pager(request.GET, found, ""),
    }
    return render(request, "contractors/proofs.html", context)


@requires(Capability.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    by, at = acting(request), timezone.now()
    if request.method == "GET":
        return _bring(request, ProofForm(by=by, initial={"kind": request.GET.get("kind", "")}))
    form = ProofForm(request.POST, request.FILES, by=by)

    def act() -> Proof:
        given = form.cleaned_data
        people = acts.people_named(given["contract"], given["people"], given["kind"], given["on"])
        upload = Upload(given["file"].name, given["file"].read())
        told = {name: given[name] for name in ("kind", "on", "title", "hours")}
        return acts.submit(given["contract"], upload, by=by, at=at, people=people, **told)

    return submitted(
        request,
        form,
        act,
        then=lambda row: reverse("contractors:proof", args=[row.pk]),
        said=_("Brought. It counts once somebody else has checked it."),
        again=lambda: _bring(request, form),
    )


def _bring(request: HttpRequest, form: ProofForm) -> HttpResponse:
    return render(request, "contractors/proof_bring.html", {"form": form}, status=422 if form.errors else 200)


@requires(Capability.STAFF_READ)
@require_GET
def proof(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _found(request, pk), None)


@requires(Capability.PROOF_CHECK)
@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept it, or reject it with a reason."""
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    here = reverse("contractors:proof", args=[pk])
    if request.POST.get("act") == "accept":
        return perform(
            request, lambda: acts.accept(found, by=by, at=at), then=lambda _row: here, said=_("Accepted. It counts.")
        )
    form = RejectForm(request.POST)
    return submitted(
        request,
        form,
        lambda: acts.reject(found, by=by, at=at, why=form.cleaned_data["why"]),
        then=lambda _row: here,
        said=_("Rejected. Whoever brought it reads why."),
        again=lambda: _page(request, found, form),
    )


@requires(Capability.STAFF_READ)
@require_GET
def proof_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    try:
        content = acts.content_of(found, by=acting(request), at=timezone.now())
    except FileNotFoundError as error:
        raise Http404(_("The file is not in its place. Tell the duty desk.")) from error
    return download(content, found.file_name)


def _found(request: HttpRequest, pk: UUID) -> Proof:
    reach = Proof.objects.visible_to(acting(request))
    return get_object_or_404(reach.select_related("contract__organisation", "submitted_by", "checked_by"), pk=pk)


def _page(request: HttpRequest, found: Proof, form: RejectForm | None) -> HttpResponse:
    by, at = acting(request), timezone.now()
    wages = acts.wages_of(found, by=by, at=at)
    lines = list(found.lines.defer("amount").select_related("employment__user").order_by("pk")[:LINES_SHOWN])
    for line in lines:
        line.paid = wages.get(line.pk, "")  # type: ignore[attr-defined]
    waits = found.state == ProofState.SUBMITTED
    context = {
        "proof": found,
        "lines": lines,
        "shows_wages": bool(wages),
        "own": waits and found.submitted_by_id == by.user_id,
        "form": (form or RejectForm())
        if waits and by.can(Capability.PROOF_CHECK) and found.submitted_by_id != by.user_id
        else None,
    }
    return render(request, "contractors/proof.html", context, status=422 if form is not None else 200)
