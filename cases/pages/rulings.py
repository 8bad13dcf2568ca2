"""What waits for a ruling: the list for everybody who rules, what a ruling would do, and ruling in place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases import decisions
from cases.deadlines import local_date
from cases.dossier import Dossier
from cases.forms.office import RulingForm, UnitField
from cases.models import Case, Decision, DecisionKind
from cases.pages.case_obstacles import turn
from cases.pages.queues import kept, listing, units, with_form
from cases.previews import outlook
from cases.procedures import PROCEDURES
from cases.queues import DECISIONS
from hotline.acts import Refusal
from hotline.guards import acting, requires
from hotline.models import Membership, Organisation
from hotline.pages.performing import perform, submitted, version_of
from hotline.roles import Capability
from hotline.wording import limit_words


@require_GET
@requires(Capability.DECISION_READ)
def decision_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person's ruling or approval, the one due first at the top."""
    return _decision_queue(request, timezone.now())


def _decision_queue(request: HttpRequest, at: datetime, key: str = "", form: RulingForm | None = None) -> HttpResponse:
    listed = listing(request, DECISIONS, at)
    wanted = key or listed["open"]
    for row in listed["rows"]:
        row.more = limit_words(row.amount, row.limit_unit) if row.amount and row.limit_unit else ""
    decision = next((row for row in listed["rows"] if str(row.pk) == wanted), None)
    if decision is not None and form is None:
        proposed = decision.proposed_unit.label if decision.proposed_unit else ""
        form = RulingForm(on=local_date(at), initial={"unit": proposed})
    if decision is not None:
        listed |= seen_ahead(decision, by=acting(request), at=at, unit=decision.proposed_unit)
    listed["units"] = units(at) if form is not None else []
    return with_form(request, "cases/decision_queue.html", listed, key, form)


def seen_ahead(decision: Decision, *, by: Membership, at: datetime, unit: Organisation | None = None) -> dict[str, Any]:
    """What granting and rejecting would do to the limits; or the sentence that says why neither can be done so."""
    ahead: dict[str, Any] = {"names_unit": PROCEDURES[DecisionKind(decision.kind)].names_unit}
    for name, grant in (("granted", True), ("rejected", False)):
        if not grant and decision.kind == DecisionKind.DISPUTE:
            continue
        try:
            ahead[name] = outlook(decision, by=by, at=at, grant=grant, unit=unit if grant else None)
        except Refusal as refusal:
            ahead[f"not_{name}"] = str(refusal)
    return ahead


def to_rule_on(file: Dossier) -> dict[str, Any]:
    """Of a case: the request on which it is this person's turn. What ruling on it would do is asked for by itself."""
    if not file.by.can(Capability.DECISION_READ) or (decision := turn(file)) is None:
        return {"decision": None}
    return {"decision": decision, "names_unit": PROCEDURES[DecisionKind(decision.kind)].names_unit}


@require_GET
@requires(Capability.DECISION_READ)
def ruling_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the ruling would do, with the unit as it is typed now. Nothing is kept."""
    at, by = timezone.now(), acting(request)
    decision = get_object_or_404(Decision.objects.visible_to(by).select_related("case"), pk=pk)
    try:
        unit = UnitField().unit(request.GET.get("unit", "")[:160].strip(), local_date(at))
        ahead = seen_ahead(decision, by=by, at=at, unit=unit)
    except ValidationError as error:
        ahead = {"not_granted": " ".join(error.messages)}
    return render(request, "cases/_outlook.html", ahead)


@require_POST
@requires(Capability.DECISION_READ)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or reject one request."""
    at, by = timezone.now(), acting(request)
    reach = Decision.objects.visible_to(by).select_related("case", "assignment")
    decision = get_object_or_404(reach, pk=pk)
    form = RulingForm(request.POST, on=local_date(at))
    return submitted(
        request, form, lambda: _rule(request, decision, form, at), lambda: _decision_queue(request, at, str(pk), form)
    )


def _rule(request: HttpRequest, decision: Decision, form: RulingForm, at: datetime) -> HttpResponse:
    given, by, version = form.cleaned_data, acting(request), version_of(request)

    def act() -> Case:
        if given["act"] == "reject":
            final = given["final"]
            return decisions.reject(decision, by=by, at=at, version=version, ruling=given["ruling"], final=final)
        return decisions.grant(decision, by=by, at=at, version=version, ruling=given["ruling"], unit=given["unit"])

    words = {"number": decision.case.number, "what": decision.get_kind_display()}
    return perform(
        request,
        act,
        then=lambda _case: reverse("cases:decision_queue") + kept(request),
        said=_said(decision, given["act"]) % words,
    )


def _said(decision: Decision, act: str) -> str:
    if act == "reject":
        return _("%(number)s: %(what)s rejected.")
    if decision.approvals_left > 1:
        return _("%(number)s: %(what)s approved by you; a second person must approve too.")
    return _("%(number)s: %(what)s granted.")
