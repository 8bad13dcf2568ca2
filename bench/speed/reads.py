"""The reads: lists, filters, finding, single cases, the supervisor's numbers, suggestions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from urllib.parse import quote, urlencode

from bench.speed.city import FIRST, City
from bench.speed.client import Request
from bench.speed.doors import CSRF
from bench.speed.job import Job
from cases.models import Assignment, Case
from hotline.api.pagination import Order, _encode
from tests.people import unit

LIST = {"p50 c=1": 10, "req/s c=8": 250, "SQL": 6}
LIST_PAGE = {"p50 c=1": 25, "SQL": 6}
FILTER = {"p95 c=1": 30, "SQL": 6}
SEARCH = {"p95 c=1": 60, "SQL": 6}
PLACE = {"p95 c=1": 50, "SQL": 6}
PHONE = {"p95 c=1": 15, "SQL": 6}
DETAIL = {"p95 c=1": 12, "SQL": 8}
DETAIL_PAGE = {"p95 c=1": 25, "SQL": 8}
BOARD = {"p95 c=1": 100}
SOME = 200
Requests = Callable[[City], Iterator[Request]]


def always(path: str) -> Requests:
    return lambda _city: itertools.repeat(Request(path))


def asking(**given: str) -> Requests:
    return always(f"/api/v1/cases/?{urlencode(given)}")


def in_turn(paths: Callable[[City], list[str]]) -> Requests:
    return lambda city: (Request(path) for path in itertools.cycle(paths(city)))


def later_pages(_city: City) -> list[str]:
    """From the middle of the list on."""
    first, last = Case.objects.earliest("pk").pk, Case.objects.latest("pk").pk
    found = Case.objects.filter(pk__in=[first + (last - first) * n // 40 for n in range(1, 40)])
    return [f"/api/v1/cases/?limit=50&cursor={_encode(case, Order('registered_at'))}" for case in found]


def _some(city: City, n: int = SOME) -> list[int]:
    return Random(city.seed).sample(range(city.total), min(n, city.total))


def phones(city: City) -> list[str]:
    return [f"/api/v1/cases/?q=13{city.case(n).citizen:09d}" for n in _some(city) if city.case(n).citizen >= 0]


def houses(city: City) -> list[str]:
    """Words that only one case has."""
    return [f"/api/v1/cases/?q={quote(f'门牌{n + 1}')}" for n in _some(city)]


def sentences(city: City) -> list[str]:
    """Eight characters of what somebody said."""
    said = (city.case(n).saying.words for n in _some(city))
    return [f"/api/v1/cases/?q={quote(words[6:14])}" for words in said]


def ended(page: str) -> Callable[[City], list[str]]:
    """Cases that a unit had and that are over, from all times."""

    def found(_city: City) -> list[str]:
        rows = Case.objects.ended().filter(unit__isnull=False, pk__gte=FIRST).order_by("pk")
        known = list(rows.values_list("number", flat=True))
        return [page.format(number) for number in known[:: max(1, len(known) // SOME)]]

    return found


def own(page: str) -> Callable[[City], list[str]]:
    """Cases the unit has in hand."""

    def found(_city: City) -> list[str]:
        rows = Assignment.objects.to_do().filter(unit=unit()).values_list("case__number", flat=True)
        return [page.format(number) for number in rows.order_by("pk")[:200]]

    return found


def words_typed(city: City) -> Iterator[Request]:
    sayings = itertools.cycle(city.sayings[:500])
    for said in sayings:
        form = {"words": said.words, "place": said.place, "csrfmiddlewaretoken": CSRF, "phone": ""}
        yield Request("/console/suggestions/categories/", "POST", urlencode(form).encode())


def half_a_year(city: City) -> Iterator[Request]:
    last, first = city.until.date(), (city.until - timedelta(days=182)).date()
    return itertools.repeat(Request(f"/overview/?period=custom&first={first}&last={last}"))


READS = [
    Job("list", "list, first page of 50, JSON", "yan", asking(limit="50"), LIST),
    Job("list-later", "list, a later page by key, JSON", "yan", in_turn(later_pages), LIST),
    Job("list-unit", "list of a unit, JSON", "sun", asking(limit="50"), LIST),
    Job("list-contractor", "list of a contractor, JSON", "wang", asking(limit="50"), LIST),
    Job("list-page", "list of cases, page", "yan", always("/cases/"), LIST_PAGE, page=True),
    Job("worklist", "a unit's worklist, page", "sun", always("/worklist/"), LIST_PAGE, page=True),
    Job("dispatch-queue", "to dispatch, page", "zhou", always("/dispatch/"), LIST_PAGE, page=True),
    Job("review-queue", "to review, page", "wu", always("/review/"), LIST_PAGE, page=True),
    Job("decisions-queue", "to rule on, page", "zhou", always("/decisions/"), LIST_PAGE, page=True),
    Job("callback-queue", "callbacks, page", "zheng", always("/callbacks/"), LIST_PAGE, page=True),
    Job("filter", "status and category", "yan", asking(status="closed", category="SZ01"), FILTER),
    Job("filter-unit", "status and category, a unit", "sun", asking(status="handling", category="CG02"), FILTER),
    Job(
        "filter-place",
        "category and part of the address",
        "yan",
        asking(category="SZ", q="建设街"),
        {"p95 c=1": 50, "SQL": 6},
    ),
    Job("phone", "by telephone", "yan", in_turn(phones), PHONE),
    Job("search-one", "words only one case has", "yan", in_turn(houses), SEARCH),
    Job("search-some", "eight characters", "yan", in_turn(sentences), SEARCH),
    Job("search-common", "a very common word", "yan", asking(q="小区"), SEARCH),
    Job("search-two", "two characters", "yan", asking(q="裂缝"), SEARCH),
    Job("search-none", "two characters nobody said", "yan", asking(q="鼋鼍"), SEARCH),
    Job("search-unit", "a very common word, in a unit", "sun", asking(q="小区"), SEARCH),
    Job("search-unit-two", "two characters, in a unit that has none", "sun", asking(q="学区"), SEARCH),
    Job("search-page", "a very common word, page", "yan", always(f"/search/?q={quote('小区')}"), SEARCH, page=True),
    Job("detail", "one case, JSON", "yan", in_turn(ended("/api/v1/cases/{}/")), DETAIL),
    Job("detail-page", "one ended case, page", "yan", in_turn(ended("/cases/{}/")), DETAIL_PAGE, page=True),
    Job("detail-own", "one case in hand, page", "sun", in_turn(own("/cases/{}/")), DETAIL_PAGE, page=True),
    Job("overview", "the supervisor's page, this month", "yan", always("/overview/"), BOARD, page=True),
    Job(
        "overview-half",
        "the supervisor's page, half a year",
        "yan",
        half_a_year,
        BOARD,
        page=True,
    ),
    Job("console", "the call-taking console, page", "wang", always("/console/"), LIST_PAGE, page=True),
    Job("suggest", "categories while typing", "wang", words_typed, {"p95 c=1": 25}, page=True),
]
