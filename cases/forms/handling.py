"""What a unit fills in: its reply, its requests, its contacts with the citizen, and files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.attachments import Upload
from cases.file_types import ACCEPT
from cases.forms.office import UnitField
from cases.forms.reasons import ReasonField
from cases.models import AttachmentKind, ReasonKind, Reply, ReplyDraft, Solved, Truth
from cases.reply_words import ReplyWords
from hotline.form_fields import DayField, MomentField
from hotline.models import Organisation
from hotline.privacy import opened

YES_NO = [("no", _("No")), ("yes", _("Yes"))]


class ReplyForm(forms.Form):
    """The facts first, each asked by itself; then what the citizen reads, and apart from it what he does not."""

    claim = forms.ChoiceField(label=_("Is the report true?"), choices=Truth.choices, widget=forms.RadioSelect)
    beyond_powers = forms.ChoiceField(label=_("Beyond your powers?"), choices=YES_NO, widget=forms.RadioSelect)
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect)
    contacted = forms.ChoiceField(label=_("Citizen reached?"), choices=YES_NO, widget=forms.RadioSelect)
    contacted_at = MomentField(
        label=_("Reached at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    unsolved_reason = ReasonField(
        ReasonKind.UNSOLVED,
        label=_("Why not fully solved"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    measures = forms.CharField(label=_("Next measures and definite date"), max_length=300, required=False)
    promised_on = DayField(
        label=_("Promised date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    public_reply = forms.CharField(label=_("Public reply"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    internal_note = forms.CharField(
        label=_("Internal note"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    # which window this is, and which state of the draft it began with
    page = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    @classmethod
    def begun(cls, contacted_at: datetime | None, draft: ReplyDraft | None, adopted: Reply | None = None) -> ReplyForm:
        """As it was left; a recorded contact is filled in. A reply adopted from below takes the place of the draft."""
        known: dict[str, Any] = {"beyond_powers": "no"}
        if contacted_at:
            known |= {"contacted": "yes", "contacted_at": timezone.localtime(contacted_at)}
        if draft:
            known |= {name: value for name, value in (opened(draft, "fields") or {}).items() if value}
        if adopted:
            known |= _as_own(adopted)
        window = {"page": uuid4().hex, "seen": draft.saved_at.isoformat() if draft else ""}
        return cls(initial=known | window)

    def words(self) -> ReplyWords:
        given = self.cleaned_data
        unsolved = given["solved"] != Solved.SOLVED
        reached = given["contacted"] == "yes"
        return ReplyWords(
            claim=given["claim"],
            beyond_powers=given["beyond_powers"] == "yes",
            contacted=reached,
            contacted_at=given["contacted_at"] if reached else None,
            solved=given["solved"],
            unsolved_reason=given["unsolved_reason"] if unsolved else "",
            measures=given["measures"] if unsolved else "",
            promised_on=given["promised_on"] if unsolved else None,
            internal_note=given["internal_note"],
            public_reply=given["public_reply"],
        )


def _as_own(reply: Reply) -> dict[str, Any]:
    """The fields of a reply from below, as they stand in the unit's own form."""
    told = ("claim", "solved", "unsolved_reason", "measures", "promised_on", "public_reply", "internal_note")
    reached = {"contacted": "yes", "contacted_at": timezone.localtime(reply.contacted_at)} if reply.contacted_at else {}
    beyond = {"beyond_powers": "yes" if reply.beyond_powers else "no"}
    return {name: getattr(reply, name) for name in told} | beyond | reached


class FilesField(forms.FileField):
    """One or several files, none of them believed by its name."""

    widget = forms.FileInput

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=None, **more)
        self.widget.attrs["accept"] = ACCEPT


def upload_of(given: Any) -> Upload | None:
    return Upload(given.name or "", given.read()) if given else None


class BounceForm(forms.Form):
    """Why the case is returned, on what grounds, and who should have it instead."""

    reason = ReasonField(ReasonKind.BOUNCE, label=_("Reason for returning"))
    grounds = forms.CharField(label=_("Grounds"), max_length=1000)
    proposed_unit = UnitField(label=_("Proposed unit"), required=False)
    evidence = FilesField(label=_("Evidence"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_proposed_unit(self) -> Organisation | None:
        return UnitField().unit(self.cleaned_data["proposed_unit"], self.on)


class ExtensionForm(forms.Form):
    """How much longer, and what for."""

    reason = ReasonField(ReasonKind.EXTENSION, label=_("Reason for more time"))
    amount = forms.IntegerField(label=_("How much more"), min_value=1, max_value=1000)
    grounds = forms.CharField(label=_("Grounds"), max_length=1000)
    evidence = FilesField(label=_("Evidence"), required=False)


class ContactForm(forms.Form):
    """One try to reach the citizen."""

    reached = forms.ChoiceField(
        label=_("Result"), choices=[("yes", _("Reached")), ("no", _("Not reached"))], widget=forms.RadioSelect
    )
    how = forms.ChoiceField(
        label=_("How"), choices=[("phone", _("By telephone")), ("visit", _("In person")), ("written", _("In writing"))]
    )
    note = forms.CharField(label=_("What was said"), max_length=500, required=False)


class WordsForm(forms.Form):
    """A few sentences; whom they are for is said by the label."""

    words = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any = "", name: str = "words", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        if name != "words":
            self.fields[name] = self.fields.pop("words")
        self.name = name

    @property
    def given(self) -> str:
        return str(self.cleaned_data[self.name])


class AttachForm(forms.Form):
    """A file and what it proves."""

    kind = forms.ChoiceField(label=_("Proves"), choices=AttachmentKind.choices)
    file = FilesField(label=_("File"))


class RevealForm(forms.Form):
    reason = ReasonField(ReasonKind.REVEAL)


class ViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=40)
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
