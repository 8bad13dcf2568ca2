"""Writing a scorecard: what it is, and its lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contractors.models import About, Scorecard
from contractors.scorecards import CardGiven, ItemGiven
from hotline.form_fields import CleanText, DayField


class CardForm(forms.Form):
    note = CleanText(label=_("What it is, or what it changes"), max_length=200)
    pass_mark = forms.IntegerField(label=_("Pass mark"), min_value=1, max_value=100)
    valid_from = DayField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    items = forms.CharField(required=False, widget=forms.HiddenInput, label=_("Lines"))

    @classmethod
    def of(cls, card: Scorecard) -> CardForm:
        return cls(initial={"note": card.note, "pass_mark": card.pass_mark, "valid_from": card.valid_from})

    def given(self, lines: list[dict[str, Any]]) -> CardGiven:
        data = self.cleaned_data
        items = [ItemGiven(**line) for line in lines]
        return CardGiven(data["note"], data["pass_mark"], data["valid_from"], items)


class ItemForm(forms.Form):
    """One line; one without a name is left out."""

    code = forms.SlugField(label=pgettext_lazy("scorecard", "Code"), max_length=30, required=False)
    name = CleanText(label=_("Item"), max_length=120)
    name_en = CleanText(label=pgettext_lazy("scorecard", "In English"), max_length=120)
    weight = forms.IntegerField(label=_("Weight"), min_value=0, max_value=100, required=False)
    fatal = forms.BooleanField(label=_("Fatal"), required=False)
    about = forms.ChoiceField(label=_("About"), choices=About.choices)

    def line(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        return {**data, "weight": data["weight"] or 0} if data["name"] or data["code"] else None


ItemFormSet = forms.formset_factory(ItemForm, extra=3, max_num=40, absolute_max=60)


def lines_of(card: Scorecard) -> list[dict[str, Any]]:
    fields = ("code", "name", "name_en", "weight", "fatal", "about")
    return [{name: getattr(item, name) for name in fields} for item in card.items.order_by("position")]
