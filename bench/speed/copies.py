"""Cases as the verbs write them, by COPY: texts, citizens and messages made here, the rest by the database."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, models, transaction

from bench.speed import patterns
from bench.speed.city import FIRST, City, Drawn, Lived
from bench.speed.pool import Saying
from cases.deadlines import local_date
from cases.models import Case, CaseText, Citizen
from hotline import privacy
from hotline.field_codec import seal
from hotline.identifiers import case_number
from hotline.models import Message
from hotline.privacy import EncryptedTextField, retrieval_code

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"
STAGING = (
    "CREATE TEMP TABLE IF NOT EXISTS bench_copy (id bigint, fate int, at timestamptz, shift interval, unit bigint,"
    " unit_code text, contractor bigint, category_code text) ON COMMIT DROP; TRUNCATE bench_copy"
)
Row = tuple[Any, ...]


def write(city: City, first: int, last: int) -> None:
    """Write the cases first (included) to last (excluded) in one transaction."""
    writer = Writer(city)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # what the verbs wrote needs no second check
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(STAGING)
        for n in range(first, last):
            writer.case(city.case(n))
        for name, (columns, lines) in writer.lines().items():
            cursor.copy_expert(f"COPY {name} ({columns}) FROM STDIN", io.StringIO("".join(lines)))
        cursor.execute("ANALYZE bench_copy")
        for model in patterns.COPIED:
            cursor.execute(patterns.copying(model, city.shared))


class Form:
    """How a row of a pattern is written: what all copies share is text already, the rest is left open."""

    def __init__(self, model: type[models.Model], shared: dict[str, Any], own: set[str]) -> None:
        self.fields = patterns.columns(model)
        self.columns = names(self.fields)
        parts = [f"%({f.attname})s" if f.attname in own else _text(f, shared[f.attname]) for f in self.fields]
        self.line = "\t".join(parts) + "\n"


def _text(field: Any, value: Any) -> str:
    """A shared value as COPY writes it, with nothing in it that formatting would touch."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(field, models.JSONField):
        value = json.dumps(value, ensure_ascii=False)
    return escaped(str(value)).replace("%", "%%")


def names(fields: list[Any]) -> str:
    return ", ".join(field.column for field in fields)


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


class Writer:
    """Makes the lines of one stretch of cases."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.cases: list[str] = []
        self.texts: list[str] = []
        self.citizens: list[str] = []
        self.messages: list[str] = []
        self.staged: list[str] = []
        self.forms = [self._case_form(lived) for lived in city.lived]
        self.letters = [[_Letter(message, lived) for message in lived.messages] for lived in city.lived]
        self.days: dict[date, int] = {}

    def lines(self) -> dict[str, tuple[str, list[str]]]:
        return {
            "cases_citizen": (names(patterns.columns(Citizen)), self.citizens),
            "cases_case": (self.forms[0].columns, self.cases),
            "cases_casetext": (names(patterns.columns(CaseText)), self.texts),
            "hotline_message": (names(patterns.columns(Message)), self.messages),
            "bench_copy": ("id, fate, at, shift, unit, unit_code, contractor, category_code", self.staged),
        }

    def _case_form(self, lived: Lived) -> Form:
        times = {f.attname for f in patterns.columns(Case) if isinstance(f, models.DateTimeField)}
        own = {name for name in times if lived.case[name] is not None}
        own |= {"id", "number", "title", "words", "place", "category_id", "region_id", "citizen_id", "channel_id"}
        own |= {"taken_by_organisation_id", "routing"}
        own |= {name for name in ("unit_id", "proposed_unit_id") if lived.case[name] == self.city.shared["unit"]}
        return Form(Case, lived.case, own)

    def case(self, drawn: Drawn) -> None:
        lived, said, pk = self.city.lived[drawn.fate], drawn.saying, FIRST + drawn.n
        shift = drawn.at - lived.began
        number = self._number(drawn)
        citizen = self._citizen(drawn) if drawn.citizen >= 0 else None
        times = {name: value + shift for name, value in lived.case.items() if isinstance(value, datetime)}
        words = said.words.replace("{n}", str(drawn.n + 1))
        own = {
            "id": pk, "number": number, "title": said.title, "words": words, "place": said.place,
            "category_id": said.category, "region_id": said.region, "channel_id": drawn.channel,
            "citizen_id": citizen[0] if citizen else "\\N", "unit_id": said.unit, "proposed_unit_id": said.unit,
            "taken_by_organisation_id": drawn.contractor,
            "routing": self._routing(lived, said),
        }  # fmt: skip
        self.cases.append(self.forms[drawn.fate].line % {**times, **own})
        self.texts.append(f"{pk}\t{said.vector} '{drawn.n + 1}':{said.places + 1}\t{drawn.at}\n")
        self.staged.append(
            f"{pk}\t{drawn.fate}\t{drawn.at}\t{shift.total_seconds():f} seconds\t{said.unit}\t{said.unit_code}\t"
            f"{drawn.contractor}\t{said.category_code}\n"
        )
        for place, letter in enumerate(self.letters[drawn.fate]):
            if citizen is not None or not letter.goes_to_citizen:
                self.messages.append(letter.line(self, drawn, number, shift, place, citizen[1] if citizen else ""))

    def _routing(self, lived: Lived, said: Saying) -> str:
        return escaped(json.dumps(lived.case["routing"]).replace(self.city.shared["unit_code"], said.unit_code))

    def _number(self, drawn: Drawn) -> str:
        """The case's number: the day, and how many that day had before."""
        if drawn.n >= self.city.total:  # added later: numbers of a day long gone
            return case_number(date(2001, 1, 1) + timedelta(days=drawn.n // 90_000), drawn.n % 90_000 + 1)
        day = local_date(drawn.at)
        if day not in self.days:
            n = drawn.n
            while n > 0 and local_date(self.city.registered(n - 1)) == day:
                n -= 1
            self.days[day] = n
        return case_number(day, drawn.n - self.days[day] + 1)

    def _citizen(self, drawn: Drawn) -> tuple[str, str]:
        """The citizen's key and telephone; the row is written with the first case."""
        first = drawn.citizen
        at = self.city.registered(first)
        key, phone = patterns.uuid_of(at, 0, first), f"+8613{first:09d}"
        if first == drawn.n:
            rng = Random(first)
            name = rng.choice(SURNAMES) + rng.choice(GIVEN) + (rng.choice(GIVEN) if rng.random() < 0.7 else "")
            address = drawn.saying.place if rng.random() < 0.3 else None
            sealed = [sealed_hex(CITIZEN[name_], value, key) for name_, value in
                      (("name", name), ("phone", phone), ("address", address))]  # fmt: skip
            indexes = [index_hex("citizen.phone", phone), index_hex("citizen.phone_last4", phone)]
            self.citizens.append("\t".join([key, *sealed, *indexes, "zh-hans", str(at)]) + "\n")
        return key, phone


class _Letter:
    """A message as its pattern has it."""

    def __init__(self, message: dict[str, Any], lived: Lived) -> None:
        times = {f.attname for f in patterns.columns(Message) if isinstance(f, models.DateTimeField)}
        self.times = {name for name in times if message[name] is not None}
        self.after = message["created_at"] - lived.began
        self.goes_to_citizen = message["address"] is not None
        self.message, self.lived = message, lived
        self.to_unit = message["to_organisation_id"] == lived.case["unit_id"] is not None
        own = self.times | {"id", "about", "body", "provider_id"} | ({"address"} if self.goes_to_citizen else set())
        self.form = Form(Message, message, own | ({"to_organisation_id"} if self.to_unit else set()))

    def line(self, writer: Writer, drawn: Drawn, number: str, shift: timedelta, place: int, phone: str) -> str:
        key = patterns.uuid_of(drawn.at + self.after, place, FIRST + drawn.n)
        was = self.lived.case
        body = self.message["body"].replace(was["number"], number).replace(was["title"], drawn.saying.title)
        if self.goes_to_citizen:
            body = body.replace(retrieval_code(was["number"]), retrieval_code(number))
        own = {name: self.message[name] + shift for name in self.times}
        own |= {
            "id": key, "about": number, "body": sealed_hex(LETTER["body"], body, key),
            "provider_id": key if self.message["provider_id"] else "", "to_organisation_id": drawn.saying.unit,
        }  # fmt: skip
        if self.goes_to_citizen:
            own["address"] = sealed_hex(LETTER["address"], phone, key)
        return self.form.line % own


def _encrypted(model: type[models.Model]) -> dict[str, EncryptedTextField]:
    return {f.attname: f for f in patterns.columns(model) if isinstance(f, EncryptedTextField)}


CITIZEN, LETTER = _encrypted(Citizen), _encrypted(Message)


def sealed_hex(field: EncryptedTextField, value: str | None, key: str) -> str:
    """As the field seals it for the row with that key."""
    if value is None:
        return "\\N"
    return "\\\\x" + seal(value.encode(), f"{field.model._meta.db_table}|{field.column}|{key}").hex()


def index_hex(column: str, phone: str) -> str:
    """The blind index of a number that is in its normal form already."""
    kind = privacy._INDEXES[column.rpartition(".")[2]]
    plain = phone if column.endswith("phone") else phone[-4:]
    digest = hmac.digest(privacy._key(f"blind index {column}"), plain.encode(), hashlib.sha256)
    size = -(-kind.bits // 8)
    return "\\\\x" + (int.from_bytes(digest[:size]) >> size * 8 - kind.bits).to_bytes(size).hex()
