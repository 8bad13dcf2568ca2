"""Value for money: what answered calls and solved cases cost, month by month and contract against contract.

Money comes from locked statements only: what the month came to (``payable``) beside the price that was agreed for it
(``base``). Averages of several months are their sums divided, never means of means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.call_sets import CallSelection, calls_url
from cases.case_sets import Selection
from cases.selected_cases import list_url
from contractors.models import Assessment, Contract, Terms
from contractors.money_measures import cost
from contractors.statement import payable
from hotline.calendar import Period
from hotline.measures import Money
from hotline.models import Organisation

BOUGHT = {"calls": "calls_answered", "solved": "solved_cases"}


@dataclass(frozen=True)
class Bought:
    """Money, and what it bought. ``price`` is what was agreed, ``paid`` what the statements came to."""

    price: Decimal
    paid: Decimal
    calls: int
    solved: int

    def __add__(self, other: Bought) -> Bought:
        return Bought(
            self.price + other.price, self.paid + other.paid, self.calls + other.calls, self.solved + other.solved
        )

    @property
    def per_call(self) -> Decimal | None:
        return _amount(cost(Money(self.paid), self.calls))

    @property
    def per_solved(self) -> Decimal | None:
        return _amount(cost(Money(self.paid), self.solved))

    @property
    def agreed_per_call(self) -> Decimal | None:
        """What a call would have cost at the agreed price."""
        return _amount(cost(Money(self.price), self.calls))


NOTHING = Bought(Decimal("0.00"), Decimal("0.00"), 0, 0)


@dataclass(frozen=True)
class MonthLine:
    """One locked month; without ``bought`` it is still to be counted."""

    assessment: Assessment
    bought: Bought | None
    organisation: Organisation

    @property
    def month(self) -> date:
        return self.assessment.month

    @property
    def calls_url(self) -> str:
        chosen = CallSelection(self._period, BOUGHT["calls"], contractor=self.organisation)
        return calls_url(chosen)

    @property
    def solved_url(self) -> str:
        chosen = Selection(measure=BOUGHT["solved"], period=self._period, contractor=self.organisation)
        return list_url(chosen)

    @property
    def _period(self) -> Period:
        return Period.month(self.month.year, self.month.month)


@dataclass(frozen=True)
class ContractCost:
    """A contract with its locked months and what they come to together."""

    contract: Contract
    amount: Decimal
    months: list[MonthLine]

    @property
    def bought(self) -> Bought:
        return sum((line.bought for line in self.months if line.bought), start=NOTHING)

    @property
    def counted(self) -> int:
        """Of how many months."""
        return sum(line.bought is not None for line in self.months)


def contract_costs(contracts: Sequence[Contract]) -> list[ContractCost]:
    """Each with its locked months, the earliest first. Three queries, however many contracts."""
    amounts = _amounts(contracts)
    months: dict[int, list[MonthLine]] = {contract.pk: [] for contract in contracts}
    organisations = {contract.pk: contract.organisation for contract in contracts}
    locked = Assessment.objects.locked().filter(contract__in=months).select_related("cost").prefetch_related("settles")
    for one in locked.order_by("month"):
        months[one.contract_id].append(MonthLine(one, _bought(one), organisations[one.contract_id]))
    return [ContractCost(contract, amounts.get(contract.pk, Decimal(0)), months[contract.pk]) for contract in contracts]


def _bought(one: Assessment) -> Bought | None:
    counted: Any = getattr(one, "cost", None)
    return Bought(one.base, payable(one), counted.calls, counted.solved) if counted else None


def _amounts(contracts: Sequence[Contract]) -> dict[int, Decimal]:
    """The amount of each by its latest signed terms."""
    signed = Terms.objects.filter(contract__in=contracts, state="approved").order_by("contract", "-version")
    return dict(signed.distinct("contract").values_list("contract", "amount"))


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount
