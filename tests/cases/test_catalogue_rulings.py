"""A ruling against the catalogue becomes a line of it, in one step and by two people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases import cataloguing, decisions
from cases.catalogue import entry_for, matter
from cases.catalogue_rulings import lessons
from cases.models import CatalogueVersion, Decision
from hotline.acts import NotAllowed, NotNow
from tests.doors import client_of
from tests.people import category, member, region, unit
from tests.stories import MONDAY, bounce_asked, dispatched

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=4)


def ruled(code: str = "JSJD", *, at: Any = MONDAY, **given: Any) -> Decision:
    """Sun returned it; Zhou sent it to the street office."""
    asked = bounce_asked(at=at, **given)
    decisions.grant(
        asked, by=member("zhou"), at=at + timedelta(hours=4), version=None, unit=unit(code) if code else None
    )
    return Decision.objects.get(pk=asked.pk)


def to_learn(at: Any = LATER) -> list[str]:
    return [lesson.unit.code for lesson in lessons(member("zhou"), at)]


def learnt(ruling: Decision, by: str = "zhou", at: Any = LATER, **given: Any) -> CatalogueVersion:
    return cataloguing.propose_ruling(ruling, by=member(by), at=at, **given)


def test_a_ruling_against_the_catalogue_is_offered_and_one_that_follows_it_is_not() -> None:
    ruled()
    ruled("SZZX", phone="13900001111")
    ruled("", phone="13900002222")
    assert to_learn() == ["JSJD"]
    assert to_learn(LATER + timedelta(days=91)) == []


def test_it_becomes_a_line_in_one_step_and_holds_once_another_approves() -> None:
    ruling = ruled()
    version = learnt(ruling, region=region())
    assert version.state == "proposed"
    assert to_learn() == []
    with pytest.raises(NotAllowed):
        cataloguing.approve(version, by=member("zhou"), at=LATER)
    cataloguing.approve(version, by=member("yan"), at=LATER)
    entry = entry_for(matter(category(), region()), LATER)
    assert entry is not None
    assert (entry.unit, entry.ruling) == (unit("JSJD"), ruling)
    assert ruling.case.number in entry.source


def test_the_next_such_case_routes_itself_and_nothing_is_left_to_learn() -> None:
    cataloguing.approve(learnt(ruled(), region=region()), by=member("yan"), at=LATER)
    dispatched(at=LATER, phone="13900003333")
    assert to_learn(LATER + timedelta(hours=1)) == []


def test_a_ruling_is_proposed_once_and_again_after_it_was_dropped() -> None:
    ruling = ruled()
    version = learnt(ruling)
    with pytest.raises(NotNow):
        learnt(ruling)
    cataloguing.drop(version, by=member("zhou"), at=LATER)
    assert to_learn() == ["JSJD"]
    assert learnt(ruling).state == "proposed"


@pytest.mark.parametrize("code", ["", None])
def test_a_ruling_that_named_no_unit_teaches_nothing(code: str | None) -> None:
    ruling = ruled("") if code == "" else bounce_asked()
    with pytest.raises(NotNow):
        learnt(ruling)
    assert not CatalogueVersion.objects.exists()


@pytest.mark.parametrize("username", ["wang", "sun", "he", "jiang"])
def test_others_may_not(username: str) -> None:
    ruling = ruled()
    with pytest.raises(NotAllowed):
        learnt(ruling, by=username)


def test_on_the_page_the_place_is_chosen_among_those_around_the_case() -> None:
    zhou = client_of("zhou")
    ruling = ruled(at=timezone.now() - timedelta(days=1))
    page = zhou.get("/catalogue/rulings/").content.decode()
    assert "Jianshe Street" in page
    assert zhou.post(f"/catalogue/rulings/{ruling.pk}/", {"region": region("青山街道").code}).status_code == 422
    response = zhou.post(f"/catalogue/rulings/{ruling.pk}/", {"region": region("西城区").code})
    version = CatalogueVersion.objects.get()
    assert response["Location"] == f"/catalogue/versions/{version.pk}/"
    assert version.changes.get().region == region("西城区")


def test_the_page_asks_as_much_for_many_rulings_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    zhou = client_of("zhou")
    for n in range(3):
        ruled(at=timezone.now() - timedelta(days=1, hours=n), phone=f"1390000444{n}")
    zhou.get("/catalogue/rulings/")
    with django_assert_max_num_queries(8):
        assert len(zhou.get("/catalogue/rulings/").context["rows"]) == 3
