"""Who the citizen is: shown for a reason, for minutes, so often an hour; of a confidential case never to units."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from cases import identity, supervision
from cases.models import Case, CaseEvent, EventKind, IndependentCallback, Reveal
from cases.readership import who_saw
from hotline import audit
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.delivery import deliver_next
from hotline.models import AuditEntry, Message
from tests.doors import client_of
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


def test_of_the_office_only_whom_it_is_sealed_to_sees_who_reported_in_confidence() -> None:
    assert identity.reveal(dispatched(confidential=True), by=member("yan"), at=LATER, reason="verify")
    with pytest.raises(NotAllowed):
        identity.reveal(dispatched(confidential=True), by=member("zhou"), at=LATER, reason="verify")


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


def test_a_day_has_a_limit_of_its_own(settings: object) -> None:
    settings.REVEALS_PER_DAY = 4  # type: ignore[attr-defined]
    case = dispatched()
    for hour in range(4):
        identity.reveal(case, by=member("sun"), at=LATER + timedelta(hours=hour), reason="contact")
    with pytest.raises(NotNow, match="within a day"):
        identity.reveal(case, by=member("sun"), at=LATER + timedelta(hours=20), reason="contact")
    assert identity.reveal(case, by=member("sun"), at=LATER + timedelta(hours=24), reason="contact")


def test_a_dishonest_agent_gets_sixty_people_a_shift_and_the_supervisor_hears_of_it() -> None:
    """Every minute of eight hours another citizen, with a valid sign-in."""
    wang, got = member("wang"), set()
    cases = [a_case(phone=f"138{n:08d}", name=f"陈{n}") for n in range(80)]
    for minute in range(480):
        case = cases[minute % len(cases)]
        try:
            identity.reveal(case, by=wang, at=LATER + timedelta(minutes=minute), reason="contact")
        except NotNow:
            continue
        got.add(case.pk)
    assert len(got) <= 60
    while deliver_next(LATER + timedelta(hours=9)):
        pass
    notices = Message.objects.inbox_of(member("jiang")).filter(template__key="looked_often")
    assert notices.filter(created_at__lte=LATER + timedelta(minutes=20)).exists()
    assert "王静（1024）" in notices.latest("created_at").body


def test_without_its_audit_entry_nothing_is_shown() -> None:
    case, sun = dispatched(at=timezone.now() - timedelta(hours=1)), client_of("sun")
    sun.raise_request_exception = False
    with connection.cursor() as cursor:  # the trail takes no more of these
        cursor.execute("ALTER TABLE hotline_auditentry ADD CHECK (act <> 'identity.reveal') NOT VALID")
    with pytest.raises(IntegrityError):
        identity.reveal(case, by=member("sun"), at=timezone.now(), reason="contact")
    assert sun.post(f"/cases/{case.number}/identity/", {"reason": "contact"}).status_code == 500
    assert not Reveal.objects.exists()
    assert b"13800006021" not in sun.get(f"/cases/{case.number}/").content


def test_who_saw_a_case_is_one_question(django_assert_num_queries: object) -> None:
    case = dispatched(at=timezone.now() - timedelta(hours=1))
    other = dispatched(at=timezone.now() - timedelta(hours=1), phone="13800006022")
    client_of("sun").get(f"/cases/{case.number}/")
    client_of("sun").post(f"/cases/{case.number}/identity/", {"reason": "contact"})
    client_of("liu").get(f"/cases/{other.number}/")
    client_of("lin").get(f"/cases/{case.number}/")
    supervision.note(case, by=member("zhou"), at=timezone.now(), words="已核实。", version=None)
    with django_assert_num_queries(1):  # type: ignore[operator]
        seen = {row["actor__name"]: row for row in who_saw(case)}
    names = {username: member(username).user.name for username in ("wang", "zhou", "sun", "liu", "lin")}
    assert set(seen) == {names["wang"], names["zhou"], names["sun"]}
    assert (seen[names["sun"]]["identity"], seen[names["zhou"]]["identity"]) == (1, 0)
    assert seen[names["sun"]]["times"] >= 2


def test_another_thing_of_the_same_number_is_not_the_case() -> None:
    case = dispatched()
    before = {row["actor"] for row in who_saw(case)}
    audit.record(
        "independent_calls.reveal", by=member("lin"), at=LATER, thing=IndependentCallback(pk=case.pk)
    )  # of some other case
    assert {row["actor"] for row in who_saw(case)} == before


@pytest.mark.parametrize("username", ["sun", "zhou", "jiang"])
def test_every_look_at_a_case_is_on_record(username: str) -> None:
    case = dispatched()
    client_of(username).get(f"/cases/{case.number}/")
    assert AuditEntry.objects.filter(act="case.look", object_id=str(case.pk), actor=member(username).user).count() == 1
    assert Case.objects.filter(pk=case.pk, version=case.version).exists()
