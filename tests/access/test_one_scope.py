"""One scope behind every door: the list, the page of a case, the search, the worklist, the counts, the export, the API.

Whatever door somebody takes, the cases behind it are those of ``reach.txt``, less those kept from that person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import sealing
from cases.models import TO_DO, Assignment, Case
from hotline.models import Membership, Organisation
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, ROLES, UNIT, Capability, Role
from tests.access import ground
from tests.access.asking import EVERY_ADDRESS, Caller
from tests.access.ground import LANDLINE, Ground, answered, dispatched, in_hand, taken
from tests.access.tables import Address, reach, side_of
from tests.access.test_matrix import AROUND, one_of_each_side
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.exports import asked, built, fetched, lines_of
from tests.people import member, unit
from tests.stories import MONDAY, closed, current

MORE = {  # cases besides those of reach.txt, and which of those each is reached like
    "closed": "jias_with_cgj",
    "secret_in_hand": "kept_from_cgj",
    "systems_in_hand": "systems_own",
}
STOOD_ASIDE = "stood_aside"  # everybody asked here stands aside from it; else it were reached like jias_in_hand
WORDS = quote("窨井盖")


def laid(people: Iterable[str]) -> Ground:
    """A case for every way of standing to one, some to do; and one that does not exist for any of these people."""
    found = Ground()
    ground.lay_cases(found)
    secret = {"confidential": True, "subject_unit": unit("CGJ"), "proposed_unit": None}
    found.cases |= {
        "closed": closed(answered(taken("wang"), "CGJ")),
        "secret_in_hand": dispatched(taken("wang", with_file=False, **secret), "SWJ"),
        "systems_in_hand": dispatched(taken("telephony", with_file=False), "SWJ"),
        STOOD_ASIDE: in_hand(taken("wang"), "CGJ"),
    }
    for username in [*(set(people) - {"zhou"}), "zhou"]:  # Zhou says so, of herself last
        case, person = current(found.cases[STOOD_ASIDE]), member(username).user
        sealing.recuse(case, person=person, by=member("zhou"), at=MONDAY, version=None, why="与诉求人有利害关系")
    return found


def within_reach(cases: Mapping[str, Case], by: Membership) -> set[str]:
    """The numbers of the cases that the table says this person reaches."""
    table, side = reach("case"), side_of(by)
    names = {name for name in cases if name != STOOD_ASIDE and table[MORE.get(name, name)][side]}
    return {cases[name].number for name in names if by.can(Capability.CASE_READ)}


# -- The doors


class Found(NamedTuple):
    """What is behind a door: whether it opened, the cases, and how many it says there are, if it does."""

    status: int
    numbers: Sequence[str] = ()
    said: int | None = None


class Visitor:
    """Somebody with a browser and a key, before the cases that there are."""

    def __init__(self, username: str, cases: Mapping[str, Case]) -> None:
        self.username, self.by = username, member(username)
        self.cases = {case.number: case for case in cases.values()}
        self.browser, self.api, self.caller = client_of(username), Api(username), Caller(username)
        self.reached = within_reach(cases, self.by)

    def pages(self, address: str, query: str, said: Callable[[Any], int]) -> Found:
        """Every page of a list, one after the other."""
        numbers, told, more = list[str](), None, f"?{query}"
        while more:
            shown = self.browser.get(reverse(address) + more)
            if shown.status_code != 200:
                return Found(shown.status_code)
            numbers += [case.number for case in shown.context["rows"]]
            told, more = said(shown.context), shown.context["pager"]["next_url"]
        return Found(200, numbers, told)

    def one_by_one(self, address: str) -> Found:
        """Asked about every case: those that are there, as against those that are not, for whoever may ask at all."""
        asked = Address(address, "GET", None, "case", None)
        answers = {number: self.caller.ask(asked, {"number": number}) for number in self.cases}
        return self.told_apart({number: answer.status for number, answer in answers.items()})

    def told_apart(self, statuses: Mapping[str, int]) -> Found:
        odd = set(statuses.values()) - {200, 404}
        return Found(odd.pop()) if odd else Found(200, [number for number, status in statuses.items() if status == 200])


def case_pages(who: Visitor) -> Found:
    return who.one_by_one("cases:case")


def case_list(who: Visitor) -> Found:
    return who.pages("cases:case_list", "", lambda shown: shown["n"])


def search_by_day(who: Visitor) -> Found:
    return who.pages("cases:search", "first=2026-01-01", counted)


def search_by_words(who: Visitor) -> Found:
    return who.pages("cases:search", f"q={WORDS}", counted)


def search_by_telephone(who: Visitor) -> Found:
    return who.pages("cases:search", f"q={LANDLINE}", counted)


def search_by_number(who: Visitor) -> Found:
    """A number finds its case and no other, or nothing."""

    def found(number: str) -> int:
        answer = who.api.get(f"cases/?q={number}")
        rows = [row["number"] for row in answer.body["results"]] if answer.status == 200 else []
        return answer.status if answer.status != 200 or rows == [number] else 404

    return who.told_apart({number: found(number) for number in who.cases})


def counted(shown: Any) -> int:
    return int(shown["n_words"].replace(",", ""))


def worklist(who: Visitor) -> Found:
    """Of each part a row; a case may have two of one unit's."""
    shown = who.browser.get(reverse("cases:worklist"), {"list": "all"})
    if shown.status_code != 200:
        return Found(shown.status_code)
    page = shown.context["page"]
    assert not page.after
    assert page.total == len(page.rows) == shown.context["tabs"][0]["count"]
    return Found(200, sorted({row.case.number for row in page.rows}))


def exported(kind: str) -> Callable[[Visitor], Found]:
    def export(who: Visitor) -> Found:
        """The rows of the file; the page says beforehand how many there are."""
        page = who.browser.get(f"{reverse('cases:export_ask')}?kind={kind}")
        if page.status_code != 200:
            return Found(page.status_code)
        made = built(asked(who.username, kind, {}))
        numbers = [row[0] for row in lines_of(fetched(made, who.username))[2:]]
        assert made.rows == len(numbers) == page.context["n"]
        return Found(200, sorted(set(numbers)))

    return export


def api_list(query: str = "") -> Callable[[Visitor], Found]:
    def ask(who: Visitor) -> Found:
        numbers = list[str]()
        cursor: str | None = ""
        while cursor is not None:
            answer = who.api.get(f"cases/?limit=7&cursor={cursor}&{query}")
            if answer.status != 200:
                return Found(answer.status)
            numbers += [row["number"] for row in answer.body["results"]]
            cursor = answer.body["next_cursor"]
        return Found(200, numbers)

    return ask


def api_cases(who: Visitor) -> Found:
    return who.one_by_one("cases:api:case")


def figures(who: Visitor) -> Found:
    """Of how many cases a figure of the whole year is; their list is the one above."""
    answer = who.api.get(f"figures/?period=custom&first=2026-01-01&last={timezone.localdate()}")
    if answer.status != 200:
        return Found(answer.status)
    [taken_in] = [line for line in answer.body["outcomes"] if line["key"] == "direct_answer_rate"]
    shown = who.browser.get(taken_in["lists"]["denominator"])
    return Found(200, [case.number for case in shown.context["rows"]], taken_in["net"]["n"])


# -- What a list is about, of the cases within reach


def everything(who: Visitor) -> set[str]:
    return who.reached


def not_looked_up(who: Visitor) -> set[str]:
    """By a telephone nobody learns who complained in confidence, but those who may know."""
    if who.by.can(Capability.IDENTITY_SEALED):
        return who.reached
    return {number for number in who.reached if not who.cases[number].confidential}


def to_do(who: Visitor) -> set[str]:
    """What the unit and those below it have in hand; the office and contractors look on at the leading units' parts;
    the arbiter and machines have no part in any."""
    parts = Assignment.objects.filter(case__number__in=who.reached, state__in=TO_DO)
    if who.by.role in UNIT:
        parts = parts.filter(unit__in=Organisation.objects.within(who.by.organisation))
    elif who.by.role in CONTRACTOR | OFFICE | OVERSIGHT:
        parts = parts.filter(role="lead")
    else:
        parts = parts.none()
    return set(parts.values_list("case__number", flat=True))


class Door(NamedTuple):
    needs: Capability
    opens: Callable[[Visitor], Found]
    about: Callable[[Visitor], set[str]] = everything


DOORS = {
    "page of each case": Door(Capability.CASE_READ, case_pages),
    "list": Door(Capability.CASE_READ, case_list),
    "search by day": Door(Capability.CASE_SEARCH, search_by_day),
    "search by words": Door(Capability.CASE_SEARCH, search_by_words),
    "search by telephone": Door(Capability.CASE_SEARCH, search_by_telephone, not_looked_up),
    "search by number": Door(Capability.CASE_SEARCH, search_by_number),
    "worklist": Door(Capability.CASE_READ, worklist, to_do),
    "export of the list": Door(Capability.EXPORT_ASK, exported("cases")),
    "export of the worklist": Door(Capability.EXPORT_ASK, exported("worklist"), to_do),
    "list of the API": Door(Capability.CASE_READ, api_list()),
    "search of the API": Door(Capability.CASE_SEARCH, api_list(f"q={WORDS}")),
    "each case of the API": Door(Capability.CASE_READ, api_cases),
    "figures": Door(Capability.OVERVIEW_READ, figures),
}


def differences(who: Visitor) -> list[str]:
    """Every door behind which there is something else than there should be; half of them in passing, another half for
    everybody, ``bin/check at_length`` all."""
    wrong = []
    for name, door in DOORS.items():
        if not EVERY_ADDRESS and crc32(f"{who.username} {name}".encode()) % 2:
            continue
        found, right = door.opens(who), door.about(who)
        if not who.by.can(door.needs):
            if found.status != 403:
                wrong.append(f"{who.username}, {name}: should be shut, is {found.status}")
        elif found.status != 200 or sorted(found.numbers) != sorted(right):
            few, many = right - set(found.numbers), set(found.numbers) - right
            wrong.append(f"{who.username}, {name}: {found.status}, misses {few}, has {many} too many")
        elif found.said not in (None, len(right)):
            wrong.append(f"{who.username}, {name}: says {found.said}, are {len(right)}")
    return wrong


@pytest.mark.slow
@pytest.mark.django_db
def test_everybody_reaches_the_same_cases_by_every_door() -> None:
    people = one_of_each_side([username for group in AROUND.values() for username in group])
    cases, wrong = laid(people).cases, list[str]()
    for username in people:
        who = Visitor(username, cases)
        assert set(Case.objects.visible_to(who.by).values_list("number", flat=True)) == who.reached, username
        wrong += differences(who)
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_every_role_is_asked_and_those_who_read_cases_reach_some_but_never_all() -> None:
    people = one_of_each_side([username for group in AROUND.values() for username in group])
    assert {member(username).role for username in people} == set(Role)
    table = reach("case")
    for by in map(member, people):
        reached = {name for name, sides in table.items() if sides[side_of(by)]}
        assert bool(reached) is (by.role in ROLES[Capability.CASE_READ]), by.user.username
