"""What a month costs: its price, the parts of it, and what every clause adds or takes, to the cent. Pure.

All amounts are whole cents inside, and every total is the sum of its lines: where a sum is split, left-over cents go to
the largest remainders, then to the first.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from contractors.scoring import Scored, rounded


@dataclass(frozen=True)
class Price:
    """What the terms say a month costs. The amount is for the term until ``planned``, if it ends otherwise now."""

    first_day: date
    last_day: date
    amount: Decimal = Decimal(0)
    seats: int = 0
    seat_price: Decimal = Decimal(0)
    call_price: Decimal = Decimal(0)
    performance_share: Decimal = Decimal(0)
    planned: date | None = None


@dataclass(frozen=True)
class Line:
    """One clause's share in the account. ``per_point`` yuan for each mark, where it says so itself."""

    weight: Decimal
    scored: Scored
    per_point: Decimal | None = None


@dataclass(frozen=True)
class Account:
    """A month's account in yuan. ``effects`` are what each line adds or takes, in the order of the lines."""

    base: Decimal
    fixed: Decimal
    performance: Decimal
    earned: Decimal
    marks: Decimal
    full: Decimal
    effects: tuple[Decimal, ...]
    due: Decimal

    @property
    def per_point(self) -> Decimal | None:
        """What a mark is worth, for reading; None where the score moves no money."""
        return rounded(Fraction(self.performance) / Fraction(self.full)) if self.full else None


def month_share(price: Price, month: date) -> Fraction:
    """How much of the month lies within the term: 1 for a whole one, by days else."""
    days = monthrange(month.year, month.month)[1]
    first, last = max(price.first_day, month), min(price.last_day, month.replace(day=days))
    return Fraction(max(0, (last - first).days + 1), days)


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one day to another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = following(month)


def following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def base_price(price: Price, month: date, calls: int = 0) -> Decimal:
    """The month's price: its share of the amount (equal for whole months, by days for parts of one), seats, calls."""
    seats = _cents(price.seats * Fraction(price.seat_price) * month_share(price, month))
    return _yuan(_lump_sum(price, month) + seats + _cents(calls * Fraction(price.call_price)))


def _lump_sum(price: Price, month: date) -> int:
    """The amount is spread over the term as planned, to the cent. Months cut short or added get it by their days."""
    planned = replace(price, last_day=price.planned or price.last_day)
    term = list(months(planned.first_day, planned.last_day))
    weights = [month_share(planned, one) for one in term]
    total, share = _cents(Fraction(price.amount)), month_share(price, month)
    if month in term and share == weights[term.index(month)]:
        return apportion(total, [total * weight / sum(weights) for weight in weights])[term.index(month)]
    return _whole(total * share / sum(weights))


def account(base: Decimal, performance_share: Decimal, lines: Sequence[Line]) -> Account:
    """The month's account from its price and its clauses.

    The performance part is paid by the marks of those clauses that have marks and no price of their own; a clause
    with ``per_point`` takes that for each mark it lacks instead. A veto takes what the marks would have earned.
    """
    whole = _cents(Fraction(base))
    performance = _cents(Fraction(base) * Fraction(performance_share) / 100)
    shared = [line.per_point is None and line.scored.marks is not None for line in lines]
    full = sum((line.weight for line, counts in zip(lines, shared, strict=True) if counts), Decimal(0))
    marks = sum(
        (line.scored.marks or Decimal(0) for line, counts in zip(lines, shared, strict=True) if counts), Decimal(0)
    )
    by_marks = _whole(performance * Fraction(marks) / Fraction(full)) if full else performance
    exact = [_exact(line, counts, performance, full) for line, counts in zip(lines, shared, strict=True)]
    effects = apportion(by_marks - performance, exact)
    for place, line in enumerate(lines):
        effects[place] += _own(line)
    earned = by_marks
    if vetoed := [place for place, line in enumerate(lines) if line.scored.veto]:
        effects[vetoed[0]] -= by_marks
        earned = 0
    return Account(
        base=_yuan(whole),
        fixed=_yuan(whole - performance),
        performance=_yuan(performance),
        earned=_yuan(earned),
        marks=marks,
        full=full,
        effects=tuple(_yuan(cents) for cents in effects),
        due=_yuan(whole + sum(effects)),
    )


def apportion(total: int, exact: Sequence[Fraction]) -> list[int]:
    """Whole cents that add up to the total, each the exact amount rounded down or up; nothing from nothing."""
    whole = [floor(part) for part in exact]
    by_remainder = sorted(range(len(whole)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_remainder[: total - sum(whole)]:
        whole[place] += 1
    return whole


def _exact(line: Line, counts: bool, performance: int, full: Decimal) -> Fraction:
    """What a line's marks move of the performance part, in cents and not rounded."""
    if not counts or not full:
        return Fraction(0)
    return Fraction(performance) * (Fraction(line.scored.marks or 0) - Fraction(line.weight)) / Fraction(full)


def _own(line: Line) -> int:
    """What a clause adds or takes by itself."""
    own = _cents(Fraction(line.scored.money))
    if line.per_point is not None and line.scored.marks is not None:
        own += _cents(Fraction(line.per_point) * (Fraction(line.scored.marks) - Fraction(line.weight)))
    return own


def _cents(yuan: Fraction) -> int:
    return int(rounded(yuan).scaleb(2))


def _whole(cents: Fraction) -> int:
    return int(rounded(cents, 0))


def _yuan(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
