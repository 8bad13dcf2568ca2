"""What is filled in about findings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.form_fields import CleanText
from oversight.findings import SETTLED, WORDS_LIMIT
from oversight.models import FindingState

SAID = [(state.value, FindingState(state).label) for state in SETTLED]


class NoteForm(forms.Form):
    words = CleanText(label=_("What was found out"), max_length=WORDS_LIMIT, lines=True, rows=3)


class SettleForm(NoteForm):
    state = forms.ChoiceField(label=_("Finding"), choices=SAID, required=False, widget=forms.RadioSelect)
    field_order = ["state", "words"]
