"""What is filled in about a month: an objection, a ruling, an entry, an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.attachments import Upload
from contractors.models import IncidentKind
from contractors.row_names import named
from hotline.form_fields import CleanText, MomentField
from hotline.models import Organisation


class Files(forms.FileField):
    """Several files in one field."""

    widget = forms.ClearableFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list) else [data] if data else []
        return [super(Files, self).clean(one, initial) for one in given]


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class ObjectionForm(forms.Form):
    """What is wrong with a clause, which rows should be left out, and what proves it."""

    words = CleanText(lines=True, rows=4, label=_("What is wrong"), max_length=2000)
    claimed = CleanText(
        lines=True,
        rows=4,
        label=_("Rows to leave out"),
        help_text=_("as the rows are named, one a line; empty: the clause should not be scored this month"),
    )
    proofs = Files(label=_("Proof"), required=False, widget=_SeveralFiles())

    def given(self) -> dict[str, Any]:
        uploads = [Upload(file.name, file.read()) for file in self.cleaned_data["proofs"]]
        return {"words": self.cleaned_data["words"], "claimed": named(self.cleaned_data["claimed"]), "uploads": uploads}


class _OnPaper(forms.Form):
    """When a paper came in, and from whom."""

    received_at = MomentField(
        label=_("When it came in"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    received_from = CleanText(label=_("Signed for the contractor by"), max_length=60)


class PaperSignatureForm(_OnPaper):
    """That the contractor signed a month on paper."""

    proofs = Files(
        label=_("The signed paper"),
        required=False,
        widget=_SeveralFiles(),
        help_text=_("scanned or photographed, up to 5 files"),
    )

    def given(self) -> dict[str, Any]:
        uploads = [Upload(file.name, file.read()) for file in self.cleaned_data["proofs"]]
        return {name: self.cleaned_data[name] for name in ("received_at", "received_from")} | {"uploads": uploads}


class PaperObjectionForm(_OnPaper, ObjectionForm):
    """The same as it stands on a paper, with when it came and from whom."""

    proofs = Files(label=_("The paper, and what proves it"), required=False, widget=_SeveralFiles())
    field_order = ["received_at", "received_from", "words", "claimed", "proofs"]

    def given(self) -> dict[str, Any]:
        return super().given() | {name: self.cleaned_data[name] for name in ("received_at", "received_from")}


class RulingForm(forms.Form):
    """How it is ruled, on what grounds; in part for the rows that are named."""

    outcome = forms.ChoiceField(
        label=_("Ruling"),
        choices=[("reject", _("reject")), ("uphold", _("uphold")), ("part", _("uphold in part"))],
        widget=forms.RadioSelect,
    )
    granted = CleanText(lines=True, rows=3, label=_("Rows granted"), help_text=_("if upheld in part, one a line"))
    ruling = CleanText(lines=True, rows=4, label=_("Grounds"), max_length=2000)

    def given(self) -> dict[str, Any]:
        outcome = self.cleaned_data["outcome"]
        granted = named(self.cleaned_data["granted"]) if outcome == "part" else None
        return {"ruling": self.cleaned_data["ruling"], "upheld": outcome != "reject", "granted": granted}


class EntryForm(forms.Form):
    """Why a locked month is adjusted."""

    because = CleanText(label=_("What was found"), max_length=500)


class IncidentForm(forms.Form):
    """An event that a contract pays or deducts for."""

    contractor = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path"), label=_("Contractor")
    )
    kind = forms.ChoiceField(label=_("What happened"), choices=IncidentKind.choices)
    happened_at = MomentField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    words = CleanText(label=_("In words"), max_length=300)
    case = CleanText(label=_("Case number"), max_length=20, help_text=_("if it is about one"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contractor"].label_from_instance = lambda found: found.label  # type: ignore[attr-defined]
