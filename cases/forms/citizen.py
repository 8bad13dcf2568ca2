"""What citizens fill in: two fields to find their case, four questions after it was answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Satisfaction
from cases.surveys import COMMENT_LIMIT, Verdict

YES, NO = "yes", "no"


class TrackForm(forms.Form):
    number = forms.CharField(
        label=_("Case number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Type the case number from the text message.")},
    )
    code = forms.CharField(
        label=_("Retrieval code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits.")},
    )


class SurveyForm(forms.Form):
    """Nothing is chosen beforehand, and each question stands by itself."""

    contacted = forms.ChoiceField(
        label=_("1. Did the handling unit get in touch with you?"),
        choices=((YES, pgettext_lazy("survey", "Yes")), (NO, pgettext_lazy("survey", "No"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    solved = forms.ChoiceField(
        label=_("2. Is it solved?"),
        choices=((YES, pgettext_lazy("survey", "Solved")), (NO, pgettext_lazy("survey", "Not solved"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    satisfaction = forms.TypedChoiceField(
        label=_("3. How satisfied are you with how it was handled?"),
        choices=[(choice.value, choice.label) for choice in reversed(Satisfaction)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    comment = forms.CharField(
        label=_("Anything else?"),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("For example: what is not solved")}),
    )

    def verdict(self) -> Verdict:
        said: dict[str, Any] = self.cleaned_data
        return Verdict(
            solved=said["solved"] == YES,
            contacted=said["contacted"] == YES,
            satisfaction=said["satisfaction"],
            comment=said["comment"],
        )
