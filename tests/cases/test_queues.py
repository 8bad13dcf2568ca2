"""The hotline's own lists: who sees what, in which order, and what can be done from them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from cases import decisions
from cases.models import Case, Decision, Reply, Status
from cases.queues import CALLBACKS, DECISIONS, DISPATCH, REVIEW, proposal
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import MONDAY, a_case, accepted, dispatched, lead, replied, signed

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _monday_noon() -> object:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def bounce_asked(case: Case | None = None) -> Decision:
    """Sun asks to hand the case back to housing."""
    case = case or dispatched()
    decisions.ask_to_bounce(
        lead(case),
        by=member("sun"),
        at=MONDAY + timedelta(minutes=30),
        version=case.version,
        reason="not_our_duty",
        grounds="该路段由住建部门养护",
        proposed_unit=unit("ZJJ"),
    )
    return Decision.objects.get(case=case)


def extension_asked() -> Decision:
    case = signed()
    decisions.ask_for_extension(
        lead(case),
        by=member("liu"),
        at=MONDAY + timedelta(hours=1, minutes=30),
        version=case.version,
        reason="engineering",
        grounds="需更换井座，材料三天到货",
        amount=3,
    )
    return Decision.objects.get(case=case)


def post(username: str, name: str, *args: object, **given: object) -> object:
    data = {"idempotency_key": str(uuid4()), **given}
    return client_of(username).post(reverse(f"cases:{name}", args=args), data)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("dispatch_queue", {"zhou", "yan"}),
        ("decision_queue", {"zhou", "yan", "jiang"}),
        ("review_queue", {"wu", "yan"}),
        ("callback_queue", {"wang", "xu", "zheng"}),
    ],
)
def test_a_queue_opens_to_its_roles_only(name: str, allowed: set[str]) -> None:
    for username in ("wang", "xu", "zhou", "wu", "zheng", "yan", "liu", "jiang", "sysadmin"):
        answer = client_of(username).get(reverse(f"cases:{name}"))
        assert answer.status_code == (200 if username in allowed else 403), username


def test_the_most_pressing_case_stands_first_to_dispatch() -> None:
    ordinary, urgent = a_case(), a_case(MONDAY + timedelta(minutes=30), urgency="urgent")
    rows = DISPATCH.part(DISPATCH.tab("all"), member("zhou"), NOON).order_by("due")
    assert list(rows) == [urgent, ordinary]
    assert DISPATCH.counts(member("zhou"), NOON) == {
        "all": 2,
        "late": 0,
        "soon": 1,
        "urgent": 1,
        "returned": 0,
        "unproposed": 0,
    }


@pytest.mark.parametrize("queue", [DISPATCH, DECISIONS, REVIEW, CALLBACKS])
def test_every_tab_counts_exactly_its_rows(queue: object) -> None:
    a_case(urgency="urgent"), a_case(proposed_unit=None), bounce_asked(), extension_asked(), replied()
    accepted(phone="0593-6021234")
    someone = member({"dispatch": "zhou", "decision": "zhou", "review": "wu", "callback": "zheng"}[queue.slug])  # type: ignore[attr-defined]
    counts = queue.counts(someone, NOON)  # type: ignore[attr-defined]
    assert counts["all"] > 0
    for tab in queue.tabs:  # type: ignore[attr-defined]
        assert queue.part(tab, someone, NOON).count() == counts[tab.slug], tab.slug  # type: ignore[attr-defined]


def test_one_key_sends_a_case_to_the_proposed_unit() -> None:
    case = a_case()
    page = client_of("zhou").get(reverse("cases:dispatch_queue")).content.decode()
    assert 'data-key="D"' in page
    answer = post("zhou", "dispatch", case.number, unit="CGJ", version=case.version)
    assert answer.status_code == 303  # type: ignore[attr-defined]
    case.refresh_from_db()
    assert (case.status, case.unit) == (Status.DISPATCHED, unit("CGJ"))


def test_sending_the_same_form_twice_dispatches_once() -> None:
    case, key, client = a_case(), str(uuid4()), client_of("zhou")
    form = {"idempotency_key": key, "unit": "CGJ", "version": case.version}
    address = reverse("cases:dispatch", args=[case.number])
    assert [client.post(address, form).status_code for _turn in range(2)] == [303, 303]
    assert case.assignments.count() == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("市水务局", "SWJ"), ("swj", "SWJ"), ("Water Bureau", "SWJ"), ("sgaj", "GAJ"), ("供热", None)]
)
def test_a_unit_is_found_by_name_code_or_initials(typed: str, meant: str | None) -> None:
    case = a_case()
    answer = post("zhou", "dispatch", case.number, unit=typed, version=case.version)
    case.refresh_from_db()
    assert answer.status_code == (303 if meant else 422)  # type: ignore[attr-defined]
    assert (case.unit.code if case.unit else None) == meant


def test_a_name_several_units_share_is_asked_about() -> None:
    case = a_case()
    answer = post("zhou", "dispatch", case.number, unit="街道", version=case.version)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Several units match" in answer.content.decode()  # type: ignore[attr-defined]


def test_co_organisers_get_the_case_too_but_the_lead_only_once() -> None:
    case = a_case()
    post("zhou", "dispatch", case.number, unit="CGJ", co_organisers="SWJ", co_organiser_2="CGJ", version=case.version)
    assert sorted(a.unit.code for a in case.assignments.select_related("unit")) == ["CGJ", "SWJ"]


def test_a_case_somebody_else_changed_is_not_dispatched() -> None:
    case = a_case()
    answer = post("zhou", "dispatch", case.number, unit="CGJ", version=case.version - 1)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    case.refresh_from_db()
    assert case.status == Status.REGISTERED


def test_a_return_is_granted_to_a_named_unit() -> None:
    decision = bounce_asked()
    post("zhou", "rule", decision.pk, act="grant", unit="ZJJ", version=decision.case.version)
    decision.case.refresh_from_db()
    assert (decision.case.status, decision.case.unit) == (Status.DISPATCHED, unit("ZJJ"))


def test_a_return_without_a_unit_goes_back_to_the_dispatchers() -> None:
    decision = bounce_asked()
    post("zhou", "rule", decision.pk, act="grant", unit="")
    decision.case.refresh_from_db()
    assert decision.case.status == Status.REGISTERED
    assert DISPATCH.counts(member("zhou"), NOON)["returned"] == 1


def test_a_rejection_says_why_and_may_bind() -> None:
    decision = bounce_asked()
    silent = post("zhou", "rule", decision.pk, act="reject", ruling="")
    assert silent.status_code == 422  # type: ignore[attr-defined]
    post("zhou", "rule", decision.pk, act="reject", ruling="井盖归市政养护", final="on")
    decision.refresh_from_db()
    assert (decision.state, decision.final) == ("rejected", True)


def test_an_extension_is_ruled_on_from_the_same_list() -> None:
    decision = extension_asked()
    page = client_of("zhou").get(reverse("cases:decision_queue"), {"open": decision.pk}).content.decode()
    assert "+3" in page
    before = decision.case.promise_due_at
    post("zhou", "rule", decision.pk, act="grant")
    decision.case.refresh_from_db()
    assert before is not None
    assert decision.case.promise_due_at is not None
    assert decision.case.promise_due_at > before


def test_a_reply_is_accepted_or_sent_back_with_a_reason() -> None:
    good, poor = replied(), replied()
    page = client_of("wu").get(reverse("cases:review_queue")).content.decode()
    assert Reply.objects.filter(case=good).get().public_reply in page
    post("wu", "review", good.number, act="accept", version=good.version)
    unreasoned = post("wu", "review", poor.number, act="send_back", version=poor.version)
    assert unreasoned.status_code == 422  # type: ignore[attr-defined]
    post("wu", "review", poor.number, act="send_back", reason="no_evidence", note="缺现场照片", version=poor.version)
    good.refresh_from_db()
    poor.refresh_from_db()
    assert (good.status, poor.status) == (Status.VERIFYING, Status.HANDLING)


@pytest.mark.parametrize(
    ("username", "name"),
    [("zhou", "dispatch_queue"), ("zhou", "decision_queue"), ("wu", "review_queue"), ("zheng", "callback_queue")],
)
def test_a_queue_asks_the_database_little_however_long_it_is(
    username: str, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(4):
        a_case(), bounce_asked(), replied(), accepted(phone=f"0593-602123{_turn}")
    client = client_of(username)
    client.get(reverse(f"cases:{name}"))
    with django_assert_max_num_queries(6):
        assert client.get(reverse(f"cases:{name}")).status_code == 200


def test_pages_follow_one_another_without_gap_or_repeat() -> None:
    made = [a_case(MONDAY + timedelta(seconds=n)).number for n in range(23)]
    client = client_of("zhou")
    first = client.get(reverse("cases:dispatch_queue"))
    second = client.get(first.context["pager"]["next_url"])
    back = client.get(second.context["pager"]["previous_url"])
    numbers = [[case.number for case in answer.context["rows"]] for answer in (first, second, back)]
    assert numbers[0] + numbers[1] == made
    assert numbers[2] == numbers[0]
    assert not second.context["pager"]["next_url"]


def test_an_empty_queue_says_what_would_fill_it() -> None:
    assert "No case waits to be dispatched" in client_of("zhou").get(reverse("cases:dispatch_queue")).content.decode()


def test_the_reason_for_a_proposal_is_shown_as_it_was_kept() -> None:
    kept = {
        "units": [
            {"code": "SWJ", "confidence": 0.3, "source": "experience"},
            {"code": "CGJ", "confidence": 0.82, "source": "catalogue:103"},
        ]
    }
    case = a_case(routing=kept)
    with override("en"):
        assert (proposal(case).reason, proposal(case).percent) == ("Dispatch catalogue no. 103.", "82%")
    assert proposal(a_case()).percent == "", "nothing was suggested"
    assert proposal(a_case(routing=kept, proposed_unit=unit("ZJJ"))).percent == "", "a unit nobody suggested"
