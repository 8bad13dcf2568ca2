"""Tokens, sessions and what is hidden."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hotline.guards import LAST_USED, MEMBERSHIP, SINCE
from hotline.models import ApiToken
from tests.cases.api.client import Answer, Api
from tests.people import member, unit
from tests.stories import a_case, dispatched, replied, signed

pytestmark = pytest.mark.django_db


def browser_of(username: str, *, csrf: bool = False) -> Client:
    """A signed-in browser."""
    client, who, now = Client(enforce_csrf_checks=csrf), member(username), timezone.now().timestamp()
    client.force_login(who.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.session
    session[MEMBERSHIP], session[SINCE], session[LAST_USED] = str(who.pk), now, now
    session.save()
    return client


@pytest.mark.parametrize("change", ["revoked_at", "expires_at"])
def test_a_token_that_was_revoked_or_has_run_out_is_nobodys(change: str) -> None:
    wang = Api("wang")
    assert wang.get("users/me/").status == 200
    ApiToken.objects.update(**{change: timezone.now() - timedelta(seconds=1)})
    answer = wang.get("users/me/")
    assert answer.status == 401
    assert "WWW-Authenticate" in answer.headers


def test_a_token_ends_with_its_membership() -> None:
    wang = Api("wang")
    assert wang.get("users/me/").status == 200
    who = member("wang")
    who.valid = (who.valid.lower, timezone.now())
    who.save()
    assert wang.get("users/me/").status == 401


def test_another_scheme_or_a_stranger_token_is_refused_even_beside_a_session() -> None:
    client = browser_of("wang")
    assert client.get("/api/v1/users/me/").status_code == 200
    for header in ("Bearer nonsense", "Basic d2FuZzp3YW5n", "Bearer"):
        assert client.get("/api/v1/users/me/", headers={"Authorization": header}).status_code == 401


def test_a_browser_writes_only_with_its_csrf_token() -> None:
    client = browser_of("wang", csrf=True)
    answer = Answer(client.post("/api/v1/cases/", "{}", content_type="application/json"))
    assert (answer.status, answer.headers["Content-Type"]) == (403, "application/problem+json")


def test_me_tells_the_membership_and_what_it_may_do() -> None:
    me = Api("sun").get("users/me/").body
    assert (me["role"]["code"], me["organisation"]["code"]) == ("clerk", "CGJ")
    assert "assignment.work" in me["capabilities"]
    assert "case.dispatch" not in me["capabilities"]


def without_its_id(answer: Answer) -> tuple[int, str, dict[str, str]]:
    """The answer byte for byte, but for the number each request has of its own."""
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
    return answer.status, answer.text.replace(answer.body["request_id"], ""), headers


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("GET", "events/"), ("POST", "sign/"), ("POST", "reveal/")])
def test_a_hidden_case_is_not_there_in_the_very_same_words(method: str, path: str) -> None:
    lin, body = Api("lin"), {"reason": "contact"} if path == "reveal/" else {}
    hidden, absent = (
        without_its_id(lin.call(method, f"cases/{number}/{path}", body, If_Match='"2"'))
        for number in (dispatched().number, "20260309-999990")
    )
    assert hidden[0] == 404
    assert hidden == absent


def test_other_units_and_contractors_see_nothing_of_a_case() -> None:
    case = signed()
    for name, seen in {"sun": 1, "lin": 0, "wang": 1, "chen": 0, "zhou": 1, "telephony": 0}.items():
        assert len(Api(name).get("cases/").body["results"]) == seen, name
        assert Api(name).get(f"cases/{case.number}/").status == (200 if seen else 404), name


def test_the_citizen_is_masked_and_of_a_confidential_case_unknown_to_the_units() -> None:
    plain, secret = dispatched(), dispatched(confidential=True, phone="13800006022")
    told = Api("sun").get(f"cases/{plain.number}/")
    assert told.body["citizen"]["phone"] == "138****6021"
    hushed = Api("sun").get(f"cases/{secret.number}/")
    assert (hushed.body["citizen"], hushed.body["identity_can_be_revealed"]) == (None, False)
    refused = Api("sun").post(f"cases/{secret.number}/reveal/", {"reason": "contact"})
    assert refused.status == 403
    for text in (told.text, hushed.text, Api("sun").get("cases/").text, refused.text):
        assert "13800006021" not in text
        assert "13800006022" not in text


def test_the_internal_note_is_for_the_public_side_only() -> None:
    case = replied()
    assert Api("wu").get(f"cases/{case.number}/").body["replies"][0]["internal_note"]
    assert Api("wang").get(f"cases/{case.number}/").body["replies"][0]["internal_note"] is None


def test_labels_follow_the_reader_and_codes_do_not() -> None:
    number = a_case().number
    path = f"cases/{number}/"
    chinese, english = (Api("zhou", **{"Accept-Language": language}).get(path).body for language in ("zh-hans", "en"))
    assert chinese["proposed_unit"] == {"code": "CGJ", "label": unit().name}
    assert english["proposed_unit"] == {"code": "CGJ", "label": unit().name_en}
    assert english["status"] == {"code": "registered", "label": "registered"}
    assert english["registered_at"] == "2026-03-09T10:00:00+08:00"
