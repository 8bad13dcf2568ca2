"""What is asked of a unit that gives its part on to others, or takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.office import NamesUnits, UnitField
from cases.models import Assignment
from hotline.form_fields import MomentField
from hotline.models import Organisation

UNITS = ("unit", "unit_2", "unit_3")


class _SeveralUnits(NamesUnits):
    def units(self) -> list[Organisation]:
        """The units named, in the order they were named in."""
        return [unit for name in UNITS if (unit := self.cleaned_data[name]) is not None]


class HandDownForm(_SeveralUnits):
    """The units beneath that are to handle it, and by when, if sooner than one's own limit."""

    unit = UnitField(label=_("Unit beneath yours"))
    unit_2 = UnitField(label=_("Second unit"), required=False)
    unit_3 = UnitField(label=_("Third unit"), required=False)
    due_at = MomentField(
        label=_("Done by, if sooner than your own limit"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(label=_("Note to the units"), max_length=300, required=False)


class InvolveForm(_SeveralUnits):
    """Units that are to help the lead."""

    unit = UnitField(label=_("Co-organisers"))
    unit_2 = UnitField(label=_("Second co-organiser"), required=False)
    unit_3 = UnitField(label=_("Third co-organiser"), required=False)
    note = forms.CharField(label=_("Note to the units"), max_length=300, required=False)


class RecallForm(forms.Form):
    """Whose part is taken back, and why."""

    part = forms.TypedChoiceField(label=_("Whose part"), coerce=int)
    why = forms.CharField(label=_("Why it is taken back"), max_length=500)

    def __init__(self, *args: Any, parts: Sequence[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(part.pk, part.unit.label) for part in parts]
