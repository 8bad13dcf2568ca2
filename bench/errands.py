"""What people ask of the hotline in a drill: each act as a program sends it and as a page's form sends it."""

from __future__ import annotations

from typing import Any, NamedTuple

from bench.calling import Person, Request, api, form

PLACE, SUBJECT = "350902001000", "SZ01"
Fields = dict[str, Any]


class Target(NamedTuple):
    """What an act is done to: a case as somebody saw it, with the request, the survey or the part it is about."""

    number: str
    version: int
    unit: str = ""
    decision: int = 0
    survey: str = ""
    part: int = 0


def registering(person: Person, words: str, phone: str, *, key: str, by_page: bool) -> Request:
    """A request of a citizen; ``words`` are its title too, by which it is found again."""
    facts = {"words": words, "title": words, "kind": "complaint", "urgency": "ordinary", "callback_wish": "phone"}
    if by_page:
        fields = {**facts, "phone": phone, "region": PLACE, "category": SUBJECT, "channel": "phone"}
        return form(person, "/console/register/", {**fields, "outcome": "propose"}, key=key)
    body = {**facts, "region": PLACE, "category": SUBJECT, "channel": "phone", "citizen": {"phone": phone}}
    return api(person, "cases/", body, key=key)


def doing(person: Person, act: str, words: str, target: Target, *, key: str = "", by_page: bool = False) -> Request:
    """One move on a case. ``words`` is whatever the person writes with it, if the act takes any."""
    if by_page:
        path, fields = _page(act, words, target)
        return form(person, path, fields, key=key, version=target.version)
    path, body = _api(act, words, target)
    version = None if act == "callback" else target.version
    return api(person, path, body, key=key, version=version)


SPEECHLESS = {"sign", "accept", "take-back"}
_REPLY = {"claim": "true", "solved": "solved", "internal_note": ""}
_SLUGS = {"bounce": "ask-to-bounce", "extend": "ask-for-extension"}
_WORDS: dict[str, Fields] = {
    "note": {"words": "{}"},
    "urge": {"words": "{}"},
    "progress": {"words": "{}"},
    "withdraw": {"why": "{}"},
    "reopen": {"new_facts": "{}"},
    "bounce": {"reason": "wrong_area", "grounds": "{}"},
    "extend": {"reason": "weather", "grounds": "{}", "amount": 2},
    "send-back": {"reason": "no_date", "note": "{}"},
    "sign": {},
    "accept": {},
    "take-back": {},
    "grant": {"ruling": "{}"},
    "reject": {"ruling": "{}"},
}


def _said(act: str, words: str) -> Fields:
    return {name: words if value == "{}" else value for name, value in _WORDS[act].items()}


def _api(act: str, words: str, target: Target) -> tuple[str, Fields]:
    if act in ("grant", "reject", "take-back"):
        unit = {"unit": target.unit} if act == "grant" and target.unit else {}
        return f"decisions/{target.decision}/{act}/", {**_said(act, words), **unit}
    if act == "callback":
        said = {"result": "reached", "solved": True, "contacted": True, "satisfaction": 5, "comment": words}
        return f"callbacks/{target.survey}/result/", said
    bodies: dict[str, Fields] = {
        "dispatch": {"unit": target.unit, "note": words},
        "contact": {"reached": True, "how": "phone", "note": words},
        "reply": {**_REPLY, "contacted": False, "public_reply": words},
        "hand-down": {"units": [target.unit], "note": words},
        "involve": {"units": [target.unit], "note": words},
        "recall": {"part": target.part, "why": words},
    }
    body = bodies[act] if act in bodies else _said(act, words)
    return f"cases/{target.number}/{_SLUGS.get(act, act)}/", body


def _page(act: str, words: str, target: Target) -> tuple[str, Fields]:
    if act in ("grant", "reject"):
        unit = {"unit": target.unit} if act == "grant" and target.unit else {}
        return f"/decisions/{target.decision}/", {"act": act, "ruling": words, **unit}
    if act == "callback":
        said = {"result": "reached", "solved": "yes", "contacted": "yes", "satisfaction": "5", "comment": words}
        return f"/callbacks/{target.survey}/", said
    if act in ("accept", "send-back"):
        return f"/review/{target.number}/", {"act": act.replace("-", "_"), **_said(act, words)}
    if act == "dispatch":
        return f"/dispatch/{target.number}/", {"unit": target.unit, "note": words}
    fields: dict[str, Fields] = {
        "contact": {"reached": "yes", "how": "phone", "note": words},
        "reply": {**_REPLY, "contacted": "no", "beyond_powers": "no", "public_reply": words},
    }
    said = fields[act] if act in fields else _said(act, words)
    return f"/cases/{target.number}/moves/{act}/", said
