"""Suggestions for a person to confirm: what it is about, whose it is, and whether it was reported before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import decisions
from cases.duplicates import likely_duplicates
from cases.models import Case, CatalogueEntry
from cases.routing import suggest_categories, suggest_knowledge, suggest_units
from oversight.demo.reference import read
from tests.people import category, member, region, unit
from tests.stories import MANHOLE, MONDAY, a_case, bounce_asked, dispatched

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
CLEAR = ["CG0101", "SZ01", "SZ03", "GY02", "ZF02", "MZ02", "AQ01"]


@pytest.mark.parametrize("code", CLEAR)
def test_plain_words_lead_to_the_category(code: str) -> None:
    for _title, words in read("requests")[code]["texts"]:
        text = words.replace("{", "").replace("}", "")
        assert code in [s.category.code for s in suggest_categories(text, MONDAY)], words


def test_nothing_is_suggested_for_nothing() -> None:
    assert suggest_categories("", MONDAY) == []
    assert suggest_units(None, None, MONDAY) == []
    assert suggest_knowledge("", MONDAY) == []


def test_the_catalogue_names_the_unit_and_its_number_is_the_reason() -> None:
    (first, *_rest) = suggest_units(category("SZ01"), region(), MONDAY)
    assert first.unit == unit("SZZX")
    assert first.entry
    assert str(first.entry.serial) in first.reason


def test_an_entry_for_the_street_rules_over_the_citys() -> None:
    own = CatalogueEntry.objects.create(
        serial=900, category=category("SZ01"), region=region(), unit=unit("JSJD"), valid_from=MONDAY.date()
    )
    assert suggest_units(category("SZ01"), region(), MONDAY)[0].entry == own
    assert suggest_units(category("SZ01"), region("青山街道"), MONDAY)[0].unit == unit("SZZX")
    assert suggest_units(category("SZ01"), region(), MONDAY - timedelta(days=1))[0].unit == unit("SZZX")


def test_who_handled_the_like_of_it_lately_is_suggested_too() -> None:
    for hour in range(3):
        dispatched(at=MONDAY + timedelta(hours=hour), to=unit("JSJD"))
    suggested = suggest_units(category("SZ01"), region(), LATER)
    assert [s.unit.code for s in suggested] == ["SZZX", "JSJD"]


def test_an_approved_answer_is_found_by_what_the_citizen_asks() -> None:
    assert suggest_knowledge("居住证怎么续签", MONDAY)[0].article.key == "residence-permit"


def test_the_same_matter_in_other_words_is_recognised() -> None:
    first = a_case()
    a_case(
        words="医保异地就医怎么备案，需要什么材料？", title="医保备案", phone="13900001111", region=region("青山街道")
    )
    found = likely_duplicates("建设街窨井盖缺失没人管，昨晚又有人绊倒", by=member("wang"), at=LATER, region=region())
    assert [d.case for d in found] == [first]
    assert found[0].same_region


def test_the_same_caller_is_recognised_however_the_number_is_written() -> None:
    first = a_case()
    (found,) = likely_duplicates("完全不同的另一件事", by=member("wang"), at=LATER, phone="+86 138-0000-6021")
    assert (found.case, found.same_caller) == (first, True)


def test_what_is_older_than_thirty_days_or_lies_ahead_is_no_duplicate() -> None:
    a_case()
    assert likely_duplicates(MANHOLE, by=member("wang"), at=MONDAY + timedelta(days=31)) == []
    assert likely_duplicates(MANHOLE, by=member("wang"), at=MONDAY - timedelta(minutes=1)) == []


def test_of_cases_equally_alike_the_newest_comes_first_wherever_its_row_lies() -> None:
    cases = [a_case(MONDAY + timedelta(minutes=n)) for n in range(4)]
    Case.objects.filter(pk=cases[2].pk).update(place=cases[2].place)  # its row is written anew, at the end of the table
    found = likely_duplicates(MANHOLE, by=member("zhou"), at=LATER)
    assert [one.case.pk for one in found] == [case.pk for case in reversed(cases)]


@pytest.mark.parametrize("text", ["", " ", "'", "\\", "a' | 'b", "😀", "<->"])
def test_whatever_is_typed_is_only_text(text: str) -> None:
    a_case()
    assert isinstance(likely_duplicates(text, by=member("wang"), at=LATER), list)


def test_a_units_record_is_its_own_and_returns_make_it_less_sure() -> None:
    asked = bounce_asked(to=suggest_units(category(), region(), LATER)[0].unit)
    before = suggest_units(category(), region(), LATER)[0]
    decisions.grant(asked, by=member("zhou"), at=MONDAY + timedelta(hours=2), version=None)
    after = suggest_units(category(), region(), LATER)[0]
    assert after.confidence < before.confidence
    assert "1 such cases in 90 days, 1 returned" in after.reason
