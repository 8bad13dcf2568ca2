"""The pages of people: the list, one person, every act with its form; for whom they are, and what they never show."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hotline.models import AuditEntry, Authenticator, Membership, User
from tests.doors import client_of
from tests.hotline.test_people import added, ended
from tests.hotline.test_second_factor import set_up
from tests.people import member, unit

pytestmark = pytest.mark.django_db
PERSON = {"username": "tian", "name": "田甜", "name_en": "Tian Tian", "language": "en", "because": "12号函"}


def people(username: str = "secadmin", **query: str) -> Any:
    answer = client_of(username).get("/people/", query)
    assert answer.status_code == 200
    return answer


def names(answer: Any) -> list[str]:
    return [person.username for person in answer.context["rows"]]


def page_of(username: str) -> str:
    return f"/people/{member(username).user_id}/"


@pytest.mark.parametrize(
    ("username", "looks", "acts"),
    [
        *(("secadmin", 200, 422), ("auditadmin", 200, 403)),
        *(
            (username, 403, 403)
            for username in ("sysadmin", "wang", "luo", "zhou", "yan", "jiang", "shen", "peng", "han")
        ),
    ],
)
def test_the_security_administrator_acts_the_audit_administrator_looks(username: str, looks: int, acts: int) -> None:
    client, person = client_of(username), page_of("li")
    assert [client.get(page).status_code for page in ("/people/", person)] == [looks, looks]
    role = member("li").pk
    doors = [f"{person}do/{name}/" for name in ("grant", "unlock", "second-factor", "sessions")]
    for door in ("/people/add/", f"{person}one-time-password/", f"/people/roles/{role}/end/", *doors):
        assert client.post(door, {"x": "1"}).status_code == acts, door


def test_people_are_listed_by_user_name_a_page_at_a_time() -> None:
    first = people()
    following = re.search(r'href="(\?page=[^"]+)" rel="next"', first.content.decode())
    assert following
    second = client_of("secadmin").get("/people/" + following[1].replace("&amp;", "&"))
    assert names(first) + names(second) == sorted(User.objects.values_list("username", flat=True))[:40]
    before = re.search(r'href="(\?page=[^"]+)" rel="prev"', second.content.decode())
    assert before
    assert names(client_of("secadmin").get("/people/" + before[1].replace("&amp;", "&"))) == names(first)


def test_the_list_asks_the_database_as_much_for_twenty_people_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """Who asks (2), what waits, the people, their roles, the organisations to choose from."""
    client = client_of("secadmin")
    client.get("/people/")
    for query in ({}, {"q": "wang"}):
        with django_assert_num_queries(6):
            client.get("/people/", query)


def test_the_list_is_narrowed_by_words_organisation_role_and_state() -> None:
    assert names(people(q="王静")) == ["wang"]
    assert names(people(organisation="CGJ", role="clerk")) == ["sun"]
    added()
    assert names(people(state="one_time")) == ["tian"]
    assert "No account fits the filters" in people(q="zzzz").content.decode()


def test_the_list_shows_roles_of_now_and_later_else_the_last_one() -> None:
    at = timezone.now()
    leader = Membership.objects.create(
        user=member("wang").user, organisation=unit("JIA"), role="shift_leader", valid=(at + timedelta(days=3), None)
    )
    shown = {person.username: person.held for person in people(q="1024").context["rows"]}
    assert shown["wang"] == [member("wang"), leader]
    for held in shown["wang"]:
        ended(held)
    shown = {person.username: person.held for person in people(q="1024").context["rows"]}
    assert len(shown["wang"]) == 1


def test_adding_a_person_shows_the_password_once() -> None:
    client = client_of("secadmin")
    answer = client.post("/people/add/", PERSON | {"idempotency_key": "k1"})
    raw = re.search(r"data-one-time>([^<]+)<", answer.content.decode())
    assert raw
    user = User.objects.get(username="tian")
    assert (user.name_en, user.language, user.check_password(raw[1])) == ("Tian Tian", "en", True)
    assert "no-store" in answer["Cache-Control"]
    again = client.post("/people/add/", PERSON | {"idempotency_key": "k1"}, follow=True)
    assert "not shown again" in again.content.decode()
    for page in ("/people/?q=tian", f"/people/{user.pk}/"):
        assert raw[1] not in client.get(page).content.decode()


def test_what_is_wrong_with_a_new_person_is_said_and_nothing_is_lost() -> None:
    answer = client_of("secadmin").post("/people/add/", PERSON | {"username": "wang"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This user name is taken." in page
    assert 'value="田甜"' in page


def do(username: str, name: str, **given: str) -> Any:
    client = client_of("secadmin")
    return client.post(f"{page_of(username)}do/{name}/", {"because": "12号函", **given}, follow=True)


def test_a_role_is_given_in_the_page() -> None:
    said = do("wang", "grant", organisation="JIA", role="shift_leader").content.decode()
    assert "The role is given." in said
    assert Membership.objects.current(timezone.now()).filter(user__username="wang", role="shift_leader").exists()


def test_a_role_that_does_not_fit_comes_back_with_a_sentence_in_its_form() -> None:
    answer = do("wang", "grant", organisation="JIA", role="dispatcher")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no Dispatcher in an organisation of this kind (Contractor)." in page
    assert re.search(r'<details open id="do-grant">', page)


def test_a_period_is_given_in_local_time() -> None:
    do("wang", "grant", organisation="JIA", role="shift_leader", since="2027-01-04T08:30", until="2027-06-30T18:00")
    held = Membership.objects.get(user__username="wang", role="shift_leader")
    assert [f"{timezone.localtime(t):%Y-%m-%d %H:%M}" for t in (held.valid.lower, held.valid.upper)] == [
        "2027-01-04 08:30",
        "2027-06-30 18:00",
    ]


def test_a_role_is_ended_in_the_page() -> None:
    wang = member("wang")
    answer = client_of("secadmin").post(f"/people/roles/{wang.pk}/end/", {"because": "离职"}, follow=True)
    assert "The end of the role is set." in answer.content.decode()
    assert not Membership.objects.current(timezone.now()).filter(pk=wang.pk).exists()
    assert "离职" in client_of("auditadmin").get(f"/people/{wang.user_id}/").content.decode()


def test_a_second_factor_is_reset_in_the_page() -> None:
    set_up("zhou")
    assert "The second factor is reset." in do("zhou", "second-factor").content.decode()
    assert not Authenticator.objects.exists()
    again = do("zhou", "second-factor")
    assert again.status_code == 422
    assert "This person has no second factor." in again.content.decode()


@pytest.mark.parametrize(("name", "act"), [("unlock", "access.unlock"), ("sessions", "access.end_sessions")])
def test_the_other_acts_are_done_in_the_page_once(name: str, act: str) -> None:
    for _time in range(2):
        do("wang", name, idempotency_key="once")
    assert AuditEntry.objects.filter(act=act, result="ok").count() == 1


@pytest.mark.parametrize("name", ["password", "nothing", "end"])
def test_there_are_no_other_acts(name: str) -> None:
    assert do("wang", name).status_code == 404


def test_a_new_password_is_shown_once() -> None:
    client, address = client_of("secadmin"), f"{page_of('wang')}one-time-password/"
    given = {"because": "12号函", "idempotency_key": "k1"}
    raw = re.search(r"data-one-time>([^<]+)<", client.post(address, given).content.decode())
    assert raw
    assert User.objects.get(username="wang").check_password(raw[1])
    assert "not shown again" in client.post(address, given, follow=True).content.decode()
    assert User.objects.get(username="wang").check_password(raw[1])


def test_one_sees_oneself_and_is_told_who_acts() -> None:
    page = client_of("secadmin").get(page_of("secadmin")).content.decode()
    assert "Another security administrator acts on your account" in page
    assert "<details id=" not in page


def test_what_a_person_may_do_is_said_in_words() -> None:
    page = client_of("auditadmin").get(page_of("zhou")).content.decode()
    assert "dispatch cases" in page
    assert "All cases." in page
    assert "review replies" not in page
    chinese: Client = client_of("auditadmin", language="zh-hans")
    assert "派单" in chinese.get(page_of("zhou")).content.decode()


def test_the_history_says_who_did_what_and_why(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client, address = client_of("auditadmin"), page_of("wang")
    do("wang", "unlock")
    do("wang", "grant", organisation="JIA", role="shift_leader")
    client.get(address)
    with django_assert_max_num_queries(8):
        page = client.get(address)
    history = [(str(words), entry.actor.username, entry.reason) for entry, words in page.context["history"]]
    assert history == [("Role given", "secadmin", "12号函"), ("Unlocked", "secadmin", "12号函")]
