"""What is put into an address to bend the question behind it: 5,000 ways, each beside a harmless one as long."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import quote

from django.core.cache import cache
from django.test import Client

from tests.cases.api.client import Api
from tests.doors import client_of
from tests.test_bad_input import API_LISTS, LISTS

NOWHERE = "qzxv"  # a word that no case and no article has
QUOTES = (
    "'",
    '"',
    "')",
    "'))",
    '")',
    "`",
    "$$",
    "\\'",
    "''",
    "%27",
    "%2527",
    "\u02bc",
    "\uff07",
    "\u2019",
    "",
    ")",
    "]",
    ";",
)
CONDITIONS = (
    "OR 1=1", "OR '1'='1", 'OR "a"="a', "AND 1=2", "OR true", "|| true", "OR 1=1 LIMIT 1", "OR NOT false", "XOR 1",
    "UNION SELECT NULL", "UNION SELECT NULL,NULL,NULL", "UNION ALL SELECT usename,passwd FROM pg_shadow",
    "UNION SELECT version()", "OR EXISTS(SELECT 1)", "AND (SELECT count(*) FROM hotline_user)>0",
    "; SELECT pg_sleep(5)", "OR pg_sleep(5) IS NULL", "AND 1=(SELECT 1 FROM pg_sleep(5))", "|| pg_sleep(5)",
    "; DROP TABLE cases_case", "; UPDATE hotline_user SET is_active=false", "; COPY t TO PROGRAM 'id'",
    "; SET statement_timeout=0", "AND CAST((SELECT 1/0) AS int)=1", "AND 1/0=1", "::int", "::regclass", "ORDER BY 99",
    "ORDER BY (SELECT pg_sleep(5))", "GROUP BY 1 HAVING 1=1", "IN (SELECT 1)", "BETWEEN 0 AND 9", "LIKE '%'",
    "SIMILAR TO '%'", "~ '.*'", "AND chr(97)='a'", "AND current_user=current_user", "AND lo_import('/etc/passwd')>0",
    "AND generate_series(1,9999999)>0", "AND repeat('a',999999999)>''", ":*", "& !x", "| a", "<-> a", "!a", "(a|b)&c",
    "%", "_", "%%", "\\", "*", "?", "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "%s", "%(pk)s", "%n", "{0.__class__}",
    "$ne", "[$gt]=", '{"$gt":""}', "(a+)+$", "(.*a){30}", "a" * 40, "../../etc/passwd", "\r\nX-A: b", "\t", "\v",
    "__import__('os')", "1e309", "-1", "0x10", "NaN", "9" * 30, "null", "undefined", "[]", "{}",
)  # fmt: skip
ENDS = ("", "--", "-- -", "#", "/*", "*/", ";--", "\x01", "'", '"', ")", " ")
LOOKUPS = (
    "citizen__phone__startswith", "citizen__name__regex", "number__gte", "pk__in", "id", "order_by", "ordering", "sort",
    "status__regex", "unit__memberships__user__password__startswith", "confidential", "confidential__in", "limit_to",
    "fields", "include", "expand", "extra", "where", "select", "_connector", "_negated", "__proto__", "class", "scope",
    "visible_to", "by", "as", "membership", "q__contains", "text__bigrams", "using", "raw", "tables", "having",
)  # fmt: skip
THINGS = re.compile(r'"/((?:cases|knowledge|callbacks|decisions|dispatch|review)/[^"?/]+)/')


class Question(NamedTuple):
    """A hostile value, and the harmless one of the same length."""

    hostile: str
    harmless: str


def questions(chance: random.Random, n: int) -> list[Question]:
    every = [f"{q} {c}{e}" for q, c, e in product(QUOTES, CONDITIONS, ENDS)]
    chosen = [NOWHERE + bend[: 90 - len(NOWHERE)] for bend in chance.sample(every, min(n, len(every)))]
    return [Question(bent, NOWHERE + "a" * (len(bent) - len(NOWHERE))) for bent in chosen]


@dataclass(eq=False)
class Place:
    """One parameter of one list, and who asks."""

    client: Client
    headers: dict[str, str]
    path: str
    name: str

    def asked(self, value: str, name: str = "") -> str:
        glue = "&" if "?" in self.path else "?"
        return f"{self.path}{glue}{quote(name or self.name, safe='')}={quote(value, safe='')}"

    def told(self, value: str, name: str = "") -> Any:
        cache.clear()  # the rate of requests is another promise
        return self.client.get(self.asked(value, name), headers=self.headers)


def places() -> list[Place]:
    """Every parameter that a list of pages or of the API reads."""
    found = []
    for path, (who, names) in LISTS.items():
        client = client_of(who) if who else Client()
        found += [Place(client, {}, path, name) for name in names.split()]
    for path, (who, names) in API_LISTS.items():
        api = Api(who)
        found += [Place(api.client, api.headers, f"/api/v1/{path}", name) for name in names.split()]
    for place in found:
        place.client.raise_request_exception = False
    return found


def seen(answer: Any) -> tuple[int, list[str]]:
    """What an answer gives away: its status, and the things it names."""
    text = answer.content.decode(errors="replace")
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        rows = json.loads(text).get("results", [])
        return answer.status_code, [str(row.get("number") or row.get("id") or row.get("code")) for row in rows]
    if "spreadsheet" in answer.headers.get("Content-Type", ""):
        return answer.status_code, []
    return answer.status_code, THINGS.findall(text)


def lookups(place: Place) -> Iterator[tuple[str, str]]:
    """Names that mean something to the code behind, and one that means nothing."""
    for name in LOOKUPS:
        yield name, "x" * len(name)
