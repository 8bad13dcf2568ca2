"""Safe to repeat, never blind: Idempotency-Key and If-Match."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from cases.models import Case, CaseEvent, Reveal
from hotline.models import RequestKey
from tests.cases.api.client import Answer, Api
from tests.cases.api.requests import a_request
from tests.stories import a_case, dispatched


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """Requests sent together, each on a connection of its own."""
    answers = list[Answer]()

    def send(act: Callable[[], Answer]) -> None:
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db
def test_a_repeated_request_gets_the_same_answer_and_does_nothing() -> None:
    wang = Api("wang")
    first, second = (wang.post("cases/", a_request(), Idempotency_Key="one") for _ in range(2))
    assert (first.status, first.text) == (second.status, second.text)
    for header in ("ETag", "Location", "Content-Type"):
        assert first.headers[header] == second.headers[header]
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_key_is_not_used_for_something_else() -> None:
    wang = Api("wang")
    wang.post("cases/", a_request(), Idempotency_Key="one")
    other = wang.post("cases/", a_request(title="路灯不亮"), Idempotency_Key="one")
    assert (other.status, other.body["code"]) == (422, "key_reused")
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_keys_are_each_members_own() -> None:
    for name in ("wang", "li"):
        assert Api(name).post("cases/", a_request(), Idempotency_Key="one").status == 201
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_a_move_repeated_after_the_case_went_on_gets_its_first_answer() -> None:
    case, zhou, sun = a_case(), Api("zhou"), Api("sun")
    seen = {"If_Match": '"1"', "Idempotency_Key": "send"}
    first = zhou.post(f"cases/{case.number}/dispatch/", {"unit": "CGJ"}, **seen)
    sun.move(first.body, "sign")
    again = zhou.post(f"cases/{case.number}/dispatch/", {"unit": "CGJ"}, **seen)
    assert (again.status, again.text) == (200, first.text)


@pytest.mark.django_db
def test_a_refused_act_leaves_its_key_free() -> None:
    wang = Api("wang")
    assert wang.post("cases/", a_request(words="  "), Idempotency_Key="one").status == 400
    assert wang.post("cases/", a_request(), Idempotency_Key="one").status == 201


@pytest.mark.django_db
def test_a_key_longer_than_can_be_kept_is_refused_not_cut() -> None:
    assert Api("wang").post("cases/", a_request(), Idempotency_Key="k" * 81).status == 400


@pytest.mark.django_db(transaction=True)
def test_parallel_repeats_register_one_case_and_all_get_its_number() -> None:
    wang = Api("wang")
    answers = at_once(*[lambda: wang.post("cases/", a_request(), Idempotency_Key="storm")] * 8)
    assert len({answer.text for answer in answers}) == 1
    assert {answer.status for answer in answers} == {201}
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_parallel_moves_on_one_version_one_is_made_and_the_others_hear_what_changed() -> None:
    case, zhou = dispatched(), Api("zhou")
    path, seen = f"cases/{case.number}/note/", {"If_Match": f'"{case.version}"'}
    answers = at_once(*(partial(zhou.post, path, {"words": f"第 {n} 条"}, **seen) for n in range(6)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409, 409, 409]
    [made] = [event.why for event in CaseEvent.objects.of(case).filter(kind="noted")]
    for answer in answers:
        if answer.status == 409:
            assert answer.body["changes"][0]["why"] == made
            assert answer.body["version"] == case.version + 1


@pytest.mark.django_db
def test_a_write_without_if_match_is_not_made() -> None:
    case = dispatched()
    answer = Api("sun").post(f"cases/{case.number}/sign/")
    assert (answer.status, answer.body["code"]) == (428, "precondition_required")
    assert Case.objects.get().version == case.version


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["2", "*", 'W/"2"', '"2", "3"', '"two"', '"99999999999999999999"'])
def test_if_match_is_one_version_in_quotes(given: str) -> None:
    case = dispatched()
    assert Api("sun").post(f"cases/{case.number}/sign/", If_Match=given).status == 400


@pytest.mark.django_db
def test_a_stale_version_is_refused_with_what_changed() -> None:
    case = dispatched()
    Api("zhou").move({"number": case.number, "version": case.version}, "note", words="市民补充：夜间无照明。")
    answer = Api("sun").post(f"cases/{case.number}/sign/", If_Match=f'"{case.version}"')
    assert (answer.status, answer.body["code"], answer.body["version"]) == (409, "stale", case.version + 1)
    assert answer.headers["ETag"] == f'"{case.version + 1}"'
    [change] = answer.body["changes"]
    assert (change["kind"], change["why"]) == ("noted", "市民补充：夜间无照明。")


@pytest.mark.django_db
def test_the_identity_is_shown_for_a_reason_and_never_kept_for_repeats() -> None:
    case, sun = dispatched(), Api("sun")
    path = f"cases/{case.number}/reveal/"
    assert sun.post(path, {}).status == 400
    first, again = (sun.post(path, {"reason": "contact"}, Idempotency_Key="see") for _ in range(2))
    assert first.body["phone"] == "+8613800006021"
    assert (again.status, again.text) == (201, first.text)
    assert Reveal.objects.count() == 1
    assert "13800006021" not in str(RequestKey.objects.get().answer)
