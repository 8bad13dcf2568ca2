"""What is missing or wrong in the knowledge base goes to its owner, with a limit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases import knowledge, knowledge_reports
from cases.models import KnowledgeReport
from cases.schedule import mind_knowledge
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message
from tests.knowledge import in_force, reported, words
from tests.people import local, member, unit
from tests.stories import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def settled(kept: KnowledgeReport, by: str = "sun", at: Any = LATER, **given: Any) -> KnowledgeReport:
    said = {"outcome": "right", "answer": "时限仍为 2 小时，见 2026 年第 3 号文。"} | given
    return knowledge_reports.settle(kept, by=member(by), at=at, **said)


def test_a_report_goes_to_the_owner_who_has_three_working_days() -> None:
    kept = reported()
    assert (kept.unit, kept.due_at) == (unit(), local("2026-03-12 10:00"))
    note = Message.objects.get(template__key="knowledge_reported")
    assert note.to_organisation == unit()
    assert "清理时限已改为 1 小时。" in note.body


def test_what_is_missing_goes_to_the_unit_named() -> None:
    kept = knowledge_reports.report(
        by=member("wang"), at=MONDAY, kind="missing", words="没有电动车上牌的答复。", unit=unit("GAJ")
    )
    assert (kept.unit, kept.article) == (unit("GAJ"), None)


def test_who_reported_it_reads_what_became_of_it() -> None:
    kept = settled(reported())
    assert (kept.outcome, kept.settled_by) == ("right", member("sun").user)
    note = Message.objects.get(template__key="knowledge_settled", to_user__username="wang")
    assert "见 2026 年第 3 号文" in note.body


def test_corrected_means_that_a_newer_version_is_in_force() -> None:
    kept = reported()
    assert kept.article
    with pytest.raises(NotNow):
        settled(kept, outcome="corrected")
    new = knowledge.write_anew(kept.article, by=member("sun"), at=LATER)
    in_force(knowledge.revise(new, words(body="1 小时内清理。"), by=member("sun"), at=LATER), at=LATER)
    assert settled(kept, outcome="corrected", answer="").outcome == "corrected"


def test_a_report_is_settled_once() -> None:
    kept = settled(reported())
    with pytest.raises(NotNow):
        settled(kept, by="liu")


@pytest.mark.parametrize(
    ("username", "may"),
    {"sun": True, "liu": True, "peng": True, "he": True, "yan": True, "lin": False, "wang": False, "zhou": False,
     "jiang": False, "han": False, "sysadmin": False}.items(),
)  # fmt: skip
def test_the_owner_and_the_editors_settle_it(username: str, may: bool) -> None:
    kept = reported()
    try:
        settled(kept, by=username)
    except NotAllowed:
        assert not may
    else:
        assert may


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "poetry"}, "kind"),
        ({"words": ""}, "words"),
        ({"words": "\u200b\u200b\u200b"}, "words"),
        ({"words": "长" * 501}, "words"),
        ({"article": None}, "article"),
        ({"article": None, "kind": "missing"}, "unit"),
        ({"article": None, "kind": "missing", "unit": "HOTLINE"}, "unit"),
    ],
    ids=[
        "no such kind",
        "no words",
        "words nobody sees",
        "too many words",
        "of no answer",
        "to nobody",
        "to the office",
    ],
)
def test_a_report_that_says_too_little_is_refused_at_its_field(given: dict[str, Any], field: str) -> None:
    article = in_force()
    said: dict[str, Any] = {"kind": "wrong", "words": "时限有误。", "article": article, **given}
    if "unit" in said:
        said["unit"] = unit(said["unit"])
    with pytest.raises(Invalid) as refusal:
        knowledge_reports.report(by=member("wang"), at=MONDAY, **said)
    assert refusal.value.field == field
    assert not KnowledgeReport.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"outcome": "poetry"}, "outcome"),
        ({"outcome": ""}, "outcome"),
        ({"answer": " "}, "answer"),
        ({"answer": "长" * 501}, "answer"),
    ],
)
def test_a_settlement_that_says_too_little_is_refused_at_its_field(given: dict[str, str], field: str) -> None:
    kept = reported()
    with pytest.raises(Invalid) as refusal:
        settled(kept, **given)
    assert refusal.value.field == field


def test_lateness_is_told_once_to_the_units_head_and_the_editors(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = reported()
    for at, n in (
        (kept.due_at - timedelta(seconds=1), 0),
        (kept.due_at + timedelta(seconds=1), 2),
        (kept.due_at + timedelta(hours=1), 2),
    ):
        monkeypatch.setattr("cases.schedule.database_time", lambda at=at: at)
        mind_knowledge()
        assert Message.objects.filter(template__key="knowledge_late").count() == n
    assert set(Message.objects.filter(template__key="knowledge_late").values_list("to_role", flat=True)) == {
        "unit_head",
        "knowledge_editor",
    }


def test_nobody_is_told_of_a_report_settled_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = settled(reported())
    monkeypatch.setattr("cases.schedule.database_time", lambda: kept.due_at + timedelta(days=1))
    assert mind_knowledge() == 0


def test_a_report_is_seen_by_who_made_it_its_unit_and_the_office() -> None:
    kept = reported()
    seen = {
        username
        for username in ("wang", "zhao", "luo", "he", "zhou", "sun", "lin", "jiang", "han", "sysadmin")
        if KnowledgeReport.objects.visible_to(member(username)).filter(pk=kept.pk).exists()
    }
    assert seen == {"wang", "he", "zhou", "sun", "jiang"}
