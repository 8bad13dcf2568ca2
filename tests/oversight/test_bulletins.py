"""A bulletin from its template to the printed page: frozen once, two people, nothing typed in."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.calendar import Period
from hotline.models import AuditEntry
from oversight import bulletin_figures, bulletins, schedule
from oversight.models import Bulletin, BulletinTemplate
from tests.cases.test_call_measures import answered
from tests.doors import client_of
from tests.people import local, member, unit
from tests.publications import DAILY, LATER, NOON, SECTIONS, WINDOW, a_bulletin, a_template, proposed
from tests.stories import MONDAY, a_case, closed, dispatched

pytestmark = pytest.mark.django_db
EVENING, MORNING = local("2026-03-09 15:00"), local("2026-03-09 09:00")


def noon_to_noon() -> Bulletin:
    """Three cases after noon on Monday, two of them at urban management and one at water; one before noon is not in
    it."""
    dispatched(at=EVENING, phone="13800006001")
    dispatched(at=EVENING, phone="13800006002")
    dispatched(at=EVENING, phone="13800006003", to=unit("SWJ"))
    a_case(MORNING, phone="13800006004")
    return a_bulletin()


def section(bulletin: Bulletin, key: str) -> dict[str, Any]:
    return next(one for one in bulletin.content["sections"] if one["measure"] == key)


# -- Figures


def test_a_day_from_noon_to_noon_holds_what_happened_in_it() -> None:
    told = section(noon_to_noon(), "intake")
    assert told["total"] == {"n": 3}
    assert [(part["code"], part["n"], part["share"]) for part in told["parts"]] == [
        ("CGJ", 2, "66.7"),
        ("SWJ", 1, "33.3"),
    ]


def test_figures_carry_the_version_of_their_definition_and_the_whole_has_a_digest() -> None:
    bulletin = noon_to_noon()
    assert bulletin.content["versions"]["satisfaction_rate"] == 2
    assert bulletin.digest == bulletins.digest(WINDOW, bulletin.content)


def test_a_rate_has_its_numerator_and_what_it_is_of_for_the_whole_and_for_every_part() -> None:
    closed(at=local("2026-03-09 10:00"))
    template = a_template(hour=0)
    bulletin = bulletins.make(template, Period(MONDAY, MONDAY + timedelta(days=1)), by=member("song"), at=LATER)
    told = section(bulletin, "satisfaction_rate")
    for numbers in (told["total"], *told["parts"]):
        assert (numbers["numerator"], numbers["denominator"], numbers["percent"]) == ("1", 1, "100.0")


def test_figures_stay_when_cases_are_added_later() -> None:
    bulletin = noon_to_noon()
    a_case(EVENING, phone="13800006009")
    assert section(Bulletin.objects.get(pk=bulletin.pk), "intake")["total"] == {"n": 3}


def test_the_database_refuses_other_figures_and_removal() -> None:
    bulletin = noon_to_noon()
    changes: list[dict[str, Any]] = [{"content": {}}, {"digest": "0" * 64}, {"ends_at": LATER}]
    for change in changes:
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Bulletin.objects.filter(pk=bulletin.pk).update(**change)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        bulletin.delete()


def test_what_does_not_add_up_is_not_kept() -> None:
    a_case(EVENING)
    template = a_template()
    sections = bulletin_figures.count(template.sections, WINDOW)
    sections[0]["total"]["n"] = 5
    with pytest.raises(Invalid, match="come to 1, 4 less than the total of 5"):
        bulletins.keep(template, WINDOW, sections, by=member("song"), at=LATER)
    assert not Bulletin.objects.exists()


def test_a_percentage_of_another_base_is_not_kept() -> None:
    closed(at=EVENING)
    template = a_template(sections=[{"measure": "resolution_rate", "by": ""}])
    window = Period(EVENING, EVENING + timedelta(days=1))
    sections = bulletin_figures.count(template.sections, window)
    sections[0]["total"]["percent"] = "50.0"
    with pytest.raises(Invalid, match=r"given as 50\.0%, but 1 of 1 is 100\.0%"):
        bulletins.keep(template, window, sections, by=member("song"), at=EVENING + timedelta(days=2))


@pytest.mark.parametrize("measure", [one.key for one in bulletin_figures.measurable()])
def test_every_measure_adds_up_by_everything(measure: str) -> None:
    """Over cases in many states; parts and whole are counted apart and hold together."""
    closed(phone="13800006001")
    dispatched(phone="13800006002", to=unit("SWJ"), confidential=True)
    every = [{"measure": measure, "by": by} for by in bulletin_figures.dimensions(measure)]
    template = a_template(sections=every, rhythm="never")
    assert bulletins.make(template, Period(MONDAY, LATER), by=member("song"), at=LATER).content["sections"]


# -- Windows


@pytest.mark.parametrize(
    ("rhythm", "hour", "at", "begins", "ends"),
    [
        ("daily", 12, "2026-03-10 12:00", "2026-03-09 12:00", "2026-03-10 12:00"),
        ("daily", 12, "2026-03-10 11:59", "2026-03-08 12:00", "2026-03-09 12:00"),
        ("daily", 0, "2026-03-10 00:00", "2026-03-09 00:00", "2026-03-10 00:00"),
        ("weekly", 0, "2026-03-11 09:00", "2026-03-02 00:00", "2026-03-09 00:00"),
        ("weekly", 12, "2026-03-09 11:00", "2026-02-23 12:00", "2026-03-02 12:00"),
        ("monthly", 0, "2026-03-31 23:00", "2026-02-01 00:00", "2026-03-01 00:00"),
        ("monthly", 12, "2026-03-01 11:00", "2026-01-01 12:00", "2026-02-01 12:00"),
        ("never", 12, "2026-03-10 15:00", "2026-03-09 12:00", "2026-03-10 12:00"),
    ],
)
def test_the_last_window_is_the_one_that_is_over(rhythm: str, hour: int, at: str, begins: str, ends: str) -> None:
    template = a_template(rhythm=rhythm, hour=hour)
    assert bulletins.last_window(template, local(at)) == Period(local(begins), local(ends))


def test_the_timekeeper_makes_the_draft_once(monkeypatch: pytest.MonkeyPatch) -> None:
    a_template()
    a_template(rhythm="never")
    a_template(in_use=False)
    monkeypatch.setattr(schedule, "database_time", lambda: LATER)
    assert [schedule.draft_bulletins(), schedule.draft_bulletins()] == [1, 0]
    made = Bulletin.objects.get()
    assert (made.state, made.made_by, made.window) == ("draft", None, WINDOW)


def test_a_draft_that_was_dropped_is_not_made_again_by_itself_but_may_be_by_somebody() -> None:
    bulletin = a_bulletin()
    bulletins.drop(bulletin, by=member("song"), at=LATER)
    assert list(bulletins.due(LATER)) == []
    assert a_bulletin(bulletin.template).pk != bulletin.pk


@pytest.mark.parametrize(
    "window",
    [
        Period(NOON, NOON + timedelta(days=1)),
        Period(NOON - timedelta(1), None),
        Period(NOON, NOON),
        Period(NOON - timedelta(400), NOON),
    ],
)
def test_a_window_that_is_not_over_is_empty_or_too_long_is_refused(window: Period) -> None:
    with pytest.raises(Invalid):
        bulletins.make(a_template(), window, by=member("song"), at=LATER)


def test_a_window_has_one_bulletin_of_a_template() -> None:
    bulletin = a_bulletin()
    with pytest.raises(NotNow):
        a_bulletin(bulletin.template)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"rhythm": "yearly"},
        {"hour": 24},
        {"sections": []},
        {"sections": [{"measure": "amount_due", "by": ""}]},
        {"sections": [{"measure": "connection_rate", "by": "unit"}]},
    ],
)
def test_a_template_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        bulletins.write_template(replace(DAILY, **wrong), by=member("song"), at=LATER)


def test_a_template_changed_changes_no_bulletin() -> None:
    bulletin = a_bulletin()
    given = replace(DAILY, sections=SECTIONS[:1])
    bulletins.revise_template(bulletin.template, given, by=member("song"), at=LATER)
    assert len(Bulletin.objects.get().content["sections"]) == len(SECTIONS)


# -- Two people


def test_a_bulletin_is_approved_by_somebody_else_and_then_stands() -> None:
    bulletin = bulletins.comment(a_bulletin(), "来电较上周增加。", by=member("song"), at=LATER)
    approved = bulletins.approve(proposed(bulletin), by=member("yan"), at=LATER)
    assert (approved.state, approved.approved_by) == ("approved", member("yan").user)
    with pytest.raises(NotNow):
        bulletins.comment(approved, "改", by=member("song"), at=LATER)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Bulletin.objects.update(comment="改")


def test_whoever_made_or_proposed_it_does_not_approve_it() -> None:
    own = bulletins.propose(a_bulletin(by="yan"), by=member("song"), at=LATER)
    with pytest.raises(NotAllowed):
        bulletins.approve(own, by=member("yan"), at=LATER)
    assert bulletins.approve(own, by=member("jiang"), at=LATER).state == "approved"


def test_a_bulletin_sent_back_is_a_draft_with_the_reason() -> None:
    back = bulletins.send_back(proposed(), by=member("yan"), at=LATER, why="缺少评述。")
    assert (back.state, back.returned_why) == ("draft", "缺少评述。")


@pytest.mark.parametrize("who", ["wang", "zhou", "sun", "han", "shen", "sysadmin"])
def test_others_make_none(who: str) -> None:
    with pytest.raises(NotAllowed):
        bulletins.make(a_template(), WINDOW, by=member(who), at=LATER)


# -- Pages and files


def test_the_page_shows_every_section_with_its_numbers() -> None:
    bulletin = noon_to_noon()
    words = client_of("jiang").get(reverse("oversight:bulletin", args=[bulletin.pk])).content.decode()
    assert "66.7%" in words
    assert bulletin.digest in words


def test_a_rate_of_few_is_shown_as_a_fraction_only() -> None:
    closed(at=EVENING)
    template = a_template(sections=[{"measure": "resolution_rate", "by": "unit"}])
    window = Period(EVENING, EVENING + timedelta(days=1))
    bulletin = bulletins.make(template, window, by=member("song"), at=EVENING + timedelta(days=2))
    words = client_of("jiang").get(reverse("oversight:bulletin", args=[bulletin.pk])).content.decode()
    assert "sample too small" in words
    assert "1 / 1" in words
    assert "100.0%" not in words


def test_a_mean_length_is_marked_as_no_time_of_the_day() -> None:
    answered("one", 4, at=EVENING, organisation="JIA")
    bulletin = a_bulletin(a_template(sections=[{"measure": "mean_wait", "by": "contractor"}]))
    words = client_of("jiang").get(reverse("oversight:bulletin", args=[bulletin.pk])).content.decode()
    assert words.count("<b data-given>00:04</b>") == 2  # of all, and of Jia


def test_the_list_asks_the_database_so_often_however_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    template, client = a_template(), client_of("song")
    for days in range(3):
        window = Period(WINDOW.start - timedelta(days), NOON - timedelta(days))
        bulletins.make(template, window, by=member("song"), at=LATER)
    client.get("/bulletins/")
    with django_assert_num_queries(7):
        client.get("/bulletins/")


def test_a_bulletin_is_made_from_the_page_and_its_refusals_are_told_there() -> None:
    template, client = a_template(), client_of("song")
    answer = client.post("/bulletins/make/", {"template": template.pk})
    assert answer.status_code == 303
    again = client.post("/bulletins/make/", {"template": template.pk, "begins_at": "2026-03-09T12:00"})
    assert again.status_code == 422
    assert "Give both moments, or neither." in again.content.decode()


def test_a_template_is_written_on_its_page() -> None:
    client = client_of("song")
    said = {"name": "周报", "name_en": "", "rhythm": "weekly", "hour": "0", "in_use": "on", "intake": "=unit"}
    assert client.post("/bulletins/templates/write/", said).status_code == 303
    assert BulletinTemplate.objects.get().sections == [{"measure": "intake", "by": "unit"}]
    assert client.post("/bulletins/templates/write/", said | {"intake": ""}).status_code == 422


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_is_taken_away_as_pdf_and_as_a_workbook_and_each_time_is_on_record(language: str) -> None:
    bulletin = bulletins.comment(noon_to_noon(), "=1+1 来电平稳", by=member("song"), at=LATER)
    client = client_of("jiang", language=language)
    printed = client.get(reverse("oversight:bulletin_pdf", args=[bulletin.pk])).content
    assert printed.startswith(b"%PDF")
    assert printed == client.get(reverse("oversight:bulletin_pdf", args=[bulletin.pk])).content
    answer = client.get(reverse("oversight:bulletin_xlsx", args=[bulletin.pk]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert len(book.sheet_names) == 1 + len(SECTIONS)
    rows = book.get_sheet_by_index(1).to_python()
    assert [row[2] for row in rows[2:5]] == [2, 1, 3]
    assert ["=1+1 来电平稳"] in [row[:1] for row in book.get_sheet_by_index(0).to_python()]
    assert AuditEntry.objects.filter(act__in=["bulletins.pdf", "bulletins.xlsx"]).count() == 3
