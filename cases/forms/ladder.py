"""What the supervision ladder asks for: the step and its demand, the unit's answer, what is found of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import BY_A_PERSON, LadderStep, Rung


class SuperviseForm(forms.Form):
    """The next step up. It begins with the lowest that was not issued yet."""

    rung = forms.ChoiceField(
        label=_("Step"),
        choices=[(rung.value, rung.label) for rung in (Rung.SUPERVISE, *BY_A_PERSON)],
    )
    words = forms.CharField(
        label=_("What the unit must do or explain"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, taken: Sequence[LadderStep], **kwargs: Any) -> None:
        issued = {step.rung for step in taken}
        upwards = [rung for rung in (Rung.SUPERVISE, *BY_A_PERSON) if rung not in issued]
        kwargs["initial"] = {"rung": upwards[0] if upwards else Rung.CIRCULAR}
        super().__init__(*args, **kwargs)


class _AboutAStep(forms.Form):
    """About one of several steps; with only one there is nothing to choose."""

    def __init__(self, *args: Any, papers: Sequence[LadderStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = papers
        if len(papers) != 1:
            choices = [(str(paper.pk), paper.number) for paper in papers]
            self.fields = {"paper": forms.ChoiceField(label=_("Step"), choices=choices), **self.fields}

    @property
    def paper(self) -> LadderStep:
        """The one chosen, or the only one there is."""
        chosen = self.cleaned_data.get("paper", "")
        return next(paper for paper in self.papers if chosen in ("", str(paper.pk)))


class AnswerStepForm(_AboutAStep):
    words = forms.CharField(
        label=_("What was done, what follows by when, and why it took so long"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SettleStepForm(_AboutAStep):
    finding = forms.CharField(
        label=_("Note, read by the unit"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
