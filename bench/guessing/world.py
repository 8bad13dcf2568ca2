"""A town of cases that each bear a mark of their own, and its people, who each know which marks they may be told."""

from __future__ import annotations

import hashlib
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

from django.db import connection
from django.utils import timezone

from cases import telephony
from cases.models import Call, Case, Draft, ReplyDraft, SavedView
from cases.telephony import CallEvent
from hotline.models import ApiToken, Membership, Message
from tests.access import ground
from tests.access.asking import Caller
from tests.access.ground import Ground, Place
from tests.people import member

MARKS = re.compile(r"q[0-9a-f]{10}|\d{8}-\d{6}")
TAKERS = ("wang", "li", "xu", "chen", "huang", "gao", "zhou", "telephony")
AGENTS = ("wang", "li", "chen", "huang")
UNITS = tuple(ground.HANDS)
LIVES: list[Callable[[Case, str, str], Case]] = [
    lambda case, _unit, _beside: case,
    lambda case, unit, beside: ground.dispatched(case, unit, beside),
    lambda case, unit, beside: ground.asked(ground.dispatched(case, unit, beside)).case,
    ground.in_hand,
    ground.answered,
    lambda case, _unit, _beside: ground.moved_on(case),
]


@dataclass
class World:
    """The cases by name, and for each what nobody outside its reach may be told."""

    laid: Ground = field(default_factory=Ground)
    marks: dict[int, set[str]] = field(default_factory=dict)
    needles: list[str] = field(default_factory=list)
    owned: dict[str, dict[str, Place]] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)


def build(n: int, chance: random.Random) -> World:
    """So many cases, taken by everybody who takes any, as far along as chance will have it."""
    world = World()
    for number in range(n):
        secret, needle = (f"q{chance.getrandbits(40):010x}" for _ in range(2))
        by, unit = chance.choice(TAKERS), chance.choice(UNITS)
        beside = chance.choice([code for code in (*UNITS, "", "") if code != unit])
        phone = f"0593-6{number:06d}"  # one citizen for each case: who rings twice is one person with one name
        said = {
            "phone": phone,
            "title": f"窨井盖 {secret}",
            "words": f"{needle} 建设街窨井盖缺失。",
            "name": f"李{secret}",
        }
        taken = ground.taken(by, with_file=by != "telephony", place=f"{secret} 号", **said)
        case = chance.choice(LIVES)(taken, unit, beside)
        ground.keep(world.laid, str(number), case)
        world.laid.add("hand", str(number), number=case.number)
        world.marks[case.pk] = {secret, case.number}
        world.needles.append(needle)
    for username in AGENTS:
        world.owned[username] = ground.own_things(member(username))
        world.calls[username] = _call(username)
    return world


def _call(username: str) -> Call:
    """Somebody calls, and that agent answers."""
    platform, at = member("telephony"), timezone.now()
    staff = member(username).user.staff_number
    for act in ("offered", "answered"):
        told = CallEvent(platform_id=f"call-{username}", act=act, at=at, caller=ground.LANDLINE, agent=staff)
        call = telephony.record_call(told, by=platform, at=at)
    return call


class Person:
    """One member of the town: a browser, a program, and the marks that must stay hidden from them."""

    def __init__(self, by: Membership, world: World) -> None:
        self.by, self.world, self.caller = by, world, Caller(by.user.username)
        visible = set(Case.objects.visible_to(by).values_list("pk", flat=True))
        self.hidden = sorted(set(world.marks) - visible)
        self.never_told = {mark for pk in self.hidden for mark in world.marks[pk]}

    @cached_property
    def untouched(self) -> str:
        """What is out of this person's reach, as it stands."""
        return self.beyond_reach()

    def beyond_reach(self) -> str:
        """A digest of every row of the hidden cases, and of what belongs to others alone."""
        digest = hashlib.sha256()
        for table, condition, values in self._rows():
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t"
                    f" WHERE {condition}",
                    values,
                )
                digest.update(str(cursor.fetchone()).encode())
        return digest.hexdigest()

    def _rows(self) -> list[tuple[str, str, list[Any]]]:
        numbers = [number for pk in self.hidden for number in self.world.marks[pk]]
        of_cases = [model._meta.db_table for model in about_cases()]
        own = [model._meta.db_table for model in (Draft, SavedView, ReplyDraft)]
        return [
            (Case._meta.db_table, "id = ANY(%s)", [self.hidden]),
            *((table, "case_id = ANY(%s)", [self.hidden]) for table in of_cases),
            *((table, "owner_id <> %s", [self.by.user_id]) for table in own),
            (ApiToken._meta.db_table, "membership_id <> %s", [str(self.by.pk)]),
            (Message._meta.db_table, "about = ANY(%s)", [numbers]),
        ]


def about_cases() -> list[Any]:
    """The tables whose rows belong to one case."""
    found = []
    for relation in Case._meta.related_objects:
        column = getattr(relation.field, "attname", "")
        if column == "case_id" and relation.related_model is not Call:
            found.append(relation.related_model)
    return found


def text_of(response: Any) -> str:
    """All that an answer tells: its head, and its body unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return json.dumps(dict(response.items())) + body.decode(errors="replace")
