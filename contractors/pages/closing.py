"""The hand-over at the end of a contract: the checklist, what is passed on, the successor's file, the certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from contractors import handover
from contractors.forms.closing import ConfirmForm, EndContractForm, PassForm, SignForm, TickForm
from contractors.handover_state import left_to_do, state_of
from contractors.models import Closing, Contract, Step
from contractors.pages.submitting import submitted
from hotline.guards import acting, requires
from hotline.pages.downloads import download
from hotline.pages.performing import go, perform
from hotline.roles import CONTRACTOR, Capability

SHOWN = 100


@requires(Capability.CLOSING_READ)
@require_GET
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _contract(request, pk))


@requires(Capability.CLOSING_MANAGE)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, contract = acting(request), timezone.now(), _contract(request, pk)
    return perform(
        request,
        lambda: handover.begin(contract, by=by, at=at),
        then=lambda _row: _address(contract),
        said=_("The hand-over has begun."),
    )


@requires(Capability.CONTRACT_SIGN)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, contract = acting(request), timezone.now(), _contract(request, pk)
    return _submit(
        request,
        contract,
        "end",
        EndContractForm(request.POST),
        lambda form: handover.end_contract(contract, by=by, at=at, because=form.cleaned_data["because"]),
        _("The contract has ended, and every access under it."),
    )


@requires(Capability.CLOSING_MANAGE)
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, contract = acting(request), timezone.now(), _contract(request, pk)
    closing = _closing(contract)
    return _submit(
        request,
        contract,
        f"tick_{request.POST.get('step', '')}",
        TickForm(request.POST),
        lambda form: handover.tick(closing, by=by, at=at, **form.cleaned_data),
        _("Ticked off."),
    )


@requires(Capability.CLOSING_MANAGE)
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """All records in progress to one person."""
    by, at, contract = acting(request), timezone.now(), _contract(request, pk)
    closing = _closing(contract)
    return _submit(
        request,
        contract,
        "pass",
        PassForm(request.POST, by=by),
        lambda form: handover.pass_on(closing, by=by, at=at, owner=None, to=form.cleaned_data["to"]),
        lambda done: ngettext("%(n)s record was passed on.", "%(n)s records were passed on.", done[1]) % {"n": done[1]},
    )


@requires(Capability.CLOSING_MANAGE)
@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, contract = acting(request), timezone.now(), _contract(request, pk)
    _closing_row, content = handover.export(_closing(contract), by=by, at=at)
    return download(content, f"{_('Hand-over')}-{contract.number}.zip", "application/zip")


@requires(Capability.CLOSING_SIGN)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, contract = acting(request), timezone.now(), _contract(request, pk)
    closing = _closing(contract)
    first = closing.first_signed_at is None
    form: Form = SignForm(request.POST) if first else ConfirmForm(request.POST)
    return _submit(
        request,
        contract,
        "sign",
        form,
        lambda form: handover.sign(closing, by=by, at=at, **form.cleaned_data),
        _("Signed. Somebody else confirms it.") if first else _("The certificate is signed by both."),
    )


@requires(Capability.CLOSING_READ)
@require_GET
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """What was deleted and returned, on one page of paper; before both have signed the way back."""
    contract = _contract(request, pk)
    closing = _closing(contract)
    if not closing.is_signed:
        return go(request, _address(contract))
    context = {
        "contract": contract,
        "closing": closing,
        "steps": closing.steps.select_related("done_by").order_by("pk"),
    }
    return render(request, "contractors/certificate.html", context)


def _contract(request: HttpRequest, pk: int) -> Contract:
    """A signed contract of those whose hand-over this person may see."""
    by = acting(request)
    signed = Contract.objects.signed().select_related("organisation")
    return get_object_or_404(signed.of(by.organisation) if by.role in CONTRACTOR else signed, pk=pk)


def _closing(contract: Contract) -> Closing:
    people = ("opened_by", "first_signed_by", "second_signed_by", "contract__organisation")
    return get_object_or_404(Closing.objects.select_related(*people), contract=contract)


def _address(contract: Contract) -> str:
    return reverse("contractors:hand_over", args=[contract.pk])


def _submit(
    request: HttpRequest, contract: Contract, name: str, form: Form, act: Callable[[Form], Any], said: Any
) -> HttpResponse:
    return submitted(
        request,
        form,
        lambda: act(form),
        then=lambda _row: _address(contract),
        said=said,
        again=lambda: _page(request, contract, {name: form}),
    )


def _page(request: HttpRequest, contract: Contract, bound: dict[str, Form] | None = None) -> HttpResponse:
    by, at, bound = acting(request), timezone.now(), bound or {}
    people = ("opened_by", "first_signed_by", "second_signed_by", "contract__organisation")
    closing = Closing.objects.select_related(*people).filter(contract=contract).first()
    context: dict[str, Any] = {
        "contract": contract,
        "closing": closing,
        "now": at,
        "may_manage": by.can(Capability.CLOSING_MANAGE),
        "in_force": contract.term.lower <= at < contract.term.upper,
        "end_form": bound.get("end", EndContractForm())
        if by.can(Capability.CONTRACT_SIGN) and contract.term.lower <= at < contract.term.upper
        else None,
    }
    if closing is not None:
        context |= _state(closing, by, at, bound)
    return render(request, "contractors/hand_over.html", context, status=422 if bound else 200)


def _state(closing: Closing, by: Any, at: Any, bound: dict[str, Form]) -> dict[str, Any]:
    state, left = state_of(closing, at), left_to_do(closing, at)
    ticks = []
    for step in Step:
        form = bound.get(f"tick_{step.value}", TickForm(initial={"step": step.value}, auto_id=f"{step.value}_%s"))
        ticks.append((step, state.steps.get(step.value), form))
    may_sign = by.can(Capability.CLOSING_SIGN) and not left and not closing.is_signed
    first = closing.first_signed_at is None
    return {
        "state": state,
        "left": left,
        "ticks": ticks,
        "drafts": state.work.drafts[:SHOWN],
        "calls": state.work.calls[:SHOWN],
        "people": state.access.order_by("user__username")[:SHOWN],
        "counts": {
            "callbacks": state.work.callbacks.count(),
            "to_dispatch": state.work.to_dispatch.count(),
            "with_units": state.work.with_units.count(),
        },
        "pass_form": bound.get("pass", PassForm(by=by)),
        "sign_form": bound.get("sign", SignForm() if first else ConfirmForm())
        if may_sign and closing.first_signed_by_id != by.user_id
        else None,
    }
