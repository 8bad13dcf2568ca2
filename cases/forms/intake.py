"""The console's form: what was typed of one request, and what must be there for the way it ends."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import gist
from cases.confidentiality import is_barred
from cases.deadlines import local_date
from cases.forms.office import UnitField
from cases.forms.reasons import ReasonField
from cases.models import (
    Call,
    CallbackWish,
    Category,
    Channel,
    EmergencyLine,
    Kind,
    KnowledgeArticle,
    ReasonKind,
    Urgency,
)
from cases.registration import Registration
from hotline.form_fields import CleanText
from hotline.models import Organisation, Region
from hotline.privacy import InvalidPhone, normalise_phone, opened

OUTCOMES = ("propose", "dispatch", "answer", "refuse", "hand_over", "join")
NEEDED = {
    "propose": ("words", "region", "kind", "category"),
    "join": ("words", "region", "kind", "category"),
    "dispatch": ("words", "region", "kind", "category", "unit"),
    "answer": ("words", "kind", "category", "answer"),
    "refuse": ("words", "kind", "ground", "route"),
    "hand_over": (),
}
MISSING: dict[str, str | Promise] = {
    "words": gettext_lazy("Write what the citizen asks for."),
    "region": gettext_lazy("Choose the district or street of the place complained of."),
    "kind": gettext_lazy("Choose the kind of request."),
    "category": gettext_lazy("Choose what it is about."),
    "unit": gettext_lazy("Choose the unit that must act."),
    "answer": gettext_lazy("Write the answer you gave, or quote one from the knowledge base."),
    "ground": gettext_lazy("Choose the ground for not accepting the request."),
    "route": gettext_lazy("Write which way you told the citizen to go."),
}


def calling_number(call: Call | None) -> str:
    """The number of the call, if the platform gave a real one."""
    caller = str(opened(call, "caller") or "") if call else ""
    return caller if caller.startswith("+") else ""


def _choice(choices: Any, label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect, label=label)


def _reference(model: Any, label: Any, key: str = "code") -> forms.ModelChoiceField[Any]:
    gone = gettext_lazy("This choice does not exist any more. Choose another.")
    return forms.ModelChoiceField(
        model.objects.all(), to_field_name=key, required=False, label=label, error_messages={"invalid_choice": gone}
    )


class IntakeForm(forms.Form):
    """Everything may be empty while it is typed; the outcome says what must be there."""

    words = CleanText(lines=True, label=gettext_lazy("What the citizen asks for"))
    title = CleanText(label=gettext_lazy("Title"))
    name = CleanText(label=gettext_lazy("Name"))
    phone = CleanText(label=gettext_lazy("Telephone"))
    region = _reference(Region, gettext_lazy("Place complained of"))
    place = CleanText(label=gettext_lazy("Exact place"))
    kind = _choice(Kind.choices, gettext_lazy("Kind"))
    category = _reference(Category, gettext_lazy("Category"))
    unit = _reference(Organisation, gettext_lazy("Proposed unit"))
    urgency = _choice(Urgency.choices, gettext_lazy("Urgency"))
    confidential = _choice(
        [("", gettext_lazy("Open to the unit")), ("1", gettext_lazy("Keep confidential"))],
        gettext_lazy("Confidentiality"),
    )
    subject_unit = CleanText(label=gettext_lazy("Body complained of"))
    callback_wish = _choice(CallbackWish.choices, gettext_lazy("Callback"))
    channel = _reference(Channel, gettext_lazy("Came by"))
    answer = CleanText(lines=True, label=gettext_lazy("Answer given"))
    article = CleanText()
    ground = ReasonField(ReasonKind.REFUSAL, choose="", required=False, label=gettext_lazy("Ground for not accepting"))
    route = CleanText(lines=True, label=gettext_lazy("Way the citizen was told to go"))

    three_way = forms.BooleanField(required=False, label=gettext_lazy("Three-way call held"))
    line_note = CleanText(label=gettext_lazy("What was said with the line"))
    upstream_number = CleanText(label=gettext_lazy("Their number"))

    # what the page itself remembers
    page = CleanText()
    draft = forms.UUIDField(required=False)
    number = CleanText()
    call = forms.UUIDField(required=False)
    title_by = CleanText()
    category_by = CleanText()
    unit_by = CleanText()

    def __init__(self, *args: Any, outcome: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.outcome, _colon, self.line = outcome.partition(":")

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        try:
            if phone:
                normalise_phone(phone)
        except InvalidPhone as error:
            raise forms.ValidationError(str(error)) from error
        return phone

    def clean_subject_unit(self) -> Organisation | None:
        named = str(self.cleaned_data["subject_unit"])
        return UnitField(bodies=True, required=False).unit(named, local_date(timezone.now()))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        for name in NEEDED.get(self.outcome, ()):
            if name not in self.errors and not given.get(name):
                self.add_error(name, str(MISSING[name]))
        channel = given.get("channel")
        if self.outcome and channel is not None and channel.platform and not given.get("upstream_number"):
            self.add_error("upstream_number", _("Give the number that the case has there, so that it can go back."))
        if self.outcome and self.outcome not in OUTCOMES:
            self.add_error(None, _("Choose how the request ends."))
        return given

    def article_quoted(self) -> KnowledgeArticle | None:
        """The version of the article that the answer was taken from."""
        key, _at, version = self.cleaned_data["article"].partition("@")
        if not version.isdecimal() or len(version) > 4:
            return None
        return KnowledgeArticle.objects.filter(key=key, version=int(version)).first()

    def registration(self, call: Call | None, routing: dict[str, Any]) -> Registration:
        """What is to be registered; an emergency handed over may say as little as that."""
        given = self.cleaned_data
        urgent = self.outcome == "hand_over"
        words = given["words"] or (self._emergency_words() if urgent else "")
        channel = given["channel"] or Channel.objects.get(code="phone")
        return Registration(
            words=words,
            title=given["title"] or gist.proposed_title(words),
            kind=given["kind"] or (Kind.HELP if urgent else ""),
            channel=channel,
            category=given["category"],
            region=given["region"],
            place=given["place"][:200],
            urgency=Urgency.EMERGENCY if urgent else given["urgency"] or Urgency.ORDINARY,
            confidential=bool(given["confidential"]),
            subject_unit=given["subject_unit"],
            callback_wish=given["callback_wish"] or CallbackWish.PHONE,
            name=given["name"],
            phone=given["phone"] or calling_number(call),
            proposed_unit=self._proposed(),
            upstream_platform=channel.platform,
            upstream_number=given["upstream_number"][:60] if channel.platform else "",
            routing=routing,
        )

    def _proposed(self) -> Organisation | None:
        """The unit named; what was only suggested gives way where the complaint is about it."""
        unit, about = self.cleaned_data["unit"], self.cleaned_data["subject_unit"]
        suggested = self.cleaned_data["unit_by"] != "person"
        if unit and about and suggested and self.cleaned_data["confidential"] and is_barred(unit, about=about):
            return None
        return cast("Organisation | None", unit)

    def _emergency_words(self) -> str:
        line = EmergencyLine(self.line).label if self.line in EmergencyLine.values else self.line
        return _("Handed over to %(line)s during the call.") % {"line": line}
