"""How sure a share found in a sample is: the exact interval of Clopper and Pearson (Biometrika 26, 1934). Pure."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

STEPS = 60  # halvings: far below the places that are shown


def exact_interval(hits: int, n: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """Between which shares the true one lies, with at least that confidence; None of nothing.

    Drawn without putting back from a frame of any size it is a little wider than need be, never narrower.
    """
    if n == 0:
        return None
    if not 0 <= hits <= n:
        raise ValueError("Nothing is hit more often than it is looked at.")
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: _at_least(hits, n, p) < tail)
    high = 1.0 if hits == n else _solve(lambda p: _at_least(n - hits, n, 1 - p) > tail)
    return low, high


def _solve(too_low: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _step in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return (low + high) / 2


def _at_least(hits: int, n: int, p: float) -> float:
    """The chance of so many hits or more."""
    if p <= 0 or p >= 1:
        return float(p >= 1)
    whole, yes, no = lgamma(n + 1), log(p), log1p(-p)
    return sum(exp(whole - lgamma(k + 1) - lgamma(n - k + 1) + k * yes + (n - k) * no) for k in range(hits, n + 1))
