"""What is filled in at the end of a contract, and when its scope is changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contractors.forms.staff import taker
from contractors.models import Step
from hotline.forms import ChangeForm
from hotline.models import Membership
from hotline.rights import WORDS
from hotline.roles import SWITCHABLE


class TickForm(forms.Form):
    step = forms.ChoiceField(choices=Step.choices, widget=forms.HiddenInput)
    note = forms.CharField(label=_("What was done"), max_length=300)


class PassForm(forms.Form):
    to = forms.CharField(
        label=_("Who goes on with them"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("User name or staff number of somebody who registers requests."),
    )

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_to(self) -> Membership:
        return taker(self.cleaned_data["to"].strip(), self.by, timezone.now())


class SignForm(forms.Form):
    deleted = forms.CharField(
        label=_("What was deleted, where and how"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    returned = forms.CharField(label=_("What was returned"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(forms.Form):
    """The second signature adds nothing."""


class EndContractForm(forms.Form):
    because = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class ScopeForm(ChangeForm):
    """What a contractor's people may do: each right on or off."""

    allowed = forms.MultipleChoiceField(
        label=_("What this contractor may do"),
        choices=[(right.value, WORDS[right]) for right in SWITCHABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def values(self) -> dict[str, Any]:
        return {"allowed": self.cleaned_data["allowed"]}
