"""Every address, for everybody, about everything: open exactly where the tables say, else as if it were not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zlib import crc32

import pytest

from cases.pages.case_moves import DOORS
from hotline.api.description import openapi
from hotline.models import Membership
from hotline.roles import Capability, Role
from tests.access import ground
from tests.access.asking import Answer, Caller
from tests.access.ground import ABSENT, Ground, Place
from tests.access.tables import ASKS_AGAIN, Address, addresses, reach, side_of
from tests.people import member
from tests.test_guards import ADDRESSES, MISSING, guard_of

AROUND = {
    "contractors": ["wang", "xu", "ma", "luo", "chen", "gao"],
    "office": ["zhou", "wu", "zheng", "song", "he", "yan"],
    "units": ["sun", "liu", "peng", "lin", "cao", "yuan"],
    "others": ["jiang", "shen", "han", "sysadmin", "secadmin", "auditadmin", "telephony"],
}
WITHOUT_A_ROLE: dict[str, Callable[[], Caller]] = {
    "a stranger": Caller,
    "somebody who gave the password only": lambda: Caller.before_a_role("zhou"),
    "somebody whose membership is over": lambda: Caller.whose_time_is_over("yan"),
}
SOMEBODY_ELSE = "zhao"  # has a draft, a view and a key too
NOT_THERE = {"own draft": {302, 303, 409}}  # an agent whose record was used up elsewhere is led on, not stopped
IN_CONFIDENCE = {"kept_from_cgj"}
FOLLOWS = {
    "decision": "case",
    "survey": "case",
    "attachment": "case",
    "change": "version",
    "table": "version",
    "file": "answer",
    "answer_file": "answer",
    "report": "kept",
    **dict.fromkeys(("terms", "clause", "assessment", "result", "objection", "objection_file", "incident"), "contract"),
    "signature_file": "contract",
}  # reached with it


ENTRIES = {name: entry for _route, name, entry in ADDRESSES}


# -- The tables and the code say the same


@pytest.mark.parametrize("name", ENTRIES)
def test_every_address_asks_for_the_right_in_the_table(name: str) -> None:
    guard = guard_of(ENTRIES[name])
    assert guard is not MISSING, f"{name} says neither @requires nor @public"
    declared = {(a.method, a.capability) for a in addresses() if a.name.partition(ASKS_AGAIN)[0] == name}
    assert declared, f"{name} is not in addresses.txt"
    if isinstance(guard, Mapping):
        assert {(method, guard[method]) for method in guard} == declared
    else:
        assert {capability for _method, capability in declared} == {guard}


def test_the_table_names_no_address_that_is_gone() -> None:
    assert {a.name.partition(ASKS_AGAIN)[0] for a in addresses()} == set(ENTRIES)
    asked = [(a.name, a.method) for a in addresses()]
    assert len(asked) == len(set(asked))


def test_every_move_of_a_case_asks_for_the_right_in_the_table() -> None:
    declared = {a.name.partition(ASKS_AGAIN)[2]: a.then for a in addresses() if a.name.startswith("cases:move/")}
    assert declared == {name: door.capability for name, door in DOORS.items()}


def test_every_operation_of_the_api_is_in_the_table() -> None:
    described = {
        (path, method.upper()) for path, item in openapi()["paths"].items() for method in item if method != "parameters"
    }
    named = {(f"/{a.name}", a.method) for a in addresses() if a.is_api}
    assert len(described) == len(named)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [n for n in ENTRIES if ":api:" not in n])
def test_a_page_answers_the_methods_of_the_table_only(name: str) -> None:
    declared = [a for a in addresses() if a.name.partition(ASKS_AGAIN)[0] == name]
    about = ABSENT.get(declared[0].about, {})
    who = next(w for group in AROUND.values() for w in group if declared[0].opens_to(member(w).role))
    answer = Caller(who).ask(declared[0], about, "PUT")
    if answer.allow:
        assert set(answer.allow.split(", ")) - {"HEAD", "OPTIONS"} == {a.method for a in declared}
    assert answer.status == 405 or name == "set_language"


@pytest.mark.django_db
def test_everybody_is_asked() -> None:
    roles = {member(who).role for group in AROUND.values() for who in group}
    assert roles == set(Role)


# -- The matrix


def things_of(about: str, laid: Ground, side: str) -> tuple[dict[str, Place], dict[str, Place]]:
    """What that side reaches of a kind, and what not."""
    known, table = laid.things.get(about, {}), reach(FOLLOWS.get(about, about))
    assert set(known) <= set(table), f"{set(known) - set(table)} is not in reach.txt"
    near = {name: place for name, place in known.items() if table[name][side]}
    return near, {name: place for name, place in known.items() if name not in near}


def one_of(places: dict[str, Place], seed: str) -> dict[str, Place]:
    """One of them, another for every question, so that all come up."""
    if not places:
        return {}
    name = sorted(places)[crc32(seed.encode()) % len(places)]
    return {name: places[name]}


class Matrix:
    """One person before every address."""

    def __init__(self, laid: Ground, by: Membership, caller: Caller, *, whole: bool = False) -> None:
        self.laid, self.by, self.caller, self.whole = laid, by, caller, whole
        self.own = laid.owned[by.user.username]
        self.wrong: list[str] = []
        self.cells = 0

    def walk(self) -> None:
        for address in addresses():
            opens = address.opens_to(self.by.role)
            if not self.whole and self.lot(address) % (4 if opens else 12):
                continue
            if address.about == "-":
                open_to = "open" if address.capability else "public"
                self.expect(address, "", {}, open_to if opens else "403")
            else:
                self.ask_about(address)

    def lot(self, address: Address) -> int:
        """Everybody is asked a part of it in passing, each another: of what opens a fourth, else a twelfth."""
        return crc32(f"{self.by.user.username} {address} drawn".encode())

    def ask_about(self, address: Address) -> None:
        near, far = self.near_and_far(address)
        opens = address.opens_to(self.by.role)
        inside = "open" if opens and address.goes_on_for(self.by.role) else "403"
        hidden = "hidden" if opens else "403"
        if not opens:  # told so whatever there is
            near, far = {}, near | far
        if not self.whole:
            near, far = self.drawn(address, near, far)
        absent = self.expect(address, "absent", ABSENT[address.about], hidden)
        sealed = address.capability == Capability.IDENTITY_REVEAL and not self.by.can(Capability.IDENTITY_SEALED)
        for name, place in near.items():
            if not (sealed and name in IN_CONFIDENCE):  # a right besides: tests/cases/test_confidential.py
                self.expect(address, name, place, inside)
        for name, place in far.items():
            self.same(address, name, absent, self.expect(address, name, place, hidden))

    def drawn(
        self, address: Address, near: dict[str, Place], far: dict[str, Place]
    ) -> tuple[dict[str, Place], dict[str, Place]]:
        """One thing that is reached, or one that is not."""
        seed = f"{self.by.user.username} {address}"
        reached = near and (self.lot(address) // 12 % 2 or not far)
        return (one_of(near, seed), {}) if reached else ({}, one_of(far, seed))

    def near_and_far(self, address: Address) -> tuple[dict[str, Place], dict[str, Place]]:
        about = address.about
        if about.startswith("own "):
            mine = {"one's own": self.own[about]} if about in self.own else {}
            return mine, {"somebody else's": self.laid.owned[SOMEBODY_ELSE][about]}
        return things_of(about, self.laid, side_of(self.by))

    def expect(self, address: Address, name: str, place: Place, expected: str) -> Answer:
        answer = self.caller.ask(address, place)
        self.cells += 1
        if expected == "open":
            right = answer.is_opened
        elif expected == "public":  # a link to answer by is known or not, whoever asks
            right = answer.is_opened or answer.status == 404
        elif expected == "403":
            right = answer.status == 403 and not answer.writes
        else:
            right = answer.status in NOT_THERE.get(address.about, {404}) and not answer.writes
        if not right:
            said = f"{answer.status} {answer.location} {answer.writes[:2]}"
            self.wrong.append(f"{self.by.user.username}: {address} {name} should be {expected}, is {said}")
        return answer

    def same(self, address: Address, name: str, absent: Answer, hidden: Answer) -> None:
        """Told apart neither by a byte nor by what the database was asked."""
        if (hidden.told, hidden.statements) != (absent.told, absent.statements):
            self.wrong.append(f"{self.by.user.username}: {address} {name} is told apart from what is not there")


def one_of_each_side(usernames: list[str]) -> list[str]:
    """People who differ in their role or in what they reach; ``bin/check matrix`` asks everybody."""
    found = {(member(username).role, side_of(member(username))): username for username in usernames}
    return list(found.values())


@pytest.mark.django_db
@pytest.mark.parametrize("group", AROUND)
def test_everybody_is_let_in_where_the_tables_say_and_nowhere_else(group: str) -> None:
    laid, wrong, cells = ground.lay([*AROUND[group], SOMEBODY_ELSE]), list[str](), 0
    for username in one_of_each_side(AROUND[group]):
        matrix = Matrix(laid, member(username), Caller(username))
        matrix.walk()
        wrong += matrix.wrong
        cells += matrix.cells
    assert not wrong, "\n".join(wrong)
    assert cells > 250


@pytest.mark.django_db
@pytest.mark.parametrize("who", WITHOUT_A_ROLE)
def test_who_has_no_role_is_sent_to_sign_in_whatever_there_is(who: str) -> None:
    laid, wrong = ground.lay([]), list[str]()
    caller = WITHOUT_A_ROLE[who]()
    for address in (a for a in addresses() if a.capability is not None):
        places = list(one_of(laid.things.get(address.about, {}), str(address)).values())
        answers = [caller.ask(address, place) for place in [ABSENT.get(address.about, {}), *places]]
        if not all(map(turned_away, [address] * len(answers), answers)):
            wrong.append(f"{address}: {[a.status for a in answers]}")
        if len({(answer.told, answer.statements) for answer in answers}) > 1:
            wrong.append(f"{address}: tells what is there from what is not")
    assert not wrong, "\n".join(wrong)


def turned_away(address: Address, answer: Answer) -> bool:
    if answer.writes:
        return False
    if address.is_api or ASKS_AGAIN in address.name:  # a form asked for in place is answered in place
        return answer.status == 401
    return answer.status == 403 if address.name == "hotline:metrics" else answer.location.startswith("/sign-in/")


def test_nobody_is_let_in_by_a_right_that_nobody_holds() -> None:
    assert {a.capability for a in addresses()} | {a.then for a in addresses()} >= set(Capability) - {
        Capability.CASE_IMPORT,  # a command, as is the next
        Capability.INTEGRATION_MANAGE,
        Capability.PHONE_LAST4_SEARCH,  # asked by the search
        Capability.DECISION_CONFIRM,  # asked by the ruling, as is the next
        Capability.DISPUTE_RULE,
        Capability.IDENTITY_SEALED,  # asked besides identity.reveal
        Capability.WAGE_READ,  # asked besides, where a proof is of wages
    }


def test_the_words_of_the_tables_are_known() -> None:
    kinds = {a.about for a in addresses()} - {"-"}
    assert kinds == set(ABSENT)
