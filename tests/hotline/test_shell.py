"""The frame of every page: the way about by role, what waits, notices; and the person's own keys."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hotline import inbox, outbox, tokens
from hotline.acts import Invalid, NotAllowed
from hotline.delivery import deliver_next
from hotline.models import ApiToken, AuditEntry, Membership, Message
from hotline.models.message import READ, ways_to
from hotline.pages.shell import device_key, first_page, waiting
from hotline.paging import page_of
from hotline.roles import Role
from tests.doors import client_of
from tests.people import member
from tests.stories import dispatched, replied

pytestmark = pytest.mark.django_db
INBOX, KEYS = "/inbox/", "/keys/"


def nav_of(username: str) -> list[str]:
    page = client_of(username).get(INBOX).content.decode()
    nav = page.partition('<nav class="hl-nav"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]+)"', nav)


def delivered() -> None:
    while deliver_next(timezone.now()):
        pass


@pytest.mark.parametrize(
    ("username", "first", "absent"),
    [
        ("wang", "/console/", "/dispatch/"),
        ("zhou", "/dispatch/", "/review/"),
        ("wu", "/review/", "/decisions/"),
        ("zheng", "/callbacks/", "/dispatch/"),
        ("sun", "/worklist/", "/console/"),
    ],
)
def test_each_role_begins_with_its_work(username: str, first: str, absent: str) -> None:
    nav = nav_of(username)
    assert nav[0] == first == first_page(member(username))
    assert absent not in nav
    assert client_of(username).get("/")["Location"] == first


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditadmin"])
def test_administrators_see_no_cases_in_their_frame(username: str) -> None:
    assert not {"/worklist/", "/console/", "/dispatch/", "/search/", "/review/"} & set(nav_of(username))


def test_every_role_has_a_first_page_it_may_open() -> None:
    for role in set(Role) - {Role.INTEGRATION}:
        someone = Membership.objects.filter(role=role).select_related("user").order_by("pk")[0]
        assert client_of(someone.user.username).get(first_page(someone)).status_code == 200, role


def test_the_numbers_are_those_of_the_lists_by_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    dispatched()
    replied()
    delivered()
    sun, wu = member("sun"), member("wu")
    with django_assert_num_queries(1):
        counts = waiting(sun)
    assert counts["cases:worklist"] == 1
    assert counts["hotline:inbox"] == inbox.unread(sun).count() > 0
    assert waiting(wu)["cases:review_queue"] == 1


def test_a_page_asks_for_the_session_the_person_the_numbers_and_itself(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    replied()
    delivered()
    client = client_of("sun")
    with django_assert_max_num_queries(5):
        client.get(INBOX)


def test_the_device_key_is_the_same_for_one_membership_only() -> None:
    assert device_key(member("wang")) == device_key(member("wang")) != device_key(member("li"))
    assert len(device_key(member("wang"))) == 44


def test_citizens_are_told_what_to_do_on_the_first_page() -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/").content.decode()
    assert 'href="tel:12345"' in page
    assert 'href="/track/"' in page
    assert 'href="/sign-in/"' in page


# -- Notices


def test_unread_notices_come_first_and_lead_to_the_case() -> None:
    old, new = dispatched(), dispatched()
    delivered()
    sun = member("sun")
    inbox.mark_read([n.pk for n in inbox.unread(sun).filter(about=new.number)], by=sun, at=timezone.now())
    page = client_of("sun").get(INBOX).content.decode()
    assert page.index(old.number) < page.index(new.number)
    assert f'href="/cases/{old.number}/"' in page


def test_a_notice_marked_read_is_no_longer_counted() -> None:
    dispatched()
    delivered()
    client, notice = client_of("sun"), inbox.unread(member("sun")).get()
    assert client.post("/inbox/read/", {"notice": str(notice.pk), "idempotency_key": "k1"}).status_code == 303
    assert not inbox.unread(member("sun")).exists()


def test_others_notices_cannot_be_marked() -> None:
    dispatched()
    delivered()
    notice = inbox.unread(member("sun")).get()
    client_of("lin").post("/inbox/read/", {"notice": str(notice.pk)})
    assert inbox.unread(member("sun")).count() == 1


def test_a_long_inbox_is_read_a_page_at_a_time() -> None:
    for _n in range(25):
        dispatched()
    delivered()
    Message.objects.filter(channel="in_app").update(read_at=timezone.now())
    page = client_of("sun").get(INBOX).content.decode()
    following = re.search(r'href="(\?page=[^"]+)" rel="next"', page)
    assert following
    second = client_of("sun").get(INBOX + following[1].replace("&amp;", "&")).content.decode()
    assert len(re.findall(r"/cases/[\d-]+/", page)) == 20
    assert len(re.findall(r"/cases/[\d-]+/", second)) == 5


def test_what_was_read_is_one_list_however_it_came() -> None:
    sun, now = member("sun"), timezone.now()
    ways: tuple[dict[str, Any], ...] = (
        {"to_user": sun.user},
        {"to_organisation": sun.organisation},
        {"to_organisation": sun.organisation, "to_role": sun.role, "to_user": sun.user},
        {"to_role": sun.role},
    )
    told = [now - timedelta(minutes=n) for n in range(50)]
    for n, at in enumerate(told):
        outbox.post(outbox.notice("second_factor_reset_own", at=at, words={"by": "-", "because": "-"}, **ways[n % 4]))
    delivered()
    inbox.mark_read(None, by=sun, at=now)
    mine = Message.objects.not_kept_from(sun).filter(READ)
    pages = [page_of(mine, "created_at", descending=True, ways=ways_to(sun))]
    while pages[-1].next:
        pages.append(page_of(mine, "created_at", pages[-1].next, descending=True, ways=ways_to(sun)))
    assert [[row.created_at for row in page.rows] for page in pages] == [told[:20], told[20:40], told[40:]]
    back = page_of(mine, "created_at", pages[2].previous, descending=True, ways=ways_to(sun))
    assert back.rows == pages[1].rows


# -- Keys for programs


def issued(username: str = "zhou", days: int = 30) -> tokens.Issued:
    by = member(username)
    return tokens.issue(by, by=by, at=timezone.now(), name="报表", days=days)


def test_a_key_is_shown_once_and_kept_as_a_digest() -> None:
    client = client_of("zhou")
    form = {"name": "报表", "days": "30", "idempotency_key": "k1"}
    page = client.post(KEYS, form).content.decode()
    found = re.search(r'<span class="hl-hash">([\w-]{43})</span>', page)
    assert found
    raw = found[1]
    assert raw not in client.get(KEYS).content.decode()
    assert raw not in client.post(KEYS, form).content.decode()  # sent twice by a double click
    assert bytes(ApiToken.objects.get().digest) == tokens.digest(raw)
    assert tokens.authenticate_token(raw) == member("zhou")
    assert raw not in str(AuditEntry.objects.values_list("details", "reason"))


def test_a_key_ends_when_revoked_expired_or_with_the_membership() -> None:
    now = timezone.now()
    token, raw = issued()
    assert tokens.authenticate_token(raw, at=now + timedelta(days=29)) is not None
    assert tokens.authenticate_token(raw, at=now + timedelta(days=31)) is None
    client_of("zhou").post(f"/keys/{token.pk}/revoke/")
    assert tokens.authenticate_token(raw) is None
    other = issued("wang").raw
    Membership.objects.filter(pk=member("wang").pk).update(valid=(now - timedelta(days=9), now - timedelta(days=1)))
    assert tokens.authenticate_token(other) is None


@pytest.mark.parametrize("days", [0, 366])
def test_a_key_lives_a_year_at_most(days: int) -> None:
    with pytest.raises(Invalid):
        issued(days=days)


def test_keys_are_ones_own() -> None:
    token, raw = issued("zhou")
    assert client_of("wang").post(f"/keys/{token.pk}/revoke/").status_code == 404
    with pytest.raises(NotAllowed):
        tokens.revoke(token, by=member("wang"), at=timezone.now())
    with pytest.raises(NotAllowed):
        tokens.issue(member("zhou"), by=member("wang"), at=timezone.now(), name="x", days=1)
    assert tokens.authenticate_token(raw) == member("zhou")


def test_a_key_is_checked_by_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    raw = issued().raw
    with django_assert_num_queries(1):
        found = tokens.authenticate_token(raw)
        assert found is not None
        assert found.organisation.label
        assert found.user.label
