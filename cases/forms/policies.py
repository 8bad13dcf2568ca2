"""What the office fills in to change a time limit: the limit, what happens before and after it, from when and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Channel, ClockKind, DeadlinePolicy, EscalationAct, Kind, Urgency
from cases.models.deadline_policy import LimitUnit
from cases.policy_versions import FREE, STEPS_OFFERED, TRAITS, values_of
from hotline.forms import ChangeForm
from hotline.roles import GOVERNMENT, Role

ANY = [("", _("All"))]
TOLD = [("", _("Everybody of the unit")), *((role.value, role.label) for role in Role if role in GOVERNMENT)]
BEFORE = (EscalationAct.YELLOW,)


class PolicyForm(ChangeForm):
    """One limit. Each act may come once; without a number it does not come."""

    clock = forms.ChoiceField(label=_("Measures"), choices=ClockKind.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *Kind.choices], required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=[*ANY, *Urgency.choices], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=ANY, required=False)
    category = forms.CharField(label=_("Category code"), max_length=20, required=False)
    region = forms.CharField(label=_("Region code"), max_length=12, required=False)
    upstream_platform = forms.CharField(label=_("Platform above"), max_length=40, required=False)
    amount = forms.IntegerField(label=_("Limit"), min_value=1, max_value=100_000)
    unit = forms.ChoiceField(label=_("Unit of time"), choices=LimitUnit.choices)
    pausable = forms.BooleanField(label=_("May be paused"), required=False)
    max_extensions = forms.IntegerField(label=_("Extensions at most"), min_value=0, max_value=20)
    max_extension = forms.IntegerField(label=_("Each at most, in the limit's unit"), min_value=0, max_value=100_000)
    source = forms.CharField(label=_("Rule or document it comes from"), max_length=120, required=False)

    def __init__(self, *args: Any, before: DeadlinePolicy | None, first: date, **kwargs: Any) -> None:
        initial = (
            _initial(before) if before else {"unit": LimitUnit.WORKING_DAY, "max_extensions": 0, "max_extension": 0}
        )
        super().__init__(*args, first=first, initial=initial, **kwargs)
        self.fields["channel"].choices = [*ANY, *((c.code, c.label) for c in Channel.objects.order_by("pk"))]  # type: ignore[attr-defined]
        if before is not None:
            for name in TRAITS:
                del self.fields[name]
        for act in STEPS_OFFERED:
            self.fields |= _step_fields(act)

    @property
    def trait_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in TRAITS if name in self.fields]

    @property
    def step_rows(self) -> list[dict[str, Any]]:
        """For each act its three fields, and whether it comes before the limit."""
        return [
            {
                "label": act.label,
                "before": act in BEFORE,
                "n": self[f"{act}_n"],
                "unit": self[f"{act}_unit"],
                "role": self[f"{act}_role"],
            }
            for act in STEPS_OFFERED
        ]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        steps = [
            [act, given[f"{act}_n"] * (-1 if act in BEFORE else 1), given[f"{act}_unit"], given[f"{act}_role"]]
            for act in STEPS_OFFERED
            if given[f"{act}_n"] is not None
        ]
        return {name: given[name] for name in (*TRAITS, *FREE) if name in given} | {"steps": steps}


def _step_fields(act: EscalationAct) -> dict[str, forms.Field]:
    return {
        f"{act}_n": forms.IntegerField(label=act.label, min_value=0, max_value=100_000, required=False),
        f"{act}_unit": forms.ChoiceField(
            label=_("Unit of time"), choices=LimitUnit.choices, initial=LimitUnit.WORKING_DAY
        ),
        f"{act}_role": forms.ChoiceField(label=_("Told"), choices=TOLD, required=False),
    }


def _initial(before: DeadlinePolicy) -> dict[str, Any]:
    values = values_of(before)
    steps: dict[str, Any] = {}
    for act, offset, unit, role in values["steps"]:
        steps |= {f"{act}_n": abs(offset), f"{act}_unit": unit, f"{act}_role": role}
    return {name: values[name] for name in FREE} | steps
