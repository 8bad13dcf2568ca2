"""What citizens say and what they are told: made-up texts filled with the city's streets and people."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from oversight.demo.reference import read

UNNAMED, LANDLINE, ENGLISH = 0.05, 0.2, 0.02


@dataclass(frozen=True)
class Said:
    """One request: what it is about, where, in which words, and what came of it."""

    category: str
    kind: str
    street: str
    place: str
    title: str
    words: str
    reply: str = ""
    article: str = ""
    told: str = ""


@dataclass(frozen=True)
class Caller:
    name: str
    phone: str
    language: str = "zh-hans"


class Texts:
    """Draws texts; the same seed draws the same ones."""

    def __init__(self, rng: Random, *, cold: bool) -> None:
        self.rng = rng
        self.said = {code: given for code, given in read("requests").items() if code[0].isupper()}
        weights = {"CG0101": 3.0, "SZ03": 2.0, "GY02": 5.0 if cold else 0.2, "ZF01": 2.0, "LD01": 1.5}
        self.codes = list(self.said)
        self.weights = [weights.get(code, 1.0) for code in self.codes]
        self.questions = [code for code in self.codes if "article" in self.said[code]]

    def request(self, code: str = "", *, street: str = "", estate: str = "") -> Said:
        """What somebody asks the city to do, or to tell; anywhere, unless the place is named."""
        code = code or self.rng.choices(self.codes, self.weights)[0]
        given, place = self.said[code], self._place(street)
        if estate:
            place["estate"] = estate
        return self._filled(code, given["kind"], self.rng.choice(given["texts"]), given, place=place)

    def question(self) -> Said:
        """What can be answered at once, from the knowledge base."""
        return self.request(self.rng.choice(self.questions))

    def thanks(self) -> Said:
        return self._filled("ZW01", "thanks", self.rng.choice(read("requests")["thanks"]["texts"]), {})

    def emergency(self) -> Said:
        line, *text = self.rng.choice(read("requests")["emergency"]["texts"])
        return self._filled("AQ01", "help", text, {}, told=line)

    def refusal(self) -> tuple[str, Said]:
        """The ground, and what was said."""
        ground, title, words, told = self.rng.choice(read("requests")["refusal"]["texts"])
        return ground, self._filled("ZW01", "other", [title, words], {}, told=told)

    def word(self, of: str) -> str:
        """One of the phrases that people use for it."""
        return str(self.rng.choice(read("requests")["words"][of]))

    def caller(self) -> Caller:
        people = read("streets")["people"]
        if self.rng.random() < UNNAMED:
            return Caller("", "")
        surname, polite = self.rng.choice(people["surnames"]), self.rng.choice(people["polite"][:2])
        name = surname + (polite if self.rng.random() < 0.3 else self.rng.choice(people["given"]))
        ending = f"{self.rng.randrange(10_000):04}"
        mobile = self.rng.choice(("1380000", "1390000", "1350000", "1860000")) + ending
        phone = f"0593-600{ending}" if self.rng.random() < LANDLINE else mobile
        return Caller(name, phone, "en" if self.rng.random() < ENGLISH else "zh-hans")

    def _filled(
        self,
        code: str,
        kind: str,
        text: list[str],
        given: dict[str, Any],
        *,
        told: str = "",
        place: dict[str, Any] | None = None,
    ) -> Said:
        slots = place or self._place()
        title, words = (part.format(**slots) for part in text)
        of_road = f"{slots['road']} {slots['no']} 号"
        where = f"{slots['estate']} {slots['b']} 号楼" if slots["estate"] in title else of_road
        reply = given.get("reply", "").format(**slots)
        return Said(code, kind, slots["street"], where, title, words, reply, given.get("article", ""), told)

    def _place(self, street: str = "") -> dict[str, Any]:
        """A place, and what else a text may speak of."""
        street = street or self.rng.choice(list(read("streets")["streets"]))
        roads, estates = read("streets")["streets"][street]
        things, rng = read("streets")["things"], self.rng
        return {
            "street": street,
            "road": rng.choice(roads),
            "estate": rng.choice(estates),
            "school": rng.choice(things["schools"]),
            "shop": rng.choice(things["shops"]),
            "line": rng.choice(things["lines"]),
            "firm": rng.choice(things["firms"]),
            "no": rng.randrange(1, 260),
            "b": rng.randrange(2, 19),
            "hour": rng.choice((5, 6, 10, 11, 22, 23)),
            "days": rng.randrange(3, 25),
            "yuan": rng.choice((180, 260, 480, 960, 2380, 5600, 12800)),
        }
