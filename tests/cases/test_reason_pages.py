"""The pages on which reasons are read and changed, the forms that offer them, and the list programs read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.models import Decision, ReasonKind
from hotline.api.description import openapi
from hotline.models import Proposal
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.reasons import WHY, approved, proposed
from tests.stories import bounce_asked, dispatched, replied

pytestmark = pytest.mark.django_db
LIST, FORM = "/rules/reasons/", "/rules/reasons/propose/"
GROUNDS = "该路段由街道管养，附移交清单。"


def typed(**changed: Any) -> dict[str, Any]:
    """Overlapping powers, as it stands, with some of it changed."""
    plain = {"name": "职责交叉", "name_en": "Overlapping powers", "position": 40, "why": WHY}
    return {**plain, "valid_from": timezone.localdate().isoformat(), **changed}


# -- The page


@pytest.mark.parametrize(("who", "opens"), {"yan": 200, "song": 200, "shen": 200, "wang": 403, "liu": 403}.items())
def test_who_looks_at_the_reasons(who: str, opens: int) -> None:
    assert client_of(who).get(LIST).status_code == opens


def test_every_kind_has_its_reasons_with_what_waits_and_what_was() -> None:
    approved("bounce", "overlapping", name="职能交叉", name_en="Duties overlap")
    approved("bounce", "incomplete", retired=True)
    waiting = proposed("bounce", "wrong_area", name="不归本单位")
    page = client_of("song").get(LIST)
    assert [group["kind"] for group in page.context["kinds"]] == list(ReasonKind)
    bounce = page.context["kinds"][0]["rows"]
    assert [row["now"].code for row in bounce if row["over"]] == ["incomplete"]
    assert next(row for row in bounce if row["proposal"])["proposal"] == waiting
    words = page.content.decode()
    assert "职能交叉" in words
    assert "1 earlier version" in words
    assert "offered no longer" in words
    assert "cannot be retired" in words


def test_the_page_asks_no_more_however_many_there_are(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = client_of("song")
    for n in range(4):
        approved("bounce", code=f"new_{n}", name=f"新原因{n}")
    client.get(LIST)
    with django_assert_max_num_queries(6):
        client.get(LIST)


def test_other_words_are_tried_out_proposed_and_approved_by_somebody_else() -> None:
    song, yan = client_of("song"), client_of("yan")
    bounce_asked(at=timezone.now() - timedelta(hours=9))
    url = f"{FORM}?reason=bounce/wrong_area"
    given = typed(name="非本单位辖区", name_en="Not ours", position=20)
    tried = song.post(url, {**given, "act": "try"})
    assert [d.name for d in tried.context["tried"]["differences"] if d.changed] == ["Chinese words", "English words"]
    assert "1 open request carries it" in tried.content.decode()
    assert not Proposal.objects.exists()
    there = song.post(url, {**given, "act": "propose"})["Location"]
    assert "Returning a case · Not ours" in yan.get(there).content.decode()
    yan.post(reverse("hotline:decide", args=[Proposal.objects.get().pk]), {"act": "approve", "ruling": ""})
    assert "非本单位辖区" in song.get(LIST).content.decode()
    assert Decision.objects.get().reason_label == "Outside this unit's area"


def test_a_new_one_is_proposed_for_its_kind() -> None:
    song = client_of("song")
    form = song.get(f"{FORM}?kind=send_back").context["form"]
    assert form["position"].value() == 60
    song.post(
        f"{FORM}?kind=send_back",
        typed(code="no_law", name="未引用依据", name_en="No rule quoted", position=60, needs_words="on", act="propose"),
    )
    change = Proposal.objects.get().change
    assert (change["kind"], change["code"], change["needs_words"]) == ("send_back", "no_law", True)


def test_what_must_stay_has_no_box_to_retire_it_and_says_why() -> None:
    page = client_of("song").get(f"{FORM}?reason=refusal/petition")
    assert "retired" not in page.context["form"].fields
    assert "国办发〔2020〕53号" in page.content.decode()


@pytest.mark.parametrize("address", ["?reason=bounce/nothing", "?reason=nothing", "?kind=nothing", "?reason=a/b/c"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert client_of("song").get(FORM + address).status_code == 404


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays() -> None:
    answer = client_of("song").post(f"{FORM}?reason=bounce/overlapping", typed(name="权属不清", act="propose"))
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    assert answer.context["form"]["name"].value() == "权属不清"


# -- The forms


def test_a_form_offers_what_is_in_force_now() -> None:
    approved("bounce", "overlapping", retired=True)
    approved("bounce")
    case = dispatched(at=timezone.now() - timedelta(hours=1))
    page = client_of("sun").get(f"/cases/{case.number}/?move=bounce").content.decode()
    assert 'value="no_budget"' in page
    assert 'value="overlapping"' not in page


def test_a_form_left_open_is_told_that_the_reason_was_retired_and_loses_nothing() -> None:
    case = dispatched(at=timezone.now() - timedelta(hours=1))
    approved("bounce", "overlapping", retired=True)
    sent = {"reason": "overlapping", "grounds": GROUNDS, "proposed_unit": "", "version": case.version}
    answer = client_of("sun").post(f"/cases/{case.number}/moves/bounce/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Overlapping powers” is not in force now. Choose one of these: Not this unit" in page
    assert GROUNDS in page
    assert not Decision.objects.exists()


def test_a_file_is_proof_enough_where_the_office_wants_proof() -> None:
    approved("bounce", "wrong_area", needs_words=True)
    case = dispatched(at=timezone.now() - timedelta(hours=1))
    sent = {"reason": "wrong_area", "grounds": GROUNDS, "proposed_unit": "", "version": case.version}
    url, sun = f"/cases/{case.number}/moves/bounce/", client_of("sun")
    answer = sun.post(url, sent)
    assert answer.status_code == 422
    assert "is not enough by itself: add what proves it" in answer.content.decode()
    assert sun.post(url, {**sent, "evidence": SimpleUploadedFile("移交清单.pdf", b"%PDF-1.7\n")}).status_code == 303
    assert Decision.objects.get().evidence == "移交清单.pdf"


# -- Programs


def test_programs_read_the_reasons_in_force_in_their_order() -> None:
    approved("send_back", "wording", retired=True)
    approved("send_back", position=5)
    body = Api("wu").get("reasons/?kind=send_back").body
    codes = [row["code"] for row in body["results"]]
    assert codes == ["no_budget", "no_answer", "no_contact", "no_evidence", "no_date"]
    assert body["results"][0]["name"] == "缺少经费"
    assert body["results"][0]["begins_at"]
    assert body["results"][1]["begins_at"] is None
    everything = Api("liu").get("reasons/?limit=200").body["results"]
    assert {row["kind"]["code"] for row in everything} == set(ReasonKind)


def test_a_program_that_sends_a_retired_reason_reads_which_there_are() -> None:
    case = replied(at=timezone.now() - timedelta(hours=9))
    approved("send_back", "wording", retired=True)
    answer = Api("wu").post(f"cases/{case.number}/send-back/", {"reason": "wording"}, If_Match=f'"{case.version}"')
    assert answer.status == 400
    assert answer.body["errors"][0]["field"] == "reason"
    assert "(no_evidence)" in answer.body["errors"][0]["detail"]


def test_the_description_says_where_the_reasons_are_read() -> None:
    fields = openapi()["components"]["schemas"]["SendBackGiven"]["properties"]
    assert "GET /api/v1/reasons/?kind=send_back" in fields["reason"]["description"]
