"""What is filled in about findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from hotline.form_fields import CleanText
from oversight.findings import SETTLED, WORDS_LIMIT
from oversight.models import FindingState

SAID = [(state.value, FindingState(state).label) for state in SETTLED]


class NoteForm(forms.Form):
    words = CleanText(label=_("What was found out"), max_length=WORDS_LIMIT, lines=True, rows=3)


class SettleForm(NoteForm):
    state = forms.ChoiceField(label=_("Finding"), choices=SAID, required=False, widget=forms.RadioSelect)
    field_order = ["state", "words"]


class SuperviseForm(forms.Form):
    """Which of the cases behind a finding, and what the unit must do or explain."""

    field_order = ("cases", "order")

    order = CleanText(label=_("What the unit must do or explain"), max_length=WORDS_LIMIT, lines=True, rows=3)

    def __init__(self, *args: Any, cases: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(case.number, f"{case.number} · {case.get_status_display()}") for case in cases]
        self.fields["cases"] = forms.MultipleChoiceField(
            label=_("For these cases"), widget=forms.CheckboxSelectMultiple, choices=choices
        )
        self.order_fields(self.field_order)
