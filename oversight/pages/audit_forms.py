"""What is filled in at the auditor's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Category, Outcome
from hotline.form_fields import CleanText, DayField
from hotline.models import Organisation
from oversight.audits import NOTE_LIMIT, SEED, TITLE_LIMIT, WHY_LIMIT, Given
from oversight.look_kinds import LOOK_KINDS
from oversight.look_log import LookFilters
from oversight.models import MOST_CASES, AuditVerdict, CaseVerdict, Fault, Strata
from oversight.sample_frames import Frame

FRAME = ("first", "last", "unit", "contractor", "category", "outcome", "strata_by")
KINDS = [("", _("any")), *((kind, words) for kind, (words, _acts) in LOOK_KINDS.items())]


def _day(label: Any, *, required: bool = True) -> DayField:
    return DayField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=required)


class DrawForm(forms.Form):
    """What a sample is drawn from, and how many."""

    title = CleanText(label=_("What it is for"), max_length=TITLE_LIMIT)
    first = _day(_("Closed from"))
    last = _day(_("to, included"))
    unit = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.UNIT).order_by("path"), label=_("Unit"), required=False
    )
    contractor = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path"),
        label=_("Contractor"),
        required=False,
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(depth__lte=1).order_by("path"), label=_("Subject"), required=False
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", _("any")), *Outcome.choices], required=False)
    strata_by = forms.ChoiceField(
        label=_("Spread by"),
        choices=[("", _("nothing: all are drawn alike")), *Strata.choices],
        required=False,
        help_text=_("Each stratum gives its share of the sample, and one case at least."),
    )
    wanted = forms.IntegerField(label=_("Cases to draw"), min_value=1, max_value=MOST_CASES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "contractor", "category"):
            field: Any = self.fields[name]
            field.label_from_instance, field.empty_label = (lambda found: found.label), _("any")

    def frame(self) -> Frame:
        given = self.cleaned_data
        return Frame(*(given[name] for name in FRAME))


class FreezeForm(forms.Form):
    seed = forms.RegexField(
        SEED,
        label=_("Seed"),
        help_text=_("Proposed at random. You may put one in its place that was made in public, such as a lottery's."),
        error_messages={"invalid": _("A seed has 4 to 64 letters, digits, dots or dashes.")},
    )


class DropForm(forms.Form):
    because = CleanText(label=_("Why it is dropped"), max_length=WHY_LIMIT)


class JudgeForm(forms.Form):
    """One case of a sample; a correction says why."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=AuditVerdict.choices, required=False, widget=forms.RadioSelect
    )
    fault = forms.ChoiceField(label=_("What was at fault"), choices=[("", "—"), *Fault.choices], required=False)
    note = CleanText(label=_("What was found"), max_length=NOTE_LIMIT, lines=True, rows=4)
    corrects_why = CleanText(label=_("Why you correct it"), max_length=WHY_LIMIT)

    def __init__(self, *args: Any, before: CaseVerdict | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if before is None:
            del self.fields["corrects_why"]

    def given(self) -> Given:
        return Given(**self.cleaned_data)


class LookForm(forms.Form):
    """What narrows the log of who saw personal data."""

    who = CleanText(label=_("Person"), max_length=60)
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("path"), label=_("Organisation"), required=False, to_field_name="code"
    )
    kind = forms.ChoiceField(label=_("Kind of look"), choices=KINDS, required=False)
    first = _day(_("From"), required=False)
    last = DayField(
        label=_("to, included"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.label_from_instance, field.empty_label = (lambda found: found.label), _("any")

    def filters(self) -> LookFilters:
        return LookFilters(**self.cleaned_data)


class RightsForm(forms.Form):
    """Whose rights on which case."""

    who = CleanText(label=_("User name or staff number"), max_length=60)
    case = CleanText(label=_("Case number"), max_length=20)
