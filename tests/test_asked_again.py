"""A request that comes twice is told the same twice, also where its first coming changed what the second one finds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases import decisions, dispatching, handling, intake
from cases.models import Case, CaseEvent, Draft
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import MONDAY, a_case, bounce_asked, current, dispatched, lead
from tests.test_bad_words import a_form


def twice_on_the_page(username: str, case: Case, move: str, **given: object) -> list[tuple[int, str]]:
    form = {"version": current(case).version, "idempotency_key": "once", **given}
    answers = [client_of(username).post(f"/cases/{case.number}/moves/{move}/", form) for _again in range(2)]
    return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


@pytest.mark.django_db
def test_a_request_taken_back_twice_from_the_page_is_taken_back_once() -> None:
    case = bounce_asked().case
    assert twice_on_the_page("sun", case, "take-back") == [(303, f"/cases/{case.number}/")] * 2
    assert CaseEvent.objects.of(case).filter(kind="decision_withdrawn").count() == 1


@pytest.mark.django_db
def test_a_return_granted_twice_from_the_page_is_granted_once() -> None:
    case = bounce_asked().case
    told = twice_on_the_page("zhou", case, "rule", act="grant", unit="SWJ", ruling="同意")
    assert told == [(303, f"/cases/{case.number}/")] * 2
    assert CaseEvent.objects.of(case).filter(kind="bounce_granted").count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused_on_the_page_even_if_the_act_is_over() -> None:
    case = bounce_asked().case
    client, path = client_of("sun"), f"/cases/{case.number}/moves/take-back/"
    form = {"version": case.version, "idempotency_key": "once"}
    codes = [client.post(path, {**form, "more": more}).status_code for more in ("", "1")]
    assert codes == [303, 422]


@pytest.mark.django_db
def test_a_reply_sent_again_gets_the_first_answer_though_the_unit_has_no_part_in_the_case_any_more() -> None:
    lin, case = Api("lin"), helped_by_water()
    path, body = f"cases/{case.number}/", {"claim": "true", "contacted": False, "solved": "solved"}
    version = lin.post(f"{path}sign/", If_Match=f'"{case.version}"').body["version"]
    body |= {"public_reply": "水务部门已到场检查，管线完好。"}
    first, again = (
        lin.post(f"{path}reply/", body, Idempotency_Key="once", If_Match=f'"{version}"') for _again in range(2)
    )
    assert (first.status, again.status, again.text) == (200, 200, first.text)


def helped_by_water() -> Case:
    case = a_case()
    return dispatching.dispatch(
        case, by=member("zhou"), at=MONDAY, version=case.version, unit=unit(), co_organisers=[unit("SWJ")]
    )


@pytest.mark.django_db(transaction=True)
def test_a_callers_addition_sent_four_times_at_once_is_added_once() -> None:
    case, wang = dispatched(), member("wang")
    draft = intake.open_draft(by=wang, at=MONDAY, fields={})
    form = a_form(words="又有人绊倒了", draft=str(draft.pk), idempotency_key="once")
    clients, start = [client_of("wang") for _ in range(4)], Barrier(4)

    def send(n: int) -> int:
        start.wait(30)
        try:
            return int(clients[n].post(f"/console/additions/{case.number}/", form).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {303}
    assert CaseEvent.objects.of(case).filter(kind="urged").count() == 1
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_several_signed_off_under_a_key_as_long_as_keys_may_be_are_signed_off_once() -> None:
    case = dispatched()
    handling.mark_opened(lead(case), by=member("sun"), at=MONDAY)
    form = {"chosen": f"{lead(case).pk}:{case.version}", "idempotency_key": "k" * 80}
    codes = [client_of("sun").post("/worklist/sign/", form).status_code for _again in range(2)]
    assert codes == [303, 303]
    assert CaseEvent.objects.of(case).filter(kind="signed").count() == 1


@pytest.mark.django_db
def test_who_comes_too_late_from_a_unit_that_lost_the_case_is_told_what_changed() -> None:
    asked = bounce_asked()
    seen = current(asked.case).version
    decisions.grant(asked, by=member("zhou"), at=MONDAY, version=seen, unit=unit("SWJ"), ruling="同意退回")
    told = Api("sun").post(f"cases/{asked.case.number}/sign/", If_Match=f'"{seen}"')
    assert (told.status, told.body["code"], told.body["version"]) == (409, "stale", seen + 1)
    assert [change["kind"] for change in told.body["changes"]] == ["bounce_granted"]
    page = client_of("sun").post(f"/cases/{asked.case.number}/moves/sign/", {"version": seen})
    assert page.status_code == 409
    assert "Nothing of yours was overwritten" in page.content.decode()
    assert Api("sun").post(f"cases/{asked.case.number}/sign/", If_Match=f'"{seen + 1}"').body["code"] == "not_now"
