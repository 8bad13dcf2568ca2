"""The pages on which many calls become one matter."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import linking
from cases.models import Case, CaseGroup, GroupAnswer
from cases.schedule import answer_groups
from hotline.privacy import retrieval_code
from tests.doors import client_of
from tests.people import member, region
from tests.stories import MONDAY, a_case, accepted, current, replied, signed

pytestmark = pytest.mark.django_db


def callers(n: int, start: int = 100) -> list[Case]:
    return [a_case(lately(), phone=f"138000{start + i:05}") for i in range(n)]


def lately() -> datetime:
    return timezone.now() - timedelta(hours=1)


def a_group(n: int = 2, main: Case | None = None) -> CaseGroup:
    main = main or a_case()
    return linking.join(main, [(c, None) for c in callers(n)], by=member("zhou"), at=MONDAY).group


def test_the_case_page_offers_what_is_alike_with_the_reasons_and_joins_it() -> None:
    main, other = a_case(lately()), callers(1)[0]
    client = client_of("zhou")
    assert f"/cases/{main.number}/likely/" in client.get(f"/cases/{main.number}/").text
    found = client.get(f"/cases/{main.number}/likely/").text
    assert other.number in found
    assert "same place" in found
    assert "alike" in found
    page = client.post(f"/cases/{main.number}/group/", {"case": f"{other.number}:{other.version}"}, follow=True)
    assert "1 case joined." in page.text
    assert other.number in page.text
    assert "Answered with the main case" in client.get(f"/cases/{other.number}/").text
    assert "Main case of" in client.get(f"/cases/{main.number}/").text


def test_it_is_left_out_of_the_dispatch_queue_and_of_its_number() -> None:
    group = a_group(2)
    page = client_of("zhou").get("/dispatch/").text
    assert group.main.number in page
    assert not any(case.number in page for case in Case.objects.filter(group=group))


def test_numbers_may_be_typed_and_a_strange_one_is_named() -> None:
    group, more = a_group(1), callers(2, 300)
    client = client_of("zhou")
    numbers = f"{more[0].number}，{more[1].number}"
    page = client.post(f"/cases/{group.main.number}/group/", {"numbers": numbers}, follow=True)
    assert "2 cases joined." in page.text
    refused = client.post(f"/cases/{group.main.number}/group/", {"numbers": "20990101-000001"})
    assert refused.status_code == 422
    assert "20990101-000001" in refused.text


def test_an_answer_is_begun_on_the_page_and_its_progress_shown() -> None:
    group = a_group(3, main=signed())
    accepted(replied(current(group.main)))
    left_out, *_others = Case.objects.filter(group=group).order_by("pk")
    client = client_of("wu")
    assert "Answer the 3 that wait" in client.get(f"/groups/{group.pk}/").text
    sent = {"words": "主管道已修复，现已恢复供水。", "case": f"{left_out.number}:{left_out.version}"}
    page = client.post(f"/groups/{group.pk}/answer/", sent, follow=True).text
    assert "0 of 2 answered" in page
    assert f"/groups/{group.pk}/progress/" in page
    answer_groups()
    progress = client.get(f"/groups/{group.pk}/progress/").text
    assert "2 of 2 answered" in progress
    assert "Finished" in progress
    assert GroupAnswer.objects.get().left_out == [left_out.pk]


def test_what_was_typed_stays_if_it_is_refused() -> None:
    group = a_group(1, main=signed())
    accepted(replied(current(group.main)))
    page = client_of("wu").post(f"/groups/{group.pk}/answer/", {"words": "好"})
    assert page.status_code == 422
    assert "in full sentences" in page.text


def test_taking_out_needs_a_reason_and_says_how_many() -> None:
    group = a_group(2)
    case = Case.objects.filter(group=group)[0]
    client, chosen = client_of("zhou"), f"{case.number}:{case.version}"
    assert client.post(f"/groups/{group.pk}/leave/", {"case": chosen}).status_code == 422
    page = client.post(f"/groups/{group.pk}/leave/", {"case": chosen, "why": "另一处"}, follow=True)
    assert "1 case taken out." in page.text


def test_another_case_is_made_the_main_one() -> None:
    group = a_group(2)
    case = Case.objects.filter(group=group)[0]
    page = client_of("zhou").post(f"/groups/{group.pk}/main/", {"main": f"{case.number}:{case.version}"}, follow=True)
    assert f"{case.number} is the main case now." in page.text


def test_the_unit_of_the_main_case_reads_where_the_others_called_from_but_not_who() -> None:
    group = a_group(2, main=signed())
    page = client_of("sun").get(f"/groups/{group.pk}/").text
    case = Case.objects.filter(group=group)[0]
    assert case.place[:10] in page
    assert case.number not in page
    assert client_of("lin").get(f"/groups/{group.pk}/").status_code == 404


def test_a_page_of_many_asks_as_often_as_one_of_few() -> None:
    def asked(group: CaseGroup) -> int:
        client = client_of("zhou")
        client.get(f"/groups/{group.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/groups/{group.pk}/")
        return len(queries)

    few = asked(a_group(2))
    many = linking.join(a_case(phone="13800009998"), [(c, None) for c in callers(9, 500)], by=member("zhou"), at=MONDAY)
    assert asked(many.group) == few


def test_the_citizen_reads_that_it_is_one_matter_and_not_whose() -> None:
    main, case = a_case(phone="13800009998"), callers(1)[0]
    linking.join(main, [(case, None)], by=member("zhou"), at=timezone.now())
    sent = {"number": case.number, "code": retrieval_code(case.number)}
    page = Client(HTTP_ACCEPT_LANGUAGE="en").post("/track/", sent, follow=True).text
    assert "Handled together with what others told us" in page
    assert "Others told us of it too" in page
    assert main.number not in page


def test_at_the_console_a_call_is_registered_and_joined_in_one() -> None:
    main = a_case(lately())
    client = client_of("wang")
    likely = client.post("/console/suggestions/likely/", {"words": main.words, "region": region().code}).text
    assert f"join:{main.number}" in likely
    sent = {
        "words": "建设街18号门前井盖不见了，很危险。",
        "region": region().code,
        "kind": "complaint",
        "category": "SZ01",
        "phone": "13800005555",
        "outcome": f"join:{main.number}",
    }
    page = client.post("/console/register/", sent, follow=True).text
    assert f"Joined to {main.number}" in page
    assert CaseGroup.objects.get(cases=Case.objects.latest("pk")).main == main


def test_a_main_case_out_of_reach_leaves_the_call_registered_by_itself() -> None:
    client = client_of("wang")
    sent = {"words": "井盖不见了", "region": region().code, "kind": "complaint", "category": "SZ01"}
    page = client.post("/console/register/", {**sent, "outcome": "join:20990101-000001"}, follow=True).text
    assert "Registered, but not joined" in page
    assert Case.objects.latest("pk").group is None
