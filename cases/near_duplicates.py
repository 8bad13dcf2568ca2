"""Which texts are nearly the same, so that what judges a model was not, in other words, learned by it (pure).

MinHash with bands (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3): texts that agree in
one band are compared by their shingles, and grouped, transitively, from ``ALIKE`` on. The work grows with the number of
texts, not with its square.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from cases.features import RUNS

ALIKE = 0.4  # Jaccard of the bigrams; about 0.6 of the cosine
BANDS, ROWS = 40, 3  # two texts alike by 0.4 meet in some band with 93 %, by 0.6 with 99.9 %
PRIME = np.uint64((1 << 31) - 1)
COMPARED = 30  # of a band's many, each is compared with so many before it


def groups(texts: Sequence[str], *, alike: float = ALIKE) -> npt.NDArray[np.intp]:
    """A group's number for each text; texts whose bigrams agree by ``alike`` (Jaccard) share it, transitively."""
    shingled = [_shingles(text) for text in texts]
    above = np.arange(len(texts))
    for one, other in _candidates(shingled):
        a, b = _root(above, one), _root(above, other)
        if a != b and _alike(shingled[one], shingled[other], alike):
            above[max(a, b)] = min(a, b)
    return np.array([_root(above, n) for n in range(len(texts))], dtype=np.intp)


def _shingles(text: str) -> npt.NDArray[np.uint64]:
    runs = RUNS.findall(unicodedata.normalize("NFKC", text).lower())
    pairs = {ord(a) * 2_097_143 + ord(b) for run in runs for a, b in pairwise(f"{run} ")}
    return np.fromiter(pairs, dtype=np.uint64, count=len(pairs))


def _candidates(shingled: Sequence[npt.NDArray[np.uint64]]) -> Iterable[tuple[int, int]]:
    """Pairs that agree in a band."""
    draw = np.random.default_rng(12345)
    factors = draw.integers(1, int(PRIME), size=(BANDS * ROWS, 1), dtype=np.uint64)
    terms = draw.integers(0, int(PRIME), size=(BANDS * ROWS, 1), dtype=np.uint64)
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for n, shingles in enumerate(shingled):
        if not len(shingles):
            continue
        least = ((shingles % PRIME)[None, :] * factors + terms) % PRIME
        signature = least.min(axis=1).astype(np.uint32).reshape(BANDS, ROWS)
        for band in range(BANDS):
            bucket = buckets[band, signature[band].tobytes()]
            yield from ((before, n) for before in bucket[-COMPARED:])
            bucket.append(n)


def _alike(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64], alike: float) -> bool:
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= alike * (len(one) + len(other) - common)


def _root(above: npt.NDArray[np.intp], n: int) -> int:
    while above[n] != n:
        above[n] = above[above[n]]
        n = int(above[n])
    return n
