"""Who the citizen is: shown for a reason, for minutes, so often an hour; of a confidential case never to units."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import identity
from cases.models import CaseEvent, EventKind, Reveal
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from tests.people import member
from tests.stories import MONDAY, a_case, dispatched

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def test_a_reveal_lasts_five_minutes_and_stays_on_record() -> None:
    case = dispatched()
    identity.reveal(case, by=member("sun"), at=LATER, reason="contact", note="约定上门")
    assert identity.shown_to(case, by=member("sun"), at=LATER + timedelta(minutes=4, seconds=59))
    assert not identity.shown_to(case, by=member("sun"), at=LATER + timedelta(minutes=5))
    assert not identity.shown_to(case, by=member("liu"), at=LATER)
    assert CaseEvent.objects.of(case).get(kind=EventKind.REVEALED).payload == {"reason": "contact"}
    assert AuditEntry.objects.latest("id").act == "identity.reveal"


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(Invalid) as refusal:
        identity.reveal(dispatched(), by=member("sun"), at=LATER, reason="curiosity")
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("username", ["sun", "liu", "peng"])
def test_the_unit_never_learns_who_reported_in_confidence(username: str) -> None:
    case = dispatched(confidential=True)
    with pytest.raises(NotAllowed):
        identity.reveal(case, by=member(username), at=LATER, reason="contact")
    assert not Reveal.objects.exists()


def test_the_office_may_see_who_reported_in_confidence() -> None:
    assert identity.reveal(dispatched(confidential=True), by=member("zhou"), at=LATER, reason="verify")


def test_a_unit_without_the_case_may_not_see_it() -> None:
    with pytest.raises(NotAllowed):
        identity.reveal(dispatched(), by=member("lin"), at=LATER, reason="contact")


def test_nobody_looks_up_more_than_the_limit_in_an_hour(settings: object) -> None:
    settings.REVEALS_PER_HOUR = 3  # type: ignore[attr-defined]
    case = dispatched()
    for minute in range(3):
        identity.reveal(case, by=member("sun"), at=LATER + timedelta(minutes=minute), reason="contact")
    with pytest.raises(NotNow):
        identity.reveal(case, by=member("sun"), at=LATER + timedelta(minutes=59), reason="contact")
    assert identity.reveal(case, by=member("liu"), at=LATER + timedelta(minutes=59), reason="contact")
    assert identity.reveal(case, by=member("sun"), at=LATER + timedelta(minutes=61), reason="contact")


def test_of_somebody_who_left_nothing_there_is_nothing_to_see() -> None:
    with pytest.raises(NotNow):
        identity.reveal(a_case(name="", phone=""), by=member("zhou"), at=LATER, reason="verify")
