"""Who works for contractors: the list, and somebody put on it by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from contractors import employing
from contractors.forms.staff import EmployForm, contracts_of
from contractors.models import Employment, Proof, ProofKind
from contractors.models.employment import EmploymentQuerySet
from contractors.pages.submitting import submitted
from contractors.staff_measures import proved
from hotline.calendar import Period
from hotline.guards import acting, requires
from hotline.pages.performing import whole
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability

STATES = {
    "": gettext_lazy("At work now"),
    "coming": gettext_lazy("To come"),
    "over": gettext_lazy("Left"),
    "unbound": gettext_lazy("No confidentiality agreement"),
    "uninsured": gettext_lazy("Last month's insurance not proved"),
}


@requires(Capability.STAFF_READ)
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Employments within reach, the latest on record first; four questions however many there are."""
    return _staff(request, None)


@requires(Capability.STAFF_MANAGE)
@require_POST
def employ(request: HttpRequest) -> HttpResponse:
    by, at = acting(request), timezone.now()
    form = EmployForm(request.POST, by=by)

    def act() -> Employment:
        given = dict(form.cleaned_data)
        contract, user, since, until = (given.pop(name) for name in ("contract", "username", "since", "until"))
        lasts = Period.days(since, until or since)
        ends = lasts.end if until else None
        return employing.employ(contract, user, by=by, at=at, since=lasts.start, until=ends, **given)

    return submitted(
        request,
        form,
        act,
        then=lambda row: reverse("contractors:employment", args=[row.pk]),
        said=_("On record. A role is given by the security administrator."),
        again=lambda: _staff(request, form),
    )


def _staff(request: HttpRequest, form: EmployForm | None) -> HttpResponse:
    by, at = acting(request), timezone.now()
    given = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "contract", "state")}
    rows = in_state(Employment.objects.visible_to(by), given["state"], at)
    if (contract := whole(given["contract"])) is not None:
        rows = rows.filter(contract=contract)
    if given["q"]:
        fields = ("username", "name", "name_en", "staff_number")
        rows = rows.filter(reduce(or_, (Q(**{f"user__{field}__icontains": given["q"]}) for field in fields)))
    rows = rows.annotate(bound=proved(ProofKind.CONFIDENTIALITY), insured=insured_last_month(at))
    rows = rows.select_related("user", "contract__organisation")
    found = page_of(rows, "recorded_at", request.GET.get(PARAMETER, ""), descending=True)
    base = reverse("contractors:staff")
    may_manage = by.can(Capability.STAFF_MANAGE)
    context = {
        "rows": found.rows,
        "now": at,
        "given": given,
        "narrowed": any(given.values()),
        "states": [(s, words, address(request.GET, base=base, state=s, page="")) for s, words in STATES.items()],
        "contracts": contracts_of(by),
        "chosen": contract,
        "to_check": Proof.objects.visible_to(by).to_check().count(),
        "may_manage": may_manage,
        "form": (form or EmployForm(by=by)) if may_manage else None,
        "pager": pager(request.GET, found, "", base=base),
    }
    return render(request, "contractors/staff.html", context, status=422 if form is not None and form.errors else 200)


def in_state(rows: EmploymentQuerySet, state: str, at: datetime) -> EmploymentQuerySet:
    """Those a tab names; a strange name is everybody at work."""
    if state == "coming":
        return rows.filter(period__startswith__gt=at)
    if state == "over":
        return rows.filter(period__endswith__lte=at)
    now = rows.employed(at)
    if state == "unbound":
        return now.filter(~proved(ProofKind.CONFIDENTIALITY))
    return now.filter(~insured_last_month(at)) if state == "uninsured" else now


def insured_last_month(at: datetime) -> Exists:
    first = (timezone.localdate(at).replace(day=1) - timedelta(days=1)).replace(day=1)
    return proved(ProofKind.INSURANCE, month=first)
