"""Fields that every form is made of: text without what cannot be seen, dates within the years one can reckon in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hotline.plain_text import clean_text
from hotline.reckoning import YEARS


def not_too_far(given: date) -> None:
    if given.year not in YEARS:
        raise ValidationError(_("This date is too far away."))


class DayField(forms.DateField):
    default_validators: list[Any] = [not_too_far]


class MomentField(forms.DateTimeField):
    default_validators: list[Any] = [not_too_far]


class CleanText(forms.CharField):
    """Text without what cannot be seen; a line stays a line."""

    default_validators: list[Any] = []

    def __init__(self, *, lines: bool = False, rows: int = 10, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if lines else forms.TextInput()
        super().__init__(required=False, widget=widget, **kwargs)
        self.validators = []
        self.lines = lines

    def to_python(self, value: Any) -> str:
        text = clean_text(super().to_python(value) or "")
        return text if self.lines else " ".join(text.split())


class ReturnForm(forms.Form):
    """Why a version goes back to its proposer."""

    why = CleanText(label=_("Why it is sent back"), max_length=300)
