"""Findings from the nightly look to what people say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hotline import approving
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from oversight import detecting, findings, seeing
from oversight.detector import Detector, Hit, Limits
from oversight.detector_rules import RULES, limits_of
from oversight.detectors import BY_KEY, DETECTORS
from oversight.models import DetectorRun, Finding, FindingNote, FindingRow, FindingState
from tests.doors import client_of
from tests.findings import NIGHT, ON, noticed
from tests.people import member, unit
from tests.stories import a_case, closed, refused

pytestmark = pytest.mark.django_db


def looked(detector: Detector, *, on: date = ON, at: Any = NIGHT) -> DetectorRun:
    return detecting.look(detector, at=at, on=on)


def a_finding() -> Finding:
    """Five refusals of Wang's, which Jiang and Shen may look into."""
    for n in range(5):
        refused(phone=f"1380000220{n}")
    looked(BY_KEY["refusals"])
    return Finding.objects.get()


def taken_up(finding: Finding | None = None, by: str = "jiang") -> Finding:
    return findings.take_up(finding or a_finding(), by=member(by), at=NIGHT)


def settled(finding: Finding | None = None, state: str = "innocent", by: str = "jiang") -> Finding:
    return findings.settle(finding or taken_up(), state, "均为诉讼事项，合规。", by=member(by), at=NIGHT)


# -- The look


def test_a_look_is_kept_with_its_thresholds_and_what_stands_out_is_a_finding_with_its_rows() -> None:
    a_case()
    finding = a_finding()
    run = DetectorRun.objects.get()
    assert (run.of, run.hits, run.first, run.version) == (6, 5, date(2026, 3, 2), 2)
    assert run.limits == finding.limits == {"at_least": 5, "times_peers": 30}
    assert (finding.organisation, finding.person, finding.n, finding.of) == (unit("JIA"), member("wang").user, 5, 6)
    assert finding.rows.filter(case__status="refused").count() == 5


def test_what_does_not_stand_out_is_no_finding() -> None:
    refused()
    looked(BY_KEY["refusals"])
    assert (DetectorRun.objects.get().hits, Finding.objects.count()) == (1, 0)


def test_a_night_is_looked_at_once() -> None:
    looked(BY_KEY["refusals"])
    with pytest.raises(NotNow):
        looked(BY_KEY["refusals"])


def test_a_finding_nobody_settled_grows_and_no_row_counts_twice() -> None:
    finding = a_finding()
    refused(phone="13800002299")
    looked(BY_KEY["refusals"], on=ON + timedelta(1))
    grown = Finding.objects.get()
    assert (grown.pk, grown.n, grown.last) == (finding.pk, 6, ON + timedelta(1))
    assert FindingRow.objects.count() == 6


def test_what_was_settled_is_not_held_against_anybody_again() -> None:
    settled()
    looked(BY_KEY["refusals"], on=ON + timedelta(1))
    assert Finding.objects.count() == 1
    for n in range(5):
        refused(phone=f"1380000330{n}")
    looked(BY_KEY["refusals"], on=ON + timedelta(2))
    fresh = Finding.objects.get(state="open")
    assert (fresh.n, Finding.objects.count()) == (5, 2)


def test_every_detector_looks_once_a_night_and_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_days: object, _limits: Limits) -> list[Hit]:
        raise RuntimeError("broken")

    detectors = (replace(DETECTORS[0], hits=broken), *DETECTORS[1:])
    monkeypatch.setattr(detecting, "DETECTORS", detectors)
    call_command("look_for_findings")
    assert DetectorRun.objects.count() == len(DETECTORS) - 1
    assert [d.key for d in detecting.due(DetectorRun.objects.latest("pk").looked_at)] == [DETECTORS[0].key]
    call_command("look_for_findings")
    assert DetectorRun.objects.count() == len(DETECTORS) - 1


def test_two_people_change_a_threshold_and_the_next_look_goes_by_it() -> None:
    now = timezone.now()
    asked = approving.propose(
        "detectors", "all", {**RULES.on(now), "refusals_at_least": 2}, valid_from=timezone.localdate(now),
        why="复核显示门槛过高。", by=member("song"), at=now,
    )  # fmt: skip
    approving.approve(asked, by=member("yan"), at=now)
    assert limits_of(BY_KEY["refusals"], now)["at_least"] == 2
    assert limits_of(BY_KEY["refusals"], now - timedelta(days=2))["at_least"] == 5


def test_a_change_of_thresholds_is_tried_on_the_last_thirty_days() -> None:
    now = timezone.now()
    for n in range(3):
        refused(phone=f"1380000220{n}", at=now - timedelta(days=2 + n))
    tried = {**RULES.on(now), "refusals_at_least": 2}
    rest: dict[str, Any] = {"valid_from": timezone.localdate(now), "why": "复核。", "by": member("song"), "at": now}
    effects = RULES.effects(approving.drafted("detectors", "all", tried, **rest), now)
    assert effects == [
        "0 findings are not settled and stay, with the thresholds they were found by.",
        "Refuses far more than others: in the last 30 days it would have found 1, with its present thresholds 0.",
    ]
    assert not DetectorRun.objects.exists()


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.key)
def test_a_look_asks_the_same_few_questions_however_much_there_is(
    detector: Detector, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        closed(phone=f"1380000220{n}")
    with django_assert_max_num_queries(9):
        seeing.see(detector, limits_of(detector, NIGHT), on=ON)


# -- What people say of it


def test_it_is_taken_up_written_about_and_settled_by_those_who_oversee() -> None:
    finding = taken_up()
    findings.note(finding, "已调取录音。", by=member("shen"), at=NIGHT)
    done = settled(finding, "confirmed", by="shen")
    assert (done.state, done.settled_by) == (FindingState.CONFIRMED, member("shen").user)
    assert list(done.notes.order_by("pk").values_list("by__username", "state", "words")) == [
        ("jiang", "review", ""),
        ("shen", "review", "已调取录音。"),
        ("shen", "confirmed", "均为诉讼事项，合规。"),
    ]
    assert AuditEntry.objects.filter(act="findings.settle", actor=member("shen").user).exists()


@pytest.mark.parametrize("username", ["wang", "luo", "ma", "zhou", "liu", "song", "yan", "sysadmin"])
def test_nobody_else_says_what_it_was(username: str) -> None:
    finding = a_finding()
    acts: list[Callable[[], object]] = [
        lambda: findings.take_up(finding, by=member(username), at=NIGHT),
        lambda: findings.note(finding, "已调取录音。", by=member(username), at=NIGHT),
        lambda: findings.settle(finding, "innocent", "合规。", by=member(username), at=NIGHT),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_nobody_settles_what_is_about_themselves() -> None:
    finding = noticed("shen")
    with pytest.raises(NotAllowed, match="yourself"):
        findings.take_up(finding, by=member("shen"), at=NIGHT)
    assert not Finding.objects.visible_to(member("shen")).exists()
    assert Finding.objects.visible_to(member("jiang")).exists()
    taken_up(finding)


def test_it_is_settled_with_a_word_by_whoever_looked_into_it() -> None:
    finding = a_finding()
    with pytest.raises(NotNow, match="Take it up"):
        settled(finding)
    taken_up(finding)
    for state, words, field in (("", "合规。", "state"), ("open", "合规。", "state"), ("innocent", " ", "words")):
        with pytest.raises(Invalid) as refusal:
            findings.settle(finding, state, words, by=member("jiang"), at=NIGHT)
        assert refusal.value.field == field
    settled(finding)
    acts: list[Callable[[], object]] = [lambda: taken_up(finding), lambda: settled(finding)]
    for act in acts:
        with pytest.raises(NotNow):
            act()


def test_notes_and_rows_never_change() -> None:
    finding = taken_up()
    changes: list[Callable[[], object]] = [
        lambda: FindingNote.objects.update(words="x"),
        lambda: FindingRow.objects.filter(finding=finding).delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_precision_is_how_many_of_the_settled_were_confirmed() -> None:
    settled(state="confirmed")
    assert findings.precision() == {"refusals": (1, 1)}


# -- The pages


def page(username: str, name: str, *args: object, **query: str) -> str:
    answer = client_of(username).get(reverse(f"oversight:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(username: str, name: str, *args: object, **data: str) -> Any:
    return client_of(username).post(reverse(f"oversight:{name}", args=args), data)


def test_the_list_shows_what_is_not_settled_and_filters_by_detector_and_state() -> None:
    finding = taken_up()
    link = reverse("oversight:finding", args=[finding.pk])
    assert link in page("jiang", "findings")
    assert link in page("shen", "findings", detector="refusals", state="review")
    assert link not in page("jiang", "findings", detector="ping_pong")
    assert link not in page("jiang", "findings", state="confirmed")
    settled(finding)
    assert link not in page("jiang", "findings")
    assert link in page("jiang", "findings", state="all")


def test_a_finding_opens_the_cases_behind_it_and_its_rule() -> None:
    finding = a_finding()
    words = page("jiang", "finding", finding.pk)
    for row in finding.rows.select_related("case"):
        assert row.case is not None
        assert reverse("cases:case", args=[row.case.number]) in words
    assert str(BY_KEY["refusals"].innocent) in words


def test_the_rules_stand_with_their_last_look_and_precision() -> None:
    settled(state="confirmed")
    words = page("song", "detectors")
    for detector in DETECTORS:
        assert str(detector.name) in words
    assert "1 / 1" in words


def test_it_is_worked_through_on_its_page_and_nothing_written_is_lost() -> None:
    finding = a_finding()
    link = reverse("oversight:finding", args=[finding.pk])
    assert post("jiang", "finding_take_up", finding.pk)["Location"] == link
    wrong = post("jiang", "finding_settle", finding.pk, words="录音显示均为诉讼事项。")
    assert wrong.status_code == 422
    assert "录音显示均为诉讼事项。" in wrong.content.decode()
    assert post("jiang", "finding_note", finding.pk, words="已调取录音。")["Location"] == link
    done = post("jiang", "finding_settle", finding.pk, state="innocent", words="录音显示均为诉讼事项。")
    assert done["Location"] == link
    assert Finding.objects.get().state == FindingState.INNOCENT


def test_those_who_are_measured_do_not_see_them() -> None:
    finding = a_finding()
    for username in ("wang", "luo", "liu", "zhou"):
        for name, args in (("findings", []), ("detectors", []), ("finding", [finding.pk])):
            assert client_of(username).get(reverse(f"oversight:{name}", args=args)).status_code == 403


def test_the_pages_ask_the_same_however_much_there_is(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    finding = a_finding()
    jiang = client_of("jiang")
    for name, args in (("findings", []), ("detectors", []), ("finding", [finding.pk])):
        jiang.get(reverse(f"oversight:{name}", args=args))
        with django_assert_max_num_queries(12):
            jiang.get(reverse(f"oversight:{name}", args=args))
