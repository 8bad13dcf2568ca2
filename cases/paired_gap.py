"""How far two answers about the same cases lie apart, and how surely. Pure.

The gap is the ordinary result less the independent one, as a share: 0.075 is 7.5 percentage points that only those find
who measure themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

Z = 1.959963984540054  # the 97.5 % point of the normal distribution: intervals of 95 %


@dataclass(frozen=True, slots=True)
class Gap:
    """Of ``n`` pairs: what either side adds up to, and the interval in which the gap lies. None where there is no
    pair: nothing is no gap of 0."""

    n: int
    ordinary: Decimal
    independent: Decimal
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> Decimal | None:
        return (self.ordinary - self.independent) / self.n if self.n else None

    @property
    def ordinary_rate(self) -> Decimal | None:
        return self.ordinary / self.n if self.n else None

    @property
    def independent_rate(self) -> Decimal | None:
        return self.independent / self.n if self.n else None

    def below(self, minimum_n: int) -> bool:
        """Too few to rank or to warn of."""
        return self.n < minimum_n

    def warns(self, limit: int, minimum_n: int) -> bool:
        """Is it beyond so many percentage points, of enough pairs?"""
        return self.value is not None and not self.below(minimum_n) and self.value * 100 > limit


def gap_of_shares(both: int, ordinary_only: int, independent_only: int, neither: int) -> Gap:
    """The gap of two shares of the same cases, with Newcombe's interval.

    R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired
    data", Statistics in Medicine 17 (1998) 2635-2650, method 10: Wilson limits of either share, squared and added,
    with the correlation corrected for continuity. Sound for small n and for shares near 1, where satisfaction lies.
    """
    n = both + ordinary_only + independent_only + neither
    first, second = both + ordinary_only, both + independent_only
    if not n:
        return Gap(0, Decimal(0), Decimal(0))
    (p1, l1, u1), (p2, l2, u2) = _wilson(first, n), _wilson(second, n)
    product = first * (n - first) * second * (n - second)
    spread = both * neither - ordinary_only * independent_only
    phi = (spread if spread < 0 else max(spread - n / 2, 0)) / sqrt(product) if product else 0.0
    down = (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2
    up = (p2 - l2) ** 2 - 2 * phi * (p2 - l2) * (u1 - p1) + (u1 - p1) ** 2
    return Gap(n, Decimal(first), Decimal(second), p1 - p2 - sqrt(max(down, 0)), p1 - p2 + sqrt(max(up, 0)))


def _wilson(count: int, n: int) -> tuple[float, float, float]:
    """A share with its score limits (E. B. Wilson, JASA 22 (1927) 209-212)."""
    share = count / n
    middle, half = 2 * count + Z**2, Z * sqrt(Z**2 + 4 * count * (1 - share))
    return share, (middle - half) / (2 * (n + Z**2)), (middle + half) / (2 * (n + Z**2))


def gap_of_scores(pairs: Iterable[tuple[Decimal, Decimal, int]]) -> Gap:
    """The gap of two means of the same cases, of (ordinary, independent, how often); with Wald's interval.

    Mean difference ± z · √(Σd² − (Σd)²/n) / n: of shares it is the usual interval of paired proportions (A. Agresti,
    Categorical Data Analysis, 3rd ed. 2013, § 11.1.1). Scores because "basically satisfied" counts in part.
    """
    n, first, second, squares = 0, Decimal(0), Decimal(0), Decimal(0)
    for ordinary, independent, times in pairs:
        n, first, second = n + times, first + ordinary * times, second + independent * times
        squares += (ordinary - independent) ** 2 * times
    if not n:
        return Gap(0, Decimal(0), Decimal(0))
    apart = first - second
    half = Z * sqrt(max(float(squares - apart**2 / n), 0)) / n
    return Gap(n, first, second, max(float(apart / n) - half, -1.0), min(float(apart / n) + half, 1.0))
