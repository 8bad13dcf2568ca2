"""Do the figures of a bulletin hold together? Pure.

Published bulletins have given kinds that do not add up to their total, percentages of another base than the one named,
and rates without the numbers they are of. A bulletin in which anything of that is found is not made; each finding is a
sentence with the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

Number = int | Decimal


@dataclass(frozen=True)
class Breakdown:
    """A total and its parts. ``shares`` are percentages given beside the parts; they are of the total, or of what
    ``share_of`` names."""

    name: str
    total: Number
    parts: Mapping[str, Number]
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    share_of: Number | None = None
    whole: bool = True  # False where only the largest parts are listed, which come to no more than the total


@dataclass(frozen=True)
class Rate:
    """A percentage with what it is of; ``base`` is the name of that."""

    name: str
    percent: Decimal | None
    numerator: Number | None
    denominator: Number | None
    base: str = ""


@dataclass(frozen=True)
class Mean:
    """A mean of a sum over how many."""

    name: str
    value: Number
    sum: Number
    n: int


@dataclass(frozen=True)
class Change:
    """By how many per cent a number differs from an earlier one."""

    name: str
    percent: Decimal
    now: Number
    before: Number


Claim = Breakdown | Rate | Mean | Change


def faults(claims: Sequence[Claim]) -> list[str]:
    """Every claim that does not hold, as a sentence with the difference. An empty list: it may be made."""
    return [sentence for claim in claims for sentence in _faults(claim, claims)]


def _faults(claim: Claim, among: Sequence[Claim]) -> Iterator[str]:
    if isinstance(claim, Breakdown):
        yield from _of_breakdown(claim)
    elif isinstance(claim, Rate):
        yield from _of_rate(claim, among)
    elif isinstance(claim, Mean):
        yield from _of_mean(claim)
    else:
        yield from _of_change(claim)


def _of_breakdown(claim: Breakdown) -> Iterator[str]:
    come_to = sum(claim.parts.values())
    words = {"name": claim.name, "sum": f"{come_to:,}", "total": f"{claim.total:,}"}
    if claim.whole and come_to != claim.total:
        words["difference"] = f"{abs(claim.total - come_to):,}"
        yield (
            _("The parts of “%(name)s” come to %(sum)s, %(difference)s less than the total of %(total)s.") % words
            if come_to < claim.total
            else _("The parts of “%(name)s” come to %(sum)s, %(difference)s more than the total of %(total)s.") % words
        )
    if not claim.whole and come_to > claim.total:
        yield _("The parts of “%(name)s” that are listed come to %(sum)s, more than the total of %(total)s.") % words
    of = claim.total if claim.share_of is None else claim.share_of
    for part, given in claim.shares.items():
        right = percent(claim.parts[part], of, given)
        if right != given:
            yield _share_of_another(claim, part, given, right, of)


def _share_of_another(claim: Breakdown, part: str, given: Decimal, right: Decimal | None, of: Number) -> str:
    """Names the base the percentage does fit, if it is the sum of the parts."""
    come_to = sum(claim.parts.values())
    words = {
        "part": part,
        "given": given,
        "n": f"{claim.parts[part]:,}",
        "of": f"{of:,}",
        "right": "–" if right is None else right,
        "other": f"{come_to:,}",
    }
    if percent(claim.parts[part], come_to, given) == given:
        said = _(
            "“%(part)s” is given as %(given)s%% of %(of)s; it is %(right)s%% of that. %(given)s%% is of %(other)s."
        )
        return said % words
    return _("“%(part)s” is given as %(given)s%%, but %(n)s of %(of)s is %(right)s%%.") % words


def _of_rate(claim: Rate, among: Sequence[Claim]) -> Iterator[str]:
    if claim.percent is None:
        return
    if claim.numerator is None or claim.denominator is None or not claim.base:
        yield _("“%(name)s” is given as %(percent)s%% without saying of what.") % {
            "name": claim.name,
            "percent": claim.percent,
        }
        return
    right = percent(claim.numerator, claim.denominator, claim.percent)
    if right != claim.percent:
        yield _("“%(name)s” is given as %(percent)s%%, but %(n)s of %(of)s is %(right)s%%.") % {
            "name": claim.name,
            "percent": claim.percent,
            "n": f"{claim.numerator:,}",
            "of": f"{claim.denominator:,}",
            "right": "–" if right is None else right,
        }
    yield from _of_another_base(claim, among)


def _of_another_base(claim: Rate, among: Sequence[Claim]) -> Iterator[str]:
    """One base has one number throughout a bulletin."""
    for other in among[: list(among).index(claim)]:
        if isinstance(other, Rate) and other.base == claim.base and other.denominator not in (None, claim.denominator):
            yield _("“%(one)s” and “%(other)s” are both said to be of %(base)s, but of %(n)s and of %(m)s.") % {
                "one": other.name,
                "other": claim.name,
                "base": claim.base,
                "n": f"{other.denominator:,}",
                "m": f"{claim.denominator:,}",
            }
            return


def _of_mean(claim: Mean) -> Iterator[str]:
    right = _rounded(Decimal(claim.sum) / claim.n, Decimal(claim.value)) if claim.n else None
    if right != claim.value:
        yield _("“%(name)s” is given as %(value)s, but %(sum)s over %(n)s is %(right)s.") % {
            "name": claim.name,
            "value": claim.value,
            "sum": f"{claim.sum:,}",
            "n": f"{claim.n:,}",
            "right": "–" if right is None else right,
        }


def _of_change(claim: Change) -> Iterator[str]:
    right = percent(claim.now - claim.before, claim.before, claim.percent)
    if right != claim.percent:
        yield _("“%(name)s” is given as %(percent)s%%, but from %(before)s to %(now)s it is %(right)s%%.") % {
            "name": claim.name,
            "percent": claim.percent,
            "before": f"{claim.before:,}",
            "now": f"{claim.now:,}",
            "right": "–" if right is None else right,
        }


def percent(numerator: Number, denominator: Number, like: Decimal) -> Decimal | None:
    """The percentage, to as many places as the one given; None of nothing."""
    return _rounded(Decimal(numerator) / Decimal(denominator) * 100, like) if denominator else None


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    places = max(0, -int(like.as_tuple().exponent))
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
