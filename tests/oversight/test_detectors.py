"""What each detector points at, planted, and what looks nearly the same and is honest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from cases import attachments, decisions, handling, identity, telephony
from cases.attachments import Upload
from cases.models import AttachmentKind, Case, Decision
from cases.telephony import CallEvent
from contractors.models import Purpose
from hotline.calendar import Period
from oversight.detector_rules import limits_of
from oversight.detectors import BY_KEY, DETECTORS
from tests.findings import cases_of, found, looked_at
from tests.people import local, member, unit
from tests.quality import a_call, drawn, marked
from tests.stories import (
    MONDAY,
    a_case,
    a_reply,
    accepted,
    closed,
    current,
    dispatched,
    lead,
    rated,
    refused,
    rehandling,
    replied,
    signed,
)

pytestmark = pytest.mark.django_db

ABOUT_UNITS = (
    "turned_answers", "came_back", "no_contact", "contact_before_dispatch", "alike_replies", "late_returns",
    "late_exits", "ping_pong", "month_end", "recoded", "own_phones",
)  # fmt: skip


def test_every_detector_says_what_innocent_thing_looks_the_same() -> None:
    assert len({detector.key for detector in DETECTORS}) == len(DETECTORS) >= 21
    for detector in DETECTORS:
        assert str(detector.looks_for).endswith(".")
        assert str(detector.innocent).endswith(".")


def test_a_confidential_case_is_told_by_no_detector() -> None:
    case = closed()
    assert looked_at("no_contact") == 1
    Case.objects.filter(pk=case.pk).update(confidential=True)
    assert [looked_at(key) for key in ABOUT_UNITS] == [0] * len(ABOUT_UNITS)


# -- Answers


def again(case: Case, *, after: int, spoken: bool) -> Case:
    """Dissatisfied, then answered anew so many hours later, with or without a word of Liu's in between."""
    at = MONDAY + timedelta(hours=after)
    if spoken:
        part = lead(case)
        case = handling.record_contact(part, by=member("liu"), at=at, version=None, reached=True, how="phone")
    words = a_reply(contacted_at=at)
    case = handling.reply(lead(case), words, by=member("liu"), at=at, version=current(case).version)
    return rated(accepted(case, at=at - timedelta(hours=5)), at=at - timedelta(hours=6))


@pytest.mark.parametrize(
    ("after", "spoken", "is_found"),
    [(20, True, True), (20, False, False), (200, True, False)],
    ids=["soon, and spoken to", "nobody spoke to them", "days later"],
)
def test_dissatisfied_turns_satisfied_soon_after_the_unit_called(after: int, spoken: bool, is_found: bool) -> None:
    case = again(rehandling(), after=after, spoken=spoken)
    assert cases_of("turned_answers") == [case.pk] * is_found
    assert looked_at("turned_answers") == 2


@pytest.mark.parametrize(
    ("days", "given", "is_found"),
    [(3, {}, True), (42, {}, False), (3, {"phone": "13900001111"}, False)],
    ids=["days after", "long after", "somebody else"],
)
def test_the_same_person_comes_back_with_the_same_matter(days: int, given: dict[str, Any], is_found: bool) -> None:
    again_at = MONDAY + timedelta(days=3)
    first = closed(at=again_at - timedelta(days=days))
    a_case(again_at, **given)
    assert cases_of("came_back") == [first.pk] * is_found


# -- Replies


def answered(*, at: Any = MONDAY, case: Case | None = None, **words: Any) -> Case:
    """Answered by Liu in these words, and accepted."""
    case = case or signed(at=at)
    given = a_reply(**{"contacted_at": at + timedelta(hours=2), **words})
    case = handling.reply(lead(case), given, by=member("liu"), at=at + timedelta(hours=5), version=case.version)
    return accepted(case, at=at)


def test_solved_without_a_word_to_the_citizen() -> None:
    silent = answered(contacted=False, contacted_at=None)
    answered()
    unwanted = answered(case=signed(callback_wish="none"), contacted=False, contacted_at=None)
    assert unwanted.pk not in cases_of("no_contact")
    assert cases_of("no_contact") == [silent.pk]
    assert looked_at("no_contact") == 3


def test_spoken_to_before_the_unit_had_the_case() -> None:
    answered()
    early = answered(contacted_at=MONDAY + timedelta(minutes=5))
    hits = found("contact_before_dispatch")
    assert [(hit.case, hit.subject.organisation) for hit in hits] == [(early.pk, unit().pk)]


def test_a_reply_that_names_no_contact_could_name_none_too_early() -> None:
    answered()
    answered(contacted=False, contacted_at=None)
    assert looked_at("contact_before_dispatch") == 1


def test_the_same_reply_to_many() -> None:
    same = [answered(public_reply=f"您好，您反映的第 {n} 号问题我局已责成相关科室依法依规处理。") for n in range(3)]
    answered(public_reply="井盖已于当日补装，路面恢复通行，感谢您的监督与支持。")
    assert set(cases_of("alike_replies", cases=3)) == {case.pk for case in same}
    assert cases_of("alike_replies", cases=4) == []


def test_the_same_photograph_for_another_matter() -> None:
    photo = Upload("现场.txt", "2026-03-09 现场记录".encode())
    honest, reused = signed(), signed()
    for hours, case in ((3, honest), (4, reused)):
        at = MONDAY + timedelta(hours=hours)
        attachments.attach(case, photo, by=member("liu"), at=at, kind=AttachmentKind.HANDLING_PROOF)
        replied(case)
    assert cases_of("reused_files") == [reused.pk]


# -- Clocks and hops


@pytest.mark.parametrize(("spent", "is_found"), [(0.95, True), (0.5, False)], ids=["at the last moment", "in time"])
def test_returned_when_the_limit_was_nearly_over(spent: float, is_found: bool) -> None:
    case = dispatched()
    clock = case.clocks.get(kind="sign")
    at = clock.started_at + spent * (clock.due_at - clock.started_at)
    decisions.ask_to_bounce(
        lead(case), by=member("sun"), at=at, version=case.version, reason="wrong_area", grounds="该路段由街道管养。"
    )
    assert cases_of("late_returns") == [case.pk] * is_found
    assert looked_at("late_returns") == 1


def returned_and_sent_on(case: Case, *, by: str, to: str, hours: int) -> Case:
    """Asked back an hour later, and sent on by Zhou; the third time the arbiter rules."""
    at = MONDAY + timedelta(hours=hours)
    decisions.ask_to_bounce(
        lead(case), by=member(by), at=at, version=None, reason="wrong_area", grounds="非本单位管护设施。"
    )
    asked = Decision.objects.open().get(case=case)
    case = decisions.grant(asked, by=member("zhou"), at=at, version=None, ruling="改派。", unit=unit(to))
    for dispute in Decision.objects.open().filter(case=case, kind="dispute"):
        case = decisions.grant(dispute, by=member("han"), at=at, version=None, ruling="由其办理。", unit=unit(to))
    return case


def test_there_elsewhere_and_back() -> None:
    straight = returned_and_sent_on(dispatched(), by="sun", to="SWJ", hours=1)
    back = returned_and_sent_on(dispatched(), by="sun", to="SWJ", hours=1)
    back = returned_and_sent_on(back, by="lin", to="CGJ", hours=2)
    assert straight.pk not in cases_of("ping_pong")
    assert cases_of("ping_pong") == [back.pk]
    assert looked_at("ping_pong") == 4  # two cases with each of the two units


def test_replies_on_the_last_days_of_a_month() -> None:
    answered()
    late = answered(at=local("2026-03-30 09:00"))
    assert cases_of("month_end") == [late.pk]
    assert looked_at("month_end") == 2


# -- Agents


def test_requests_an_agent_did_not_accept() -> None:
    a_case()
    case = refused()
    assert [(hit.case, hit.subject.person) for hit in found("refusals")] == [(case.pk, member("wang").user_id)]
    assert looked_at("refusals") == 2


def test_calls_that_end_within_seconds_and_lead_to_no_case() -> None:
    at = local("2026-03-10 09:00")
    short = a_call(at, seconds=5)
    a_call(at + timedelta(minutes=5), seconds=60)
    useful = a_call(at + timedelta(minutes=10), seconds=5)
    telephony.link_call(useful, a_case(at), by=member("wang"), at=at)
    assert [hit.call for hit in found("short_calls")] == [short.pk]
    assert looked_at("short_calls") == 3


def test_an_abandoned_call_is_nobodys_short_call() -> None:
    by, at = member("telephony"), local("2026-03-10 09:00")
    for act, seconds in (("offered", 0), ("ended", 4)):
        event = CallEvent(platform_id="abandoned", act=act, at=at + timedelta(seconds=seconds))
        telephony.record_call(event, by=by, at=at)
    assert found("short_calls") == []


def test_an_inspectors_marks_just_above_the_pass_mark() -> None:
    sample = drawn(Purpose.INSPECTION, calls=2)
    sample.contacts.update(double=False)
    near = marked("ma", improvement="须复述。", read_back="not_met", told="partly")
    marked("ma")
    limits = {"points": int(near.total or 0) - sample.scorecard.pass_mark + 1}
    assert [hit.ref for hit in found("marks_at_threshold", **limits)] == [f"mark:{near.pk}"]
    assert found("marks_at_threshold", points=0) == []


@pytest.mark.parametrize(
    ("apart", "n", "is_found"), [(1, 4, True), (30, 4, False), (1, 3, False)], ids=["at once", "over hours", "a few"]
)
def test_many_identities_within_minutes(apart: int, n: int, is_found: bool) -> None:
    cases = [a_case(phone=f"1380000110{k}") for k in range(n)]
    for k, case in enumerate(cases):
        at = MONDAY + timedelta(hours=1, minutes=apart * k)
        identity.reveal(case, by=member("zhou"), at=at, reason="callback")
    expected = sorted(case.pk for case in cases) if is_found else []
    assert sorted(filter(None, cases_of("odd_looks", looks=4, minutes=10))) == expected


def made_by(key: str) -> Callable[[], object]:
    return {"refusals": refused, "no_contact": lambda: answered(contacted=False, contacted_at=None)}[key]


@pytest.mark.parametrize("key", ["refusals", "no_contact"])
def test_what_lies_outside_of_the_days_is_not_looked_at(key: str) -> None:
    made_by(key)()
    detector = BY_KEY[key]
    april = Period.days(date(2026, 4, 1), date(2026, 4, 30))
    limits = limits_of(detector, MONDAY)
    assert (list(detector.hits(april, limits)), detector.looked_at(april, limits)) == ([], {})
