"""One version of a contract's terms: written, tried on a month, proposed, signed; and its clauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contractors import clause_writing, contracting
from contractors.forms.clause import ClauseForm, by_group
from contractors.forms.contract import AmendmentForm, ContractForm, MonthForm, TermsForm
from contractors.models import Clause, Terms
from contractors.pages.clause_words import clause_lines, target_words
from contractors.pages.contracts import both, contract_page
from hotline.acts import Invalid
from hotline.form_fields import ReturnForm
from hotline.guards import acting, requires
from hotline.models import TwoPeopleState
from hotline.pages.performing import attach, perform, submitted
from hotline.roles import Capability


def found(request: HttpRequest, pk: int) -> Terms:
    reach = Terms.objects.visible_to(acting(request))
    return get_object_or_404(reach.select_related("contract__organisation", "proposed_by", "approved_by"), pk=pk)


def terms_page(terms: Terms) -> str:
    return reverse("contractors:terms", args=[terms.pk])


@requires(Capability.CONTRACT_READ)
@require_GET
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed, or is to be; of a draft with the way on."""
    return _terms(request, found(request, pk))


def _terms(
    request: HttpRequest, terms: Terms, back: ReturnForm | None = None, month: MonthForm | None = None
) -> HttpResponse:
    by = acting(request)
    writes, signs = by.can(Capability.CONTRACT_WRITE), by.can(Capability.CONTRACT_SIGN)
    context = {
        "terms": terms,
        "contract": terms.contract,
        "lots": [lot.lot for lot in terms.contract.lots.order_by("pk")],
        "clauses": clause_lines(terms),
        "written": writes and terms.state == TwoPeopleState.DRAFT,
        "unfinished": writes and terms.state in (TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED),
        "decides": signs and terms.state == TwoPeopleState.PROPOSED,
        "own": terms.proposed_by_id == by.user_id,
        "back": back or ReturnForm(),
        "month_form": month or MonthForm(),
        "tries": writes,
    }
    wrong = any(form is not None and form.errors for form in (back, month))
    return render(request, "contractors/terms.html", context, status=422 if wrong else 200)


@requires(Capability.CONTRACT_WRITE)
@require_http_methods(["GET", "POST"])
def terms_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; of a contract not signed yet the contract too."""
    by, at, draft = acting(request), timezone.now(), found(request, pk)
    first = draft.version == 1
    kind, sent = (TermsForm if first else AmendmentForm), request.POST or None
    form = kind(sent, initial=TermsForm.initial_of(draft))
    head = (ContractForm(sent) if sent else ContractForm.of(draft.contract)) if first else None

    def again() -> HttpResponse:
        return contract_page(request, head, form, draft)

    if sent is None or not all([form.is_valid(), head is None or head.is_valid()]):
        return again()
    act = lambda: contracting.revise(  # noqa: E731
        draft, form.given(), by=by, at=at, contract=head.given() if head else None
    )
    return submitted(request, both(head, form), lambda: _done(request, act, _("The draft is kept.")), again)


@requires(Capability.CONTRACT_WRITE)
@require_GET
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What a month that is over would have come to by these terms."""
    draft, form = found(request, pk), MonthForm(request.GET)
    if not form.is_valid():
        return _terms(request, draft, month=form)
    try:
        tried = clause_writing.tried(draft, form.cleaned_data["month"], at=timezone.now())
    except Invalid as refusal:
        attach(form, refusal)
        return _terms(request, draft, month=form)
    lines = [
        (one, target_words(one.clause), effect)
        for one, effect in zip(tried.outcomes, tried.account.effects, strict=True)
    ]
    context = {"terms": draft, "contract": draft.contract, "tried": tried, "lines": lines, "month_form": form}
    return render(request, "contractors/trial.html", context)


@requires(Capability.CONTRACT_WRITE)
@require_http_methods(["GET", "POST"])
def clause_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a clause into a draft."""
    return _clause(request, found(request, pk), ClauseForm(request.POST or None), None)


@requires(Capability.CONTRACT_WRITE)
@require_http_methods(["GET", "POST"])
def clause(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Change a clause of a draft."""
    draft = found(request, pk)
    written = get_object_or_404(Clause.objects.filter(terms=draft), pk=clause)
    form = ClauseForm(request.POST) if request.method == "POST" else ClauseForm.of(written)
    return _clause(request, draft, form, written)


def _clause(request: HttpRequest, draft: Terms, form: ClauseForm, written: Clause | None) -> HttpResponse:
    by, at = acting(request), timezone.now()
    context = {"form": form, "terms": draft, "contract": draft.contract, "clause": written}
    context["groups"] = [(group, own, written and written.measure in {m.key for m in own}) for group, own in by_group()]

    def again() -> HttpResponse:
        return render(request, "contractors/clause.html", context, status=422 if form.errors else 200)

    if request.method == "GET":
        return again()
    key = written.pk if written else None
    act = lambda: clause_writing.put(draft, form.given(), by=by, at=at, clause=key)  # noqa: E731
    return submitted(request, form, lambda: _done(request, act, _("The clause is kept."), draft), again)


@requires(Capability.CONTRACT_WRITE)
@require_POST
def clause_out(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Leave a clause out of a draft."""
    by, at, draft = acting(request), timezone.now(), found(request, pk)
    get_object_or_404(Clause.objects.filter(terms=draft), pk=clause)
    act = lambda: clause_writing.take_out(draft, by=by, at=at, clause=clause)  # noqa: E731
    return _done(request, act, _("The clause was taken out of the draft."), draft)


@requires(Capability.CONTRACT_WRITE)
@require_POST
def terms_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft before whoever signs."""
    by, at, draft = acting(request), timezone.now(), found(request, pk)
    act = lambda: contracting.propose(draft, by=by, at=at)  # noqa: E731
    return _done(request, act, _("Proposed. It binds once somebody else has signed it."))


@requires(Capability.CONTRACT_WRITE)
@require_POST
def terms_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft come to nothing."""
    by, at, draft = acting(request), timezone.now(), found(request, pk)
    return _done(request, lambda: contracting.drop(draft, by=by, at=at), _("The draft was dropped."))


@requires(Capability.CONTRACT_SIGN)
@require_POST
def terms_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for the office."""
    by, at, draft = acting(request), timezone.now(), found(request, pk)
    act = lambda: contracting.sign(draft, by=by, at=at)  # noqa: E731
    return _done(request, act, _("Signed. It binds from its first day on."))


@requires(Capability.CONTRACT_SIGN)
@require_POST
def terms_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again, with the reason."""
    by, at, draft, form = acting(request), timezone.now(), found(request, pk), ReturnForm(request.POST)
    act = lambda: contracting.send_back(draft, by=by, at=at, why=form.cleaned_data["why"])  # noqa: E731
    return submitted(
        request,
        form,
        lambda: _done(request, act, _("Sent back to its proposer.")),
        lambda: _terms(request, draft, back=form),
    )


def _done(request: HttpRequest, act: Callable[[], Any], said: str, terms: Terms | None = None) -> HttpResponse:
    return perform(request, act, then=lambda made: terms_page(terms or made), said=said)
