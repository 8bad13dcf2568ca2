"""Marking: the system gives out, nobody sees another's mark first, and two marks are compared."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from contractors import giving_out, marking
from contractors.marking import Found, MarkGiven
from contractors.models import ContactState, Mark, Origin, Purpose, SampledContact, Seat
from contractors.scores import standing
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Membership
from tests.people import local, member, unit
from tests.quality import AFTER, BETTER, a_call, a_mark, drawn, marked, taken

pytestmark = pytest.mark.django_db


def doubled(sample_contacts: int = 1) -> SampledContact:
    """The one contact of a sample, which two people mark."""
    sample = drawn(calls=sample_contacts)
    sample.contacts.update(double=True)
    return sample.contacts.get()


def again(contact: SampledContact) -> SampledContact:
    return SampledContact.objects.get(pk=contact.pk)


@pytest.mark.parametrize(
    ("purpose", "username", "may"),
    [
        (Purpose.RECHECK, "song", True),
        (Purpose.RECHECK, "ma", False),
        (Purpose.INSPECTION, "ma", True),
        (Purpose.INSPECTION, "ye", False),
        (Purpose.INSPECTION, "song", False),
    ],
)
def test_inspectors_mark_their_companys_sample_and_the_government_its_own(
    purpose: str, username: str, may: bool
) -> None:
    drawn(purpose, calls=2)
    assert giving_out.open_to(member(username)).exists() is may


def test_whoever_has_no_part_in_marking_is_refused() -> None:
    drawn(calls=1)
    for username in ("wang", "luo", "zhou", "yan", "jiang"):
        with pytest.raises(NotAllowed):
            taken(username)


def test_the_next_contact_is_the_first_in_the_list_and_stays_ones_own_until_it_is_handed_in() -> None:
    sample = drawn(calls=3)
    mine, theirs = taken("song"), taken("ruan")
    assert mine.contact.position == 1
    assert taken("song") == mine
    assert theirs.contact_id != mine.contact_id or theirs.seat == Seat.SECOND
    assert sample.contacts.count() == 3


def test_nobody_marks_own_calls() -> None:
    drawn(Purpose.INSPECTION, calls=1)
    SampledContact.objects.update(agent=member("ma").user)
    with pytest.raises(NotNow, match="nothing for you"):
        taken("ma")
    assert taken("ning").contact.agent.username == "ma"


def test_whoever_worked_on_the_line_that_week_marks_none_of_it() -> None:
    a_call(local("2026-03-12 09:00"), agent="chen")
    call = a_call(local("2026-03-12 10:00"))
    call.agent = member("ma").user
    call.save()
    drawn(Purpose.INSPECTION, calls=2)
    assert not giving_out.open_to(member("ma")).exists()
    assert giving_out.open_to(member("ning")).exists()


def test_a_mark_is_kept_while_it_is_written() -> None:
    drawn(calls=1)
    mark = taken()
    half = MarkGiven({"greeting": a_mark(greeting="partly").lines["greeting"]}, "先听完")
    marking.keep(mark, half, by=member("song"), at=AFTER)
    kept = Mark.objects.get(pk=mark.pk)
    assert (marking.verdicts_of(kept), kept.improvement, kept.submitted_at) == ({"greeting": "partly"}, "先听完", None)


def test_the_total_is_the_weights_of_what_was_met_and_half_of_what_was_partly() -> None:
    drawn(calls=1)
    assert marked(improvement=BETTER, place="partly", read_back="not_met", told="partly").total == Decimal("80.0")


def without_evidence() -> MarkGiven:
    whole = a_mark(read_back="not_met")
    return MarkGiven({**whole.lines, "read_back": Found("not_met", " ")}, BETTER)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (MarkGiven, "verdict_greeting"),
        (without_evidence, "evidence_read_back"),
        (lambda: a_mark(record="not_met"), "improvement"),
    ],
    ids=["an item without a verdict", "something not met without evidence", "below the pass mark without a word"],
)
def test_a_mark_that_lacks_something_is_not_taken(given: Callable[[], MarkGiven], field: str) -> None:
    drawn(calls=1)
    mark = taken()
    with pytest.raises(Invalid) as refusal:
        marking.submit(mark, given(), by=member("song"), at=AFTER)
    assert refusal.value.field == field
    assert Mark.objects.get(pk=mark.pk).submitted_at is None


def test_a_mark_of_one_person_is_ready_to_be_published() -> None:
    sample = drawn(calls=1)
    sample.contacts.update(double=False)
    mark = marked(ending="partly")
    contact = again(mark.contact)
    score = standing(contact)
    assert score is not None
    assert (contact.state, contact.total, score.origin) == (ContactState.READY, Decimal("97.5"), Origin.FIRST)


def test_two_marks_within_the_tolerance_let_the_first_stand() -> None:
    contact = doubled()
    marked("song", ending="not_met")
    assert again(contact).state == ContactState.TO_MARK
    marked("ruan")
    assert (again(contact).state, again(contact).total) == (ContactState.READY, Decimal("95.0"))


@pytest.mark.parametrize(
    "second", [{"record": "partly"}, {"insult": "happened"}], ids=["by more than five points", "on something fatal"]
)
def test_where_two_marks_differ_a_third_persons_stands(second: dict[str, Any]) -> None:
    contact = doubled()
    marked("song")
    marked("ruan", improvement=BETTER, **second)
    assert again(contact).state == ContactState.THIRD
    for username in ("song", "ruan"):
        with pytest.raises(NotNow):
            taken(username)
    third = marked("yu", place="partly")
    score = standing(contact)
    assert score is not None
    assert (third.seat, score.origin, again(contact).total) == (Seat.THIRD, Origin.THIRD, Decimal("95.0"))


def test_an_officer_decides_where_two_inspectors_of_a_company_differ() -> None:
    contact = drawn(Purpose.INSPECTION, calls=1).contacts.get()
    SampledContact.objects.filter(pk=contact.pk).update(double=True)
    marked("ma")
    for officer in ("song", "ruan"):
        with pytest.raises(NotNow):
            taken(officer)
    marked("ning", record="partly")
    for inspector in ("ma", "ning"):
        with pytest.raises(NotNow):
            taken(inspector)
    third = marked("song", place="partly")
    assert (third.seat, third.organisation, again(contact).total) == (Seat.THIRD, unit("HOTLINE"), Decimal("95.0"))


def test_anything_fatal_makes_it_nought_and_wants_a_second_person() -> None:
    sample = drawn(calls=1)
    sample.contacts.update(double=False)
    mark = marked("song", improvement=BETTER, leak="happened")
    assert (mark.total, mark.fatal) == (Decimal(0), True)
    contact = again(mark.contact)
    assert (contact.state, contact.double) == (ContactState.TO_MARK, True)
    marked("ruan", improvement=BETTER, leak="happened")
    assert (again(contact).state, again(contact).total, again(contact).fatal) == (ContactState.READY, Decimal(0), True)


def test_a_mark_handed_in_does_not_change_any_more() -> None:
    drawn(calls=1)
    mark = marked()
    with pytest.raises(NotNow, match="handed in"):
        marking.submit(mark, a_mark(), by=member("song"), at=AFTER)
    changes: list[Callable[[], object]] = [
        lambda: mark.lines.update(verdict="partly"),
        lambda: Mark.objects.update(total=1),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_somebody_elses_mark_is_not_ones_to_write() -> None:
    drawn(calls=1)
    mark = taken("song")
    with pytest.raises(NotAllowed):
        marking.keep(mark, a_mark(), by=member("ruan"), at=AFTER)


def test_an_inspector_who_left_the_company_marks_for_it_no_more() -> None:
    drawn(Purpose.INSPECTION, calls=1)
    mark = taken("ma")
    by: Membership = member("ma")
    by.organisation = member("ye").organisation
    with pytest.raises(NotAllowed):
        marking.submit(mark, a_mark(), by=by, at=AFTER)
