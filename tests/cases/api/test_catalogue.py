"""The catalogue and reports about answers, by programs: the same acts as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from cases.catalogue import entry_for, matter
from cases.models import CatalogueVersion
from tests.cases.api.client import Api
from tests.catalogue import a_version, approved, proposed
from tests.knowledge import in_force
from tests.people import category, region

pytestmark = pytest.mark.django_db
LINE = {"category": "SZ01", "region": "350902001000", "unit": "JSJD", "copy_to": "XCQ", "co_organisers": ["CGJ"]}


def a_body(**given: Any) -> dict[str, Any]:
    return {"note": "窨井盖按属地", "valid_from": timezone.localdate().isoformat(), "lines": [LINE], **given}


def test_a_version_is_drafted_proposed_and_approved_by_another() -> None:
    zhou = Api("zhou")
    made = zhou.post("catalogue/versions/", a_body())
    assert made.status == 201
    assert [line["unit"]["code"] for line in made.body["lines"]] == ["JSJD"]
    pk = made.body["id"]
    assert zhou.post(f"catalogue/versions/{pk}/propose/", {}).body["state"]["code"] == "proposed"
    assert zhou.post(f"catalogue/versions/{pk}/approve/", {}).status == 403
    assert Api("yan").post(f"catalogue/versions/{pk}/approve/", {}).body["state"]["code"] == "approved"
    entry = entry_for(matter(category(), region()), timezone.now())
    assert entry is not None
    assert entry.unit.code == "JSJD"
    listed = zhou.get("catalogue/?unit=JSJD").body["results"]
    assert [(line["serial"], line["copy_to"]["code"]) for line in listed] == [(entry.serial, "XCQ")]


def test_a_version_tells_what_it_would_have_changed() -> None:
    version = a_version(at=timezone.now())
    body = Api("zhou").get(f"catalogue/versions/{version.pk}/").body
    assert (body["cases_last_month"], body["moved"]) == (0, [])


def test_sending_back_says_why() -> None:
    version = proposed(at=timezone.now())
    yan = Api("yan")
    assert yan.post(f"catalogue/versions/{version.pk}/send-back/", {}).status == 400
    body = yan.post(f"catalogue/versions/{version.pk}/send-back/", {"why": "请附依据"}).body
    assert (body["state"]["code"], body["returned_why"]) == ("draft", "请附依据")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"note": ""}, 400),
        ({"valid_from": "soon"}, 400),
        ({"valid_from": "2020-01-01"}, 422),
        ({"lines": [{**LINE, "category": "XX"}]}, 400),
        ({"lines": [{**LINE, "unit": "XX"}]}, 400),
        ({"lines": [{**LINE, "unit": "HOTLINE"}]}, 422),
        ({"lines": [{**LINE, "colour": "blue"}]}, 400),
        ({"lines": "all"}, 400),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_half_done(given: dict[str, Any], status: int) -> None:
    assert Api("zhou").post("catalogue/versions/", a_body(**given)).status == status
    assert not CatalogueVersion.objects.exists()


def test_drafts_are_no_business_of_contractors() -> None:
    draft, done = a_version(at=timezone.now()), approved(at=timezone.now())
    wang = Api("wang")
    assert wang.get(f"catalogue/versions/{draft.pk}/").status == 404
    assert [row["id"] for row in wang.get("catalogue/versions/").body["results"]] == [done.pk]


def test_a_report_goes_to_the_owner_and_is_settled() -> None:
    article, wang = in_force(), Api("wang")
    said = {"kind": "wrong", "article": article.key, "words": "时限已改。"}
    made = wang.post("knowledge/reports/", said)
    assert (made.status, made.body["unit"]["code"], made.body["outcome"]) == (201, "CGJ", None)
    settled = {"outcome": "right", "answer": "时限未改。"}
    assert Api("lin").post(f"knowledge/reports/{made.body['id']}/settle/", settled).status == 404
    assert Api("sun").post(f"knowledge/reports/{made.body['id']}/settle/", settled).body["outcome"]["code"] == "right"
    assert wang.get("knowledge/reports/?open=true").body["results"] == []
