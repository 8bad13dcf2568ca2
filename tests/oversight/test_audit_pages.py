"""The auditor's samples on their pages, and that nobody else learns of them by any door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases.models import CaseEvent
from cases.readership import who_saw
from hotline.models import Message
from oversight.models import AuditSample, AuditSampleState, CaseVerdict
from tests.audits import SEED, closed_cases, drafted, frozen, judged
from tests.cases.api.client import token_of
from tests.doors import client_of
from tests.people import member
from tests.stories import footprint

pytestmark = pytest.mark.django_db
PASSING = re.compile(
    r'name="(?:csrfmiddlewaretoken|idempotency_key)" value="[^"]*"|X-CSRFToken[^}]*|<time.*?</time>'
    r"|\d+ (?:second|minute)s?"
)
DRAW = {"title": "三月办结件抽查", "first": "2026-03-01", "last": "2026-03-31", "wanted": "2"}


def page(name: str, *args: object, username: str = "shen", **query: str) -> str:
    answer = client_of(username).get(reverse(f"oversight:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(name: str, *args: object, username: str = "shen", **data: str) -> Any:
    return client_of(username).post(reverse(f"oversight:{name}", args=args), data)


def test_a_sample_is_drawn_frozen_and_judged_on_its_pages() -> None:
    numbers = closed_cases(3)
    drawn = post("audit_draw", **DRAW)
    sample = AuditSample.objects.get()
    assert drawn["Location"] == reverse("oversight:audit_sample", args=[sample.pk])
    shown = page("audit_sample", sample.pk)
    assert sample.proposed_seed in shown
    assert sample.frame_hash in shown
    assert not any(number in shown for number in numbers)
    post("audit_freeze", sample.pk, seed=SEED)
    shown = page("audit_sample", sample.pk)
    listed = list(sample.cases.order_by("position").values_list("number", flat=True))
    assert all(number in shown for number in listed)
    assert AuditSample.objects.get().list_hash in shown
    following = post("audit_case", sample.pk, 1, verdict="fault", fault="late", note="超期未说明。")
    assert following["Location"] == reverse("oversight:audit_case", args=[sample.pk, 2])
    ended = post("audit_case", sample.pk, 2, verdict="in_order")
    assert ended["Location"] == reverse("oversight:audit_sample", args=[sample.pk])
    assert "50.0" in page("audit_sample", sample.pk)
    assert list(CaseVerdict.objects.order_by("pk").values_list("verdict", "by__username")) == [
        ("fault", "shen"), ("in_order", "shen"),
    ]  # fmt: skip


def test_a_form_that_is_refused_keeps_what_was_typed() -> None:
    closed_cases(1)
    wrong = post("audit_draw", **{**DRAW, "wanted": "0", "title": "九月抽查"})
    assert (wrong.status_code, "九月抽查" in wrong.content.decode()) == (422, True)
    sample = frozen()
    wrong = post("audit_case", sample.pk, 1, verdict="explain", note="")
    assert wrong.status_code == 422
    wrong = post("audit_freeze", drafted().pk, seed="号")
    assert wrong.status_code == 422
    wrong = post("audit_drop", drafted().pk, because="")
    assert wrong.status_code == 422


def test_drawing_again_says_whether_it_comes_out_the_same() -> None:
    closed_cases(3)
    assert "line for line" in page("audit_sample", frozen().pk, again="1")


def test_the_frame_is_handed_out_once_the_sample_is_frozen() -> None:
    numbers = closed_cases(3)
    shen = client_of("shen")
    assert shen.get(reverse("oversight:audit_frame", args=[drafted().pk])).status_code == 404
    answer = shen.get(reverse("oversight:audit_frame", args=[frozen().pk]))
    assert answer.content.decode().splitlines() == numbers


def test_a_dropped_draft_stays_on_the_list() -> None:
    closed_cases(1)
    sample = drafted()
    post("audit_drop", sample.pk, because="期间选错")
    assert AuditSample.objects.get().state == AuditSampleState.DROPPED
    assert "期间选错" in page("audit_samples")
    assert "期间选错" in page("audit_sample", sample.pk)


def test_a_case_of_a_sample_shows_nothing_of_it_at_any_other_door() -> None:
    """Not by the page, the lists, the search or the API, not by an event, a message or a look."""
    closed_cases(1)
    number = closed_cases(1)[0]
    cases = [
        (username, address)
        for username in ("liu", "wang", "zhou", "luo", "yan")
        for address in (f"/cases/{number}/?all", f"/search/?q={number}", f"/cases/?q={number}", "/inbox/")
    ]
    before = [told(*one) for one in cases]
    heard = [api("liu", number), Message.objects.count()]
    sample = frozen(30)
    audited = sample.cases.get(number=number)
    events, prints = CaseEvent.objects.count(), footprint(audited.case)
    judged(audited, "fault")
    page("audit_sample", sample.pk)
    page("audit_case", sample.pk, audited.position)
    assert [told(*one) for one in cases] == before
    assert [api("liu", number), Message.objects.count()] == heard
    assert CaseEvent.objects.count() == events
    assert footprint(audited.case) == prints
    assert not who_saw(audited.case).filter(actor__username="shen").exists()


def told(username: str, address: str) -> str:
    answer = client_of(username).get(address)
    return f"{answer.status_code} {PASSING.sub('', answer.content.decode())}"


def test_who_draws_none_gets_no_page_of_them() -> None:
    closed_cases(1)
    sample = frozen()
    for username in ("liu", "wang", "luo", "zhou", "yan", "jiang"):
        client = client_of(username)
        for name, args in (("audit_samples", []), ("audit_sample", [sample.pk]), ("audit_case", [sample.pk, 1])):
            assert client.get(reverse(f"oversight:{name}", args=args)).status_code == 403


def test_the_pages_ask_the_same_however_many_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    closed_cases(4)
    _other, sample = frozen(4), frozen(4)
    for audited in sample.cases.all():
        judged(audited)
    shen = client_of("shen")
    for name, args, most in (
        ("audit_samples", [], 8),
        ("audit_draw", [], 9),
        ("audit_sample", [sample.pk], 9),
        ("audit_case", [sample.pk, 1], 11),
    ):
        shen.get(reverse(f"oversight:{name}", args=args))
        with django_assert_max_num_queries(most):
            shen.get(reverse(f"oversight:{name}", args=args))


def api(username: str, number: str) -> str:
    headers = {"Authorization": f"Bearer {token_of(member(username))}"}
    return Client().get(f"/api/v1/cases/{number}/", headers=headers).content.decode()
