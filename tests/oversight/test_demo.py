"""The demo city: its last weeks told through the verbs leave something on every desk, and nothing untrue."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from django.utils import timezone

from cases.deadlines import local_date
from cases.models import (
    Assignment,
    Case,
    CaseEvent,
    CatalogueVersion,
    Clock,
    Decision,
    Draft,
    Feedback,
    HandOver,
    IndependentCallback,
    KnowledgeArticle,
    KnowledgeReport,
    Quotation,
    Reply,
    Reveal,
    Status,
    Survey,
)
from cases.models.case import ENDED
from contractors.engagement import without_employment
from contractors.models import Assessment, Proof
from hotline.models import Heartbeat, Membership, Message, User
from hotline.roles import PEOPLE
from oversight.demo import reference, story
from oversight.demo.reference import read
from oversight.demo.texts import Texts
from oversight.management.commands.load_demo import TOLD
from oversight.models import Bulletin, Finding, TypicalCase
from tests.people import unit
from tests.stories import a_case

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture(scope="module")
def told() -> dict[str, int]:
    """About four weeks, and always some days of the month before, on whatever day the tests are run."""
    return {"cases": 120, "days": max(27, local_date(NOW).day + 10), "seed": 7}


def test_a_story_leaves_a_case_at_every_stage_and_something_on_every_desk(told: dict[str, int]) -> None:
    story.tell(now=NOW, **told)
    assert set(Case.objects.values_list("status", flat=True)) == {s.value for s in Status}
    assert Decision.objects.open().filter(kind="bounce").exists()
    assert Decision.objects.open().filter(kind="extension").exists()
    assert Reply.objects.filter(state="submitted").exists()
    assert Reply.objects.filter(state="reported").exists()
    assert {"lead", "subordinate", "copy"} <= set(Assignment.objects.values_list("role", flat=True))
    assert {"offered", "refused", "accepted"} <= set(HandOver.objects.values_list("state", flat=True))
    assert Survey.objects.to_call().exists()
    assert Draft.objects.exists()
    for kept in (CatalogueVersion, KnowledgeArticle):
        assert set(kept.objects.values_list("state", flat=True)) == {"approved", "proposed"}
    assert KnowledgeReport.objects.open().exists()
    assert set(Proof.objects.values_list("state", flat=True)) == {"accepted", "submitted"}
    assert not without_employment(unit("JIA"), NOW).exists()
    month = Assessment.objects.get()  # one month is over; of a longer story one more is locked
    assert (month.state, month.objections.count()) == ("shown", 1)
    assert Quotation.objects.exists()
    assert Feedback.objects.independent().exists()
    assert {"answered", "waiting"} <= set(IndependentCallback.objects.values_list("state", flat=True))
    assert Finding.objects.filter(detector="short_calls").exists()
    assert Finding.objects.filter(state="review").exists()
    assert set(Bulletin.objects.values_list("state", flat=True)) == {"draft", "approved"}
    assert TypicalCase.objects.published().exists()
    assert Clock.objects.filter(card="red").exists()
    _nothing_lies_ahead()
    _no_clock_runs_for_an_ended_case()
    _versions_are_counted_by_events()
    _nobody_looks_at_a_case_before_it_is_there()


def _nothing_lies_ahead() -> None:
    soon = NOW + timedelta(minutes=5)
    assert not CaseEvent.objects.filter(at__gt=soon).exists()
    assert not Message.objects.filter(sent_at__gt=soon).exists()
    assert not Message.objects.filter(state="waiting", next_attempt_at__lt=NOW - timedelta(minutes=15)).exists()
    assert not Clock.objects.due_to_act(NOW).exists()


def _no_clock_runs_for_an_ended_case() -> None:
    assert not Clock.objects.running().filter(case__status__in=ENDED).exists()
    assert not Assignment.objects.active().filter(case__status__in=ENDED).exists()


def _versions_are_counted_by_events() -> None:
    """Each version of a case is explained by at least one event."""
    versions = Count("events__version", distinct=True, filter=Q(events__version__gt=0))
    assert not Case.objects.annotate(told=versions).exclude(told=F("version")).exists()


def _nobody_looks_at_a_case_before_it_is_there() -> None:
    assert Reveal.objects.exists()
    assert not Reveal.objects.filter(at__lt=F("case__registered_at")).exists()


def test_the_same_seed_draws_the_same_words() -> None:
    first, second = (Texts(Random(7), cold=True) for _ in range(2))
    assert [first.request() for _ in range(50)] == [second.request() for _ in range(50)]


def test_every_text_can_be_filled_and_every_category_has_one() -> None:
    texts = Texts(Random(1), cold=False)
    for code in texts.codes:
        assert "{" not in texts.request(code).words + texts.request(code).reply
    parents = {parent for _name, _english, parent, *_rest in read("matters")["categories"].values()}
    assert set(read("matters")["categories"]) - parents == set(texts.codes)


def test_sixty_people_hold_every_role() -> None:
    assert User.objects.count() >= 60
    assert set(Membership.objects.values_list("role", flat=True)) >= PEOPLE


def test_a_city_of_somebodys_own_is_left_alone() -> None:
    Heartbeat.objects.filter(name=reference.GROUND).delete()
    call_command("load_demo")
    assert not Case.objects.exists()


def test_a_story_told_to_its_end_is_not_told_again() -> None:
    Heartbeat.objects.create(name=TOLD, at=NOW)
    call_command("load_demo")
    assert not Case.objects.exists()


def test_a_story_broken_off_is_noticed() -> None:
    a_case()
    with pytest.raises(CommandError, match="broken off"):
        call_command("load_demo", ground=True)
