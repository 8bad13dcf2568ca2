"""What a search for cases can be narrowed to, as the address says it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.office import units_matching
from cases.models import Category, Kind, Status
from cases.shelves import CATEGORIES
from hotline.calendar import Period
from hotline.form_fields import DayField
from hotline.models import Region
from hotline.shelf import REGIONS, Shelf


class SearchFilters(forms.Form):
    """Place, unit, status, kind, category and period; each narrows, none is required."""

    place = forms.ModelChoiceField(
        label=_("Place"),
        queryset=Region.objects.order_by("path"),
        to_field_name="code",
        required=False,
        empty_label=_("Any place"),
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off", "placeholder": _("Any unit")}),
    )
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Any status")), *Status.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any kind")), *Kind.choices], required=False)
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.order_by("path"),
        to_field_name="code",
        required=False,
        empty_label=_("Any category"),
    )
    first = DayField(
        label=_("Registered from"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = DayField(
        label=pgettext_lazy("period", "to"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "category"):
            self.fields[name].label_from_instance = _label  # type: ignore[attr-defined]
        trees: tuple[tuple[str, Shelf[Any]], ...] = (("place", REGIONS), ("category", CATEGORIES))
        for name, shelf in trees:
            listed = [(row.code, _label(row)) for row in sorted(shelf.all(), key=lambda row: row.path)]
            self.fields[name].widget.choices = [("", self.fields[name].empty_label), *listed]  # type: ignore[attr-defined]

    def clean_unit(self) -> Any:
        """The unit meant, or the sentence that says why none is."""
        text = self.cleaned_data["unit"]
        if not text:
            return None
        found = units_matching(text, timezone.localdate())
        if len(found) != 1:
            raise forms.ValidationError(
                _("No single unit is called “%(text)s”. Type more of its name."), params={"text": text}
            )
        return found[0]

    def condition(self) -> Q:
        """What the filters ask for; regions and categories with everything below them."""
        given, asked = self.cleaned_data, Q()
        if place := given.get("place"):
            asked &= Q(region__path__startswith=place.path)
        if category := given.get("category"):
            asked &= Q(category__path__startswith=category.path)
        for name in ("unit", "status", "kind"):
            if value := given.get(name):
                asked &= Q(**{name: value})
        if first := given.get("first"):
            asked &= Q(registered_at__gte=Period.days(first, first).start)
        if last := given.get("last"):
            asked &= Q(registered_at__lt=Period.days(last, last).end)
        return asked

    def named(self) -> list[tuple[str, str]]:
        """The filters in force, each with its words, for a list that found nothing."""
        words = []
        for name, value in self.cleaned_data.items():
            if value:
                shown = dict(getattr(self.fields[name], "choices", [])).get(value) if isinstance(value, str) else value
                words.append((str(self.fields[name].label), str(getattr(value, "label", shown))))
        return words


def _label(thing: Any) -> str:
    depth = thing.path.count("/") - 2
    return f"{chr(0x3000) * depth}{thing.label}"
