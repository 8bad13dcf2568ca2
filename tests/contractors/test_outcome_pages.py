"""Whose a bad outcome was, on the case page; complaints about agents; an agent's list: what is shown, and to whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contractors.models import AgentComplaint, AttributionDispute, SampledContact
from hotline.models import Organisation
from tests import stories
from tests.access.ground_quality import attribution, published
from tests.contractors.test_quality_pages import page, post
from tests.doors import client_of
from tests.people import local, member, unit
from tests.quality import a_call_about, appealed, drawn
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db

NOT_SO = "已按时办结，材料见附件。"


@pytest.fixture
def row() -> Any:
    """Urban management is named for a case it handles."""
    return attribution(stories.signed(at=MONDAY), "CGJ")


def part(client: Client, number: str) -> str:
    return page(client, "attributions", number)


def test_a_unit_reads_on_its_case_what_is_attributed_to_it_and_by_which_rule(row: Any) -> None:
    words = part(client_of("peng"), row.case.number)
    assert "rules v1" in words
    assert "Dispute it" in words
    assert (
        f"/cases/{row.case.number}/attribution/" in client_of("peng").get(f"/cases/{row.case.number}/").content.decode()
    )


def test_another_body_does_not_read_what_is_said_of_urban_management(row: Any) -> None:
    assert "Whose it was" not in part(client_of("luo"), row.case.number)
    assert client_of("lin").get(reverse("contractors:attributions", args=[row.case.number])).status_code == 404


def test_the_unit_disputes_it_and_somebody_else_rules(row: Any) -> None:
    answer = post(client_of("peng"), "attribution_dispute", row.pk, **{f"d{row.pk}-words": NOT_SO})
    assert answer["Location"] == reverse("cases:case", args=[row.case.number])
    kept = AttributionDispute.objects.get()
    office = client_of("song")
    assert NOT_SO in part(office, row.case.number)
    data = {f"r{row.pk}-party": "neither", f"r{row.pk}-ruling": "材料属实。"}
    assert post(client_of("peng"), "attribution_rule", kept.pk, **data).status_code == 403
    assert post(office, "attribution_rule", kept.pk, **data).status_code == 303
    kept.refresh_from_db()
    assert (kept.party, kept.ruled_by) == ("neither", member("song").user)
    assert "材料属实。" in part(client_of("peng"), row.case.number)


@pytest.mark.parametrize("given", ["", "  ", "长" * 1001])
def test_a_dispute_in_no_words_or_too_many_is_shown_again(row: Any, given: str) -> None:
    answer = post(client_of("peng"), "attribution_dispute", row.pk, **{f"d{row.pk}-words": given})
    assert answer.status_code == 422
    assert given.strip() in answer.content.decode()
    assert not AttributionDispute.objects.exists()


def test_one_of_the_office_names_the_contact_and_another_rules() -> None:
    about, complaint = a_case(MONDAY), a_case(MONDAY)
    a_call_about(about, at=MONDAY)
    wrong = post(client_of("zhou"), "complaint_name", complaint=complaint.number, about="20990101-000001")
    assert wrong.status_code == 422
    assert "No case has this number." in wrong.content.decode()
    post(client_of("zhou"), "complaint_name", complaint=complaint.number, about=about.number)
    row = AgentComplaint.objects.get()
    words = client_of("song").get(reverse("contractors:complaints"), {"open": row.pk}).content.decode()
    assert "cannot be established" in words
    empty = post(client_of("song"), "complaint_rule", row.pk, finding="justified", grounds="")
    assert empty.status_code == 422
    post(client_of("song"), "complaint_rule", row.pk, finding="justified", grounds="录音中言语生硬。")
    row.refresh_from_db()
    assert row.finding == "justified"
    assert "录音中言语生硬。" in page(client_of("luo"), "complaints")
    assert about.number not in page(client_of("tang"), "complaints")


@pytest.mark.parametrize("strange", ["x", "9" * 30, "-1", "0"])
def test_a_strange_row_to_open_is_no_row(strange: str) -> None:
    assert client_of("song").get(reverse("contractors:complaints"), {"open": strange}).status_code == 200


def test_an_agents_list_asks_the_same_questions_however_long_it_is(django_assert_num_queries: Any) -> None:
    sample, wang = drawn(calls=1), client_of("wang")
    for n in (40, 41, 42):
        published(sample, n, member("wang"))
    page(wang, "own_marks")
    with django_assert_num_queries(4):
        assert page(wang, "own_marks").count("data-row") == 3


def test_a_contractor_reads_marks_without_the_governments_markers() -> None:
    kept = appealed()
    words = page(client_of("luo"), "quality_contact", kept.contact_id)
    assert kept.words in words
    assert "Song Ping" not in words
    assert Organisation.objects.get(pk=unit("JIA").pk).label in words
    SampledContact.objects.update(appeal_until=local("2999-01-01 00:00"))
    assert "What you appeal against" not in words


def test_an_appeal_that_is_somebody_elses_to_rule_on_is_refused_in_words() -> None:
    kept = appealed()
    answer = post(client_of("ma"), "quality_rule", kept.pk, verdict_read_back="full", ruling="复听属实。")
    assert answer.status_code == 422
    assert "Somebody else rules on this" in answer.content.decode()
