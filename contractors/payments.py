"""What is paid out of a contract, and when: its payment plan met by the months that are locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from contractors import payment_plan, reckoning
from contractors.models import Assessment, Contract, Terms
from contractors.payment_plan import Instalment
from contractors.reckoning import apportion, following
from contractors.statement import payable


@dataclass(frozen=True)
class Payment:
    """One payment. ``share`` is what the plan says by itself, ``settled`` what locked months add or take; ``complete``
    once nothing it waits for is missing. ``months`` are the locked ones it settles."""

    first: date
    last: date
    share: Decimal
    settled: Decimal
    months: tuple[Assessment, ...]
    complete: bool
    percent: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        return self.share + self.settled


def payments(contract: Contract, terms: Terms, assessments: Sequence[Assessment]) -> list[Payment]:
    """The whole plan, in order. ``assessments`` are the contract's, with what they settle; those locked count."""
    locked = sorted((one for one in assessments if one.is_locked), key=lambda one: one.month)
    every = payment_plan.every(terms.payment_plan)
    if every:
        return _periodic(contract, every, locked)
    return _in_shares(contract, terms, locked)


def _periodic(contract: Contract, every: int, locked: Sequence[Assessment]) -> list[Payment]:
    """Every so many months of the calendar, what the locked ones came to; complete when all of them are."""
    term = list(reckoning.months(contract.first_day, contract.last_day))
    groups: dict[tuple[int, int], list[date]] = {}
    for month in term:
        groups.setdefault((month.year, (month.month - 1) // every), []).append(month)
    made = []
    for months in groups.values():
        own = tuple(one for one in locked if one.month in months)
        settled = sum((payable(one) for one in own), Decimal("0.00"))
        last = following(months[-1]) - timedelta(1)
        made.append(Payment(months[0], last, Decimal("0.00"), settled, own, len(own) == len(months)))
    return made


def _in_shares(contract: Contract, terms: Terms, locked: Sequence[Assessment]) -> list[Payment]:
    """Shares of the amount on their days. A month counts with the first share due after it was locked, the last takes
    the rest; so all together pay what all months came to."""
    shares = payment_plan.instalments(terms.payment_plan)
    amounts = _split(terms.amount, shares)
    made, begins, left = [], contract.first_day, list(locked)
    whole = set(reckoning.months(contract.first_day, contract.last_day)) == {one.month for one in locked}
    for place, (share, amount) in enumerate(zip(shares, amounts, strict=True)):
        final = place == len(shares) - 1
        own = tuple(one for one in left if final or _locked_on(one) <= share.on)
        left = [one for one in left if one not in own]
        settled = sum((payable(one) - one.base for one in own), Decimal("0.00"))
        made.append(Payment(begins, share.on, amount, settled, own, whole or not final, share.percent))
        begins = share.on + timedelta(1)
    return made


def _locked_on(assessment: Assessment) -> date:
    assert assessment.locked_at is not None
    return timezone.localdate(assessment.locked_at)


def _split(amount: Decimal, shares: Sequence[Instalment]) -> list[Decimal]:
    cents = int(amount.scaleb(2))
    exact = [Fraction(cents) * Fraction(share.percent) / 100 for share in shares]
    return [Decimal(part).scaleb(-2) for part in apportion(cents, exact)]
