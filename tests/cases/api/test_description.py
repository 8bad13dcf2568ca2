"""The description is valid, complete, and true under whatever a program may send."""

from __future__ import annotations

import os
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

from cases import decisions
from cases.models import Case, Decision, Survey
from hotline.api.description import openapi
from hotline.roles import ROLES, Capability
from tests.cases.api.client import ROOT, Api, operation_of
from tests.cases.api.test_permissions import OPERATIONS, PLAYERS
from tests.people import member
from tests.stories import MONDAY, accepted, dispatched, lead, replied

EXAMPLES = int(os.environ.get("API_EXAMPLES", "8"))  # of each operation; a thorough run asks for more


def test_the_description_is_valid_and_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    with GENERATOR_STATS.silence():
        made = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    validate_schema(made)  # type: ignore[no-untyped-call]
    assert made["openapi"].startswith("3.1")
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_every_operation_is_described_with_its_failures() -> None:
    described = {(m.upper(), path) for path, item in openapi()["paths"].items() for m in item}
    assert len(described) == len(OPERATIONS)
    for path, item in openapi()["paths"].items():
        for method, operation in item.items():
            assert operation["summary"], path
            assert {"401", "403"} <= set(operation["responses"])
            if method == "post" and operation["operationId"] != "suggestions":
                assert {"409", "415", "422"} <= set(operation["responses"])


def test_it_is_read_by_anybody_and_shown_on_a_page() -> None:
    schema = Client().get("/api/schema/")
    assert (schema.status_code, schema.json()["openapi"]) == (HTTPStatus.OK, "3.1.0")
    page = Client().get("/api/docs/")
    assert page.status_code == HTTPStatus.OK
    assert b"<style" not in page.content
    assert page.content.count(b"<script") == page.content.count(b"<script src=") == 2


SCHEMA: Any = schemathesis.openapi.from_dict(openapi())
BY_LABEL = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
CAPABILITY = {operation_of(o.method, o.path)["operationId"]: o.capability for o in OPERATIONS}


CODES = {"channel": "phone", "category": "SZ01", "region": None, "unit": "ZJJ", "proposed_unit": "CGJ", "agent": "1024"}
IDENTITY = {"Authorization", "Cookie"}  # the test's own


@cache
def somebody_who_may(capability: Capability) -> str:
    return next(name for name in PLAYERS if member(name).role in ROLES[capability])


def ground() -> dict[str, str]:
    """Cases in every stage; the things that addresses can name."""
    replied()
    accepted(phone="06358212345")
    case = dispatched()
    sun, assignment = member("sun"), lead(case)
    decisions.ask_to_bounce(
        assignment, by=sun, at=MONDAY, version=None, reason="not_our_duty", grounds="不属于我单位职责。"
    )
    return {
        "number": case.number,
        "assignments": str(assignment.pk),
        "decisions": str(Decision.objects.get().pk),
        "callbacks": str(Survey.objects.get(state="callback").pk),
    }


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("label", BY_LABEL)
def test_no_request_makes_it_fail_or_answer_otherwise_than_described(label: str) -> None:
    operation, there = BY_LABEL[label], ground()
    identity = operation.definition.raw["operationId"]
    caller = Api(somebody_who_may(CAPABILITY[identity]))

    good, bad = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @given(case=good | bad, known=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any, known: bool) -> None:
        named = {name: quote(str(value), safe="") for name, value in (case.path_parameters or {}).items()}
        if known and named:
            named = {name: there.get(name) or there[operation.path.split("/")[3]] for name in named}
        query = urlencode(case.query or {}, doseq=True, errors="replace")
        path = operation.path.format(**named).removeprefix(ROOT) + (f"?{query}" if query else "")
        if "If-Match" in (case.headers or {}) and known:
            current = Case.objects.values_list("version", flat=True).get(number=there["number"])
            case.headers["If-Match"] = f'"{current}"'
        body = None if case.body is NOT_SET or label.startswith("GET") else case.body
        if known and isinstance(body, dict):
            body = {name: CODES.get(name, value) for name, value in body.items()}
        headers = {name: str(value) for name, value in (case.headers or {}).items() if name not in IDENTITY}
        caller.call(operation.method.upper(), path, body, **headers)

    send()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_its_page_shows_every_operation_under_the_strict_policy(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/docs/")
    page.wait_for_selector("#operations-cases-case_register")
    assert page.locator(".opblock").count() == len(OPERATIONS)
