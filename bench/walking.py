"""Writers who fight over cases: each tries what its people may do with a case as they saw it, and notes the answer.

Standard library only: a writer is a process of its own that does nothing but call.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier, Event
from typing import Any, NamedTuple

from bench.calling import Line, Person, Request, api, look
from bench.errands import SPEECHLESS, Target, doing

UNITS = ("CGJ", "SWJ", "GAJ")
WAIT_SECONDS = 120
AT_FIRST = 4  # at least so many begin a case together
ABREAST = 2  # so many look again and go on with it, about
ROUNDS = (0, 0, 0, 1, 1, 2, 2, 8)  # how often
BY_PAGE = 0.2
NO_PAGE = {"callback", "hand-down", "recall", "involve"}  # a callback is told without a version
BENEATH = {"CGJ": "SZZX", "SWJ": "GSGS"}  # a unit below another, which gets its cases from there

# What may be tried where, and how often each is chosen.
TRIES: dict[str, dict[str, int]] = {
    "registered": {"dispatch": 12, "note": 2, "withdraw": 1},
    "dispatched": {"sign": 6, "bounce": 4, "urge": 2, "note": 2, "contact": 2, "withdraw": 1},
    "handling": {
        "hand-down": 4,
        "involve": 2,
        "reply": 6,
        "extend": 4,
        "progress": 2,
        "contact": 2,
        "note": 2,
        "withdraw": 1,
    },
    "rehandling": {"reply": 6, "extend": 4, "progress": 2, "note": 2},
    "replied": {"accept": 5, "send-back": 5, "note": 2},
    "verifying": {"callback": 6, "note": 2},
    "closed": {"reopen": 4},
}
RULINGS = {"grant": 8, "reject": 6, "take-back": 4}
DOERS = {
    **dict.fromkeys(("dispatch", "involve", "urge", "withdraw", "grant", "reject", "note"), "dispatcher"),
    **dict.fromkeys(("accept", "send-back", "reopen"), "reviewer"),
    "callback": "callback_officer",
}


class Attempt(NamedTuple):
    """What one person tried, on which version, and what they were told."""

    by: str
    number: str
    act: str
    seen: int
    words: str
    unit: str
    by_page: bool
    status: int
    code: str
    told: int
    changes: tuple[tuple[str, str], ...]
    began: float
    ended: float

    @property
    def done(self) -> bool:
        return self.status in (200, 303)


@dataclass
class Writer:
    """One process: people of every role, and a line to the town."""

    name: str
    place: int
    people: Mapping[str, Person]  # by role, handlers by their unit
    line: Line
    chance: random.Random
    together: Barrier
    tried: int = 0

    def walk(self, numbers: list[str], writers: int, over: Event) -> list[Attempt]:
        """All cases in the order that everybody has, each begun at the same moment, until time is over."""
        attempts: list[Attempt] = []
        for number in numbers:
            self.together.wait(WAIT_SECONDS)
            if over.is_set():
                break
            attempts += self.contest(number, writers)
        self.line.close()
        return attempts

    def contest(self, number: str, writers: int) -> list[Attempt]:
        """First several on the version that all of them saw; then some look again, and go on from there."""
        common, attempts = random.Random(number), list[Attempt]()  # the same for everybody
        rounds = common.choice(ROUNDS)
        if self.place in common.sample(range(writers), max(min(writers, AT_FIRST), writers // 2)):
            first = self.attempt({"number": number, "version": 1, "status": {"code": "registered"}, "decisions": []})
            attempts += [first] if first else []
        for _ in range(rounds):
            if self.chance.random() < ABREAST / writers:
                case = self.line.send(look(self.people["dispatcher"], f"cases/{number}/")).json
                attempt = self.attempt(case)
                attempts += [attempt] if attempt else []
        return attempts

    def attempt(self, case: Mapping[str, Any]) -> Attempt | None:
        act = self.choose(case)
        if not act:
            return None
        self.tried += 1
        words = f"{self.name} 的第 {self.tried} 次尝试，情况说明如上。"
        unit = self.unit(act, case)
        open_ones = [d for d in case["decisions"] if d["state"]["code"] == "asked"]
        if act == "grant" and open_ones[0]["kind"]["code"] == "extension":
            unit = ""
        survey = self.survey(case["number"]) if act == "callback" else ""
        if act == "callback" and not survey:
            return None
        asked = open_ones[0]["id"] if open_ones else 0
        target = Target(case["number"], case["version"], unit, asked, survey, _handed_down(case))
        person = self.person(act, case)
        by_page = act not in NO_PAGE and self.chance.random() < BY_PAGE
        key = f"{self.chance.getrandbits(128):032x}"
        return self.tell(doing(person, act, words, target, key=key, by_page=by_page), person, act, words, target)

    def choose(self, case: Mapping[str, Any]) -> str:
        possible = dict(TRIES.get(case["status"]["code"], {}))
        if any(d["state"]["code"] == "asked" for d in case["decisions"]):
            possible |= RULINGS
        if _handed_down(case):
            possible["recall"] = 4
        if (case.get("unit") or {}).get("code") not in BENEATH:
            possible.pop("hand-down", None)
        return self.chance.choices(list(possible), list(possible.values()))[0] if possible else ""

    def person(self, act: str, case: Mapping[str, Any]) -> Person:
        unit = case.get("unit") or {"code": UNITS[0]}
        return self.people[DOERS.get(act) or unit["code"]]

    def unit(self, act: str, case: Mapping[str, Any]) -> str:
        """The unit an act names: anybody's to dispatch to, one beneath, one beside; none where none is named."""
        own = (case.get("unit") or {}).get("code", "")
        if act == "hand-down":
            return BENEATH[own]
        if act == "involve":
            return self.chance.choice([unit for unit in UNITS if unit != own])
        return self.chance.choice(UNITS) if act in ("dispatch", "grant") else ""

    def survey(self, number: str) -> str:
        """The citizen to call, found in the queue as the officer finds it."""
        rows = self.line.send(look(self.people["callback_officer"], "callbacks/?limit=200")).json["results"]
        return next((str(row["id"]) for row in rows if row["case"] == number), "")

    def tell(self, request: Request, person: Person, act: str, words: str, target: Target) -> Attempt:
        began = time.time()
        answer = self.line.send(request)
        by_page = not request.path.startswith("/api/")
        problem = {} if by_page or answer.status < 400 else answer.json
        return Attempt(
            person.name,
            target.number,
            act,
            target.version,
            "" if act in SPEECHLESS else words,
            target.unit,
            by_page,
            answer.status,
            problem.get("code", ""),
            answer.version or target.version + 1,
            tuple((change["kind"], change["why"]) for change in problem.get("changes", ())),
            began,
            time.time(),
        )


def _handed_down(case: Mapping[str, Any]) -> int:
    """A part with a unit beneath, that may be taken back; 0 if there is none."""
    working = ("dispatched", "handling", "replied")
    below = (p for p in case.get("assignments", ()) if p["role"]["code"] == "subordinate")
    return next((int(p["id"]) for p in below if p["state"]["code"] in working), 0)


def registered(line: Line, agent: Person, title: str, phone: str) -> str:
    """The number of a new case."""
    body = {"words": title, "title": title, "kind": "complaint", "channel": "phone", "citizen": {"phone": phone}}
    return str(line.send(api(agent, "cases/", body)).json["number"])
