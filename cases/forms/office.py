"""What the hotline office fills in: where a case goes, how a request is ruled on, what becomes of a reply."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.reasons import ReasonField
from cases.models import CallbackResult, Case, EmergencyLine, ReasonKind, Recusal, Satisfaction
from cases.registration import COMPLAINED_OF
from cases.routing import beside
from cases.surveys import Verdict
from hotline.models import Organisation, User

YES_NO_UNSAID = [("yes", _("Yes")), ("no", _("No")), ("unsaid", _("Did not say"))]
CO_ORGANISERS = ("co_organisers", "co_organiser_2", "co_organiser_3")


def units_matching(
    text: str, on: date, *, bodies: bool = False, above: Organisation | None = None
) -> list[Organisation]:
    """Handling units in force (or all that can be complained of; or those below one) by code or whole name; failing
    that by part of the name or pinyin initials."""
    units = Organisation.objects.filter(kind__in=COMPLAINED_OF) if bodies else Organisation.objects.units().active(on)
    if above is not None:
        units = units.within(above).exclude(pk=above.pk)
    exact = list(units.filter(Q(code__iexact=text) | Q(name=text) | Q(name_en__iexact=text))[:2])
    if exact:
        return exact
    part = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(initials__icontains=text)
    return list(units.filter(part).order_by("tier", "name")[:6])


class UnitField(forms.CharField):
    """A unit named in words: the picker offers names and initials, and whatever is typed must mean exactly one."""

    def __init__(self, *, bodies: bool = False, **more: Any) -> None:
        self.bodies = bodies
        attrs = {"list": "units", "autocomplete": "off", "placeholder": _("Name or pinyin initials")}
        super().__init__(max_length=160, widget=forms.TextInput(attrs=attrs), **more)

    def unit(self, text: str, on: date, above: Organisation | None = None) -> Organisation | None:
        if not text:
            return None
        found = units_matching(text, on, bodies=self.bodies, above=above)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("No handling unit is called “%(text)s”. Type part of its name or its initials."),
                params={"text": text},
            )
        names = ", ".join(unit.label for unit in found[:5])
        raise ValidationError(_("Several units match: %(names)s. Type more of the name."), params={"names": names})


class NamesUnits(forms.Form):
    """A form in which units are named as they stand on the given day; all of them, or those below one."""

    def __init__(self, *args: Any, on: date, above: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.above = above

    def _post_clean(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, UnitField) and name in self.cleaned_data:
                try:
                    self.cleaned_data[name] = field.unit(self.cleaned_data[name], self.on, self.above)
                except ValidationError as error:
                    self.add_error(name, error)


class SealForm(NamesUnits):
    """Confidential or open, and about which body."""

    confidential = forms.ChoiceField(
        label=_("Confidentiality"), choices=[("1", _("Keep confidential")), ("", _("Open to the unit"))], required=False
    )
    subject_unit = UnitField(label=_("Body complained of"), bodies=True, required=False)
    why = forms.CharField(label=_("Reason"), max_length=200)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "confidential": bool(self.cleaned_data["confidential"])}


class RecusalForm(forms.Form):
    """Oneself, if nobody else is named."""

    person = forms.CharField(label=_("Staff number, if somebody else stands aside"), max_length=60, required=False)
    why = forms.CharField(label=_("Reason"), max_length=200)

    def clean_person(self) -> User | None:
        named = self.cleaned_data["person"].strip()
        if not named:
            return None
        found = User.objects.filter(Q(staff_number=named) | Q(username=named)).order_by("pk").first()
        if found is None:
            raise ValidationError(_("Nobody has the staff number “%(text)s”."), params={"text": named})
        return found


class _WhoStoodAside(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person.label)


class LiftForm(forms.Form):
    """Who need not stand aside any more."""

    recusal = _WhoStoodAside(Recusal.objects.none(), label=_("Who stood aside"))
    why = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, recusals: QuerySet[Recusal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Recusal]", self.fields["recusal"])
        field.queryset = recusals


def named_beside(case: Case, on: date) -> dict[str, str]:
    """Those who help and who gets a copy, by the field of the form each is named in."""
    if case.proposed_unit is None:
        return {}
    helpers, watching = beside(case, case.proposed_unit, on)
    named = dict(zip(CO_ORGANISERS, [helper.label for helper in helpers], strict=False))
    return named | ({"copies": watching[0].label} if watching else {})


class DispatchForm(NamesUnits):
    """Lead unit, those who help, who gets a copy, and a word to them; filled in as it was proposed, helpers and copy as
    the catalogue's line says."""

    unit = UnitField(label=_("Lead unit"))
    co_organisers = UnitField(label=_("Co-organisers"), required=False)
    co_organiser_2 = UnitField(label=_("Second co-organiser"), required=False)
    co_organiser_3 = UnitField(label=_("Third co-organiser"), required=False)
    copies = UnitField(label=_("Copy to"), required=False)
    note = forms.CharField(label=_("Note to the units"), max_length=300, required=False)

    @classmethod
    def proposing(cls, case: Case, *, on: date) -> DispatchForm:
        if case.proposed_unit is None:
            return cls(on=on)
        return cls(on=on, initial={"unit": case.proposed_unit.label, **named_beside(case, on)})

    def watching(self) -> list[Organisation]:
        """Who gets a copy, if anybody."""
        named = self.cleaned_data["copies"]
        return [named] if named is not None else []

    def others(self) -> list[Organisation]:
        """The co-organisers, each once and never the lead."""
        named = [self.cleaned_data[name] for name in CO_ORGANISERS]
        lead = self.cleaned_data["unit"].pk
        return list({unit.pk: unit for unit in named if unit is not None and unit.pk != lead}.values())


class RulingForm(NamesUnits):
    """Granted or rejected, why, and for a return where the case goes next."""

    act = forms.ChoiceField(choices=[("grant", _("Grant")), ("reject", _("Reject"))])
    unit = UnitField(label=_("Case goes to"), required=False)
    ruling = forms.CharField(label=_("Ruling"), max_length=500, required=False)
    final = forms.BooleanField(label=_("Binding: no further return"), required=False)


class HandOverForm(forms.Form):
    """The emergency line that is asked, and what was said among the three."""

    line = forms.ChoiceField(label=_("Line"), choices=EmergencyLine.choices, widget=forms.RadioSelect)
    three_way = forms.BooleanField(label=_("Three-way call held"), required=False)
    note = forms.CharField(label=_("What was said"), max_length=500, required=False)
    accepted_by = forms.CharField(
        label=_("Taken there by (name or seat), if said at once"), max_length=60, required=False
    )


class LineAnswerForm(forms.Form):
    """What the line says to it, and who said so."""

    act = forms.ChoiceField(choices=[("accept", _("The line takes it")), ("refuse", _("The line refuses"))])
    answered_by = forms.CharField(label=_("Who spoke for the line: name or seat"), max_length=60)
    answer = forms.CharField(label=_("What the line said"), max_length=500, required=False)


class ReviewForm(forms.Form):
    """The reply goes to the citizen, or back to the unit with a reason."""

    act = forms.ChoiceField(choices=[("accept", _("Accept")), ("send_back", _("Send back"))])
    reason = ReasonField(ReasonKind.SEND_BACK, label=_("Reason for sending back"), required=False)
    note = forms.CharField(label=_("What is missing"), max_length=500, required=False)


class CallbackForm(forms.Form):
    """One call. Each question is asked by itself, and none has an answer before the citizen gives it."""

    result = ReasonField(ReasonKind.CALLBACK, choose="", label=_("What came of the call"), widget=forms.RadioSelect)
    contacted = forms.ChoiceField(
        label=_("Did the unit get in touch with you?"), choices=YES_NO_UNSAID, widget=forms.RadioSelect, required=False
    )
    solved = forms.ChoiceField(
        label=_("Is the matter solved?"),
        choices=[("yes", _("Solved")), ("no", _("Not solved"))],
        widget=forms.RadioSelect,
        required=False,
    )
    satisfaction = forms.ChoiceField(
        label=_("How satisfied are you with the way it was handled?"),
        choices=[*reversed(Satisfaction.choices), ("0", _("Did not say"))],
        widget=forms.RadioSelect,
        required=False,
    )
    comment = forms.CharField(
        label=_("In the citizen's words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(label=_("Note on this call"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if given.get("result") == CallbackResult.REACHED:
            for name in ("contacted", "solved", "satisfaction"):
                if not given.get(name):
                    self.add_error(name, _("Ask the citizen and enter the answer."))
        return given

    def verdict(self) -> Verdict | None:
        """What the citizen said, if reached."""
        given = self.cleaned_data
        if given["result"] != CallbackResult.REACHED:
            return None
        return Verdict(
            solved=given["solved"] == "yes",
            contacted={"yes": True, "no": False}.get(given["contacted"]),
            satisfaction=int(given["satisfaction"]) or None,
            comment=given["comment"],
        )
