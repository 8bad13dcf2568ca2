"""What is filled in about marks: the mark itself, an appeal, a ruling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from contractors.appeals import CLAIM_LIMIT, WORDS_LIMIT
from contractors.marking import EVIDENCE_LIMIT, IMPROVEMENT_LIMIT, Found, MarkGiven
from contractors.models import AppealLine, Finding, Mark, ScorecardItem, Verdict
from hotline.form_fields import CleanText

WEIGHTED = [(v.value, v.label) for v in (Verdict.FULL, Verdict.PARTLY, Verdict.NOT_MET)]
FATAL = [(v.value, v.label) for v in (Verdict.CLEAR, Verdict.HAPPENED)]


@dataclass(frozen=True)
class Row:
    """One item of the scorecard with its fields."""

    item: ScorecardItem
    verdict: forms.BoundField
    evidence: forms.BoundField


class MarkForm(forms.Form):
    """A verdict and what shows it for every item. What is missing says the verb, so that half a mark can be kept."""

    def __init__(self, items: Sequence[ScorecardItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            choices = FATAL if item.fatal else WEIGHTED
            self.fields[f"verdict_{item.code}"] = forms.ChoiceField(
                label=item.label, choices=choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"evidence_{item.code}"] = CleanText(label=_("Evidence"), max_length=EVIDENCE_LIMIT)
        self.fields["improvement"] = CleanText(
            label=_("What to do better"), max_length=IMPROVEMENT_LIMIT, lines=True, rows=3
        )

    @classmethod
    def of(cls, mark: Mark, items: Sequence[ScorecardItem]) -> MarkForm:
        """As far as the mark is written; what is fatal did not happen until somebody says so."""
        initial: dict[str, Any] = {f"verdict_{item.code}": Verdict.CLEAR for item in items if item.fatal}
        for line in mark.lines.select_related("item"):
            initial[f"verdict_{line.item.code}"] = line.verdict
            initial[f"evidence_{line.item.code}"] = line.evidence
        return cls(items, initial=initial | {"improvement": mark.improvement})

    def rows(self, *, fatal: bool) -> list[Row]:
        return [
            Row(item, self[f"verdict_{item.code}"], self[f"evidence_{item.code}"])
            for item in self.items
            if item.fatal is fatal
        ]

    @property
    def weighted_rows(self) -> list[Row]:
        return self.rows(fatal=False)

    @property
    def fatal_rows(self) -> list[Row]:
        return self.rows(fatal=True)

    def given(self) -> MarkGiven:
        data = self.cleaned_data
        lines = {
            item.code: Found(data[f"verdict_{item.code}"], data[f"evidence_{item.code}"])
            for item in self.items
            if data.get(f"verdict_{item.code}")
        }
        return MarkGiven(lines, data["improvement"])


class AppealForm(forms.Form):
    """Which items, and what is held against each."""

    words = CleanText(label=_("What you appeal against, and why"), max_length=WORDS_LIMIT, lines=True, rows=3)

    def __init__(self, items: Iterable[ScorecardItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"claim_{item.code}"] = CleanText(label=item.label, max_length=CLAIM_LIMIT)

    @property
    def claim_fields(self) -> list[forms.BoundField]:
        return [self[f"claim_{item.code}"] for item in self.items]

    def claims(self) -> dict[str, str]:
        """Those that something is said about."""
        said = {item.code: self.cleaned_data[f"claim_{item.code}"] for item in self.items}
        return {code: claim for code, claim in said.items() if claim}


class ReviewForm(forms.Form):
    """A verdict on every item appealed against; none is worse than it was."""

    ruling = CleanText(label=_("Reasons"), max_length=WORDS_LIMIT, lines=True, rows=3)

    def __init__(self, lines: Iterable[AppealLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            choices = FATAL if line.item.fatal else WEIGHTED
            self.fields[f"verdict_{line.item.code}"] = forms.ChoiceField(
                label=line.item.label, choices=choices, widget=forms.RadioSelect
            )

    @property
    def rows(self) -> list[tuple[AppealLine, forms.BoundField]]:
        return [(line, self[f"verdict_{line.item.code}"]) for line in self.lines]

    def verdicts(self) -> dict[str, str]:
        return {line.item.code: self.cleaned_data[f"verdict_{line.item.code}"] for line in self.lines}


class NamedCaseField(forms.CharField):
    """A case by its number."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value).strip()
        found = Case.objects.filter(number=number).select_related("taken_by_organisation").first()
        if found is None:
            raise forms.ValidationError(_("No case has this number."))
        return found


class NameAgentForm(forms.Form):
    """Which case complains, and of which."""

    complaint = NamedCaseField(label=_("The complaint's number"), max_length=20)
    about = NamedCaseField(label=_("The case that was badly served"), max_length=20)


class FindingForm(forms.Form):
    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect)
    grounds = CleanText(label=_("Reasons"), max_length=WORDS_LIMIT, lines=True, rows=3)
