"""The description is valid, complete, and true under whatever a program may send."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from random import Random

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from bench.hostile.operations import Caller, ground, identity_of, operations
from hotline.api.description import openapi
from hotline.roles import ROLES, Capability
from tests import stories
from tests.cases.api.client import Api, operation_of
from tests.cases.api.test_permissions import OPERATIONS, PLAYERS
from tests.people import member

EXAMPLES = 4  # of each operation
TOGETHER = 8  # operations that share what is there


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


CAPABILITY = {operation_of(o.method, o.path)["operationId"]: o.capability for o in OPERATIONS}


@cache
def somebody_who_may(capability: Capability) -> str:
    return next(name for name in PLAYERS if member(name).role in ROLES[capability])


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, len(operations()), TOGETHER))
def test_no_request_makes_it_fail_or_answer_otherwise_than_described(first: int) -> None:
    """A few of what ``bin/check hostile_api`` sends as every role."""
    there, faults = ground(), list[str]()
    for label in list(operations())[first : first + TOGETHER]:
        sender = Caller(label, Api(somebody_who_may(CAPABILITY[identity_of(label)])), there, Random(7))
        with stories.tried():
            sender.run(EXAMPLES, seed=7)
        faults += sender.faults
    assert faults == []


@pytest.mark.django_db
def test_what_is_asked_about_can_be_laid_out_again_in_the_same_city() -> None:
    first, again = ground(), ground()
    assert first.keys() == again.keys()
    assert not set(first["number"]) & set(again["number"])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_its_page_shows_every_operation_under_the_strict_policy(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/docs/")
    page.wait_for_selector("#operations-cases-case_register")
    assert page.locator(".opblock").count() == len(OPERATIONS)
