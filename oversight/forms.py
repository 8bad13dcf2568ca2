"""What is filled in about findings, bulletins and typical cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from hotline.calendar import Period
from hotline.form_fields import CleanText, MomentField
from oversight import bulletin_figures
from oversight.bulletins import COMMENT_LIMIT, NAME_LIMIT, TemplateGiven, last_window
from oversight.findings import SETTLED, WORDS_LIMIT
from oversight.models import BulletinTemplate, FindingState, Rhythm, TypicalCase
from oversight.typical_cases import TITLE_LIMIT, Told
from oversight.typical_cases import WORDS_LIMIT as TOLD_LIMIT

MOMENT = {"type": "datetime-local"}

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


class BulletinForm(forms.Form):
    """Which bulletin, of which window; without moments the last window of the template."""

    template = forms.ModelChoiceField(
        BulletinTemplate.objects.filter(in_use=True).order_by("pk"), label=_("Bulletin"), empty_label=None
    )
    begins_at = MomentField(
        label=pgettext_lazy("moment", "From"), required=False, widget=forms.DateTimeInput(attrs=MOMENT)
    )
    ends_at = MomentField(
        label=pgettext_lazy("moment", "Until"), required=False, widget=forms.DateTimeInput(attrs=MOMENT)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].label_from_instance = lambda found: found.label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("begins_at")) != bool(given.get("ends_at")):
            self.add_error("ends_at", _("Give both moments, or neither."))
        elif given.get("begins_at") and given["begins_at"] >= given["ends_at"]:
            self.add_error("ends_at", _("The window must be over, and its end come after its beginning."))
        return given

    def window(self, at: datetime) -> Period:
        if self.cleaned_data.get("begins_at"):
            return Period(self.cleaned_data["begins_at"], self.cleaned_data["ends_at"])
        return last_window(self.cleaned_data["template"], at)


class CommentForm(forms.Form):
    words = CleanText(label=_("What the figures mean"), max_length=COMMENT_LIMIT, lines=True, rows=6)


class TemplateForm(forms.Form):
    """A template: for every measure whether it is in it, and by what."""

    name = CleanText(label=_("Name"), max_length=NAME_LIMIT)
    name_en = CleanText(label=_("Name in English"), max_length=160)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices)
    hour = forms.IntegerField(label=_("A day begins at (hour)"), min_value=0, max_value=23)
    in_use = forms.BooleanField(label=_("in use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for measure in bulletin_figures.measurable():
            choices = [
                ("", "–"),
                *(((f"={by}"), bulletin_figures.BY[by]) for by in bulletin_figures.dimensions(measure.key)),
            ]
            self.fields[measure.key] = forms.ChoiceField(
                label=measure.name, choices=choices, required=False, widget=forms.Select(attrs={"class": "form-select"})
            )

    @classmethod
    def of(cls, template: BulletinTemplate) -> TemplateForm:
        chosen = {section["measure"]: f"={section['by']}" for section in template.sections}
        plain = {name: getattr(template, name) for name in ("name", "name_en", "rhythm", "hour", "in_use")}
        return cls(initial=plain | chosen)

    @property
    def measures(self) -> list[forms.BoundField]:
        return [self[measure.key] for measure in bulletin_figures.measurable()]

    def given(self) -> TemplateGiven:
        said = self.cleaned_data
        chosen = [(m.key, said.get(m.key, "")) for m in bulletin_figures.measurable()]
        sections = [{"measure": key, "by": by[1:]} for key, by in chosen if by]
        return TemplateGiven(said["name"], said["name_en"], said["rhythm"], said["hour"], sections, said["in_use"])


class TypicalCaseForm(forms.Form):
    """A case retold for the public."""

    title = CleanText(label=_("Title"), max_length=TITLE_LIMIT)
    words = CleanText(label=_("What it was about and what became of it"), max_length=TOLD_LIMIT, lines=True, rows=8)
    title_en = CleanText(label=_("Title in English"), max_length=160)
    words_en = CleanText(label=_("In English"), max_length=TOLD_LIMIT, lines=True, rows=6)

    @classmethod
    def of(cls, draft: TypicalCase) -> TypicalCaseForm:
        return cls(initial={name: getattr(draft, name) for name in cls.base_fields})

    def given(self) -> Told:
        return Told(**self.cleaned_data)


class NewTypicalCaseForm(TypicalCaseForm):
    number = CleanText(label=_("Case number"), max_length=40)
    field_order = ["number", "title", "words", "title_en", "words_en"]

    def given(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in TypicalCaseForm.base_fields})
