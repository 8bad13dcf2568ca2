"""What is agreed in a contract, as it is given and checked before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from contractors import payment_plan
from contractors.models import Contract, ContractLot, PriceModel, Terms
from hotline.acts import Invalid
from hotline.calendar import Period
from hotline.models import Organisation
from hotline.plain_text import clean_text

NUMBER_LIMIT, TENDER_LIMIT, LOT_LIMIT, NOTE_LIMIT, LOTS_LIMIT = 60, 80, 40, 200, 20
SEATS_LIMIT, STAFF_LIMIT = 20_000, 20
AMOUNT_LIMIT = Decimal(10) ** 11
LONGEST = timedelta(days=3660)


@dataclass(frozen=True)
class ContractGiven:
    """Who, for what, from which day to which (both included)."""

    organisation: Organisation
    number: str
    lots: Sequence[str]
    first_day: date
    last_day: date
    tender_reference: str = ""


@dataclass(frozen=True)
class TermsGiven:
    """What is agreed; money in yuan. ``valid_from`` and ``ends_on`` (a new last day) are for amendments."""

    amount: Decimal
    seats: int
    price_model: str = PriceModel.LUMP_SUM
    staff_per_seat: Decimal = Decimal(2)
    seat_price: Decimal = Decimal(0)
    call_price: Decimal = Decimal(0)
    performance_share: Decimal = Decimal(0)
    payment_plan: dict[str, Any] = field(default_factory=lambda: dict(payment_plan.QUARTERLY))
    objection_days: int = 7
    ruling_days: int = 4
    note: str = ""
    valid_from: date | None = None
    ends_on: date | None = None


def term_of(first: date, last: date) -> DateTimeTZRange:
    """The days from the first to the last, both included, as the half-open range they are."""
    days = Period.days(first, last)
    return DateTimeTZRange(days.start, days.end)


def fill(contract: Contract, given: ContractGiven) -> None:
    """Write into the contract what was given. Raises Invalid."""
    if given.organisation.kind != Organisation.Kind.CONTRACTOR:
        raise Invalid(_("%(name)s is no contractor.") % {"name": given.organisation.label}, field="organisation")
    number, tender = clean_text(given.number), clean_text(given.tender_reference)
    _check_text(number, NUMBER_LIMIT, "number")
    if len(tender) > TENDER_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": TENDER_LIMIT}, field="tender_reference")
    if Contract.objects.filter(number=number).exclude(pk=contract.pk).exists():
        raise Invalid(_("There is a contract with this number already."), field="number")
    if given.last_day < given.first_day:
        raise Invalid(_("The last day lies before the first."), field="last_day")
    if given.last_day - given.first_day > LONGEST:
        raise Invalid(_("A contract runs for ten years at most."), field="last_day")
    contract.organisation, contract.number, contract.tender_reference = given.organisation, number, tender
    contract.term, contract.planned_until = term_of(given.first_day, given.last_day), given.last_day


def write_lots(contract: Contract, lots: Sequence[str]) -> None:
    names = list(dict.fromkeys(name for lot in lots if (name := " ".join(clean_text(lot).split()))))
    if not 1 <= len(names) <= LOTS_LIMIT:
        raise Invalid(_("Name the lots of the tender, one to %(n)s.") % {"n": LOTS_LIMIT}, field="lots")
    for name in names:
        _check_text(name, LOT_LIMIT, "lots")
    ContractLot.objects.bulk_create([ContractLot(contract=contract, lot=name) for name in names])


def agree(terms: Terms, given: TermsGiven) -> None:
    """Write into the terms what was given. Raises Invalid."""
    note = clean_text(given.note)
    if len(note) > NOTE_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": NOTE_LIMIT}, field="note")
    _check_numbers(given)
    _check_price(given)
    if not payment_plan.is_sound(given.payment_plan):
        raise Invalid(_("Shares are above zero, add up to 100 % and have days in order."), field="payment_plan")
    terms.valid_from, terms.ends_on = _days(terms, given)
    terms.note, terms.amount, terms.seats, terms.price_model = note, given.amount, given.seats, given.price_model
    terms.staff_per_seat, terms.seat_price, terms.call_price = given.staff_per_seat, given.seat_price, given.call_price
    terms.performance_share, terms.payment_plan = given.performance_share, given.payment_plan
    terms.objection_days, terms.ruling_days = given.objection_days, given.ruling_days


def agreed_in(terms: Terms) -> TermsGiven:
    """What these terms say, to write the next ones from."""
    return TermsGiven(
        amount=terms.amount,
        seats=terms.seats,
        price_model=terms.price_model,
        staff_per_seat=terms.staff_per_seat,
        seat_price=terms.seat_price,
        call_price=terms.call_price,
        performance_share=terms.performance_share,
        payment_plan=terms.payment_plan,
        objection_days=terms.objection_days,
        ruling_days=terms.ruling_days,
    )


def _check_numbers(given: TermsGiven) -> None:
    between: dict[str, tuple[Decimal | int, Decimal | int]] = {
        "amount": (0, AMOUNT_LIMIT),
        "seats": (1, SEATS_LIMIT),
        "staff_per_seat": (Decimal("0.01"), STAFF_LIMIT),
        "seat_price": (0, 10_000_000),
        "call_price": (0, 100_000),
        "performance_share": (0, 100),
        "objection_days": (1, 60),
        "ruling_days": (1, 60),
    }
    for name, (least, most) in between.items():
        value = getattr(given, name)
        if not Decimal(value).is_finite() or not least <= value <= most:
            raise Invalid(_("A number from %(least)s to %(most)s.") % {"least": least, "most": most}, field=name)


def _check_price(given: TermsGiven) -> None:
    """What is paid for has a price."""
    needed = {
        PriceModel.LUMP_SUM: ("amount",),
        PriceModel.SEAT_MONTH: ("seat_price",),
        PriceModel.ANSWERED_CALL: ("call_price",),
        PriceModel.MIXED: (),
    }
    if given.price_model not in needed:
        raise Invalid(_("Choose what is paid for."), field="price_model")
    for name in needed[PriceModel(given.price_model)]:
        if not getattr(given, name):
            raise Invalid(_("Give the price of what is paid for."), field=name)
    if given.price_model == PriceModel.MIXED and not (given.seat_price or given.call_price):
        raise Invalid(_("A mixed price has one per seat or per call beside the amount."), field="seat_price")


def _days(terms: Terms, given: TermsGiven) -> tuple[date, date | None]:
    contract = terms.contract
    if terms.version == 1:
        return contract.first_day, None
    if given.valid_from is None or given.valid_from.day != 1:
        raise Invalid(_("An amendment begins on the first day of a month."), field="valid_from")
    if not contract.first_day <= given.valid_from <= contract.last_day:
        raise Invalid(_("This day lies outside the contract's term."), field="valid_from")
    if given.ends_on is not None:
        if given.ends_on < given.valid_from:
            raise Invalid(_("The contract cannot end before the amendment begins."), field="ends_on")
        if given.ends_on - contract.first_day > LONGEST:
            raise Invalid(_("A contract runs for ten years at most."), field="ends_on")
    return given.valid_from, given.ends_on


def _check_text(text: str, limit: int, field: str) -> None:
    if not text or len(text) > limit:
        raise Invalid(_("Fill this in with at most %(n)s characters.") % {"n": limit}, field=field)
