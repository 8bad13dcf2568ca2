"""Changes of the rules that await another person's approval, and those decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline import approving
from hotline.acts import Invalid, NotNow, Refusal
from hotline.forms import ChangeForm, DecideForm
from hotline.guards import acting, requires
from hotline.models import Membership, Proposal, ProposalState
from hotline.pages.performing import attach, perform
from hotline.paging import PARAMETER, page_of, pager
from hotline.proposals import differences, subject_of, title_of
from hotline.roles import Capability

TONES = {ProposalState.PROPOSED: "act"}


@require_GET
@requires(Capability.PROPOSAL_READ)
def approvals(request: HttpRequest) -> HttpResponse:
    """All proposals, the latest first; or only those that wait."""
    waiting = request.GET.get("state") != "all"
    rows = Proposal.objects.select_related("proposed_by", "decided_by")
    rows = rows.waiting() if waiting else rows
    found = page_of(rows, "proposed_at", request.GET.get(PARAMETER, ""), descending=True)
    for proposal in found.rows:
        proposal.title, proposal.kind = title_of(proposal), subject_of(proposal.subject).label  # type: ignore[attr-defined]
        proposal.tone = TONES.get(ProposalState(proposal.state), "done")  # type: ignore[attr-defined]
        proposal.differing = [d for d in differences(proposal) if d.changed]  # type: ignore[attr-defined]
    context = {"rows": found.rows, "only_waiting": waiting, "pager": pager(request.GET, found, "")}
    return render(request, "hotline/approvals.html", context)


@require_GET
@requires(Capability.PROPOSAL_READ)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what would change, whom it reaches, and the decision."""
    return _shown(request, _proposal(pk), None)


def _proposal(pk: int) -> Proposal:
    found: Proposal = get_object_or_404(Proposal.objects.select_related("proposed_by", "decided_by"), pk=pk)
    return found


def _shown(request: HttpRequest, proposal: Proposal, form: DecideForm | None) -> HttpResponse:
    by, at, what = acting(request), timezone.now(), subject_of(proposal.subject)
    waits = proposal.state == ProposalState.PROPOSED
    own = proposal.proposed_by_id == by.user_id
    context = {
        "proposal": proposal,
        "title": title_of(proposal),
        "kind": what.label,
        "tone": TONES.get(ProposalState(proposal.state), "done"),
        "differences": differences(proposal),
        "effects": what.effects(proposal, at) if waits else [],
        "may_decide": waits and not own and by.can(what.decide),
        "may_take_back": waits and own,
        "own": own,
        "form": form or DecideForm(),
    }
    return render(request, "hotline/approval.html", context, status=422 if form is not None else 200)


@require_POST
@requires(Capability.PROPOSAL_DECIDE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reject."""
    by, at, proposal = acting(request), timezone.now(), _proposal(pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _shown(request, proposal, form)
    act = approving.approve if form.cleaned_data["act"] == "approve" else approving.reject
    said = _("Approved. It is in force from its first day on.") if act is approving.approve else _("Rejected.")
    try:
        return perform(
            request,
            lambda: act(proposal, by=by, at=at, ruling=form.cleaned_data["ruling"]),
            then=lambda _row: reverse("hotline:approvals"),
            said=said,
        )
    except (Invalid, NotNow) as refusal:
        attach(form, refusal)
        return _shown(request, _proposal(pk), form)


@require_POST
@requires(Capability.PROPOSAL_MAKE)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, proposal = acting(request), timezone.now(), _proposal(pk)
    return perform(
        request,
        lambda: approving.take_back(proposal, by=by, at=at),
        then=lambda _row: reverse("hotline:approvals"),
        said=_("Taken back. Nothing was changed."),
    )


def propose_or_try(
    request: HttpRequest, subject: str, target: str, form: ChangeForm, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A page on which a change is typed: ``try`` shows what it would do and keeps nothing, ``propose`` asks for it."""
    by: Membership = acting(request)
    if request.method == "POST" and form.is_valid():
        at, given = timezone.now(), form.values()
        rest = {"valid_from": form.cleaned_data["valid_from"], "why": form.cleaned_data["why"], "by": by, "at": at}
        try:
            if request.POST.get("act") == "propose":
                return perform(
                    request,
                    lambda: approving.propose(subject, target, given, **rest),
                    then=lambda row: reverse("hotline:approval", args=[row.pk]),
                    said=_("Proposed. It comes into force when somebody else has approved it."),
                )
            draft = approving.drafted(subject, target, given, **rest)
            tried = {"differences": differences(draft), "effects": subject_of(subject).effects(draft, at)}
            context = {**context, "tried": tried}
        except Refusal as refusal:
            attach(form, refusal)
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
