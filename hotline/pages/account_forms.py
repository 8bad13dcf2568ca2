"""Forms about accounts: a password of one's own, and what a security administrator fills in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotline.memberships import FITTING
from hotline.models import Organisation
from hotline.roles import Role

Grouped = list[tuple[str, list[tuple[str, str]]]]


def _password(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget)


class NewPasswordForm(forms.Form):
    """A password of one's own, twice."""

    new = _password(_("New password"), "new-password")
    again = _password(_("The same once more"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two are not the same."))
        return again


class OtherPasswordForm(NewPasswordForm):
    """Changed by the person, who shows to know the present one."""

    present = _password(_("Present password"), "current-password")
    field_order = ("present", "new", "again")


def _moment_field(label: Any, help_text: Any) -> forms.DateTimeField:
    shape = "%Y-%m-%dT%H:%M"
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=shape)
    return forms.DateTimeField(label=label, required=False, input_formats=[shape], widget=widget, help_text=help_text)


class ReasonForm(forms.Form):
    """Whatever is done to an account is done for a reason."""

    because = forms.CharField(label=_("Reason"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    field_order: tuple[str, ...] | None = None


class PersonForm(ReasonForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Small letters, digits, dots and hyphens; it never changes."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=80, required=False)
    staff_number = forms.CharField(label=_("Staff number"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ("username", "name", "name_en", "staff_number", "language", "because")


class GrantForm(ReasonForm):
    """A role in an organisation, for a period."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"))
    since = _moment_field(_("From"), _("Empty: from now."))
    until = _moment_field(_("Until"), _("Empty: until it is ended."))
    field_order = ("organisation", "role", "since", "until", "because")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty, known = ("", _("Choose")), organisations_by_kind(timezone.localdate())
        self.fields["organisation"].choices = [empty, *known]  # type: ignore[attr-defined]
        self.fields["role"].choices = [empty, *roles_by_kind()]  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        return Organisation.objects.get(code=self.cleaned_data["organisation"])


class EndForm(ReasonForm):
    until = _moment_field(_("Until"), _("Empty: now."))
    field_order = ("until", "because")


class SessionsForm(ReasonForm):
    keys = forms.BooleanField(label=_("Revoke the keys for programs too"), required=False)
    field_order = ("keys", "because")


def organisations_by_kind(on: date) -> Grouped:
    """Those that take part, for a choice."""
    known = list(Organisation.objects.active(on).order_by("path"))
    return [
        (str(kind.label), [(one.code, one.label) for one in known if one.kind == kind]) for kind in Organisation.Kind
    ]


def roles_by_kind() -> Grouped:
    """Every role under the kind of organisation it is held in."""
    return [
        (str(kind.label), [(role.value, str(role.label)) for role in Role if role in FITTING[kind]])
        for kind in Organisation.Kind
    ]
