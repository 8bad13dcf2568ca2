"""How far two markers agree beyond what chance would give: Cohen's kappa. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of ``n`` pairs of verdicts, how many agree, and how many would by chance (a fraction, n × expected share).

    κ = (po − pe) / (1 − pe): J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960) 37–46. None where there are no pairs, or where both always say one and the same, so that
    chance alone would agree.
    """

    agreed: int
    by_chance: Fraction
    n: int

    @property
    def value(self) -> Decimal | None:
        if not self.n or self.by_chance == self.n:
            return None
        kappa = (self.agreed - self.by_chance) / (self.n - self.by_chance)
        return Decimal(kappa.numerator) / Decimal(kappa.denominator)

    def below(self, minimum_n: int) -> bool:
        """Too few pairs to say anything."""
        return self.n < minimum_n


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Of the first and the second person's verdict on the same things."""
    counted = Counter(pairs)
    n = counted.total()
    first, second = Counter[str](), Counter[str]()
    for (one, other), times in counted.items():
        first[one] += times
        second[other] += times
    chance = Fraction(sum(first[verdict] * second[verdict] for verdict in first), n) if n else Fraction(0)
    return Agreement(sum(times for (one, other), times in counted.items() if one == other), chance, n)
