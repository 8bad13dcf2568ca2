"""What is filled in to ask for a ruling: a suspension, an exclusion, an answer without contact, a dispute."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.handling import FilesField
from cases.forms.office import UnitField
from cases.forms.reasons import ReasonField
from cases.models import ReasonKind
from hotline.form_fields import DayField
from hotline.models import Organisation


def _grounds() -> forms.CharField:
    return forms.CharField(label=_("Grounds"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


def _proof() -> forms.CharField:
    return forms.CharField(label=_("What proves it"), max_length=300)


def _told() -> forms.CharField:
    return forms.CharField(label=_("The citizen will read"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SuspensionForm(forms.Form):
    """Why it cannot be solved for now, when it is looked at again, and what the citizen is told."""

    reason = ReasonField(ReasonKind.SUSPENSION, label=_("Reason for suspending"))
    grounds = _grounds()
    proof = _proof()
    evidence = FilesField(label=_("Evidence"), required=False)
    review_on = DayField(label=_("Review date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    told = _told()


class ExclusionForm(forms.Form):
    """Why what is demanded is unreasonable."""

    reason = ReasonField(ReasonKind.EXCLUSION, label=_("Why it is unreasonable"))
    grounds = _grounds()
    proof = _proof()
    evidence = FilesField(label=_("Evidence"), required=False)


class ClosingForm(forms.Form):
    """Why nobody can be reached, and the answer."""

    reason = ReasonField(ReasonKind.CLOSING, label=_("Why the citizen is not reached"))
    grounds = _grounds()
    told = _told()


class DisputeForm(forms.Form):
    """Why no unit is found, and which one should have it."""

    reason = ReasonField(ReasonKind.DISPUTE, label=_("Why it is in dispute"))
    grounds = forms.CharField(label=_("What each unit says"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    proposed_unit = UnitField(label=_("Proposed unit"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_proposed_unit(self) -> Organisation | None:
        return UnitField().unit(self.cleaned_data["proposed_unit"], self.on)
