"""Publishing and appeals: the agent names items, others than the marker rule, and a mark only rises."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from contractors import appeals, publishing, schedule
from contractors.models import Appeal, AppealOutcome, ContactState, Origin, Purpose, SampledContact, Score
from contractors.scores import standing
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message
from tests.people import local, member
from tests.quality import AFTER, appealed, drawn, marked, published

pytestmark = pytest.mark.django_db


def ruled(kept: Appeal, by: str = "ruan", *, at: datetime | None = None, **verdicts: str) -> Appeal:
    at = at or AFTER + timedelta(hours=1)
    return appeals.rule(kept, verdicts or {"read_back": "full"}, ruling="复听属实。", by=member(by), at=at)


def again(contact: SampledContact) -> SampledContact:
    return SampledContact.objects.select_related("sample").get(pk=contact.pk)


# -- Publishing


def test_a_mark_is_seen_by_the_agent_once_it_is_published() -> None:
    drawn(calls=1)
    SampledContact.objects.update(double=False)
    marked(ending="partly")
    reach = SampledContact.objects.visible_to
    assert not reach(member("wang")).exists()
    contact = SampledContact.objects.get()
    publishing.publish(contact.sample, by=member("song"), at=AFTER)
    assert reach(member("wang")).get() == contact
    assert not reach(member("li")).exists()
    assert reach(member("luo")).get() == contact
    assert not reach(member("tang")).exists()
    assert Message.objects.get(template__key="quality_published").to_user == member("wang").user


def test_five_working_days_to_appeal_begin_with_publication() -> None:
    assert published().appeal_until == local("2026-03-23 09:00")


def test_inspectors_publish_their_own_companys_inspections_only() -> None:
    sample = drawn(calls=1)
    with pytest.raises(NotAllowed, match="government"):
        publishing.publish(sample, by=member("ma"), at=AFTER)
    with pytest.raises(NotNow, match="No mark is ready"):
        publishing.publish(drawn(Purpose.INSPECTION, calls=0), by=member("ma"), at=AFTER)


# -- Appealing


def test_only_the_agent_who_was_marked_appeals() -> None:
    contact = published()
    for username in ("li", "xu"):
        with pytest.raises(NotAllowed, match="agent who was marked"):
            appeals.appeal(contact, {"read_back": "03:10"}, words="已复述", by=member(username), at=AFTER)
    with pytest.raises(NotAllowed):
        appeals.appeal(contact, {"read_back": "03:10"}, words="已复述", by=member("luo"), at=AFTER)


@pytest.mark.parametrize(
    ("claims", "words", "field"),
    [
        ({}, "已复述。", "items"),
        ({"greeting": "00:00"}, "已复述。", "items"),
        ({"unknown": "00:00"}, "已复述。", "items"),
        ({"read_back": " "}, "已复述。", "claim_read_back"),
        ({"read_back": "03:10"}, " ", "words"),
    ],
    ids=["no item", "one with full marks", "one that is not there", "no place named", "no words"],
)
def test_an_appeal_names_items_with_something_held_against_each(claims: dict[str, str], words: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        appeals.appeal(published(), claims, words=words, by=member("wang"), at=AFTER)
    assert refusal.value.field == field
    assert not Appeal.objects.exists()


def test_there_is_no_appeal_after_the_limit_nor_a_second_beside_one() -> None:
    contact = published()
    with pytest.raises(NotNow, match="ended on 2026-03-23"):
        appealed(contact, at=local("2026-03-23 09:00"))
    appealed(contact, at=local("2026-03-23 08:59"))
    with pytest.raises(NotNow, match="open already"):
        appealed(contact, at=local("2026-03-23 08:59"))


# -- Ruling


@pytest.mark.parametrize("username", ["song", "wang", "jiang", "ma", "zhou"])
def test_neither_the_marker_nor_the_agent_nor_others_rule_at_the_first_level(username: str) -> None:
    with pytest.raises(NotAllowed):
        ruled(appealed(), username)


def test_a_ruling_that_raises_the_mark_is_a_new_score_beside_the_old_one() -> None:
    kept = ruled(appealed())
    contact = again(kept.contact)
    assert kept.outcome == AppealOutcome.RAISED
    assert contact.total == Decimal("95.0")
    assert [(score.origin, score.total) for score in contact.scores.order_by("serial")] == [
        (Origin.FIRST, Decimal("85.0")),
        (Origin.REVIEW, Decimal("95.0")),
    ]
    assert kept.lines.get().after == "full"


def test_a_ruling_that_keeps_the_mark_adds_no_score() -> None:
    kept = ruled(appealed(), read_back="not_met")
    assert kept.outcome == AppealOutcome.KEPT
    assert kept.contact.scores.count() == 1


def test_a_ruling_never_lowers_a_mark() -> None:
    kept = appealed(told="03:20 已告知", read_back="03:10")
    with pytest.raises(Invalid, match="never lowers"):
        ruled(kept, read_back="full", told="not_met")
    score = standing(kept.contact)
    assert score is not None
    with pytest.raises(DatabaseError, match="never lowered"), transaction.atomic():
        Score.objects.create(
            contact=kept.contact,
            serial=9,
            origin="review",
            verdicts={},
            total=1,
            fatal=False,
            by=kept.asked_by,
            at=AFTER,
        )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Score.objects.filter(pk=score.pk).update(total=100)


def test_every_item_appealed_against_is_ruled_on() -> None:
    kept = appealed(told="03:20 已告知", read_back="03:10")
    with pytest.raises(Invalid) as refusal:
        ruled(kept, read_back="full")
    assert refusal.value.field == "verdict_told"


def test_something_fatal_may_be_found_not_to_have_happened() -> None:
    drawn(calls=1)
    marked("song", improvement="改", insult="happened")
    marked("ruan", improvement="改", insult="happened")
    contact = SampledContact.objects.select_related("sample").get()
    publishing.publish(contact.sample, by=member("yan"), at=AFTER)
    kept = appealed(again(contact), insult="是诉求人自言自语")
    ruled(kept, "yu", insult="clear")
    assert (again(contact).total, again(contact).fatal) == (Decimal("100.0"), False)


# -- The second level


def test_at_the_second_level_somebody_else_of_the_government_rules_and_that_is_final() -> None:
    first = ruled(appealed(), read_back="not_met")
    at = AFTER + timedelta(days=1)
    second = appealed(again(first.contact), at=at)
    assert second.level == 2
    for username in ("song", "ruan", "ma"):
        with pytest.raises(NotAllowed):
            ruled(second, username, at=at)
    assert ruled(second, "jiang", at=at, read_back="partly").outcome == AppealOutcome.RAISED
    with pytest.raises(NotNow, match="final"):
        appealed(again(first.contact), at=at)


def test_a_companys_own_inspection_is_reviewed_first_by_its_other_inspector() -> None:
    drawn(Purpose.INSPECTION, calls=1)
    SampledContact.objects.update(double=False)
    marked("ma", improvement="改", record="not_met")
    contact = SampledContact.objects.select_related("sample").get()
    publishing.publish(contact.sample, by=member("ma"), at=AFTER)
    kept = appealed(again(contact), record="见工单")
    with pytest.raises(NotAllowed):
        ruled(kept, "ma", record="full")
    with pytest.raises(NotAllowed):
        ruled(kept, "ye", record="full")
    ruled(kept, "ning", record="partly")
    second = appealed(again(contact), at=AFTER + timedelta(hours=2), record="见工单")
    with pytest.raises(NotAllowed):
        ruled(second, "ning", at=AFTER + timedelta(hours=3), record="full")
    ruled(second, "song", at=AFTER + timedelta(hours=3), record="full")
    assert again(contact).total == 100


# -- The clock


def at_the_time(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    monkeypatch.setattr(schedule, "database_time", lambda: local(text))
    return schedule.mind_quality()


def told(key: str) -> set[str]:
    return set(Message.objects.filter(template__key=key).values_list("to_role", flat=True))


def test_whoever_rules_is_reminded_a_working_day_before_and_the_head_told_when_it_is_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = appealed()
    assert kept.due_at == local("2026-03-19 09:00")
    at_the_time(monkeypatch, "2026-03-18 08:59")
    assert told("quality_appeal_due") == set()
    for _twice in range(2):
        at_the_time(monkeypatch, "2026-03-18 09:00")
    assert Message.objects.filter(template__key="quality_appeal_due").count() == 1
    for _twice in range(2):
        at_the_time(monkeypatch, "2026-03-19 09:00")
    assert told("quality_appeal_late") == {"quality_officer", "office_head"}
    assert Message.objects.filter(template__key="quality_appeal_late").count() == 2


def test_a_mark_is_locked_when_the_time_to_appeal_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    contact = published()
    assert at_the_time(monkeypatch, "2026-03-23 08:59") == 0
    assert at_the_time(monkeypatch, "2026-03-23 09:00") == 1
    assert again(contact).state == ContactState.LOCKED
    with pytest.raises(NotNow):
        appealed(again(contact), at=local("2026-03-23 09:00"))


def test_a_mark_under_appeal_waits_for_the_ruling_and_the_time_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = appealed()
    assert at_the_time(monkeypatch, "2026-03-23 09:00") == 0
    ruled(kept, at=local("2026-03-23 10:00"), read_back="not_met")
    assert at_the_time(monkeypatch, "2026-03-30 09:59") == 0
    assert at_the_time(monkeypatch, "2026-03-30 10:00") == 1


def test_a_sample_not_marked_in_time_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(calls=1)
    for _twice in range(2):
        at_the_time(monkeypatch, "2026-03-23 09:00")
    assert told("quality_late") == {"quality_officer", "office_head"}
    assert Message.objects.filter(template__key="quality_late").count() == 2
