"""Choosing a reason in a form, and proposing another one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import reasons
from cases.models import ReasonKind
from cases.reason_versions import CODE_LENGTH, FIELDS, offers_words
from hotline.forms import ChangeForm

CHOOSE = _("Choose a reason")


class ReasonField(forms.ChoiceField):
    """One of the reasons in force when the form is shown or read; ``choose`` stands before them, if given."""

    def __init__(self, kind: ReasonKind, *, choose: Any = CHOOSE, **more: Any) -> None:
        self.kind = kind
        first = [("", choose)] if choose else []
        super().__init__(choices=lambda: [*first, *reasons.choices(kind, timezone.now())], **more)

    def validate(self, value: Any) -> None:
        if value and not self.valid_value(value):
            raise ValidationError(reasons.not_offered(self.kind, value, timezone.now()))
        super().validate(value)


class ReasonForm(ChangeForm):
    """A reason as it shall be: its words in both languages, its place in the list, and whether it is offered."""

    code = forms.CharField(label=_("Code for programs"), max_length=CODE_LENGTH)
    name = forms.CharField(label=_("Chinese words"), max_length=120)
    name_en = forms.CharField(label=_("English words"), max_length=160, required=False)
    position = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=9_999)
    needs_words = forms.BooleanField(required=False)
    retired = forms.BooleanField(label=_("Offer it no longer"), required=False)

    def __init__(self, *args: Any, kind: ReasonKind, before: dict[str, Any] | None, first: date, **more: Any) -> None:
        super().__init__(*args, first=first, **more)
        self.kind, self.before = kind, before
        if before is not None:
            del self.fields["code"]
        if before is None or (before["kind"], before["code"]) in reasons.REQUIRED:
            del self.fields["retired"]
        if offers_words(kind):
            words = _("Not enough by itself: add %(more)s")
            self.fields["needs_words"].label = words % {"more": reasons.MORE_WORDS[kind]}
        else:
            del self.fields["needs_words"]

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return {**(self.before or {}), **given, "kind": self.kind.value}
