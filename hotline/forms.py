"""Forms of the ground floor: signing in, codes, keys."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hotline.reckoning import YEARS
from hotline.rulebook import Rulebook

DAY_WORDS = {
    "holiday": "holiday",
    "makeup": "makeup",
    "放假": "holiday",
    "休": "holiday",
    "上班": "makeup",
    "班": "makeup",
}


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """A code of the telephone's app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=24,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "none", "autofocus": True}
        ),
    )


class NewCodeForm(CodeForm):
    """Six digits, to show that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Six digits shown by the app")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class KeyForm(forms.Form):
    """A key for a program."""

    DAYS = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("1 year")))

    name = forms.CharField(label=_("What it is for"), max_length=60)
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, coerce=int, initial=90)


class ChangeForm(forms.Form):
    """What every proposed change of a rule says besides the rule: from which day on, and why."""

    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label=_("Why, and on what ground"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, first: date, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": first, **(initial or {})}
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].widget.attrs["min"] = first.isoformat()

    def clean_valid_from(self) -> date:
        given: date = self.cleaned_data["valid_from"]
        if given.year not in YEARS:
            raise ValidationError(_("This date is too far away."))
        return given

    def values(self) -> dict[str, Any]:
        """The rule as it shall be, as JSON keeps it."""
        raise NotImplementedError


class RulebookForm(ChangeForm):
    """The values of a book: numbers, words, times with commas between them, or some of several choices."""

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        values = book.current("all") or {}
        shown = {name: ", ".join(value) if _is_listed(book, name) else value for name, value in values.items()}
        super().__init__(*args, initial=shown, **kwargs)
        self.book = book
        self.fields = {**{name: self._field(name, values[name]) for name in book.entries}, **self.fields}

    def _field(self, name: str, value: Any) -> forms.Field:
        entry = self.book.entries[name]
        label: Any = entry.label
        if isinstance(value, int):
            return forms.IntegerField(label=label, min_value=entry.least, max_value=entry.most)
        if entry.choices:
            boxes = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(label=label, choices=entry.choices, required=False, widget=boxes)
        return forms.CharField(label=label, max_length=100, required=False)

    @property
    def entry_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.book.entries]

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.book.entries}
        listed = {name: _split(value) for name, value in given.items() if _is_listed(self.book, name)}
        return given | listed


def _is_listed(book: Rulebook, name: str) -> bool:
    """Several words in one field."""
    return isinstance(book.brought[name], list) and not book.entries[name].choices


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[\s,，、;；]+", text) if part]


class TemplateForm(ChangeForm):
    """The words of a message, in both languages; names with a dollar sign are replaced when it is written."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    body = forms.CharField(label=_("Chinese words"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    body_en = forms.CharField(
        label=_("English words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "name_en", "body", "body_en")}


class YearForm(ChangeForm):
    """A year's notice, one day a line: date, holiday or make-up, name, and an English name after a bar."""

    days = forms.CharField(label=_("Days"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 20}))
    source = forms.CharField(label=_("Notice it comes from"), max_length=200)

    def clean_days(self) -> list[list[str]]:
        return [_day_of_notice(line.strip()) for line in self.cleaned_data["days"].splitlines() if line.strip()]

    def values(self) -> dict[str, Any]:
        return {"days": self.cleaned_data["days"], "source": self.cleaned_data["source"]}


def _day_of_notice(line: str) -> list[str]:
    on, _space, rest = line.partition(" ")
    word, _space, names = rest.strip().partition(" ")
    name, _bar, english = names.partition("|")
    if word.lower() not in DAY_WORDS or not name.strip():
        raise ValidationError(_("“%(line)s”: write a date, holiday or makeup, and a name."), params={"line": line[:60]})
    return [on, DAY_WORDS[word.lower()], name.strip(), english.strip()]


class DecideForm(forms.Form):
    act = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Reject"))])
    ruling = forms.CharField(label=_("Note to who proposed it"), max_length=1000, required=False)
