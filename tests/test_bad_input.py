"""What nobody should send: garbage in addresses and queries. Whatever comes, it is never a fault of ours."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from urllib.parse import quote
from zlib import crc32

import pytest
from django.test import Client

from hotline.roles import ROLES, Capability
from tests.cases.api.client import HANDLER, Api
from tests.doors import client_of
from tests.stories import accepted
from tests.test_guards import ADDRESSES, guard_of

pytestmark = pytest.mark.django_db

GARBAGE = (
    "%00",
    "a%00b",
    "%ED%A0%80",  # half of a surrogate pair
    "%E2%80%8B",  # a space of no width
    "%F0%9F%98%80",
    "'%22%3Cb%3E--%5C%25_",
    "x" * 10_000,
    "9" * 5_000,
    "99999999999999999999",
    "-1",
    "%D9%A3",  # a digit, but not one of ours
    "nan",
    "9999-12-31",
    "0001-01-01",
    quote("9999-12-31T23:59:59-14:00"),
    quote("0001-01-01T00:00:00+14:00"),
    quote("n9999-12-31T23:59:59-14:00~99999999999999999999"),
    quote("p0001-01-01T00:00:00+14:00~99999999999999999999"),
    *(
        base64.urlsafe_b64encode(cursor).decode().rstrip("=")
        for cursor in (rb'["\ud800","1"]', rb'["x\u0000","1"]', b'[null,"99999999999999999999"]', b"[[],{}]")
    ),
)
# Everything that a list reads from its address, with the fixed parameters it needs to look at the one that varies.
LISTS = {
    "/search/": ("zhou", "q place unit status kind category first last page"),
    "/search/?q=井盖": ("zhou", "place unit status kind category first last page"),
    "/cases/": ("jiang", "set measure part from until unit contractor page"),
    "/cases/?measure=intake&from=2026-03-01T00:00:00%2B08:00": ("jiang", "part until unit contractor page"),
    "/worklist/": ("sun", "list region category state urgency q after before"),
    "/exports/ask/?kind=worklist": ("sun", "list region category state urgency q after before"),
    "/exports/ask/?kind=cases": ("jiang", "set measure part from until unit contractor topic"),
    "/exports/": ("jiang", "page"),
    "/audit/": ("jiang", "who organisation kind first last page"),
    "/audit/rights/": ("jiang", "who case"),
    "/audit/samples/": ("shen", "page"),
    "/audit/exports/": ("shen", "page"),
    "/dispatch/": ("zhou", "tab page open"),
    "/decisions/": ("zhou", "tab page open"),
    "/review/": ("wu", "tab page open"),
    "/callbacks/": ("zheng", "tab page open"),
    "/knowledge/": ("wang", "q page"),
    "/staff/": ("yan", "q contract state page"),
    "/staff/figures/": ("yan", "contractor month"),
    "/staff/figures/turnover/": ("yan", "contractor month part page"),
    "/proofs/": ("yan", "state kind page"),
    "/my-work/": ("wang", "page"),
    "/contracts/": ("song", "page"),
    "/assessments/": ("song", "page"),
    "/incidents/": ("song", "page"),
    "/catalogue/": ("wang", "q all"),
    "/catalogue/versions/": ("zhou", "page"),
    "/catalogue/import/": ("zhou", "category unit whole"),
    "/knowledge/work/": ("he", "list page open"),
    "/knowledge/report/": ("wang", "article"),
    "/policies/": ("wang", "all page"),
    "/calendar/": ("zhou", "calendar year"),
    "/outbox/": ("zhou", "state channel about page"),
    "/inbox/": ("zhou", "page"),
    "/people/": ("secadmin", "q organisation role state page"),
    "/bulletins/": ("song", "page"),
    "/publication/": ("song", "page"),
    "/publication/cases/write/": ("song", "case"),
    "/value/": ("jiang", "contract"),
    "/figures/": ("", "month"),
    "/overview/": ("jiang", "period first last contractor units table"),
    "/independent/": ("jiang", "days contractor unit"),
    "/independent/pairs/": ("jiang", "days contractor unit which page"),
    "/overview/?period=custom&last=2026-03-31": ("jiang", "first"),
    "/overview/?period=custom&first=2026-03-01": ("jiang", "last"),
    "/console/": ("wang", "call new"),
    "/console/call/": ("wang", "shown"),
    "/console/pick/region/": ("wang", "q"),
    "/console/pick/category/": ("wang", "q"),
    "/console/pick/unit/": ("wang", "q"),
    "/sign-in/": ("", "next"),
}
API_LISTS = {
    "cases/": (
        "zhou",
        "cursor limit q status open overdue kind urgency channel category region unit registered_from registered_until",
    ),
    "assignments/": ("zhou", "cursor limit state unit case overdue"),
    "decisions/": ("zhou", "cursor limit state kind case mine"),
    "calls/": ("zhou", "cursor limit case live offered_from offered_until"),
    "feedback/": ("zhou", "cursor limit case unit source since"),
    "callbacks/": ("zheng", "cursor limit"),
    "notices/": ("zhou", "cursor limit unread"),
    "messages/": ("zhou", "cursor limit state channel case"),
    "organisations/": ("zhou", "cursor limit kind under"),
    "regions/": ("zhou", "cursor limit level under"),
    "categories/": ("zhou", "cursor limit under"),
    "channels/": ("zhou", "cursor limit"),
    "policies/": ("zhou", "cursor limit clock"),
    "knowledge/": ("zhou", "cursor limit q category unit"),
    "knowledge/reports/": ("zhou", "cursor limit open unit"),
    "catalogue/": ("zhou", "cursor limit category region unit"),
    "catalogue/versions/": ("zhou", "cursor limit state"),
    "figures/": ("jiang", "period first last contractor unit region category channel"),
}


def patient(client: Client) -> Client:
    """A client that gets the page of a fault instead of the fault."""
    client.handler = HANDLER
    client.raise_request_exception = False
    return client


def some(name: str) -> tuple[str, ...]:
    """A tenth of it, another for every parameter; ``bin/check hostile_queries`` asks everything everywhere."""
    return GARBAGE[crc32(name.encode()) % 10 :: 10]


def faults(client: Client, paths: list[str], **headers: str) -> list[str]:
    return [path[:120] for path in paths if client.get(path, headers=headers).status_code >= 500]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_any_garbage_in_its_address(address: str) -> None:
    username, names = LISTS[address]
    accepted()
    client = patient(client_of(username) if username else Client())
    glue = "&" if "?" in address else "?"
    assert (
        faults(client, [f"{address}{glue}{name}={bad}" for name in names.split() for bad in some(address + name)]) == []
    )


@pytest.mark.parametrize("address", API_LISTS)
def test_a_list_of_the_api_takes_any_garbage_in_its_address(address: str) -> None:
    username, names = API_LISTS[address]
    accepted()
    api = Api(username)
    paths = [f"/api/v1/{address}?{name}={bad}" for name in names.split() for bad in some(address + name)]
    assert faults(patient(api.client), paths, **api.headers) == []


def who_may(capability: object) -> str:
    """Somebody whose role opens the address."""
    wanted = next(iter(capability.values())) if isinstance(capability, Mapping) else capability
    people = {"agent": "wang", "dispatcher": "zhou", "reviewer": "wu", "callback_officer": "zheng", "handler": "liu"}
    if isinstance(wanted, Capability):
        return next((name for role, name in people.items() if role in ROLES[wanted]), "yan")
    return ""


ARGUED = [(route, guard_of(entry)) for route, _name, entry in ADDRESSES if "<" in route]


@pytest.mark.parametrize(("route", "capability"), ARGUED, ids=[route for route, _guard in ARGUED])
def test_an_address_takes_any_garbage_in_its_place(route: str, capability: object) -> None:
    """A third each: a few converters read all of them."""
    username = who_may(capability)
    client = patient(client_of(username) if username else Client())
    wrong = []
    for bad in GARBAGE[:10][crc32(route.encode()) % 3 :: 3]:
        path = "/" + bad.join(re.split(r"<[^>]+>", route))
        wrong += [path[:120] for ask in (client.get, client.post) if ask(path).status_code >= 500]
    assert wrong == []
