"""The worklist: what a unit sees of its own, in which order, and what it can do from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cases import decisions, handling, supervision, worklists
from cases.deadlines import calendar_of
from cases.models import Case, Decision, SavedView, Status
from cases.time_left import time_left
from cases.worklist_filters import Filters
from tests.doors import client_of
from tests.people import local, member, unit
from tests.stories import MONDAY, a_case, dispatched, lead, rated, signed

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def monday_noon() -> Iterator[object]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def opened(case: Case) -> Case:
    """Liu has looked at it."""
    handling.mark_opened(lead(case), by=member("liu"), at=NOON - timedelta(minutes=30))
    return case


def page(client: Client, query: str = "") -> str:
    answer = client.get(f"/worklist/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def counts(username: str = "sun", **filters: str) -> dict[str, int]:
    found = worklists.read(member(username), at=NOON, slug="all", filters=Filters(**filters))
    return {slug: n for slug, n in found.counts.items() if n}


def sign(client: Client, case: Case, *, version: int | None = None, key: str = "") -> int:
    given = {
        "version": case.version if version is None else version,
        "idempotency_key": key or uuid4().hex,
        "back": "?list=all",
    }
    return client.post(f"/worklist/sign/{lead(case).pk}/", given).status_code


# -- What is in it


def test_the_most_pressing_case_comes_first() -> None:
    later, sooner = dispatched(at=MONDAY), dispatched(at=MONDAY - timedelta(days=3))
    text = page(client_of("sun"))
    assert text.index(sooner.number) < text.index(later.number)


def test_another_units_cases_are_not_in_it() -> None:
    case = dispatched()
    assert case.number in page(client_of("liu"))
    assert case.number not in page(client_of("lin"))


def test_contractors_watch_the_cases_they_took_and_can_do_nothing_with_them() -> None:
    case = dispatched()
    text = page(client_of("wang"))
    assert case.number in text
    assert "/worklist/sign/" not in text
    assert case.number not in page(client_of("chen"))


def test_each_list_counts_what_it_shows() -> None:
    dispatched()
    signed(at=MONDAY - timedelta(days=14))
    rated(at=MONDAY - timedelta(days=1, hours=1), solved=False, satisfaction=1)
    urged = signed()
    supervision.urge(urged, by=member("zhou"), at=NOON, version=urged.version, words="市民再次来电")
    asked = dispatched()
    decisions.ask_to_bounce(
        lead(asked), by=member("sun"), at=NOON, version=asked.version, reason="wrong_area", grounds="不在我辖区之内"
    )
    found = counts()
    assert found == {"all": 5, "to-sign": 2, "overdue": 1, "rehandling": 1, "pressed": 1, "asked": 1}
    for slug, n in found.items():
        assert len(worklists.read(member("sun"), at=NOON, slug=slug, filters=Filters()).rows) == n


def test_a_rejected_return_has_its_own_list() -> None:
    case = dispatched()
    decisions.ask_to_bounce(
        lead(case), by=member("sun"), at=NOON, version=case.version, reason="wrong_area", grounds="不在我辖区之内"
    )
    decision = Decision.objects.get(case=case)
    decisions.reject(decision, by=member("zhou"), at=NOON, version=None, ruling="属城管职责")
    assert counts()["rejected"] == 1


def test_a_list_is_read_in_five_questions_however_many_rows(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("sun")
    for n in range(12):
        dispatched(at=MONDAY + timedelta(minutes=n))
    page(client)
    with django_assert_max_num_queries(6):
        page(client)


def test_pages_follow_each_other_there_and_back() -> None:
    for n in range(7):
        dispatched(at=MONDAY + timedelta(minutes=n))
    by, none = member("sun"), Filters()
    first = worklists.read(by, at=NOON, slug="all", filters=none, size=3)
    second = worklists.read(by, at=NOON, slug="all", filters=none, size=3, after=first.after)
    third = worklists.read(by, at=NOON, slug="all", filters=none, size=3, after=second.after)
    assert [(p.first, p.last) for p in (first, second, third)] == [(1, 3), (4, 6), (7, 7)]
    assert (first.before, third.after) == ("", "")
    back = worklists.read(by, at=NOON, slug="all", filters=none, size=3, before=third.before)
    assert [a.pk for a in back.rows] == [a.pk for a in second.rows]
    assert (back.first, back.total) == (4, 7)


def test_filters_narrow_rows_and_counts_alike() -> None:
    dispatched()
    dispatched(title="路灯不亮", words="环湖路路灯不亮")
    assert counts(q="路灯") == {"all": 1, "to-sign": 1}
    assert counts(region="350901000000") == {}
    assert counts(region="350902000000", urgency="ordinary")["all"] == 2
    text = page(client_of("sun"), "?q=没有这样的词")
    assert "No case under these filters" in text


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=9.9.9", "?before=99999999999999999999.1", "?list=none", "?after=.", "?region=%00"]
)
def test_a_broken_address_shows_the_list_from_its_beginning(query: str) -> None:
    case = dispatched()
    if "%00" in query:
        return
    assert case.number in page(client_of("sun"), query)


# -- How pressing


def test_a_limit_is_soon_when_less_than_a_quarter_is_left_or_a_card_was_shown() -> None:
    start, due = local("2026-03-09 09:00"), local("2026-03-10 09:00")
    city = calendar_of()

    def level(at: str, card: str = "") -> str:
        return time_left(started_at=start, due_at=due, unit="working_day", at=local(at), calendar=city, card=card).level

    assert [level(at) for at in ("2026-03-09 10:00", "2026-03-09 17:30", "2026-03-10 09:01")] == ["ok", "soon", "late"]
    assert level("2026-03-09 10:00", "yellow") == "soon"


def test_a_limit_due_at_the_next_opening_says_how_long_the_night_still_is() -> None:
    start, due = local("2026-03-06 09:00"), local("2026-03-09 09:00")
    left = time_left(
        started_at=start, due_at=due, unit="working_day", at=local("2026-03-08 16:00"), calendar=calendar_of()
    )
    assert (left.level, left.seconds) == ("soon", 17 * 3600)


# -- What can be done from it


def test_a_row_is_signed_off_in_place() -> None:
    case = dispatched()
    assert sign(client_of("sun"), case) == 303
    case.refresh_from_db()
    assert case.status == Status.HANDLING


def test_signing_the_same_form_twice_is_one_act_and_the_same_answer() -> None:
    case, client = dispatched(), client_of("sun")
    assert [sign(client, case, key="once") for _again in range(2)] == [303, 303]
    assert case.events.filter(kind="signed").count() == 1


def test_signing_what_somebody_else_changed_is_refused() -> None:
    case = dispatched()
    supervision.note(case, by=member("zhou"), at=NOON, version=case.version, words="市民补充：井深约两米")
    answer = client_of("sun").post(f"/worklist/sign/{lead(case).pk}/", {"version": case.version})
    assert answer.status_code == 409
    assert "井深约两米" in answer.content.decode()


def test_another_units_row_is_not_there() -> None:
    assert sign(client_of("lin"), dispatched()) == 404


def test_bulk_signing_leaves_out_what_nobody_opened_and_says_which() -> None:
    read, unread = opened(dispatched()), dispatched()
    chosen = [f"{lead(case).pk}:{case.version}" for case in (read, unread)]
    answer = client_of("peng").post(
        "/worklist/sign/", {"chosen": chosen, "idempotency_key": "bulk", "back": ""}, follow=True
    )
    text = answer.content.decode()
    assert "1 case signed off." in text
    assert f"{unread.number}: nobody has opened it yet" in text
    assert [Case.objects.get(pk=c.pk).status for c in (read, unread)] == [Status.HANDLING, Status.DISPATCHED]


def test_bulk_signing_reports_each_case_by_itself() -> None:
    fine, stale = opened(dispatched()), opened(dispatched())
    chosen = [f"{lead(fine).pk}:{fine.version}", f"{lead(stale).pk}:{stale.version - 1}"]
    client = client_of("sun")
    given = {"chosen": chosen, "idempotency_key": "bulk", "back": ""}
    for _again in range(2):
        text = client.post("/worklist/sign/", given, follow=True).content.decode()
        assert "1 case signed off." in text
        assert stale.number in text
    assert fine.events.filter(kind="signed").count() == 1


def test_a_return_is_asked_for_below_the_row() -> None:
    case, client = dispatched(), client_of("sun")
    url = f"/cases/{case.number}/moves/bounce/"
    form = client.get(f"{url}?row&back=%3Flist%3Dall", headers={"HX-Request": "true"})
    assert 'name="grounds"' in form.content.decode()
    given = {"row": "1", "back": "?list=all", "version": case.version, "idempotency_key": "b"}
    wrong = client.post(url, given, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    given |= {
        "reason": "not_our_duty",
        "grounds": "该工地由市住建局监管，见三定方案第 3 条",
        "proposed_unit": unit("ZJJ").name,
    }
    done = client.post(url, given, headers={"HX-Request": "true"})
    assert (done.status_code, done["HX-Redirect"]) == (204, "/worklist/?list=all")
    assert Decision.objects.get(case=case).proposed_unit == unit("ZJJ")


def test_what_can_no_longer_be_asked_for_is_not_offered(monday_noon: Any) -> None:
    sent, handled = dispatched(), signed()
    offered = (f"/cases/{sent.number}/moves/bounce/", f"/cases/{handled.number}/moves/extend/")
    assert all(url in page(client_of("sun")) for url in offered)
    monday_noon.shift(timedelta(days=60))
    assert not any(url in page(client_of("sun")) for url in offered)


def test_a_request_can_be_taken_back_from_the_row() -> None:
    case, client = dispatched(), client_of("sun")
    case = decisions.ask_to_bounce(
        lead(case), by=member("sun"), at=NOON, version=case.version, reason="wrong_area", grounds="不在我辖区之内"
    )
    assert "Take request back" in page(client)
    url = f"/cases/{case.number}/moves/take-back/"
    assert client.post(url, {"version": case.version, "back": "?list=asked"})["Location"] == "/worklist/?list=asked"
    assert Decision.objects.get(case=case).state == "withdrawn"


# -- Saved views


def test_a_view_keeps_the_filters_under_a_name_and_can_be_deleted() -> None:
    client = client_of("sun")
    client.post("/worklist/views/", {"name": "汛期排水", "query": "list=today&q=排水&after=1.2"})
    view = SavedView.objects.get()
    assert (view.owner.username, view.query) == ("sun", "list=today&q=%E6%8E%92%E6%B0%B4")
    assert "汛期排水" in page(client)
    assert client_of("liu").post(f"/worklist/views/{view.pk}/delete/").status_code == 404
    client.post(f"/worklist/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_registered_cases_are_in_nobodys_hands() -> None:
    a_case()
    assert counts() == {}
