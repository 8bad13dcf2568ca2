"""Dates and times as people type them, within the years that can be reckoned in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hotline.reckoning import YEARS


def not_too_far(given: date) -> None:
    if given.year not in YEARS:
        raise ValidationError(_("This date is too far away."))


class DayField(forms.DateField):
    default_validators: list[Any] = [not_too_far]


class MomentField(forms.DateTimeField):
    default_validators: list[Any] = [not_too_far]
