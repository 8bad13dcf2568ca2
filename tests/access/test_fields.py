"""A field that a form or an operation does not name is refused or ignored, and never written."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.forms import Form, ModelForm
from django.utils import timezone
from rest_framework.serializers import ModelSerializer

from cases.dossier import gather
from cases.forms.handling import ReplyForm
from cases.forms.intake import IntakeForm
from cases.models import Assignment, Case, CaseEvent, Citizen, Decision, Draft, ReplyDraft, SavedView
from cases.pages.case_moves import DOORS
from hotline.api.description import openapi
from hotline.models import ApiToken, Message
from tests.access import ground
from tests.access.asking import path_of
from tests.access.ground import Ground, Place
from tests.access.tables import Address, addresses, side_of
from tests.access.test_matrix import AROUND, things_of
from tests.cases.api.client import ROOT, Api, operation_of
from tests.cases.api.requests import a_request
from tests.doors import client_of
from tests.people import member
from tests.stories import (
    TOLD,
    a_case,
    accepted,
    bounce_asked,
    closed,
    dispatched,
    footprint,
    replied,
    signed,
    survey_of,
    suspended,
    tried,
)
from tests.test_architecture import SOURCES

pytestmark = pytest.mark.django_db
MODELS = [model for app in ("hotline", "cases") for model in apps.get_app_config(app).get_models()]
COLUMNS = {
    column for model in MODELS for field in model._meta.concrete_fields for column in (field.name, field.attname)
}
TOLD_BY_THE_PRODUCT = {"by", "at", "version", "pk", "is_staff", "is_superuser", "capability"}
NEVER_GIVEN = COLUMNS | TOLD_BY_THE_PRODUCT
VALUES = {
    "status": "closed",
    "role": "office_head",
    "taken_by": "2",
    "round": "9",
    "outcome": "solved",
    "state": "done",
}


def extras(known: set[str]) -> dict[str, str]:
    """A value for every column that the form or operation does not ask for."""
    return {name: VALUES.get(name, "1") for name in sorted(NEVER_GIVEN - known)}


# -- The API refuses them by name


def bodies() -> list[Address]:
    return [a for a in addresses() if a.is_api and a.method == "POST"]


def declared(path: str) -> set[str]:
    """The fields that the description names."""
    schema = operation_of("POST", path).get("requestBody", {}).get("content", {}).get("application/json", {})
    name = schema.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return set(openapi()["components"]["schemas"].get(name, {}).get("properties", {}))


def somebody_who_may(address: Address, laid: Ground) -> tuple[str, Place]:
    """A person with the right, and a thing within that person's reach."""
    for username in (name for group in AROUND.values() for name in group):
        by = member(username)
        if address.opens_to(by.role):
            near = things_of(address.about, laid, side_of(by))[0] if address.about != "-" else {"": {}}
            if near:
                return username, next(iter(near.values()))
    raise AssertionError(f"nobody may {address}")


def test_an_operation_refuses_every_field_that_is_not_its_own() -> None:
    laid, wrong = ground.lay([]), []
    for address in bodies():
        username, place = somebody_who_may(address, laid)
        path = path_of(address, place).removeprefix(ROOT)
        sent = extras(declared(path))
        with tried():
            api, before = Api(username), state()
            answer = api.post(path, sent, If_Match='"1"')
            refused = {error["field"] for error in answer.body["errors"]}
            if (answer.status, answer.body["code"]) != (400, "unknown_field") or refused != set(sent):
                wrong.append(f"{username} {address}: {answer.status} {answer.body['code']}, took {set(sent) - refused}")
            if state() != before:
                wrong.append(f"{address} wrote something")
    assert not wrong, "\n".join(wrong)


def state() -> list[Any]:
    """What could have been written."""
    kept: list[Any] = [Case, CaseEvent, Assignment, Decision, Citizen, Draft, SavedView, ApiToken, Message]
    rows = [list(model.objects.order_by("pk").values()) for model in kept]
    return [[{k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()} for row in of] for of in rows]


def test_a_request_with_one_field_too_many_is_not_registered() -> None:
    api, taken = Api("wang"), []
    for name in sorted(NEVER_GIVEN - declared("cases/")):
        answer = api.post("cases/", a_request(**{name: "1"}))
        if (answer.status, [error["field"] for error in answer.body["errors"]]) != (400, [name]):
            taken.append(name)
    assert taken == []
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["id", "citizen_id", "phone_index", "erased_at", "created_at"])
def test_nor_one_with_a_field_too_many_inside_another(name: str) -> None:
    body = a_request()
    answer = Api("wang").post("cases/", {**body, "citizen": {**body["citizen"], name: "1"}})
    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (400, [f"citizen.{name}"])
    assert not Citizen.objects.exists()


def test_a_list_refuses_a_filter_that_is_not_its_own() -> None:
    wrong = []
    for address in (a for a in addresses() if a.is_api and a.method == "GET" and a.about == "-"):
        username, place = somebody_who_may(address, Ground())
        path = path_of(address, place).removeprefix(ROOT)
        names = {p["name"] for p in operation_of("GET", path).get("parameters", []) if p["in"] == "query"}
        asked = "&".join(f"{name}={value}" for name, value in extras(names).items())
        answer = Api(username).get(f"{path}?{asked}&case__number=1&taken_by__isnull=0&_connector=OR")
        if names and answer.status != 400:
            wrong.append(f"{address}: {answer.status}")
    assert not wrong, "\n".join(wrong)


# -- A page ignores them


def form(case: Case, **given: Any) -> dict[str, Any]:
    return {"version": case.version, **given}


REPLY = {
    "claim": "true",
    "beyond_powers": "no",
    "solved": "solved",
    "contacted": "no",
    "public_reply": "您反映的情况属实。3 月 9 日已补装井盖并恢复路面，现可正常通行。",
}
RETURN = {"reason": "wrong_area", "grounds": "该路段由街道管养，附移交清单。"}
MORE_TIME = {"reason": "engineering", "grounds": "需开挖更换管线。", "amount": "2"}
Made = Callable[..., Case]
MOVES: list[tuple[str, str, Made, dict[str, Any]]] = [
    ("zhou", "dispatch", a_case, {"unit": "CGJ"}),
    ("sun", "sign", dispatched, {}),
    ("sun", "bounce", dispatched, RETURN),
    ("sun", "extend", signed, MORE_TIME),
    ("sun", "suspend", signed, RETURN | {"reason": "funding", "proof": "批复", "review_on": "SOON", "told": TOLD}),
    ("sun", "exclude", signed, RETURN | {"reason": "impossible", "proof": "录音"}),
    ("zhou", "refer", a_case, RETURN | {"reason": "no_taker"}),
    ("zhou", "resume", suspended, {"why": "资金已到位。"}),
    ("sun", "contact", signed, {"reached": "no", "how": "phone"}),
    ("sun", "progress", signed, {"words": "已派人到现场。"}),
    ("liu", "reply", signed, REPLY),
    ("wu", "review", replied, {"act": "accept"}),
    ("wu", "review", replied, {"act": "send_back", "reason": "no_evidence", "note": "缺现场照片"}),
    ("wang", "urge", dispatched, {"words": "请尽快。"}),
    ("wang", "note", dispatched, {"words": "补充门牌。"}),
    ("zhou", "withdraw", dispatched, {"why": "来电撤回。"}),
    ("zhou", "reopen", closed, {"new_facts": "又坏了。"}),
    ("yan", "rule", lambda at: bounce_asked(at=at).case, {"act": "reject", "ruling": "属你单位职责。"}),
]


def written(case: Case) -> list[Any]:
    """All that is kept of the case but keys and secrets made anew each time."""
    kept = footprint(case) | {"citizen": list(Citizen.objects.filter(cases=case).values("pk", "phone_index"))}
    fresh = {"id", "digest", "message_id", "assignment_id", "reply_id"}

    def same(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: same(v) for k, v in value.items() if k not in fresh}
        return [same(v) for v in value] if isinstance(value, list) else bytes(value) if _is_bytes(value) else value

    return [same(kept[name]) for name in sorted(kept)]


def _is_bytes(value: Any) -> bool:
    return isinstance(value, memoryview | bytes)


@pytest.mark.parametrize(("username", "move", "made", "given"), MOVES, ids=[f"{m[1]}-{n}" for n, m in enumerate(MOVES)])
def test_a_move_writes_the_same_whatever_else_is_sent(username: str, move: str, made: Made, given: Any) -> None:
    now = timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False):
        case, soon = made(at=now - timedelta(hours=9)), (now + timedelta(days=20)).date().isoformat()
        case = Case.objects.get(pk=case.pk)
        file = gather(case, by=member(username), at=now)
        own = {"version", "idempotency_key", *DOORS[move].form(file, None).fields}
        client, results = client_of(username), []
        for more in ({}, extras(own)):
            with tried():
                said = {k: soon if v == "SOON" else v for k, v in given.items()}
                answer = client.post(f"/cases/{case.number}/moves/{move}/", {**more, **form(case, **said)})
                results.append((answer.status_code, written(case)))
                assert answer.status_code == 303
    assert results[0] == results[1]


def test_a_reply_being_written_keeps_its_own_fields_only() -> None:
    case = signed()
    client_of("liu").post(f"/cases/{case.number}/draft/", {**REPLY, **extras(set(REPLY))})
    assert set(ReplyDraft.objects.get().fields) <= set(ReplyForm.base_fields)


def test_a_record_being_written_keeps_its_own_fields_only() -> None:
    client_of("wang").post("/console/drafts/", {"words": "窨井盖", **extras(set(IntakeForm.base_fields))})
    draft = Draft.objects.get()
    assert set(draft.fields) <= set(IntakeForm.base_fields)
    assert draft.owner_id == member("wang").user_id


def test_a_citizen_answers_the_questions_and_nothing_else() -> None:
    case = accepted()
    survey = survey_of(case)
    link = Message.objects.filter(about=case.number, template__key="survey").latest("created_at").body or ""
    token = link.partition("/r/")[2].split("/")[0]
    more = extras({"solved", "satisfaction", "contacted", "comment"}) | {"satisfaction_of": "5"}
    with time_machine.travel(survey.sent_at + timedelta(hours=1)):
        client_of("he").post(f"/r/{token}/", {**more, "solved": "no", "satisfaction": "1", "contacted": "no"})
    given = case.feedback.get()
    assert (given.solved, given.by, given.source, given.round) == (False, None, "link", 1)


# -- Nothing in the code would take them


def test_no_form_or_serializer_is_made_of_a_table() -> None:
    def below(kind: type[Any]) -> Iterator[type[Any]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    ours = ("hotline", "cases", "contractors", "oversight")
    made = [k for k in (*below(ModelForm), *below(ModelSerializer)) if k.__module__.partition(".")[0] in ours]
    assert made == []
    assert any(k.__module__.startswith("cases.") for k in below(Form))


def test_what_a_request_says_is_spread_into_nothing() -> None:
    """``filter(**request.GET)`` lets the asker choose the column."""
    spread = [
        f"{module}:{node.lineno}"
        for module, path in SOURCES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg is None and "request." in ast.unparse(word.value)
    ]
    assert spread == []
