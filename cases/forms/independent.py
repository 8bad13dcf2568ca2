"""What the independent caller writes down: the same questions as everybody's, and one about the agent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.office import CallbackForm
from cases.independent_calls import Answers
from cases.models import CallbackResult, Satisfaction


class IndependentForm(CallbackForm):
    """Each question is asked by itself, and none has an answer before the citizen gives it."""

    agent_satisfaction = forms.ChoiceField(
        label=_("How satisfied are you with the agent who took your call?"),
        choices=[*reversed(Satisfaction.choices), ("0", _("Did not say"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("result") == CallbackResult.REACHED and not given.get("agent_satisfaction"):
            self.add_error("agent_satisfaction", _("Ask the citizen and enter the answer."))
        return given

    def answers(self) -> Answers | None:
        """What the citizen said, if reached."""
        verdict = self.verdict()
        if verdict is None:
            return None
        return Answers(
            solved=verdict.solved,
            contacted=verdict.contacted,
            satisfaction=verdict.satisfaction,
            agent_satisfaction=int(self.cleaned_data["agent_satisfaction"]) or None,
            comment=verdict.comment,
        )


class GiveBackForm(forms.Form):
    """Why somebody else should call."""

    because = forms.CharField(label=_("Why somebody else should call"), max_length=200)
