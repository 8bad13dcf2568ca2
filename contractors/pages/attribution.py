"""Whose a case's bad outcomes were: a part of the case page, and what whoever is named says to it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cases.models import Case
from contractors import attributing
from contractors.attribution_rules import words_of
from contractors.models import Attribution, AttributionDispute, Party
from contractors.pages.submitting import submitted
from hotline.form_fields import CleanText
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.roles import UNIT, Capability


class DisputeForm(forms.Form):
    words = CleanText(label=gettext_lazy("Why it is not so"), max_length=1000, lines=True)


class DisputeRulingForm(forms.Form):
    party = forms.ChoiceField(label=gettext_lazy("Whose it was"), choices=Party.choices, widget=forms.RadioSelect)
    ruling = CleanText(label=gettext_lazy("Reasons"), max_length=1000, lines=True)


@require_GET
@requires(Capability.ATTRIBUTION_READ)
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """The part of the case page: each outcome, whose it is and by which rule."""
    case = get_object_or_404(Case.objects.visible_to(acting(request)), number=number)
    return render(request, "contractors/_attributions.html", _part(request, case))


def _part(request: HttpRequest, case: Case) -> dict[str, object]:
    by = acting(request)
    rows = Attribution.objects.visible_to(by).filter(case=case).order_by("occurred_at", "pk")
    listed = list(rows.select_related("organisation", "dispute__organisation", "dispute__asked_by"))
    return {"case": case, "rows": [_row(by, row) for row in listed]}


def _row(by: Membership, row: Attribution) -> dict[str, object]:
    dispute = getattr(row, "dispute", None)
    ruled = dispute if dispute and dispute.party else None
    return {
        "row": row,
        "reason": words_of(row.rule),
        "dispute": dispute,
        "stands": ruled or row,
        "may_dispute": dispute is None and by.can(Capability.ATTRIBUTION_DISPUTE) and _named(by, row),
        "may_rule": dispute is not None
        and not dispute.party
        and by.can(Capability.ATTRIBUTION_RULE)
        and dispute.asked_by_id != by.user_id,
        "form": DisputeForm(prefix=f"d{row.pk}"),
        "ruling": DisputeRulingForm(prefix=f"r{row.pk}"),
    }


def _named(by: Membership, row: Attribution) -> bool:
    if row.organisation is None:
        return False
    if by.role in UNIT:
        return row.organisation.path.startswith(by.organisation.path)
    return row.organisation_id == by.organisation_id


@requires(Capability.ATTRIBUTION_DISPUTE)
@require_POST
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was not so."""
    by, at = acting(request), timezone.now()
    row = get_object_or_404(Attribution.objects.visible_to(by).select_related("case"), pk=pk)
    form = DisputeForm(request.POST, prefix=f"d{pk}")
    then = reverse("cases:case", args=[row.case.number])
    return submitted(
        request,
        form,
        lambda: attributing.dispute(row, words=form.cleaned_data["words"], by=by, at=at),
        then=lambda _dispute: then,
        said=_("Your objection is in; somebody else of the government rules on it."),
        again=lambda: _again(request, row.case, form),
    )


@requires(Capability.ATTRIBUTION_RULE)
@require_POST
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule on a disputed attribution."""
    by, at = acting(request), timezone.now()
    reach = AttributionDispute.objects.filter(attribution__in=Attribution.objects.visible_to(by))
    kept = get_object_or_404(reach.select_related("attribution__case"), pk=pk)
    form = DisputeRulingForm(request.POST, prefix=f"r{kept.attribution_id}")
    then = reverse("cases:case", args=[kept.attribution.case.number])
    return submitted(
        request,
        form,
        lambda: attributing.rule(kept, **form.cleaned_data, by=by, at=at),
        then=lambda _dispute: then,
        said=_("Ruled. Whoever disputed it is told."),
        again=lambda: _again(request, kept.attribution.case, form),
    )


def _again(request: HttpRequest, case: Case, form: forms.Form) -> HttpResponse:
    """What was written, with what is wrong with it; on a page of its own."""
    context = {"case": case, "form": form, "url": request.path}
    return render(request, "contractors/attribution_again.html", context, status=422)
