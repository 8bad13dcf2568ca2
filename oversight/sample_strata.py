"""How an audit sample is spread over strata: each has its share of the sample, and one case at least. Pure.

A stratified frame has a line for every case: its stratum, a blank, its number. Nothing else decides: the sizes of the
strata are in the frame, the quotas follow from them, and of each stratum the cases with the lowest SHA-256 of
"seed:case number" are drawn, as in any other sample. So whoever has the frame and the seed draws the same list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from contractors.drawing import lowest


class Drawn(NamedTuple):
    """One case of the list; ``stratum`` is empty where there are none."""

    number: str
    stratum: str = ""


def line_of(number: str, stratum: str) -> str:
    """As the frame has it; what belongs nowhere is of stratum "-"."""
    return f"{stratum.replace(' ', '_') or '-'} {number}"


def number_of(line: str) -> str:
    return line.rpartition(" ")[2]


def sizes_of(frame: str) -> dict[str, int]:
    """How many cases of the frame each stratum has; by its name."""
    counted = Counter(line.partition(" ")[0] for line in frame.splitlines())
    return {stratum: counted[stratum] for stratum in sorted(counted)}


def quotas(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many are drawn of each stratum: its share of ``wanted``, rounded by the largest remainder (Hamilton), one at
    least and never more than there are. Ties go to the first name. Raises ValueError for fewer than one each."""
    wanted = min(wanted, sum(sizes.values()))
    if wanted < len(sizes):
        raise ValueError("Fewer cases than strata.")
    share = {name: Fraction(wanted * size, sum(sizes.values())) for name, size in sizes.items()}
    given = {name: max(1, int(share[name])) for name in sorted(sizes)}
    while (missing := wanted - sum(given.values())) != 0:
        step = 1 if missing > 0 else -1
        open_ones = [name for name in given if (given[name] < sizes[name] if step > 0 else given[name] > 1)]
        given[max(open_ones, key=lambda name: step * (share[name] - given[name]))] += step
    return given


def draw(frame: str, seed: str, wanted: int, *, stratified: bool) -> list[Drawn]:
    """The list, in the order of the SHA-256 of "seed:case number"."""
    lines = frame.splitlines()
    if not stratified:
        return [Drawn(number) for number in lowest(lines, seed, wanted)]
    stratum_of = {number_of(line): line.partition(" ")[0] for line in lines}
    left, drawn = quotas(sizes_of(frame), wanted), []
    for number in lowest(stratum_of, seed, len(stratum_of)):
        stratum = stratum_of[number]
        if left[stratum]:
            left[stratum] -= 1
            drawn.append(Drawn(number, stratum))
    return drawn
