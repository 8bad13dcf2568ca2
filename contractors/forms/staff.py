"""What is filled in about a contractor's staff: who comes, who leaves, what proves something about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.file_types import ACCEPT
from contractors.models import Contract, Leaving, ProofKind
from hotline.form_fields import DayField
from hotline.models import Membership, Organisation, User
from hotline.roles import CONTRACTOR, Capability

MOMENT = "%Y-%m-%dT%H:%M"


def contracts_of(by: Membership) -> list[Contract]:
    """The signed contracts whose staff this person sees, the latest first."""
    signed = Contract.objects.signed().select_related("organisation").order_by("-term", "-pk")
    return list(signed.of(by.organisation) if by.role in CONTRACTOR else signed)


def taker(username: str, by: Membership, at: datetime) -> Membership:
    """Somebody who registers requests: of the own contractor, for the office anybody. Raises ValidationError."""
    reach = Membership.objects.acting(at).filter(Q(user__username=username) | Q(user__staff_number=username))
    if by.role in CONTRACTOR:
        reach = reach.filter(organisation=by.organisation_id)
    found = next((held for held in reach.order_by("pk") if held.can(Capability.CASE_REGISTER)), None)
    if found is None:
        raise ValidationError(_("Nobody with the number %(who)s registers requests."), params={"who": username[:40]})
    return found


class PickedDay(DayField):
    """A day from the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ContractField(forms.ModelChoiceField):  # type: ignore[type-arg]  # has none at run time
    def label_from_instance(self, contract: Contract) -> str:
        return f"{contract.number} · {contract.organisation.label}"


class AboutContract(forms.Form):
    """Whatever it is, it is about a signed contract within reach."""

    contract = ContractField(Contract.objects.none(), label=_("Contract"), empty_label=None)

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        within = [contract.pk for contract in contracts_of(by)]
        chosen: Any = self.fields["contract"]
        chosen.queryset = Contract.objects.filter(pk__in=within).select_related("organisation").order_by("-term", "-pk")


class EmployForm(AboutContract):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Of an account of a contractor. Whoever has none comes with a table."),
    )
    since = PickedDay(label=_("First day"))
    until = PickedDay(label=_("Last day"), required=False, help_text=_("Empty: as long as the contract runs."))
    position = forms.CharField(label=_("Position"), max_length=40, required=False)
    qualification = forms.CharField(label=_("Qualification"), max_length=80, required=False)

    def clean_username(self) -> User:
        typed = self.cleaned_data["username"].strip().lower()
        theirs = User.objects.filter(memberships__organisation__kind=Organisation.Kind.CONTRACTOR)
        if self.by.role in CONTRACTOR:
            own = Q(memberships__organisation=self.by.organisation_id)
            theirs = User.objects.filter(own | Q(employments__contract__organisation=self.by.organisation_id))
        found = (theirs | User.objects.filter(employments__isnull=False)).filter(username=typed).distinct().first()
        if found is None:
            raise ValidationError(_("No contractor has an account with this user name."))
        return found


class LeaveForm(forms.Form):
    """An employment ends."""

    until = forms.DateTimeField(
        label=_("At"),
        required=False,
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text=_("Empty: now. Every access ends at that second."),
    )
    leaving = forms.ChoiceField(
        label=_("Why it ends"), choices=[choice for choice in Leaving.choices if choice[0] != Leaving.CONTRACT]
    )
    why = forms.CharField(label=_("Note"), max_length=200, required=False)
    drafts_to = forms.CharField(
        label=_("Who goes on with the records in progress"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("User name or staff number. Empty: they wait in the list of what was left."),
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_drafts_to(self) -> Membership | None:
        typed = self.cleaned_data["drafts_to"].strip()
        return taker(typed, self.by, timezone.now()) if typed else None


class TableForm(AboutContract):
    file = forms.FileField(label=_("CSV or XLSX file"))


class ProofForm(AboutContract):
    kind = forms.ChoiceField(label=_("What it proves"), choices=ProofKind.choices)
    on = PickedDay(label=_("Day"), help_text=_("Of a wage or an insurance: any day of the month it is for."))
    hours = forms.DecimalField(
        label=_("Hours of training"), min_value=0, max_value=300, max_digits=5, decimal_places=1, required=False
    )
    title = forms.CharField(label=_("Note"), max_length=120, required=False)
    people = forms.CharField(
        label=_("People"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("One a line: staff number, then hours or yuan if there are any. Empty: everybody employed then."),
    )
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ACCEPT}))


class RejectForm(forms.Form):
    why = forms.CharField(label=_("Why it proves nothing"), max_length=300)
