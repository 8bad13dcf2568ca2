"""Requests in which a key was swapped for another's: in the address, the query, the body or the head."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from bench.guessing.world import Person, World
from hotline.models import Message
from tests.access.asking import path_of
from tests.access.ground import Place
from tests.access.tables import Address, addresses

REPLY = {"claim": "true", "solved": "solved", "public_reply": "您反映的情况属实，已补装井盖并恢复路面，现可正常通行。"}
PAGE_REPLY = {**REPLY, "beyond_powers": "no", "contacted": "no"}
RETURN = {"reason": "wrong_area", "grounds": "该路段由街道管养，附移交清单。"}
MORE_TIME = {"reason": "engineering", "grounds": "需开挖更换管线。", "amount": 2}
CONTACT = {"reached": "no", "how": "phone"}
SENT_BACK = {"act": "send_back", "reason": "no_evidence", "note": "缺现场照片"}
CALLED = {"result": "no_answer"}
REGISTERED = {"words": "建设街窨井盖缺失，有人绊倒。", "title": "窨井盖缺失", "kind": "complaint", "channel": "phone"}
# What each act needs to be carried out, were it allowed.
BODIES: dict[str, dict[str, Any]] = {
    "cases:move/reply": PAGE_REPLY,
    "cases:move/dispatch": {"unit": "CGJ"},
    "cases:move/review": SENT_BACK,
    "cases:move/rule": {"act": "reject", "ruling": "属你单位职责。"},
    "cases:move/bounce": RETURN,
    "cases:move/extend": MORE_TIME,
    "cases:move/contact": CONTACT,
    "cases:move/progress": {"words": "已派人到现场。"},
    "cases:move/urge": {"words": "请尽快。"},
    "cases:move/note": {"words": "补充门牌。"},
    "cases:move/withdraw": {"why": "来电撤回。"},
    "cases:move/reopen": {"new_facts": "又坏了。"},
    "cases:dispatch": {"unit": "CGJ"},
    "cases:review": {"act": "accept"},
    "cases:rule": {"act": "grant", "unit": "SWJ"},
    "cases:callback": CALLED,
    "cases:identity": {"reason": "visit"},
    "cases:console_addition": {"words": "又有人绊倒了。"},
    "cases:reply_draft": PAGE_REPLY,
    "cases:draft": {"words": "改掉。", "page": "p"},
    "cases:api:case_dispatch": {"unit": "CGJ"},
    "cases:api:case_withdraw": {"why": "来电撤回。"},
    "cases:api:case_reopen": {"new_facts": "又坏了。"},
    "cases:api:case_contact": {"reached": False, "how": "phone"},
    "cases:api:case_progress": {"words": "已派人到现场。"},
    "cases:api:case_reply": {**REPLY, "contacted": False},
    "cases:api:case_ask-to-bounce": RETURN,
    "cases:api:case_ask-for-extension": MORE_TIME,
    "cases:api:case_send-back": {"reason": "no_evidence", "note": "缺现场照片"},
    "cases:api:case_urge": {"words": "请尽快。"},
    "cases:api:case_note": {"words": "补充门牌。"},
    "cases:api:case_reveal": {"reason": "visit"},
    "cases:api:decision_grant": {"ruling": "", "unit": "SWJ"},
    "cases:api:decision_reject": {"ruling": "属你单位职责。"},
    "cases:api:callback_result": CALLED,
}
LISTS = ("cases:api:assignments", "cases:api:decisions", "cases:api:calls", "cases:api:feedback", "cases:api:messages")


class Probe(NamedTuple):
    """One request. ``hidden`` says that what it names is out of the person's reach."""

    kind: str
    address: Address
    path: str
    body: dict[str, Any] | None = None
    head: dict[str, str] = {}
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.address.method} {self.path} {self.body or ''} {self.head or ''}"


def named(name: str, method: str = "GET") -> Address:
    return next(a for a in addresses() if (a.name, a.method) == (name, method))


class Guesser:
    """Draws probes for one person."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.numbers = [place["number"] for place in world.laid.things["case"].values()]
        there = world.laid.things  # of cases; rules, accounts, the catalogue and answers are no case's
        self.about = [a for a in addresses() if a.about in there or a.about.startswith("own ")]
        kinds: list[tuple[Callable[[Person], Probe], int]] = [
            (self.in_address, 50), (self.in_query, 20), (self.in_body, 20), (self.in_head, 10),
        ]  # fmt: skip
        self.kinds, self.weights = zip(*kinds, strict=True)

    def draw(self, person: Person) -> Probe:
        probe: Probe = self.chance.choices(self.kinds, self.weights)[0](person)
        return probe

    def in_address(self, person: Person) -> Probe:
        """Any address that somebody of the role may use, about anything there is."""
        opened = [a for a in self.about if a.opens_to(person.by.role)] or self.about
        address = self.chance.choice(opened if self.chance.random() < 0.9 else self.about)
        name, place, hidden = self.thing(address, person)
        if address.about == "attachment" and self.chance.random() < 0.5:  # one's own number, another's file
            place = {**place, "number": self.chance.choice(self.numbers)}
        body = dict(BODIES.get(address.name, {})) if address.method == "POST" else None
        case = self.world.laid.cases.get(name.partition("/")[0])
        version = case.version if case else 1
        if body is not None and not address.is_api:
            body |= {"version": version}
        head = {"If-Match": f'"{version}"'} if address.is_api and body is not None else {}
        return Probe("address", address, path_of(address, place), body, head, hidden)

    def thing(self, address: Address, person: Person) -> tuple[str, Place, bool]:
        if address.about.startswith("own "):
            owner = self.chance.choice(sorted(self.world.owned))
            mine = owner == person.by.user.username
            return "", self.world.owned[owner][address.about], not mine
        name, place = self.chance.choice(sorted(self.world.laid.things[address.about].items()))
        case = self.world.laid.cases[name.partition("/")[0]]
        return name, place, case.pk in person.hidden

    def in_query(self, person: Person) -> Probe:
        """Lists asked for what belongs to others: by number, words, telephone, unit, place in the list."""
        number, needle = self.chance.choice(self.numbers), self.chance.choice(self.world.needles)
        calls = [call.pk for call in self.world.calls.values()]
        unit = self.chance.choice(["CGJ", "SWJ", "DHQ", "QSJD", "JIA", "YI"])
        sought = self.chance.choice([number, needle, self.phone(), "0123", "窨井盖"])
        asked = self.chance.choice(
            [
                *((name, f"?case={number}&state=all" if "calls" not in name else f"?case={number}") for name in LISTS),
                ("cases:api:cases", f"?q={sought}"),
                ("cases:api:cases", f"?unit={unit}"),
                ("cases:api:assignments", f"?unit={unit}&state=all"),
                ("cases:search", f"?q={sought}"),
                ("cases:worklist", f"?q={sought}&list={self.chance.choice(['all', 'today', 'done', 'asked'])}"),
                ("cases:export_ask", f"?kind=worklist&list=all&q={sought}"),
                ("cases:case_list", f"?unit={unit}&q={sought}"),
                ("hotline:outbox", f"?about={number}"),
                ("cases:console", f"?call={self.chance.choice(calls)}"),
                ("cases:dispatch_queue", f"?open={number}"),
                ("cases:review_queue", f"?open={number}"),
                ("cases:callback_queue", f"?open={number}"),
                ("oversight:overview", f"?unit={unit}"),
            ]
        )
        address = named(asked[0])
        return Probe("query", address, path_of(address, {}) + asked[1])

    def in_body(self, person: Person) -> Probe:
        """Keys inside what is sent: parts of cases, calls, drafts, notices, records begun by others."""
        parts = [place["pk"] for place in self.world.laid.things["assignment"].values()]
        owner = self.chance.choice(sorted(self.world.owned))
        draft, call = self.world.owned[owner].get("own draft", {}).get("pk"), self.world.calls[owner]
        needle, number = self.chance.choice(self.world.needles), self.chance.choice(self.numbers)
        console = {"words": f"{needle} 窨井盖", "phone": self.phone(), "call": str(call.pk)}
        record = {**REGISTERED, "urgency": "ordinary", "callback_wish": "phone", "place": "x", "draft": str(draft)}
        choices: list[tuple[str, dict[str, Any]]] = [
            ("cases:sign_rows", {"chosen": [f"{pk}:{v}" for pk in self.chance.sample(parts, 3) for v in (2, 4)]}),
            ("hotline:mark_read", {"notice": [str(pk) for pk in self.notices()]}),
            ("cases:register", {**record, "outcome": "propose", "number": number, "call": str(call.pk)}),
            ("cases:drafts", {"words": "x", "call": str(call.pk), "page": "p", "draft": str(draft)}),
            ("cases:console_addition", {"words": "又有人绊倒", "draft": str(draft), "call": str(call.pk)}),
            *((f"cases:console_{panel}", console) for panel in ("likely", "history", "limits", "summary", "units")),
            ("cases:api:suggestions", {"words": f"{needle} 窨井盖", "phone": self.phone()}),
            ("cases:api:cases", {**REGISTERED, "call": call.platform_id}),
            ("cases:api:calls", {"platform_id": call.platform_id, "act": "updated", "at": "2026-03-09T10:00:00+08:00"}),
            ("cases:api:case_sign", {"assignment": self.chance.choice(parts)}),
            ("cases:api:case_contact", {**BODIES["cases:api:case_contact"], "assignment": self.chance.choice(parts)}),
        ]
        name, body = self.chance.choice(choices)
        address = named(name, "POST")
        head = {"If-Match": '"4"'} if address.is_api else {}
        place = {"number": number} if address.about == "case" else {}
        return Probe("body", address, path_of(address, place), body, head)

    def phone(self) -> str:
        return f"0593-6{self.chance.randrange(len(self.numbers)):06d}"

    def notices(self) -> list[Any]:
        found = Message.objects.filter(channel=Message.Channel.IN_APP).order_by("pk").values_list("pk", flat=True)[:60]
        return self.chance.sample(list(found), min(4, len(found)))

    def in_head(self, person: Person) -> Probe:
        """The key of somebody else's request, and a version that was never seen."""
        address = named("cases:api:cases", "POST")
        body = {**REGISTERED, "words": self.world.needles[0]}
        return Probe("head", address, path_of(address, {}), body, {"Idempotency-Key": "the key of another"})
