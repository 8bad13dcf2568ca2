"""Looking for what is out of reach finds what looking for nothing finds: not a byte and no question more."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hotline.guards import MEMBERSHIP
from tests.access.asking import Caller
from tests.access.ground import ABSENT_NUMBER, LANDLINE, Ground, answered, lay, taken
from tests.access.tables import reach, side_of
from tests.doors import client_of
from tests.people import member

pytestmark = pytest.mark.django_db
NOBODYS_NUMBER = "0593-6999999"
WORDS, NO_WORDS = "夜间有人绊倒", "从未有人提及"
BY_NUMBER = [
    ("cases:search", "q={}"),
    ("cases:worklist", "q={}&list=all"),
    ("cases:worklist", "list=all&open={}"),
    ("cases:case_list", "q={}"),
    ("cases:api:cases", "q={}"),
    ("cases:api:assignments", "case={}&state=all"),
    ("cases:api:decisions", "case={}&state=all"),
    ("cases:api:calls", "case={}"),
    ("cases:api:feedback", "case={}"),
    ("cases:api:messages", "case={}"),
    ("cases:callback_queue", "open={}"),
]
OUTSIDERS = ["chen", "gao", "ma", "lin", "cao", "yuan", "han", "telephony"]


def hidden_from(laid: Ground, username: str) -> str:
    side = side_of(member(username))
    name = next(name for name, sides in reach("case").items() if not sides[side])
    return str(laid.cases[name].number)


def test_by_number_a_hidden_case_is_as_one_that_is_not_there() -> None:
    laid, told_apart = lay([]), []
    with time_machine.travel(timezone.now(), tick=False):
        for username in OUTSIDERS:
            caller, hidden = Caller(username), hidden_from(laid, username)
            for name, query in BY_NUMBER:
                caller.look(name, "")  # what is kept in memory is kept now
                there, absent = (caller.look(name, query.format(number)) for number in (hidden, ABSENT_NUMBER))
                if (there.told, there.statements) != (absent.told, absent.statements):
                    told_apart.append(f"{username}: {name}?{query}")
    assert told_apart == []


@pytest.mark.parametrize(
    ("name", "there", "nowhere"),
    [
        ("cases:search", LANDLINE, NOBODYS_NUMBER),
        ("cases:api:cases", LANDLINE, NOBODYS_NUMBER),
        ("cases:search", WORDS, NO_WORDS),
        ("cases:api:cases", WORDS, NO_WORDS),
    ],
)
def test_by_telephone_and_words_too(name: str, there: str, nowhere: str) -> None:
    """Only another contractor's cases have this number and these words."""
    answered(taken("chen"), "CGJ")
    caller = Caller("wang")
    found, missed = (caller.look(name, f"q={quote(words)}") for words in (there, nowhere))
    assert found.statements == missed.statements

    def blank(told: tuple[Any, ...]) -> str:
        text = str(told)
        for sought in (there, nowhere):
            text = text.replace(sought, "…").replace(quote(sought), "…")
        return text

    assert blank(found.told) == blank(missed.told)


def test_nobody_acts_as_somebody_else() -> None:
    client: Client = client_of("wang")
    client.post("/sign-in/role/", {"membership": str(member("yan").pk)})
    assert client.session[MEMBERSHIP] == str(member("wang").pk)
    assert client.get("/dispatch/").status_code == 403
