"""Contracts: the list, one of them with its terms, months and payments, and drafting one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.deadlines import local_date
from contractors import contracting
from contractors.forms.contract import AmendForm, ContractForm, MonthForm, TermsForm
from contractors.models import Assessment, Contract, Terms
from contractors.payment_plan import instalments
from contractors.payments import payments
from hotline.guards import acting, requires
from hotline.models import TwoPeopleState
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability

USUAL = {
    "staff_per_seat": 2,
    "performance_share": 30,
    "objection_days": 7,
    "ruling_days": 4,
    "seats": 1,
    "plan": "3",
    "price_model": "lump_sum",
}


@requires(Capability.CONTRACT_READ)
@require_GET
def contracts(request: HttpRequest) -> HttpResponse:
    """The latest first, each with the terms that hold now and what awaits somebody."""
    by, at = acting(request), timezone.now()
    shown = Prefetch("terms", Terms.objects.visible_to(by).order_by("version"))
    rows = Contract.objects.visible_to(by).select_related("organisation").prefetch_related("lots", shown)
    found = page_of(rows, "created_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "rows": [
            (one, in_force(list(one.terms.all()), at), one.term.lower <= at < one.term.upper) for one in found.rows
        ],
        "may_write": by.can(Capability.CONTRACT_WRITE),
        "pager": pager(request.GET, found, ""),
    }
    return render(request, "contractors/contracts.html", context)


def in_force(versions: list[Terms], at: datetime) -> Terms | None:
    """Of a contract's terms in order: those in force, the ones that will be first, or those being written."""
    signed = [terms for terms in versions if terms.is_signed]
    begun = [terms for terms in signed if terms.valid_from <= local_date(at)]
    return next(iter(begun[-1:] or signed or versions), None)


@requires(Capability.CONTRACT_READ)
@require_GET
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    """One contract: what was agreed, version by version, its months and what is paid."""
    found = get_object_or_404(Contract.objects.visible_to(acting(request)).select_related("organisation"), pk=pk)
    return contract_view(request, found)


def contract_view(
    request: HttpRequest, found: Contract, run: MonthForm | None = None, amend: AmendForm | None = None
) -> HttpResponse:
    by, at = acting(request), timezone.now()
    reach = Assessment.objects.visible_to(by).filter(contract=found).prefetch_related("settles")
    months = list(reach.select_related("office_signed_by", "contractor_signed_by", "paper").order_by("month"))
    own = Terms.objects.visible_to(by).filter(contract=found)
    versions = list(own.select_related("approved_by").order_by("version"))
    now = in_force(versions, at)
    context: dict[str, Any] = {
        "contract": found,
        "lots": [lot.lot for lot in found.lots.order_by("pk")],
        "versions": versions,
        "now": now,
        "months": months,
        "payments": payments(found, now, months) if now else [],
        "may_close": by.can(Capability.CLOSING_READ),
        "in_shares": bool(now and instalments(now.payment_plan)),
        "run_form": run or (MonthForm() if found.signed_at and by.can(Capability.ASSESSMENT_RUN) else None),
        "amend_form": amend or (AmendForm() if _amendable(versions) and by.can(Capability.CONTRACT_WRITE) else None),
    }
    wrong = any(form is not None and form.errors for form in (run, amend))
    return render(request, "contractors/contract.html", context, status=422 if wrong else 200)


def _amendable(versions: list[Terms]) -> bool:
    """Signed, and nobody is writing."""
    states = {terms.state for terms in versions}
    return TwoPeopleState.APPROVED in states and not states & {TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED}


@requires(Capability.CONTRACT_WRITE)
@require_http_methods(["GET", "POST"])
def contract_draft(request: HttpRequest) -> HttpResponse:
    """A new contract with its first terms."""
    by, at = acting(request), timezone.now()
    form, terms = ContractForm(request.POST or None), TermsForm(request.POST or None, initial=USUAL)

    def again() -> HttpResponse:
        return contract_page(request, form, terms)

    if request.method == "GET" or not all([form.is_valid(), terms.is_valid()]):
        return again()
    act = lambda: perform(  # noqa: E731
        request,
        lambda: contracting.draft(form.given(), terms.given(), by=by, at=at),
        then=lambda made: reverse("contractors:terms", args=[made.pk]),
        said=_("The draft is kept. Write its clauses, try them on a month, then propose it."),
    )
    return submitted(request, both(form, terms), act, again)


def contract_page(
    request: HttpRequest, form: ContractForm | None, terms: TermsForm, draft: Terms | None = None
) -> HttpResponse:
    """The contract and its terms as they are filled in; of an amendment the terms alone."""
    wrong = terms.errors or (form is not None and form.errors)
    context = {"form": form, "terms_form": terms, "draft": draft}
    return render(request, "contractors/contract_draft.html", context, status=422 if wrong else 200)


class _Both(Form):
    """Two forms sent at once: a refusal is shown at the field it names, in whichever that is."""

    parts: tuple[Form, ...] = ()

    def is_valid(self) -> bool:
        return all(part.is_valid() for part in self.parts)

    def add_error(self, field: str | None, error: Any) -> None:
        owner = next((part for part in self.parts if field in part.fields), self.parts[-1])
        owner.add_error(field, error)


def both(*parts: Form | None) -> Form:
    """Those that were sent, as one."""
    one = _Both()
    one.parts = tuple(part for part in parts if part is not None)
    one.fields = {name: field for part in one.parts for name, field in part.fields.items()}
    return one


@requires(Capability.CONTRACT_WRITE)
@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an amendment from the terms in force."""
    by, at, form = acting(request), timezone.now(), AmendForm(request.POST)
    found = get_object_or_404(Contract.objects.visible_to(by).select_related("organisation"), pk=pk)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: contracting.amend(found, by=by, at=at, **form.cleaned_data),
            then=lambda made: reverse("contractors:terms", args=[made.pk]),
            said=_("The amendment is begun from the terms in force. They stay until it is signed."),
        ),
        lambda: contract_view(request, found, amend=form),
    )
