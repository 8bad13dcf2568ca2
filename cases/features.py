"""What a request looks like to a suggestion model: marks, which are short pieces of its words or facts (pure).

Chinese has no spaces, so characters are taken one by one and in twos, and once more in words; and all of it again of
the title and the first words, where the matter is named. A mark is kept as a 32-bit hash: a model holds no text.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import rjieba

HEAD = 80
TITLE_COUNTS = 3  # a title says in ten characters what the words say in three hundred
LONGEST_WORDS = 2_000  # beyond this a text repeats itself
RUNS = re.compile(r"[^\W_]+")
# A mark's first letter is the block it belongs to; each block is weighed by itself
CHARACTERS, WORDS, HEAD_CHARACTERS, HEAD_WORDS, FACTS = "c", "w", "h", "v", "f"
BLOCKS = {CHARACTERS: 1.0, WORDS: 1.0, HEAD_CHARACTERS: 0.7, HEAD_WORDS: 0.7, FACTS: 1.0}
PLACES = {block: n for n, block in enumerate(BLOCKS)}


@dataclass(frozen=True)
class Sample:
    """A request as far as it is known: its text, and facts such as ``category=SZ01`` (single or crossed)."""

    title: str = ""
    words: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Labelled:
    """A request and what was right for it. ``at`` is None where nobody knows when it came."""

    sample: Sample
    label: str
    at: datetime | None = None


def marks(sample: Sample) -> Counter[str]:
    """Every mark of the request and how much it counts."""
    found: Counter[str] = Counter()
    for text, weight in ((sample.title, TITLE_COUNTS), (sample.words[:HEAD], 1)):
        for mark in _of_text(text, HEAD_CHARACTERS, HEAD_WORDS, in_twos=True):
            found[mark] += weight
    for text, weight in ((sample.title, TITLE_COUNTS), (sample.words[:LONGEST_WORDS], 1)):
        for mark in _of_text(text, CHARACTERS, WORDS):
            found[mark] += weight
    for fact in sample.facts:
        found[FACTS + fact] += 1
    return found


def _of_text(text: str, characters: str, words: str, *, in_twos: bool = False) -> Iterable[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    for run in RUNS.findall(plain):
        yield from (characters + char for char in run)
        yield from (characters + run[i : i + 2] for i in range(len(run) - 1))
        cut = rjieba.cut(run)
        yield from (words + word for word in cut)
        if in_twos:
            yield from (f"{words}{one} {other}" for one, other in pairwise(cut))


def hashed(mark: str) -> int:
    """The mark as the model knows it."""
    return zlib.crc32(mark.encode())


def crossed(categories: Sequence[str], places: Sequence[str], ways: Sequence[str]) -> tuple[str, ...]:
    """Facts from a category and a place, each with those above it, and from ways (channel, kind): single and paired.

    Who is responsible hangs on the pair: potholes are the district's on one road and the street's on another.
    """
    kinds = [f"category={code}" for code in categories]
    where = [f"place={code}" for code in places]
    pairs = [(a, b) for a in kinds for b in [*where, *ways]] + [(a, b) for a in where for b in ways]
    return (*kinds, *where, *ways, *(f"{a}&{b}" for a, b in pairs))
