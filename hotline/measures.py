"""The shape of a figure: what was counted, out of how many, and under which definition. Pure.

Every figure carries its n. An empty one is None, never 0 %. Figures of parts add up to the figure of the whole, which
is why a rate is kept as two numbers and never as a percentage.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Self, TypeVar

Text = Any  # a str, or one translated when it is shown


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerator of denominator; ``excluded`` were left out of both by an approved decision."""

    numerator: Decimal | int
    denominator: int
    excluded: int = 0

    def __post_init__(self) -> None:
        if self.denominator < 0 or self.excluded < 0 or self.numerator < 0:
            raise ValueError("Nothing is counted below zero.")
        if self.denominator == 0 and self.numerator != 0:
            raise ValueError("A rate of nothing has no numerator.")

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.numerator) / self.denominator if self.denominator else None

    def percent(self, places: int = 1) -> Decimal | None:
        """Rounded half up as on paper: 1 of 8 is 12.5, 1 of 16 is 6.3."""
        if self.value is None:
            return None
        return (self.value * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

    def below(self, minimum_n: int) -> bool:
        """Too few to rank or to publish."""
        return self.denominator < minimum_n

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(
            self.numerator + other.numerator, self.denominator + other.denominator, self.excluded + other.excluded
        )

    @classmethod
    def total(cls, parts: Iterable["Ratio"]) -> "Ratio":
        return sum(parts, start=Ratio(0, 0))


@dataclass(frozen=True, slots=True)
class Duration:
    """Time spent in n cases or calls."""

    spent: timedelta
    n: int = 1
    excluded: int = 0

    def __post_init__(self) -> None:
        if self.n < 0 or self.excluded < 0 or (self.n == 0 and self.spent):
            raise ValueError("Time was spent in something, and nothing is counted below zero.")

    @property
    def mean(self) -> timedelta | None:
        return self.spent / self.n if self.n else None

    def below(self, minimum_n: int) -> bool:
        return self.n < minimum_n

    def __add__(self, other: "Duration") -> "Duration":
        return Duration(self.spent + other.spent, self.n + other.n, self.excluded + other.excluded)

    @classmethod
    def total(cls, parts: Iterable["Duration"]) -> "Duration":
        return sum(parts, start=Duration(timedelta(), 0))


@dataclass(frozen=True, slots=True)
class Count:
    n: int
    excluded: int = 0

    def __post_init__(self) -> None:
        if self.n < 0 or self.excluded < 0:
            raise ValueError("Nothing is counted below zero.")

    def __add__(self, other: "Count") -> "Count":
        return Count(self.n + other.n, self.excluded + other.excluded)

    @classmethod
    def total(cls, parts: Iterable["Count"]) -> "Count":
        return sum(parts, start=Count(0))


CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, yuan unless said otherwise. Two currencies are never added."""

    amount: Decimal
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise TypeError("Money is a finite Decimal: a float loses cents.")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def rounded(self) -> "Money":
        """To the cent, halves to the even one, so that many roundings do not lean one way."""
        return Money(self.amount.quantize(CENT, ROUND_HALF_EVEN), self.currency)

    def split(self, weights: Iterable[Decimal | int]) -> list["Money"]:
        """By weight into whole cents that add up to the rounded amount; left-over cents go to the largest remainders,
        then to the first."""
        shares = [Decimal(weight) for weight in weights]
        if not shares or min(shares) < 0 or not sum(shares):
            raise ValueError("An amount is split by weights of which one at least is above zero.")
        cents = int(self.rounded().amount / CENT)
        sign, cents = (-1, -cents) if cents < 0 else (1, cents)
        exact = [cents * share / sum(shares) for share in shares]
        whole = [int(part) for part in exact]
        by_remainder = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
        for index in by_remainder[: cents - sum(whole)]:
            whole[index] += 1
        return [Money(sign * part * CENT, self.currency) for part in whole]

    @classmethod
    def total(cls, parts: Iterable["Money"], currency: str = "CNY") -> "Money":
        return sum(parts, start=Money(Decimal("0.00"), currency))

    def _same(self, other: "Money") -> Decimal:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be combined.")
        return other.amount


class Unit(StrEnum):
    PERCENT = "percent"
    TIME = "time"
    COUNT = "count"
    MONEY = "money"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Measure:
    """A definition: one function, one sentence, one unit. Change what it counts and its version goes up."""

    key: str
    name: Text
    sentence: Text
    unit: Unit
    version: int
    function: Callable[..., Any]

    @property
    def source(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"


F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Registry:
    """Every measure under its key, once."""

    measures: dict[str, Measure] = field(default_factory=dict)

    def measure(self, key: str, name: Text, sentence: Text, unit: Unit, version: int = 1) -> Callable[[F], F]:
        """Decorates the function that measures it."""

        def register(function: F) -> F:
            self.add(Measure(key, name, sentence, unit, version, function))
            return function

        return register

    def add(self, measure: Measure) -> Self:
        if measure.key in self.measures:
            raise ValueError(f"{measure.key} is already measured by {self.measures[measure.key].source}.")
        if measure.version < 1:
            raise ValueError("Versions start with 1.")
        self.measures[measure.key] = measure
        return self

    def __getitem__(self, key: str) -> Measure:
        return self.measures[key]

    def in_order(self) -> list[Measure]:
        return [self.measures[key] for key in sorted(self.measures)]


MEASURES = Registry()
measure = MEASURES.measure
