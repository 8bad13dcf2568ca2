"""What is filled in to draft a contract, an amendment or a clause."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contractors import payment_plan
from contractors.agreed import ContractGiven, TermsGiven
from contractors.models import Contract, PriceModel, Terms
from contractors.payment_plan import SHARES
from hotline.form_fields import CleanText, DayField
from hotline.models import Organisation

PLANS = [
    ("1", _("every month")),
    ("3", _("every quarter")),
    ("6", _("every half-year")),
    ("12", _("every year")),
    *((name, name) for name in SHARES),
    ("free", _("other shares")),
]
SHARE_LINE = re.compile(r"(\d+(?:\.\d+)?)\s*%?\s+(\d{4}-\d{2}-\d{2})")


def day(label: Any, *, required: bool = True, hint: Any = "") -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=required, help_text=hint, widget=widget)


def figure_field(label: Any, *, places: int = 2, digits: int = 14, required: bool = True, hint: Any = "") -> Any:
    return forms.DecimalField(
        label=label, max_digits=digits, decimal_places=places, required=required, help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


class ContractForm(forms.Form):
    """Who, for which lots, from when until when."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path"), label=_("Contractor")
    )
    number = CleanText(label=_("Contract number"), max_length=60)
    lots = CleanText(label=_("Lots"), help_text=_("several: separated by commas"))
    tender_reference = CleanText(label=_("Tender reference"), max_length=80)
    first_day = day(_("First day"))
    last_day = day(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].label_from_instance = lambda found: found.label  # type: ignore[attr-defined]

    @classmethod
    def of(cls, contract: Contract) -> ContractForm:
        said = {name: getattr(contract, name) for name in ("organisation", "number", "tender_reference")}
        lots = "、".join(lot.lot for lot in contract.lots.order_by("pk"))
        return cls(initial=said | {"lots": lots, "first_day": contract.first_day, "last_day": contract.last_day})

    def given(self) -> ContractGiven:
        said = self.cleaned_data | {"lots": re.split(r"[,，、;；]", self.cleaned_data["lots"])}
        return ContractGiven(**said)


class TermsForm(forms.Form):
    """Seats, price, payment. The shares of a plan are written one a line: percent, day."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1)
    staff_per_seat = figure_field(_("Staff per seat"), digits=4)
    price_model = forms.ChoiceField(label=_("What is paid for"), choices=PriceModel.choices)
    amount = figure_field(_("Amount for the whole term (yuan)"))
    seat_price = figure_field(_("Per seat and month (yuan)"), required=False)
    call_price = figure_field(_("Per answered call (yuan)"), places=4, required=False)
    performance_share = figure_field(_("Paid by the score (% of a month's price)"), digits=5)
    plan = forms.ChoiceField(label=_("Paid out"), choices=PLANS)
    shares = CleanText(
        lines=True,
        rows=3,
        label=_("Shares and days"),
        help_text=_("for plans in shares, one a line: per cent, space, day"),
    )
    objection_days = forms.IntegerField(label=_("Working days to object"), min_value=1, max_value=60)
    ruling_days = forms.IntegerField(label=_("Working days to rule"), min_value=1, max_value=60)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "plan" in cleaned:
            cleaned["payment_plan"] = self._plan(cleaned["plan"], cleaned.get("shares", ""))
        return cleaned

    def _plan(self, plan: str, shares: str) -> dict[str, Any]:
        if plan.isdecimal():
            return {"every": int(plan)}
        lines = [line.strip() for line in shares.splitlines() if line.strip()]
        found = [SHARE_LINE.fullmatch(line) for line in lines]
        written = [[match[1], match[2]] for match in found if match]
        expected = [str(share) for share in SHARES.get(plan, ())]
        if len(written) != len(lines) or (expected and [percent for percent, _day in written] != expected):
            self.add_error("shares", ValidationError(_("Write each share and its day on a line of its own.")))
        return {"shares": written}

    def given(self, **more: Any) -> TermsGiven:
        skipped = {"plan", "shares", "valid_from", "ends_on", "note"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in skipped}
        for name in ("seat_price", "call_price"):
            said[name] = said[name] or 0
        extra = {name: self.cleaned_data[name] for name in ("valid_from", "ends_on", "note") if name in self.fields}
        return TermsGiven(**said, **extra, **more)

    @staticmethod
    def initial_of(terms: Terms) -> dict[str, Any]:
        names = (
            "seats", "staff_per_seat", "price_model", "amount", "seat_price", "call_price", "performance_share",
            "objection_days", "ruling_days", "valid_from", "ends_on", "note",
        )  # fmt: skip
        every, shares = payment_plan.every(terms.payment_plan), payment_plan.instalments(terms.payment_plan)
        percents = tuple(share.percent for share in shares)
        plan = str(every) if every else next((name for name, known in SHARES.items() if known == percents), "free")
        lines = "\n".join(f"{share.percent} {share.on.isoformat()}" for share in shares)
        return {name: getattr(terms, name) for name in names} | {"plan": plan, "shares": lines}


class AmendmentForm(TermsForm):
    """The terms of an amendment, from which month on, and whether the contract ends otherwise."""

    valid_from = day(_("Holds from"), hint=_("the first day of a month"))
    ends_on = day(_("New last day of the contract"), required=False, hint=_("empty: as it was"))
    note = CleanText(label=_("What changes, and why"), max_length=200)


class AmendForm(forms.Form):
    """From which month on the terms shall be others."""

    valid_from = day(_("Holds from"))
    note = CleanText(label=_("What changes, and why"), max_length=200)


class MonthField(forms.Field):
    """A month as the browser gives it, 2026-02: its first day."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    default_error_messages = {"invalid": _("Write the month like this: 2026-02.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", str(value).strip())
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return date(int(found[1]), int(found[2]), 1)


class MonthForm(forms.Form):
    month = MonthField(label=_("Month"))
