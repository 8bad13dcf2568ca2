"""What is filled in to write a clause: its scoring in fields, one set for each kind."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contractors.clause_writing import ClauseGiven
from contractors.figures import measurable
from contractors.forms.contract import day, figure_field
from contractors.models import Clause, Direction
from hotline.form_fields import CleanText
from hotline.measures import Measure

KINDS = [
    ("linear", _("linear: so much less for every unit short")),
    ("bands", _("bands: marks at given values, linear between")),
    ("steps", _("steps: marks for reaching a value")),
    ("per_event", _("per event")),
    ("once", _("once: a reward if met, a deduction if missed")),
    ("veto", _("veto: missing it costs the performance part")),
]
POINT = re.compile(r"(-?\d+(?:\.\d+)?)[\s,，:：=→]+(\d+(?:\.\d+)?)")
UNITS = {
    "percent": _("%"),
    "time": _("seconds"),
    "count": _("count"),
    "money": _("yuan"),
    "points": _("points"),
}


GROUPS = {
    "cases.call_measures": _("Telephone"),
    "contractors.presence_measures": _("Shifts and presence"),
    "contractors.staff_measures": _("Staff"),
    "contractors.quality_measures": _("Quality"),
    "contractors.money_measures": _("Events"),
}
CASES = _("Cases")


def by_group() -> list[tuple[Any, list[Measure]]]:
    """What a clause can be about, by what it is counted from."""
    found: dict[Any, list[Measure]] = {group: [] for group in (CASES, *GROUPS.values())}
    for measure in measurable():
        found[GROUPS.get(measure.function.__module__, CASES)].append(measure)
    return [(group, measures) for group, measures in found.items() if measures]


def measures() -> list[tuple[Any, list[tuple[str, str]]]]:
    return [(group, [(one.key, f"{one.name} ({UNITS[one.unit]})") for one in own]) for group, own in by_group()]


class ClauseForm(forms.Form):
    """One clause. Which of the scoring's fields count depends on its kind."""

    number = CleanText(label=_("Clause number"), max_length=20)
    name = CleanText(label=pgettext_lazy("clause", "Name"), max_length=120)
    name_en = CleanText(label=pgettext_lazy("clause", "In English"), max_length=160)
    measure = forms.ChoiceField(label=_("Measure"), choices=measures)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    target = figure_field(_("Target"), places=4, required=False, hint=_("in the unit of the measure"))
    weight = figure_field(_("Full marks"), digits=6, required=False, hint=_("0 where only money counts"))
    kind = forms.ChoiceField(label=_("Scoring"), choices=KINDS)
    slope = figure_field(_("Marks less per unit"), places=4, required=False, hint=_("linear"))
    floor = figure_field(_("Never less than"), required=False, hint=_("linear"))
    cap = figure_field(_("Never more than"), required=False, hint=_("linear: marks; per event: yuan"))
    points = CleanText(
        lines=True, rows=3, label=_("Values and marks"), help_text=_("bands and steps, one a line: 92 0")
    )
    per_event = figure_field(_("Marks per event"), required=False, hint=_("per event; empty where only money counts"))
    money = figure_field(
        _("Money (yuan)"), required=False, hint=_("per mark, per event or once; below zero it is deducted per event")
    )
    window_months = forms.IntegerField(label=_("Months looked at"), min_value=1, max_value=36, initial=1)
    minimum_n = forms.IntegerField(label=_("Not scored under n ="), min_value=0, initial=0)
    net = forms.BooleanField(label=_("Approved exclusions are left out"), required=False, initial=True)
    evidence = CleanText(label=_("Evidence"), max_length=120, help_text=_("where the figure is taken from"))
    valid_from = day(_("Only from"), required=False)
    valid_until = day(_("Only until before"), required=False)

    def given(self) -> ClauseGiven:
        own = {"kind", "slope", "floor", "cap", "points", "per_event"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in own}
        said["weight"] = said["weight"] or 0
        return ClauseGiven(**said, scoring=self._scoring())

    def _scoring(self) -> dict[str, Any]:
        kind, data = self.cleaned_data["kind"], self.cleaned_data
        if kind in ("bands", "steps"):
            lines = [line.strip() for line in data["points"].splitlines() if line.strip()]
            found = [POINT.fullmatch(line) for line in lines]
            points = [[match[1], match[2]] for match in found if match]
            wrong = len(points) != len(lines)
            return {
                "kind": "bands",
                "points": [] if wrong else points,
                "between": "steps" if kind == "steps" else "linear",
            }
        names = {"linear": ("slope", "floor", "cap"), "per_event": ("cap",)}.get(kind, ())
        scoring = {"kind": kind} | {name: _text(data[name]) for name in names if data[name] is not None}
        if kind == "per_event" and data["per_event"] is not None:
            scoring["points"] = _text(data["per_event"])
        return scoring

    @classmethod
    def of(cls, clause: Clause) -> ClauseForm:
        names = set(cls.base_fields) - {"kind", "slope", "floor", "cap", "points", "per_event"}
        scoring = clause.scoring
        kind = "steps" if scoring.get("between") == "steps" else scoring["kind"]
        initial = {name: getattr(clause, name) for name in names} | {"kind": kind}
        initial |= {name: _text(initial[name]) for name in ("target", "weight", "money") if initial[name] is not None}
        initial |= {name: scoring.get(name) for name in ("slope", "floor", "cap")}
        if scoring["kind"] == "bands":
            initial["points"] = "\n".join(f"{at} {marks}" for at, marks in scoring["points"])
        elif "points" in scoring:
            initial["per_event"] = scoring["points"]
        return cls(initial=initial)


def _text(given: Any) -> str:
    return f"{given.normalize():f}"
