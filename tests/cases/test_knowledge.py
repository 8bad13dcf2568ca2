"""The knowledge base: written by one, approved by another, quoted while in force, looked at again in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from cases import intake, knowledge
from cases.attachments import Upload
from cases.knowledge import ArticleGiven
from cases.models import CaseEvent, EventKind, KnowledgeArticle, Quotation
from cases.routing import suggest_knowledge
from cases.schedule import mind_knowledge
from cases.sealed_files import content_of
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message, Organisation
from tests.knowledge import BODY, TITLE, drafted, in_force, proposed, words
from tests.people import category, member, unit
from tests.stories import MONDAY, a_registration

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
LATER = MONDAY + timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def quoted(article: KnowledgeArticle, at: Any = MONDAY) -> Any:
    return intake.answer_directly(a_registration(), by=member("wang"), at=at, answer=article.body, article=article)


# -- In force


def test_an_answer_is_offered_and_quoted_once_another_has_approved_it() -> None:
    article = proposed()
    assert TITLE not in [s.article.title for s in suggest_knowledge(TITLE, MONDAY)]
    with pytest.raises(Invalid):
        quoted(article)
    knowledge.approve(article, by=member("he"), at=MONDAY)
    assert suggest_knowledge(TITLE, MONDAY)[0].article.title == TITLE
    case = quoted(KnowledgeArticle.objects.get(pk=article.pk))
    event = CaseEvent.objects.of(case).get(kind=EventKind.ANSWERED)
    assert event.payload == {"article": article.key, "version": 1}
    assert Quotation.objects.get(case=case).article == article


def test_a_new_version_replaces_the_old_only_when_it_is_approved() -> None:
    old = in_force()
    new = knowledge.write_anew(old, by=member("sun"), at=LATER)
    assert (new.version, new.title, new.state) == (2, TITLE, "draft")
    new = knowledge.revise(new, words(body="1 小时内清理。"), by=member("sun"), at=LATER)
    quoted(old, LATER)
    in_force(new, at=LATER)
    old.refresh_from_db()
    assert old.replaced_at == LATER
    with pytest.raises(Invalid, match="no longer in force"):
        quoted(old, LATER)
    assert quoted(new, LATER).status == "closed"


def test_an_answer_that_ran_out_cannot_be_quoted() -> None:
    article = in_force(valid_until=TODAY + timedelta(days=2))
    quoted(article, LATER)
    with pytest.raises(Invalid, match="no longer in force"):
        quoted(article, MONDAY + timedelta(days=2))
    assert TITLE not in [s.article.title for s in suggest_knowledge(TITLE, MONDAY + timedelta(days=2))]


def test_an_answer_withdrawn_cannot_be_quoted() -> None:
    article = knowledge.withdraw(in_force(), by=member("sun"), at=LATER)
    with pytest.raises(Invalid):
        quoted(article, LATER)


def test_an_answer_given_without_a_quotation_is_none() -> None:
    intake.answer_directly(a_registration(), by=member("wang"), at=MONDAY, answer=BODY)
    assert not Quotation.objects.exists()


# -- Two people


def test_who_proposed_an_answer_does_not_approve_it() -> None:
    article = knowledge.propose(drafted(by="he"), by=member("he"), at=MONDAY)
    with pytest.raises(NotAllowed):
        knowledge.approve(article, by=member("he"), at=MONDAY)
    assert knowledge.approve(article, by=member("yan"), at=MONDAY).state == "approved"


def test_the_database_knows_that_two_people_are_needed() -> None:
    article = proposed()
    with pytest.raises(IntegrityError), transaction.atomic():
        KnowledgeArticle.objects.filter(pk=article.pk).update(
            state="approved", approved_by=article.proposed_by, approved_at=MONDAY
        )


def test_an_answer_sent_back_is_a_draft_again_and_its_author_reads_why() -> None:
    article = knowledge.send_back(proposed(), by=member("he"), at=MONDAY, why="请写明依据")
    assert (article.state, article.returned_why) == ("draft", "请写明依据")
    told = Message.objects.get(template__key="knowledge_returned", to_user__username="sun")
    assert "请写明依据" in told.body


def test_the_editors_are_told_of_a_proposal_and_the_author_of_the_approval() -> None:
    in_force()
    assert Message.objects.filter(template__key="knowledge_proposed", to_role="knowledge_editor").exists()
    assert Message.objects.filter(template__key="knowledge_approved", to_user__username="sun").exists()


def test_one_new_version_is_written_at_a_time() -> None:
    article = in_force()
    knowledge.write_anew(article, by=member("sun"), at=LATER)
    with pytest.raises(NotNow):
        knowledge.write_anew(article, by=member("he"), at=LATER)


def test_after_a_dropped_draft_the_next_version_has_a_number_of_its_own() -> None:
    article = in_force()
    knowledge.drop(knowledge.write_anew(article, by=member("sun"), at=LATER), by=member("sun"), at=LATER)
    assert knowledge.write_anew(article, by=member("sun"), at=LATER).version == 3


STATES: dict[str, Callable[[], KnowledgeArticle]] = {
    "draft": drafted,
    "proposed": proposed,
    "approved": in_force,
    "dropped": lambda: knowledge.drop(drafted(), by=member("sun"), at=MONDAY),
}
MOVES: dict[str, tuple[set[str], Callable[[KnowledgeArticle], Any]]] = {
    "revise": ({"draft"}, lambda a: knowledge.revise(a, words(), by=member("sun"), at=MONDAY)),
    "propose": ({"draft"}, lambda a: knowledge.propose(a, by=member("sun"), at=MONDAY)),
    "approve": ({"proposed"}, lambda a: knowledge.approve(a, by=member("yan"), at=MONDAY)),
    "send back": ({"proposed"}, lambda a: knowledge.send_back(a, by=member("yan"), at=MONDAY, why="请附依据")),
    "drop": ({"draft", "proposed"}, lambda a: knowledge.drop(a, by=member("sun"), at=MONDAY)),
    "confirm": ({"approved"}, lambda a: knowledge.confirm(a, by=member("sun"), at=MONDAY)),
    "withdraw": ({"approved"}, lambda a: knowledge.withdraw(a, by=member("sun"), at=MONDAY)),
    "add a file": ({"draft"}, lambda a: knowledge.add_file(a, Upload("表.pdf", PDF), by=member("sun"), at=MONDAY)),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_an_answer_moves_only_as_it_may(state: str, move: str) -> None:
    article = STATES[state]()
    allowed, act = MOVES[move]
    if state in allowed:
        act(article)
        return
    before = KnowledgeArticle.objects.filter(pk=article.pk).values().get()
    with pytest.raises(NotNow):
        act(article)
    assert KnowledgeArticle.objects.filter(pk=article.pk).values().get() == before


WRITERS, APPROVERS = {"he", "yan", "liu", "sun", "peng"}, {"he", "yan"}
EVERYBODY = "wang zhou wu zheng song he yan liu sun peng lin jiang shen han luo sysadmin".split()  # noqa: SIM905


@pytest.mark.parametrize("username", EVERYBODY)
def test_a_unit_writes_its_own_answers_the_editors_all_and_editors_approve(username: str) -> None:
    by = member(username)
    assert _may(lambda: knowledge.write(words(), by=by, at=MONDAY)) == (username in WRITERS)
    assert _may(lambda: knowledge.withdraw(in_force(), by=by, at=MONDAY)) == (username in WRITERS)
    other = drafted(title=f"{TITLE}？")
    assert _may(lambda: knowledge.approve(proposed(other), by=by, at=MONDAY)) == (username in APPROVERS)


def _may(act: Callable[[], Any]) -> bool:
    try:
        act()
    except NotAllowed:
        return False
    return True


def test_a_draft_is_seen_by_its_unit_and_the_office_only() -> None:
    article = drafted()
    seen = {
        username
        for username in EVERYBODY
        if KnowledgeArticle.objects.visible_to(member(username)).filter(pk=article.pk).exists()
    }
    assert seen == {"zhou", "wu", "zheng", "song", "he", "yan", "liu", "sun", "peng", "jiang", "shen"}


# -- What cannot be


def _retired() -> Any:
    kept = category()
    kept.valid_until = TODAY
    kept.save()
    return kept


def _closed() -> Organisation:
    Organisation.objects.filter(code="SZZX").update(active_until=TODAY)
    return unit("SZZX")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (lambda: words(title=" "), "title"),
        (lambda: words(title="\u200b"), "title"),
        (lambda: words(title="长" * 121), "title"),
        (lambda: words(body=""), "body"),
        (lambda: words(body="长" * 20_001), "body"),
        (lambda: words(title_en="Shared bicycles"), "body_en"),
        (lambda: words(body_en="Tell us where."), "title_en"),
        (lambda: words(unit=unit("HOTLINE")), "unit"),
        (lambda: words(unit=_closed()), "unit"),
        (lambda: words(category=_retired()), "category"),
        (lambda: words(valid_until=TODAY), "valid_until"),
        (lambda: words(review_on=TODAY), "review_on"),
    ],
    ids=[
        "no title", "an invisible title", "a title too long", "no text", "a text too long", "half in English",
        "the other half in English", "the office as a unit", "a unit outside its active period",
        "a retired category", "run out already", "to be looked at already",
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused_at_its_field(given: Callable[[], ArticleGiven], field: str) -> None:
    answer, before = given(), KnowledgeArticle.objects.count()
    with pytest.raises(Invalid) as refusal:
        knowledge.write(answer, by=member("he"), at=MONDAY)
    assert refusal.value.field == field
    assert KnowledgeArticle.objects.count() == before


def test_a_draft_that_ran_out_before_its_approval_is_not_approved() -> None:
    article = proposed(valid_until=TODAY + timedelta(days=1))
    with pytest.raises(NotNow):
        knowledge.approve(article, by=member("he"), at=LATER)


# -- Files


def test_a_file_goes_from_version_to_version_and_is_kept_sealed() -> None:
    article = drafted()
    file = knowledge.add_file(article, Upload("申请表.pdf", PDF), by=member("sun"), at=MONDAY)
    assert content_of(file.pk) == PDF
    new = knowledge.write_anew(in_force(article), by=member("sun"), at=LATER)
    assert list(new.files.all()) == [file]
    knowledge.take_file_out(new, file, by=member("sun"), at=LATER)
    assert (new.files.count(), article.files.count()) == (0, 1)


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ\x90\x00\x03"), ("a.pdf", b""), ("a.html", b"<script>alert(1)</script>")]
)
def test_a_file_that_is_none_of_ours_is_refused(name: str, content: bytes) -> None:
    article = drafted()
    with pytest.raises(Invalid) as refusal:
        knowledge.add_file(article, Upload(name, content), by=member("sun"), at=MONDAY)
    assert refusal.value.field == "file"
    assert not article.files.exists()


# -- In time


def test_an_answer_is_looked_at_again_in_half_a_year_or_before_it_runs_out() -> None:
    assert in_force().review_on == TODAY + timedelta(days=180)
    soon = in_force(drafted(title="限行", valid_until=TODAY + timedelta(days=60)))
    assert soon.review_on == TODAY + timedelta(days=30)
    sooner = in_force(drafted(title="临时", valid_until=TODAY + timedelta(days=3)))
    assert sooner.review_on == TODAY + timedelta(days=1)


def minded(at: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("cases.schedule.database_time", lambda: at)
    return mind_knowledge()


def told(key: str) -> int:
    return Message.objects.filter(template__key=key).count()


def test_a_unit_is_reminded_once_and_again_after_it_has_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    article = in_force(review_on=TODAY + timedelta(days=1))
    assert minded(MONDAY, monkeypatch) == 0
    assert (minded(LATER, monkeypatch), minded(LATER, monkeypatch), told("knowledge_review")) == (1, 0, 1)
    article = knowledge.confirm(article, by=member("liu"), at=LATER)
    assert article.review_on == LATER.date() + timedelta(days=180)
    assert minded(LATER + timedelta(days=180), monkeypatch) == 1
    assert told("knowledge_review") == 2


def test_that_an_answer_ran_out_is_told_once_to_unit_and_editors(monkeypatch: pytest.MonkeyPatch) -> None:
    in_force(valid_until=TODAY + timedelta(days=1), review_on=TODAY + timedelta(days=1))
    assert (minded(LATER, monkeypatch), minded(LATER, monkeypatch)) == (1, 0)
    assert (told("knowledge_expired"), told("knowledge_review")) == (2, 0)


def test_nobody_is_reminded_of_what_was_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge.withdraw(in_force(review_on=TODAY + timedelta(days=1)), by=member("sun"), at=MONDAY)
    assert minded(LATER, monkeypatch) == 0
