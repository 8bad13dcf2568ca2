"""How the blind sample is drawn out of a day's frame. Pure, and done again with any tool that knows SHA-256.

A frame has a line for every round: its stratum, a blank, its contractor's code (or "-"), a blank, its key; sorted, each
ended by a newline. A round's place is the SHA-256 of the seed, a colon and its key, read as a number below 2^256. It is
drawn if a hundred times its place is below its stratum's percentage of 2^256. Where that is more of one contractor than
the rules allow a day, those stay whose places are lowest in relation to their percentages. The sample is called in the
order of the SHA-256 of the seed, ":order:" and the key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import NamedTuple

WHOLE = 1 << 256
NOBODYS = "-"


class Line(NamedTuple):
    """One round of the frame."""

    stratum: str
    contractor: str
    key: str


def frame_of(rounds: Iterable[Line]) -> str:
    return "".join(sorted(f"{line.stratum} {line.contractor} {line.key}\n" for line in rounds))


def lines_of(frame: str) -> list[Line]:
    return [Line(*text.split(" ", 2)) for text in frame.splitlines()]


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def place_of(seed: str, key: str) -> int:
    return int.from_bytes(sha256(f"{seed}:{key}".encode()).digest())


def draw(frame: str, percents: Mapping[str, int], *, seed: str, most: int) -> list[Line]:
    """The sample in the order it is called, the same for the same frame, percentages and seed; of each contractor at
    most so many."""
    below: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(frame):
        if place_of(seed, line.key) * 100 < percents.get(line.stratum, 0) * WHOLE:
            below[line.contractor].append(line)

    def lowest(line: Line) -> Fraction:
        return Fraction(place_of(seed, line.key), percents[line.stratum])

    drawn = [line for lines in below.values() for line in sorted(lines, key=lowest)[:most]]
    return sorted(drawn, key=lambda line: sha256(f"{seed}:order:{line.key}".encode()).digest())
