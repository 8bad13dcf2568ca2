"""What is filled in to keep the knowledge base."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.attachments import Upload
from cases.forms.catalogue import PickedField, usable_categories
from cases.forms.office import NamesUnits, UnitField
from cases.knowledge import ArticleGiven
from cases.models import KnowledgeArticle, ReportKind, ReportOutcome
from cases.naming import full_label
from hotline.form_fields import CleanText, DayField


def _day(label: Any, hint: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, help_text=hint, required=False, widget=widget)


class ArticleForm(NamesUnits):
    """An answer in both languages, whose it is and how long it is trusted."""

    title = CleanText(label=_("Question or matter"), max_length=120)
    body = CleanText(lines=True, label=_("Answer to read out"))
    title_en = CleanText(label=_("In English"), max_length=160)
    body_en = CleanText(lines=True, label=_("Answer in English"))
    unit = UnitField(label=_("Kept by"))
    category = PickedField(
        usable_categories,
        _("No category is called “%(text)s”."),
        label=_("Category"),
        options="categories",
        required=False,
    )
    valid_until = _day(_("Runs out on"), _("from that day on it cannot be quoted; empty: until changed"))
    review_on = _day(_("Look at it again on"), _("empty: in half a year, or before it runs out"))

    @classmethod
    def of(cls, article: KnowledgeArticle, *, on: date) -> ArticleForm:
        fields = ("title", "body", "title_en", "body_en", "valid_until", "review_on")
        initial = {name: getattr(article, name) for name in fields}
        category = full_label(article.category) if article.category else ""
        return cls(on=on, initial=initial | {"unit": article.unit.label, "category": category})

    def given(self) -> ArticleGiven:
        return ArticleGiven(**self.cleaned_data)


class FileForm(forms.Form):
    """A form or picture that goes with an answer."""

    file = forms.FileField(label=_("File"), required=True)

    def upload(self) -> Upload:
        file = self.cleaned_data["file"]
        return Upload(file.name, file.read())


class ReportForm(NamesUnits):
    """What is missing or wrong, for the unit that owns the matter."""

    kind = forms.ChoiceField(label=_("What is the matter"), choices=ReportKind.choices, widget=forms.RadioSelect)
    unit = UnitField(label=_("Whose matter it is"), required=False)
    words = CleanText(lines=True, label=_("What is missing or wrong"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["rows"] = 5


class SettleForm(forms.Form):
    """What became of a report."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=[c for c in ReportOutcome.choices if c[0]], widget=forms.RadioSelect
    )
    answer = CleanText(label=_("Word to who reported it"), max_length=500)
