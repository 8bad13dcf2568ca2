"""The dispatch catalogue: which line a case falls under, and how lines change with two people and a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases import cataloguing
from cases.catalogue import Catalogue, entry_for, in_force, matter
from cases.catalogue_lines import LineGiven
from cases.catalogue_preview import preview
from cases.models import Case, CatalogueEntry, CatalogueVersion
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Membership, Message, Organisation
from hotline.roles import Role
from tests.catalogue import a_line, a_version, approved, proposed
from tests.people import category, channel, local, member, region, unit
from tests.stories import MONDAY, a_case, dispatched

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = MONDAY.date(), MONDAY.date() + timedelta(days=1)
NEXT_DAY = MONDAY + timedelta(days=1)


def whose(place: str = "建设街道", at: Any = MONDAY, **given: Any) -> str:
    """Whose a missing manhole cover is."""
    entry = entry_for(matter(category(), region(place) if place else None, **given), at)
    return entry.unit.code if entry else ""


# -- Which line


@pytest.mark.parametrize(
    ("lines", "case", "expected"),
    [
        ([], {}, "SZZX"),
        ([{"region": "建设街道", "unit": "JSJD"}], {}, "JSJD"),
        ([{"region": "建设街道", "unit": "JSJD"}], {"place": "青山街道"}, "SZZX"),
        ([{"region": "西城区", "unit": "XCQ"}, {"region": "建设街道", "unit": "JSJD"}], {}, "JSJD"),
        ([{"region": "西城区", "unit": "XCQ"}], {}, "XCQ"),
        ([{"region": "西城区", "unit": "XCQ"}], {"place": ""}, "SZZX"),
        ([{"category": "SZ", "region": "建设街道", "unit": "XCQ"}], {}, "SZZX"),
        ([{"channel": "police", "unit": "GAJ"}], {"channel": "police"}, "GAJ"),
        ([{"channel": "police", "unit": "GAJ"}], {"channel": "phone"}, "SZZX"),
        ([{"kind": "suggestion", "unit": "ZJJ"}], {"kind": "suggestion"}, "ZJJ"),
        ([{"kind": "suggestion", "unit": "ZJJ"}], {"kind": "complaint"}, "SZZX"),
        ([{"kind": "complaint", "unit": "ZJJ"}, {"channel": "phone", "unit": "GAJ"}], {"channel": "phone"}, "GAJ"),
        ([{"region": "西城区", "unit": "XCQ"}, {"channel": "phone", "unit": "GAJ"}], {"channel": "phone"}, "XCQ"),
    ],
)
def test_the_nearest_line_wins(lines: list[dict[str, str]], case: dict[str, str], expected: str) -> None:
    for line in lines:
        of: dict[str, Any] = {"region": None, "unit": unit(line["unit"]), "kind": line.get("kind", "")}
        of |= {"category": category(line["category"])} if "category" in line else {}
        of |= {"region": region(line["region"])} if "region" in line else {}
        of |= {"channel": channel(line["channel"])} if "channel" in line else {}
        approved(a_version(a_line(**of), valid_from=TODAY))
    asked: dict[str, Any] = {"kind": case.get("kind", "complaint"), "channel": channel(case.get("channel", "web"))}
    place = case.get("place", "建设街道")
    assert whose(place, **asked) == expected
    held = Catalogue(in_force(TODAY)).line(matter(category(), region(place) if place else None, **asked))
    assert held is not None
    assert held.unit.code == expected  # type: ignore[attr-defined]


def test_a_unit_that_takes_no_cases_any_more_is_passed_over() -> None:
    approved()
    Organisation.objects.filter(code="JSJD").update(active_until=TODAY)
    assert whose() == "SZZX"


# -- Two people and a day


def test_a_version_holds_from_its_day_on_once_another_has_approved_it() -> None:
    version = a_version(valid_from=TOMORROW)
    proposed(version)
    assert whose(at=NEXT_DAY) == "SZZX"
    cataloguing.approve(version, by=member("yan"), at=MONDAY)
    assert (whose(), whose(at=NEXT_DAY)) == ("SZZX", "JSJD")


def test_who_proposed_it_does_not_approve_it() -> None:
    version = cataloguing.propose(a_version(), by=member("yan"), at=MONDAY)
    with pytest.raises(NotAllowed):
        cataloguing.approve(version, by=member("yan"), at=MONDAY)
    assert whose() == "SZZX"
    cataloguing.approve(version, by=member("han"), at=MONDAY)
    assert whose() == "JSJD"


def test_the_database_knows_that_two_people_are_needed() -> None:
    version = proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueVersion.objects.filter(pk=version.pk).update(
            state="approved", approved_by=version.proposed_by, approved_at=MONDAY
        )


def test_two_lines_for_the_same_cases_never_hold_on_the_same_day() -> None:
    approved()
    (entry,) = CatalogueEntry.objects.filter(unit=unit("JSJD"))
    with pytest.raises(IntegrityError, match="catalogue_periods_apart"), transaction.atomic():
        CatalogueEntry.objects.create(
            serial=999, category=entry.category, region=entry.region, unit=unit("XCQ"), valid_from=TODAY
        )


def test_a_line_changed_keeps_its_number_and_ends_the_one_before() -> None:
    old = CatalogueEntry.objects.get(category=category(), region=None)
    approved(a_version(a_line(region=None, unit=unit("CGJ"))))
    old.refresh_from_db()
    new = entry_for(matter(category(), None), MONDAY)
    assert new is not None
    assert (new.serial, new.unit, old.valid_until) == (old.serial, unit("CGJ"), TODAY)


def test_a_new_line_gets_the_next_number() -> None:
    last = max(CatalogueEntry.objects.values_list("serial", flat=True))
    approved(a_version(a_line(), a_line(region=region("青山街道"))))
    serials = CatalogueEntry.objects.filter(unit=unit("JSJD")).order_by("serial").values_list("serial", flat=True)
    assert list(serials) == [last + 1, last + 2]


def test_a_version_for_later_and_one_for_sooner_do_not_meet() -> None:
    approved(a_version(a_line(unit=unit("XCQ")), valid_from=TODAY + timedelta(days=10)))
    approved(a_version(a_line(unit=unit("JSJD"))))
    days = [MONDAY, MONDAY + timedelta(days=9), MONDAY + timedelta(days=10)]
    assert [whose(at=day) for day in days] == ["JSJD", "JSJD", "XCQ"]


def test_a_line_set_right_on_the_day_it_began_never_held() -> None:
    approved()
    approved(a_version(a_line(unit=unit("XCQ"))))
    assert whose() == "XCQ"


def test_a_line_that_ends_leaves_its_cases_to_the_next_line_up() -> None:
    approved()
    approved(a_version(LineGiven(category(), region()), at=NEXT_DAY), at=NEXT_DAY)
    assert (whose(), whose(at=NEXT_DAY)) == ("JSJD", "SZZX")


def test_a_version_approved_late_begins_on_that_day_and_rewrites_nothing() -> None:
    version = proposed(a_version(valid_from=TODAY))
    cataloguing.approve(version, by=member("yan"), at=NEXT_DAY)
    assert (whose(), whose(at=NEXT_DAY)) == ("SZZX", "JSJD")


def test_helpers_copy_and_document_come_with_the_line() -> None:
    line = a_line(co_organisers=[unit("CGJ"), unit("ZJJ")], copy_to=unit("XCQ"), source="云府办〔2026〕12 号")
    approved(a_version(line))
    entry = entry_for(matter(category(), region()), MONDAY)
    assert entry is not None
    assert set(entry.co_organisers.values_list("code", flat=True)) == {"CGJ", "ZJJ"}
    assert (entry.copy_to, entry.source) == (unit("XCQ"), "云府办〔2026〕12 号")


def test_a_version_sent_back_is_a_draft_again_and_its_proposer_reads_why() -> None:
    version = cataloguing.send_back(proposed(), by=member("yan"), at=MONDAY, why="请附三定方案")
    assert (version.state, version.returned_why) == ("draft", "请附三定方案")
    assert (
        "请附三定方案" in Message.objects.filter(template__key="catalogue_returned").get(to_user__username="zhou").body
    )
    assert approved(version).state == "approved"


def test_those_who_approve_are_told_of_a_proposal() -> None:
    proposed()
    told = Message.objects.filter(template__key="catalogue_proposed").values_list("to_role", flat=True)
    assert set(told) == {Role.OFFICE_HEAD, Role.ARBITER}


STATES: dict[str, Any] = {
    "draft": a_version,
    "proposed": proposed,
    "approved": approved,
    "dropped": lambda: cataloguing.drop(a_version(), by=member("zhou"), at=MONDAY),
}
MOVES: dict[str, tuple[set[str], Any]] = {
    "put": ({"draft"}, lambda v, by: cataloguing.put(v, a_line(unit=unit("XCQ")), by=by, at=MONDAY)),
    "revise": ({"draft"}, lambda v, by: cataloguing.revise(v, by=by, at=MONDAY, note="改名", valid_from=TODAY)),
    "propose": ({"draft"}, lambda v, by: cataloguing.propose(v, by=by, at=MONDAY)),
    "approve": ({"proposed"}, lambda v, by: cataloguing.approve(v, by=by, at=MONDAY)),
    "send back": ({"proposed"}, lambda v, by: cataloguing.send_back(v, by=by, at=MONDAY, why="请附依据")),
    "drop": ({"draft", "proposed"}, lambda v, by: cataloguing.drop(v, by=by, at=MONDAY)),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_a_version_moves_only_as_it_may(state: str, move: str) -> None:
    version = STATES[state]()
    allowed, act = MOVES[move]
    if state in allowed:
        act(version, member("yan"))
        return
    before = CatalogueVersion.objects.filter(pk=version.pk).values().get()
    with pytest.raises(NotNow):
        act(version, member("yan"))
    assert CatalogueVersion.objects.filter(pk=version.pk).values().get() == before


EDITORS, APPROVERS = {"zhou", "yan", "han"}, {"yan", "han"}
EVERYBODY = [
    "wang",
    "zhou",
    "wu",
    "zheng",
    "song",
    "he",
    "yan",
    "liu",
    "sun",
    "peng",
    "jiang",
    "shen",
    "han",
    "sysadmin",
]


@pytest.mark.parametrize("username", EVERYBODY)
def test_only_dispatchers_the_head_and_the_arbiter_change_it(username: str) -> None:
    by = member(username)
    assert _may(lambda: a_version_by(by)) == (username in EDITORS)
    assert _may(lambda: cataloguing.put(a_version(), a_line(), by=by, at=MONDAY)) == (username in EDITORS)
    assert _may(lambda: cataloguing.approve(proposed(), by=by, at=MONDAY)) == (username in APPROVERS)


def a_version_by(by: Membership) -> CatalogueVersion:
    return cataloguing.draft(by=by, at=MONDAY, note="目录", valid_from=TODAY)


def _may(act: Any) -> bool:
    try:
        act()
    except NotAllowed:
        return False
    return True


# -- What cannot be


def _retired_category() -> Any:
    kept = category()
    kept.valid_until = TODAY
    kept.save()
    return kept


def _closed_unit() -> Organisation:
    kept = unit("JSJD")
    kept.active_until = TODAY
    kept.save()
    return kept


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (lambda: a_line(category=_retired_category()), "category"),
        (lambda: a_line(unit=_closed_unit()), "unit"),
        (lambda: a_line(unit=unit("HOTLINE")), "unit"),
        (lambda: a_line(unit=unit("JIA")), "unit"),
        (lambda: a_line(co_organisers=[unit("ARBITER")]), "co_organisers"),
        (lambda: a_line(co_organisers=[unit("JSJD")]), "co_organisers"),
        (lambda: a_line(co_organisers=[unit("CGJ"), unit("CGJ")]), "co_organisers"),
        (lambda: a_line(copy_to=unit("JSJD")), "copy_to"),
        (lambda: a_line(unit=unit("XCQ"), copy_to=unit("JSJD")), "copy_to"),
        (lambda: a_line(co_organisers=[unit("CGJ")], copy_to=unit("CGJ")), "copy_to"),
        (lambda: a_line(kind="poetry"), "kind"),
        (lambda: LineGiven(category(), region("青山街道")), "category"),
    ],
    ids=[
        "a category retired", "a unit outside its active period", "the office as a unit", "a contractor as a unit",
        "an arbiter helping", "helping oneself", "a helper twice", "supervising oneself", "supervised from below",
        "helping and supervising", "a kind that is none", "ending a line that is none",
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused_at_its_field(line: Any, field: str) -> None:
    given = line()
    before = CatalogueVersion.objects.count()
    with pytest.raises(Invalid) as refusal:
        a_version(given)
    assert refusal.value.field == field
    assert CatalogueVersion.objects.count() == before


@pytest.mark.parametrize(
    ("note", "valid_from", "field"),
    [("", TODAY, "note"), ("字" * 121, TODAY, "note"), ("目录", TODAY - timedelta(days=1), "valid_from")],
)
def test_a_version_has_a_name_and_does_not_begin_in_the_past(note: str, valid_from: date, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        cataloguing.draft(by=member("zhou"), at=MONDAY, note=note, valid_from=valid_from)
    assert refusal.value.field == field


def test_a_version_that_changes_nothing_is_not_proposed() -> None:
    version = cataloguing.draft(by=member("zhou"), at=MONDAY, note="目录", valid_from=TODAY)
    with pytest.raises(NotNow):
        cataloguing.propose(version, by=member("zhou"), at=MONDAY)


def test_a_unit_closed_since_the_proposal_is_found_at_approval_and_nothing_is_half_done() -> None:
    version = proposed(a_version(a_line(region=region("青山街道"), unit=unit("QSJD")), a_line()))
    _closed_unit()
    before = CatalogueEntry.objects.count()
    with pytest.raises(Invalid):
        cataloguing.approve(version, by=member("yan"), at=MONDAY)
    assert CatalogueEntry.objects.count() == before
    version.refresh_from_db()
    assert version.state == "proposed"


def test_the_same_cases_named_twice_in_a_draft_are_one_line() -> None:
    version = a_version()
    cataloguing.put(version, a_line(unit=unit("XCQ")), by=member("zhou"), at=MONDAY)
    assert [change.unit for change in version.changes.all()] == [unit("XCQ")]


# -- What it would have changed


def test_the_preview_routes_last_months_cases_by_both() -> None:
    february = local("2026-02-10 10:00")
    here = [dispatched(at=february, to=unit("JSJD")), dispatched(at=february, to=unit("SZZX"), phone="13900002222")]
    a_case(at=february, region=region("青山街道"), phone="13900003333")
    a_case(at=MONDAY, phone="13900004444")  # this month's
    shown = preview(a_version(), TODAY)
    (move,) = shown.moves
    assert (shown.n, shown.total) == (2, 3)
    assert (move.before, move.after, move.with_before, move.with_after) == (unit("SZZX"), unit("JSJD"), 1, 1)
    listed = shown.cases(Case.objects.visible_to(member("zhou")))
    assert set(listed) == set(here)
    assert shown.shift(here[0]) == (unit("SZZX"), unit("JSJD"))


def test_the_preview_of_a_line_that_names_who_is_named_already_is_empty() -> None:
    a_case(at=local("2026-02-10 10:00"))
    shown = preview(a_version(a_line(unit=unit("SZZX"))), TODAY)
    assert (shown.n, shown.moves, shown.total) == (0, [], 1)
    assert not shown.cases(Case.objects.all()).exists()


def test_the_preview_asks_as_little_for_many_cases_as_for_one(django_assert_num_queries: Any) -> None:
    for day in range(1, 6):
        a_case(at=local(f"2026-02-0{day} 10:00"))
    version = a_version()
    preview(version, TODAY)
    with django_assert_num_queries(4):
        preview(version, TODAY)
