"""What a person may do to a case, and why."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import Case
from hotline.guards import acting, requires
from hotline.identifiers import parse_case_number
from hotline.models import Membership, User
from hotline.roles import Capability
from oversight.pages.audit_forms import RightsForm
from oversight.pages.audit_tabs import audit_tabs
from oversight.rights_on_case import rights, standings


@require_GET
@requires(Capability.AUDIT_READ)
def audit_rights(request: HttpRequest) -> HttpResponse:
    """A person and a case, both named exactly; then each right with the membership and the rule behind it."""
    by, form = acting(request), RightsForm(request.GET if "who" in request.GET else None)
    context: dict[str, Any] = {"form": form, **audit_tabs(by, "rights")}
    if form.is_bound and form.is_valid():
        context |= _answer(by, form)
    return render(request, "oversight/audit_rights.html", context)


def _answer(by: Membership, form: RightsForm) -> dict[str, Any]:
    who, number = form.cleaned_data["who"], parse_case_number(form.cleaned_data["case"])
    named = User.objects.get_queryset().filter(Q(username=who) | Q(staff_number=who) & ~Q(staff_number=""))
    person = named.order_by("-is_active", "pk").first()
    case = Case.objects.visible_to(by).filter(number=number).first() if number else None
    if person is None:
        form.add_error("who", _("Nobody has this user name or staff number."))
    if case is None:
        form.add_error("case", _("There is no case with this number."))
    if person is None or case is None:
        return {}
    held = standings(person, case, timezone.now())
    return {"person": person, "case": case, "standings": held, "rights": rights(held, case)}
