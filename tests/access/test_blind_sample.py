"""Nobody of the handling chain sees that a case is in the blind sample, by whatever door: nothing differs.

Everybody asks the addresses there are (each person another quarter, ``bin/check at_length`` all) about cases whose
citizens were asked, then lists, searches and the API with filters; then all of it again once every one of them is
drawn, and some are called in vain. The answers are the same bytes, and the database is asked the same questions: not
even the work behind a page tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from zlib import crc32

import pytest
import time_machine

from cases import independent_calls, independent_drawing, surveys
from cases.models import IndependentCallback, Survey
from cases.surveys import Verdict
from hotline.roles import CONTRACTOR, ROLES, Capability
from tests.access import ground
from tests.access.asking import EVERY_ADDRESS, Answer, Caller
from tests.access.ground import Ground, Place
from tests.access.tables import Address, addresses
from tests.independent import rules
from tests.people import local, member
from tests.stories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHAIN = {
    "contractor": ["wang", "xu", "ma", "luo"],
    "office": ["zhou", "wu", "zheng", "he"],
    "units": ["sun", "liu", "peng", "cao"],
    "others": ["han", "telephony", "sysadmin"],
}
NEW_EVERY_TIME = {"hotline:second_factor_setup", "hotline:ready", "hotline:metrics"}  # a secret, measurements
ANSWERED = {"jias_with_cgj", "jias_shared", "jias_with_dhq", "yis_with_qsjd", "offices_own", "systems_own"}
NOW = local("2026-03-12 10:00")
LISTS = [
    ("cases:search", "q=窨井盖"),
    ("cases:search", "q=8600"),
    ("cases:case_list", "set=overdue"),
    ("cases:case_list", "measure=resolution_rate&from=2026-03-01T00:00%2B08:00"),
    ("cases:case_list", "measure=independent_resolution_rate&from=2026-03-01T00:00%2B08:00"),
    ("cases:case_list", "measure=independent_valid_rate&from=2026-03-01T00:00%2B08:00"),
    ("cases:worklist", "list=all"),
    ("cases:exports", ""),
    ("cases:export_ask", "kind=worklist&list=all"),
    ("cases:callback_queue", "tab=tried"),
    ("cases:api:cases", "status=closed"),
    ("cases:api:feedback", "source=independent"),
    ("cases:api:callbacks", ""),
]


@pytest.fixture
def laid() -> Iterator[Ground]:
    """The ground, its surveys answered: some well, one badly, one not at all."""
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules()
    with time_machine.travel(NOW, tick=False):
        found = ground.lay([who for group in CHAIN.values() for who in group])
        at = MONDAY + timedelta(hours=8)
        for n, survey in enumerate(Survey.objects.filter(state="callback").order_by("pk")):
            by = member("zheng")
            if n == 1:
                surveys.call_back(survey, by=by, at=at, result="wrong_number")
            else:
                verdict = Verdict(n != 2, True, 5 if n != 2 else 1)
                surveys.call_back(survey, by=by, at=at, result="reached", verdict=verdict)
        yield found


def draw_and_call_in_vain() -> None:
    """Every round is drawn, one citizen is in somebody's hands with the number shown, others were tried."""
    independent_drawing.draw(MONDAY.date(), at=local("2026-03-10 00:20"), by=None)
    assert IndependentCallback.objects.count() >= 5
    for username, result in (("song", "no_answer"), ("jiang", "busy")):
        at = local("2026-03-12 09:30")
        callback = independent_calls.take_next(by=member(username), at=at)
        independent_calls.reveal(callback, by=member(username), at=at)
        independent_calls.record(callback, by=member(username), at=at, result=result)
    held = independent_calls.take_next(by=member("shen"), at=local("2026-03-12 09:50"))
    independent_calls.reveal(held, by=member("shen"), at=local("2026-03-12 09:50"))


def everything(caller: Caller, laid: Ground, username: str) -> dict[str, Answer]:
    """All that this person's addresses answer: each about a sampled thing of its kind, and the lists."""
    by, told = member(username), {}
    for address in addresses():
        if address.method != "GET" or not address.opens_to(by.role) or address.name in NEW_EVERY_TIME:
            continue
        if not EVERY_ADDRESS and crc32(f"{username} {address} drawn".encode()) % 4:
            continue
        for name, place in sampled_things(address, laid, username).items():
            told[f"{address} {name}"] = caller.ask(address, place)
    for name, query in LISTS:
        if Address(name, "GET", capability_of(name), "-", None).opens_to(by.role):
            told[f"{name}?{query}"] = caller.look(name, query)
    return told


def sampled_things(address: Address, laid: Ground, username: str) -> dict[str, Place]:
    """A thing of the kind the address is about, of a case that is drawn if there is any; others for everybody."""
    if address.about == "-":
        return {"": {}}
    if address.about in laid.owned[username]:
        return {"own": laid.owned[username][address.about]}
    known = laid.things.get(address.about, {})
    drawn = [name for name in known if name.partition("/")[0] in ANSWERED] or list(known)
    name = drawn[crc32(f"{username} {address}".encode()) % len(drawn)] if drawn else ""
    return {name: known[name]} if name else {}


def capability_of(name: str) -> Capability | None:
    return next(address.capability for address in addresses() if address.name == name)


@pytest.mark.parametrize("group", CHAIN)
def test_nothing_differs_for_the_handling_chain(laid: Ground, group: str) -> None:
    callers = {username: Caller(username) for username in CHAIN[group]}
    before = {username: everything(caller, laid, username) for username, caller in callers.items()}
    draw_and_call_in_vain()
    wrong = []
    for username, caller in callers.items():
        after = everything(caller, laid, username)
        assert after.keys() == before[username].keys()
        for asked, answer in after.items():
            was = before[username][asked]
            if answer.told != was.told:
                wrong.append(f"{username}: {asked} answers otherwise")
            if Counter(answer.statements) - Counter(was.statements) or answer.writes != was.writes:
                wrong.append(f"{username}: {asked} asks the database more")  # less: what is kept in memory by now
    assert not wrong, "\n".join(wrong)
    assert min(map(len, before.values())) >= (20 if EVERY_ADDRESS else 5)


@pytest.mark.parametrize("name", sorted(NEW_EVERY_TIME))
def test_what_is_not_compared_is_new_with_every_request_anyhow(laid: Ground, name: str) -> None:
    address = next(address for address in addresses() if address.name == name and address.method == "GET")
    username = next(name for group in CHAIN.values() for name in group if address.opens_to(member(name).role))
    caller, [place] = Caller(username), sampled_things(address, laid, username).values()
    assert caller.ask(address, place).told != caller.ask(address, place).told


def test_a_sampled_case_differs_for_its_caller_alone(laid: Ground) -> None:
    """So the comparison sees something where there is something to see."""
    shen = Caller("shen")
    draw_and_call_in_vain()
    case = IndependentCallback.objects.get(given_to=member("shen").user).case
    place = {"number": case.number}
    address = next(address for address in addresses() if address.name == "cases:case")
    assert shen.ask(address, place).status == 404
    assert Caller("yan").ask(address, place).status == 200


def test_the_chain_holds_none_of_the_rights_to_look() -> None:
    roles = {member(username).role for group in CHAIN.values() for username in group}
    assert not roles & (ROLES[Capability.CALLBACK_INDEPENDENT] | ROLES[Capability.INDEPENDENT_READ])
    assert set(CONTRACTOR) <= roles
