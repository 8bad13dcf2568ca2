"""How a sample is drawn out of a frame. Pure, and simple enough to be done again with any tool that knows SHA-256.

A frame has a line for every contact: its stratum, a blank, its key; sorted, each line ended by a newline. Each contact
has a place in the draw: the SHA-256 of the seed, a colon and its key. Of each stratum the contacts with the lowest
places are drawn, as many as its quota says; what a stratum lacks is drawn from the ordinary ones. Those drawn are
numbered by the places that the seed followed by ":position" gives, and the first few by the places of ":double" are
marked by two people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

FILLER = "ordinary"


class Drawn(NamedTuple):
    """One contact of the sample, in the order of the list; ``double``: two people mark it."""

    stratum: str
    key: str
    double: bool


def frame_of(contacts: Mapping[str, str]) -> str:
    """The frame's text, of each contact's stratum by its key."""
    return "".join(sorted(f"{stratum} {key}\n" for key, stratum in contacts.items()))


def hash_of(frame: str) -> str:
    return sha256(frame.encode()).hexdigest()


def draw(frame: str, quotas: Mapping[str, int], *, seed: str, double_percent: int) -> list[Drawn]:
    """The sample, the same for the same frame, quotas and seed; that share of it, rounded up, is double."""
    strata: dict[str, list[str]] = defaultdict(list)
    for line in frame.splitlines():
        stratum, key = line.split(" ", 1)
        strata[stratum].append(key)
    chosen = {stratum: lowest(keys, seed, quotas.get(stratum, 0)) for stratum, keys in strata.items()}
    wanted = sum(quotas.values()) - sum(map(len, chosen.values()))
    already = len(chosen.get(FILLER, []))
    chosen[FILLER] = lowest(strata[FILLER], seed, already + wanted)
    of = {key: stratum for stratum, keys in chosen.items() for key in keys}
    twice = set(lowest(of, f"{seed}:double", -(-len(of) * double_percent // 100)))
    return [Drawn(of[key], key, key in twice) for key in lowest(of, f"{seed}:position", len(of))]


def lowest(keys: Iterable[str], seed: str, n: int) -> list[str]:
    """So many of the keys, in the order of the SHA-256 of the seed, a colon and the key."""
    return sorted(keys, key=lambda key: sha256(f"{seed}:{key}".encode()).digest())[:n]
