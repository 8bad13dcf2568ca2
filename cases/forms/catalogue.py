"""What is filled in to change the dispatch catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.catalogue_lines import LineGiven
from cases.cataloguing import NOTE_LIMIT
from cases.forms.office import CO_ORGANISERS, NamesUnits, UnitField
from cases.models import CatalogueVersion, Category, Kind
from cases.naming import full_label, named
from cases.shelves import CATEGORIES, CHANNELS
from hotline.form_fields import CleanText, DayField
from hotline.shelf import REGIONS


class PickedField(forms.CharField):
    """A row of a small table named in words: its code, its name, or its name with all above it."""

    def __init__(self, rows: Callable[[], Iterable[Any]], unknown: Any, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": more.pop("options"), "autocomplete": "off"})
        super().__init__(max_length=400, widget=widget, **more)
        self.rows, self.unknown = rows, unknown

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = named(self.rows(), text)
        if not found:
            raise ValidationError(self.unknown, params={"text": text})
        if len(found) > 1:
            names = ", ".join(full_label(row) for row in found[:5])
            raise ValidationError(_("“%(text)s” means several: %(names)s."), params={"text": text, "names": names})
        return found[0]


def usable_categories() -> list[Category]:
    """Categories without those that only exist in imported history."""
    return [
        category for category in CATEGORIES.all() if category.valid_until is None or category.valid_until.year > 2000
    ]


class VersionForm(forms.Form):
    """What a version is about and when it begins."""

    note = CleanText(label=_("What it is about"), max_length=NOTE_LIMIT)
    valid_from = DayField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class LineForm(NamesUnits):
    """One line: for which cases, and whose they are; or that the line for these cases ends."""

    category = PickedField(
        usable_categories, _("No category is called “%(text)s”."), label=_("Category"), options="categories"
    )
    region = PickedField(
        REGIONS.all, _("No place is called “%(text)s”."), label=_("Place"), options="regions", required=False
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Kind.choices], required=False)
    unit = UnitField(label=_("Lead unit"), required=False)
    co_organisers = UnitField(label=_("Co-organisers"), required=False)
    co_organiser_2 = UnitField(label=_("Second co-organiser"), required=False)
    co_organiser_3 = UnitField(label=_("Third co-organiser"), required=False)
    copy_to = UnitField(label=_("Copy to"), required=False)
    source = CleanText(label=_("Rule or document"), max_length=120)
    ends = forms.BooleanField(label=_("The line ends: nobody is named any more"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        channels = [(channel.code, channel.label) for channel in CHANNELS.all()]
        self.fields["channel"].choices = [("", _("All channels")), *channels]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, version: CatalogueVersion, line: Any = None) -> LineForm:
        """The form for one more line of a draft; filled in from a line there is already."""
        if line is None:
            return cls(on=version.valid_from)
        helpers = [unit.label for unit in line.co_organisers.all()][: len(CO_ORGANISERS)]
        initial = {
            "category": full_label(line.category),
            "region": full_label(line.region) if line.region else "",
            "channel": line.channel.code if line.channel else "",
            "kind": line.kind,
            "unit": line.unit.label if line.unit else "",
            "copy_to": line.copy_to.label if line.copy_to else "",
            "source": line.source,
            "ends": line.unit is None,
            **dict(zip(CO_ORGANISERS, helpers, strict=False)),
        }
        return cls(on=version.valid_from, initial=initial)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if not given.get("ends") and not given.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Name the lead unit, or say that the line ends."))
        return given

    def line(self) -> LineGiven:
        given = self.cleaned_data
        key = {
            "category": given["category"],
            "region": given["region"],
            "channel": CHANNELS.coded(given["channel"]) if given["channel"] else None,
            "kind": given["kind"],
            "source": given["source"],
        }
        if given["ends"]:
            return LineGiven(**key)
        helpers = [given[name] for name in CO_ORGANISERS if given[name] is not None]
        return LineGiven(**key, unit=given["unit"], co_organisers=helpers, copy_to=given["copy_to"])
