"""Cohen's kappa against values published elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contractors.agreement import agreement

YES, NO = "yes", "no"


def table(**counts: int) -> list[tuple[str, str]]:
    """``a_b=3``: three times the one said a and the other b."""
    return [tuple(cell.split("_")) for cell, n in counts.items() for _time in range(n)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("pairs", "published"),
    [
        # J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, table 18.1: κ = 0.68
        (table(p_p=75, p_n=1, p_o=4, n_p=5, n_n=4, n_o=1, o_o=10), "0.68"),
        # fifty grant proposals read by two people, as Wikipedia's "Cohen's kappa" works it out: κ = 0.40
        (table(y_y=20, y_n=5, n_y=10, n_n=15), "0.40"),
        # the same percentage of agreement, once with like and once with unlike marginals: κ = 0.1304 and 0.2593
        (table(y_y=45, y_n=15, n_y=25, n_n=15), "0.1304"),
        (table(y_y=25, y_n=35, n_y=5, n_n=35), "0.2593"),
    ],
)
def test_it_is_what_others_published(pairs: list[tuple[str, str]], published: str) -> None:
    value = agreement(pairs).value
    assert value is not None
    assert value.quantize(Decimal(published)) == Decimal(published)


def test_it_is_one_where_all_agree_and_below_zero_where_they_agree_less_than_by_chance() -> None:
    assert agreement(table(y_y=3, n_n=4)).value == 1
    assert agreement(table(y_n=3, n_y=3)).value == -1


def test_it_is_nothing_without_pairs_or_where_both_always_say_the_same() -> None:
    assert agreement([]).value is None
    assert agreement(table(y_y=9)).value is None
    assert agreement(table(y_y=9)).n == 9
