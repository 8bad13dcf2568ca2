"""The pages of quality inspection: what each shows to whom, and that what is written is never lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contractors import appeals
from contractors.models import Appeal, Mark, Purpose, SampledContact, Scorecard
from contractors.scores import standing
from hotline.models import AuditEntry
from tests.contractors.stories import run, under_way
from tests.doors import client_of
from tests.people import local, member
from tests.quality import AFTER, BETTER, EVIDENCE, a_call_about, appealed, drawn, items, marked, published, taken
from tests.stories import a_case

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"contractors:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"contractors:{name}", args=args), data)


def whole(**verdicts: str) -> dict[str, str]:
    """A mark as the page sends it."""
    data = {f"verdict_{item.code}": "clear" if item.fatal else "full" for item in items()}
    for code, verdict in verdicts.items():
        data |= {f"verdict_{code}": verdict, f"evidence_{code}": EVIDENCE}
    return data


def test_the_desk_lists_the_samples_with_what_is_left() -> None:
    drawn(calls=3)
    words = page(client_of("song"), "quality")
    assert "government re-check" in words
    assert "Mark the next" in words
    assert "Mark the next" not in page(client_of("luo"), "quality")


def test_a_contractor_sees_no_sample_of_the_governments() -> None:
    sample = drawn(calls=3)
    assert "government re-check" not in page(client_of("ma"), "quality")
    assert client_of("ma").get(reverse("contractors:quality_sample", args=[sample.pk])).status_code == 404


def test_a_contractors_manager_finds_what_the_officers_published_and_nothing_before(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    drawn(calls=1)
    luo = client_of("luo")
    assert "No mark is published yet" in page(luo, "quality_published")
    contact = published()
    with django_assert_max_num_queries(10):
        words = page(luo, "quality_published")
    assert reverse("contractors:quality_contact", args=[contact.pk]) in words


def test_whoever_likes_draws_it_again_and_takes_the_frame_along() -> None:
    sample = drawn(calls=3)
    client = client_of("shen")
    answer = client.get(reverse("contractors:quality_sample", args=[sample.pk]), {"again": 1})
    assert "The same, line for line." in answer.content.decode()
    frame = client.get(reverse("contractors:quality_frame", args=[sample.pk]))
    assert frame.content.decode() == sample.frame


def test_the_next_contact_opens_its_marking_page_without_the_agent() -> None:
    a_call_about(a_case(local("2026-03-10 09:00")), at=local("2026-03-10 09:00"))
    drawn(calls=0)
    client = client_of("song")
    answer = post(client, "quality_next")
    mark = Mark.objects.get()
    assert answer["Location"] == reverse("contractors:quality_mark", args=[mark.pk])
    words = page(client, "quality_mark", mark.pk)
    assert "建设街窨井盖缺失" in words
    for hidden in ("Wang Jing", "王静", "1024"):
        assert hidden not in words
    assert AuditEntry.objects.filter(act="case.look", actor=member("song").user).exists()


def test_half_a_mark_is_kept_and_comes_back() -> None:
    drawn(calls=1)
    mark, client = taken(), client_of("song")
    answer = post(client, "quality_mark_keep", mark.pk, verdict_greeting="partly", evidence_greeting="00:03")
    assert "saved_at" in answer.json()
    words = page(client, "quality_mark", mark.pk)
    assert 'value="00:03"' in words


def test_what_is_missing_is_said_and_nothing_of_the_rest_is_lost() -> None:
    drawn(calls=1)
    mark, client = taken(), client_of("song")
    answer = post(client, "quality_mark", mark.pk, **whole(record="not_met"), improvement="")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "below the pass mark" in words
    assert f'value="{EVIDENCE}"' in words
    assert Mark.objects.get(pk=mark.pk).submitted_at is None
    assert post(client, "quality_mark", mark.pk, **whole(record="not_met"), improvement=BETTER).status_code == 303
    assert Mark.objects.get(pk=mark.pk).total == 80


def test_a_verdict_that_does_not_exist_and_evidence_too_long_are_refused_in_words() -> None:
    drawn(calls=1)
    mark, client = taken(), client_of("song")
    for wrong in ({"verdict_greeting": "splendid"}, {"evidence_greeting": "长" * 201}):
        assert post(client, "quality_mark", mark.pk, **{**whole(), **wrong}).status_code == 422
        assert post(client, "quality_mark_keep", mark.pk, **{**whole(), **wrong}).status_code == 422


def test_a_mark_is_its_markers_page_only() -> None:
    drawn(calls=1)
    mark = taken("song")
    assert client_of("ruan").get(reverse("contractors:quality_mark", args=[mark.pk])).status_code == 404


def test_a_contacts_page_hides_marks_and_agent_until_all_are_in() -> None:
    sample = drawn(calls=1)
    sample.contacts.update(double=True)
    marked("song", ending="partly")
    contact, client = sample.contacts.get(), client_of("ruan")
    words = page(client, "quality_contact", contact.pk)
    assert "stay hidden" in words
    assert "Wang Jing" not in words
    marked("ruan")
    words = page(client, "quality_contact", contact.pk)
    assert "Wang Jing" in words
    assert "97.5" in words


def test_an_agent_sees_own_marks_and_appeals_from_the_page() -> None:
    contact = published()
    SampledContact.objects.update(appeal_until=local("2999-01-01 00:00"))
    client = client_of("wang")
    assert contact.number in page(client, "own_marks")
    assert "Song Ping" not in page(client, "own_contact", contact.pk)
    answer = post(client, "quality_appeal", contact.pk, words="", claim_read_back="03:10")
    assert answer.status_code == 422
    assert 'value="03:10"' in answer.content.decode()
    post(client, "quality_appeal", contact.pk, words="已复述。", claim_read_back="03:10")
    assert Appeal.objects.get().lines.get().claim == "03:10"
    assert contact.number not in page(client_of("li"), "own_marks")


def test_an_appeal_is_ruled_on_from_the_page() -> None:
    kept = appealed()
    client = client_of("ruan")
    assert "Rule on the appeal" in page(client, "quality_contact", kept.contact_id)
    assert "Rule on the appeal" not in page(client_of("song"), "quality_contact", kept.contact_id)
    answer = post(client, "quality_rule", kept.pk, verdict_read_back="full", ruling="")
    assert answer.status_code == 422
    post(client, "quality_rule", kept.pk, verdict_read_back="full", ruling="复听属实。")
    score = standing(kept.contact)
    assert score is not None
    assert score.total == 95


def test_a_scorecard_is_written_proposed_and_approved_on_its_pages() -> None:
    client = client_of("song")
    words = page(client, "scorecard_write")
    assert "问候、报工号" in words
    lines = [("a", "甲", 40, ""), ("b", "乙", 60, ""), ("c", "丙", 0, "on")]
    data = {"line-TOTAL_FORMS": 3, "line-INITIAL_FORMS": 0, "note": "试行", "pass_mark": 80, "valid_from": "2030-01-01"}
    for n, (code, name, weight, fatal) in enumerate(lines):
        data |= {
            f"line-{n}-code": code,
            f"line-{n}-name": name,
            f"line-{n}-weight": weight,
            f"line-{n}-about": "manner",
        }
        data |= {f"line-{n}-fatal": fatal} if fatal else {}
    answer = post(client, "scorecard_write", **{**data, "line-0-weight": 50})
    assert answer.status_code == 422
    assert "add up to 110" in answer.content.decode()
    post(client, "scorecard_write", **data)
    card = Scorecard.objects.get(version=2)
    post(client, "scorecard_propose", card.pk)
    post(client_of("yan"), "scorecard_approve", card.pk)
    card.refresh_from_db()
    assert card.state == "approved"
    assert "v2" in page(client_of("wang"), "scorecards")


def test_the_desk_asks_the_same_questions_however_many_samples_there_are(django_assert_num_queries: Any) -> None:
    client = client_of("song")
    drawn(calls=2)
    page(client, "quality")
    drawn(Purpose.INSPECTION, calls=0)
    drawn(calls=0, code="YI")
    with django_assert_num_queries(14):
        page(client, "quality")


def test_nothing_is_published_twice_nor_before_its_time() -> None:
    sample = drawn(calls=1)
    sample.contacts.update(double=False)
    assert post(client_of("yan"), "quality_publish", sample.pk).status_code == 409
    marked()
    assert post(client_of("yan"), "quality_publish", sample.pk).status_code == 303
    assert post(client_of("yan"), "quality_publish", sample.pk).status_code == 409
    assert sample.contacts.get().published_at is not None


def test_a_months_statement_shows_what_the_re_check_found_in_it_by_how_it_was_drawn() -> None:
    contract = under_way()
    appeals.rule(appealed(), {"read_back": "full"}, ruling="录音 03:10 确有复述。", by=member("ruan"), at=AFTER)
    month = run(contract, at=local("2026-04-02 09:00"), month=date(2026, 3, 1))
    song = client_of("song")
    lines = song.get(reverse("contractors:assessment", args=[month.pk])).context["quality"]
    mean = SampledContact.objects.get(state="published").total
    assert [(line.n, line.mean, line.fatal, line.appealed, line.raised) for line in lines] == [(1, mean, 0, 1, 1)] * 2
    before = run(contract, at=local("2026-04-02 09:00"), month=date(2026, 2, 1))
    assert song.get(reverse("contractors:assessment", args=[before.pk])).context["quality"] == []
