"""What citizens say, drawn beforehand: texts of the demo city with their place, category, unit and search vector."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from cases.models import Category
from cases.search import bigrams
from hotline.models import Organisation, Region
from oversight.demo.reference import read
from oversight.demo.texts import Texts

SIZE = 20_000
HOUSE = "，门牌 {n}。"  # makes one text of many: the words of no two cases are the same


@dataclass(frozen=True)
class Saying:
    """One text, ready to be written: nothing in it needs escaping. ``vector`` and ``places`` are what search keeps."""

    title: str
    words: str
    place: str
    category: int
    category_code: str
    unit: int
    unit_code: str
    region: int
    vector: str
    places: int


def draw(seed: int, size: int = SIZE) -> list[Saying]:
    """So many texts; the same seed draws the same."""
    texts = Texts(Random(seed), cold=True)
    categories = dict(Category.objects.values_list("code", "pk"))
    regions = dict(Region.objects.values_list("name", "pk"))
    units = dict(Organisation.objects.units().values_list("code", "pk"))
    matters = read("matters")["categories"]
    sayings: list[Saying] = []
    while len(sayings) < size:
        said = texts.request()
        code = matters[said.category][4]
        unit_code = code if code in units else "CGJ"
        title, place = said.title[:120], said.place
        words = said.words.rstrip("。") + HOUSE
        vector, places = literal(f"{title}\n{place}\n{said.words}，门牌")
        sayings.append(
            Saying(
                title, words, place, categories[said.category], said.category,
                units[unit_code], unit_code, regions[said.street], vector, places,
            )
        )  # fmt: skip
    return sayings


def literal(text: str) -> tuple[str, int]:
    """The text as a ``tsvector`` literal, and how many places it takes."""
    places: dict[str, list[int]] = {}
    tokens = bigrams(text)
    for place, token in enumerate(tokens, start=1):
        places.setdefault(token, []).append(place)
    return " ".join(f"'{token}':{','.join(map(str, at))}" for token, at in places.items()), len(tokens)
