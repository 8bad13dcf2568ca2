"""A month as its clauses come to, from the events or from what was frozen of them: the same reckoning for both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from contractors import reckoning, scoring
from contractors.figures import Figure, figure
from contractors.models import Assessment, Clause, Contract, Terms
from contractors.reckoning import Account, Line, Price
from contractors.scoring import Rule, Scored
from hotline.acts import Invalid
from hotline.calendar import Period
from hotline.measures import MEASURES

ANSWERED = "calls_answered"  # the measure of the calls that are paid for


@dataclass(frozen=True)
class Outcome:
    """One clause with its figure and what follows from it."""

    clause: Clause
    period: Period
    figure: Figure
    enough: bool
    scored: Scored


@dataclass(frozen=True)
class Month:
    """All of a month: what every clause came to, and the account."""

    terms: Terms
    month: date
    outcomes: tuple[Outcome, ...]
    calls: int
    account: Account

    @property
    def inputs_digest(self) -> str:
        """SHA-256 over what went in: every clause's measure, period and rows, and the calls paid for."""
        lines = [_input(outcome) for outcome in self.outcomes]
        return sha256("\n".join([*lines, f"calls|{self.calls}"]))


def rule_of(clause: Clause) -> Rule:
    return Rule(clause.scoring, clause.direction, clause.target, clause.weight, clause.money)


def window(clause: Clause, month: date, contract: Contract | None) -> Period:
    """The months the clause looks at, up to this one; never beyond the contract's term, unless it is only a trial."""
    first = month
    for _step in range(clause.window_months - 1):
        first = (first - timedelta(1)).replace(day=1)
    last = reckoning.following(month) - timedelta(1)
    if contract is not None:
        first, last = max(first, contract.first_day), min(last, contract.last_day)
    return Period.days(first, last)


def compute(
    terms: Terms,
    month: date,
    *,
    trial: bool = False,
    granted: Mapping[int, Collection[str]] | None = None,
    set_aside: Collection[int] = (),
) -> Month:
    """What the month comes to by these terms, from the events as they are now. A trial is about any month.

    ``granted`` and ``set_aside`` are what rulings said, by clause. Raises Invalid for a measure that is not measured.
    """
    contract = terms.contract
    outcomes = []
    for clause in clauses_of(terms, month):
        period = window(clause, month, None if trial else contract)
        measured = _measured(clause.measure, contract, period, clause.net).without((granted or {}).get(clause.pk, ()))
        outcomes.append(outcome(clause, period, measured, set_aside=clause.pk in set_aside))
    calls = 0
    if terms.call_price:
        calls = _measured(ANSWERED, contract, Period.month(month.year, month.month), True).n
    return settled(terms, month, outcomes, calls=calls, priced=_within_term(contract, month) if trial else month)


def clauses_of(terms: Terms, month: date) -> list[Clause]:
    """The clauses that hold in the month, in their order."""
    return list(terms.clauses.in_force(month).in_order())


def outcome(clause: Clause, period: Period, measured: Figure, *, set_aside: bool = False) -> Outcome:
    """What follows from a figure. Below the clause's minimum, of nothing, or set aside, it is not scored."""
    rule, value = rule_of(clause), measured.value
    if value is None or set_aside or measured.n < clause.minimum_n:
        return Outcome(clause, period, measured, False, scoring.unscored(rule))
    return Outcome(clause, period, measured, True, scoring.score(rule, value))


def settled(terms: Terms, month: date, outcomes: Sequence[Outcome], *, calls: int, priced: date | None = None) -> Month:
    """The account of the outcomes; ``priced`` is the month whose price is paid, if it is another."""
    base = reckoning.base_price(price_of(terms), priced or month, calls)
    account = reckoning.account(base, terms.performance_share, [_line(one) for one in outcomes])
    return Month(terms, month, tuple(outcomes), calls, account)


def _within_term(contract: Contract, month: date) -> date:
    """The month itself, or for a trial of another time a whole month of the term."""
    term = list(reckoning.months(contract.first_day, contract.last_day))
    return month if month in term else term[len(term) // 2]


def from_frozen(
    assessment: Assessment, *, granted: Mapping[int, Collection[str]], set_aside: Collection[int] = ()
) -> Month:
    """The month from the rows that were frozen, without those that rulings left out, by result."""
    outcomes = []
    results = assessment.results.select_related("clause").order_by("clause__position", "clause__pk")
    for result in results:
        kept = Figure(MEASURES[result.clause.measure].unit, result.canonical)
        period = window(result.clause, assessment.month, assessment.contract)
        without = kept.without(granted.get(result.pk, ()))
        outcomes.append(outcome(result.clause, period, without, set_aside=result.pk in set_aside))
    return settled(assessment.terms, assessment.month, outcomes, calls=assessment.calls)


def price_of(terms: Terms) -> Price:
    contract = terms.contract
    return Price(
        contract.first_day,
        contract.last_day,
        terms.amount,
        terms.seats,
        terms.seat_price,
        terms.call_price,
        terms.performance_share,
        contract.planned_until,
    )


def terms_digest(terms: Terms, clauses: Iterable[Clause]) -> str:
    """SHA-256 over what was agreed, the clauses that hold in the month included."""
    agreed = ("amount", "seats", "price_model", "seat_price", "call_price", "performance_share", "payment_plan")
    said = (
        "number",
        "measure",
        "direction",
        "target",
        "scoring",
        "weight",
        "money",
        "window_months",
        "minimum_n",
        "net",
    )
    return sha256(
        canonical(
            {
                "contract": terms.contract.number,
                "version": terms.version,
                "terms": {name: getattr(terms, name) for name in agreed},
                "clauses": [{name: getattr(clause, name) for name in said} for clause in clauses],
            }
        )
    )


class _Canonical(DjangoJSONEncoder):
    """Moments in one time zone, so that what was read back is the same text."""

    def default(self, thing: Any) -> Any:
        return super().default(thing.astimezone(UTC) if isinstance(thing, datetime) else thing)


def canonical(thing: Any) -> str:
    """JSON that is the same for the same thing."""
    return json.dumps(thing, cls=_Canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _measured(key: str, contract: Contract, period: Period, net: bool) -> Figure:
    try:
        return figure(key, contract.organisation, period, net=net)
    except KeyError as unknown:
        raise Invalid(_("Nothing is measured under %(key)s.") % {"key": key}, field="measure") from unknown


def _line(one: Outcome) -> Line:
    per_point = one.clause.money if one.scored.marks is not None and one.clause.scoring["kind"] != "per_event" else None
    return Line(one.clause.weight, one.scored, per_point)


def _input(one: Outcome) -> str:
    end = one.period.end
    assert end is not None
    version = MEASURES[one.clause.measure].version
    period = f"{one.period.start.isoformat()}|{end.isoformat()}"
    return f"{one.clause.number}|{one.clause.measure}|{version}|{period}|{one.figure.digest}"
