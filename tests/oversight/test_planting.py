"""Planting: the same seed draws the same guilty, everybody's scheme has a detector, and nothing is left behind."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases import telephony
from cases.models import Call, Case
from cases.telephony import CallEvent
from hotline.models import Heartbeat, Organisation, User
from oversight.demo import judging, planted_calls, planted_lives, planted_people, planting, reference, story
from oversight.demo.judging import Judged
from oversight.demo.planting import SHARES, Plot
from oversight.detectors import BY_KEY
from tests.people import local, member


def test_every_detector_has_a_scheme_it_is_judged_by() -> None:
    assert set(SHARES) == set(BY_KEY)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-20 09:00", "2026-03-15 18:00"),
        ("2026-03-10 09:00", "2026-02-15 18:00"),
        ("2026-01-03 09:00", "2025-12-15 18:00"),
    ],
)
def test_it_is_planted_up_to_the_last_middle_of_a_month(now: str, then: str) -> None:
    assert planting.moment(local(now)) == local(then)


@pytest.mark.parametrize(
    ("judged", "is_enough"), [(Judged(5, 5, 5), True), (Judged(5, 7, 5), False), (Judged(5, 4, 4), False)]
)
def test_enough_is_nearly_all_of_the_guilty_and_few_of_the_honest(judged: Judged, is_enough: bool) -> None:
    assert judged.is_enough is is_enough


def test_nobody_found_has_no_precision() -> None:
    assert str(Judged(5, 0, 0)).endswith("precision –")


def test_several_seeds_are_judged_as_one_with_the_exact_interval() -> None:
    told = str(judging.together([Judged(5, 5, 5), Judged(5, 6, 4)]))
    assert told == "guilty  10  found   9  false   2  recall 0.90 (0.55–1.00)  precision 0.82 (0.48–0.98)"


def drawn(seed: int) -> Plot:
    scene = story.scene_of(Random(seed), now=timezone.now(), days=30)
    added = Organisation.objects.filter(code__startswith=planted_people.MARK).order_by("pk")
    return planting.plot(scene, list(added.filter(kind="unit")), list(added.filter(kind="contractor")))


@pytest.mark.django_db
def test_the_same_seed_draws_the_same_guilty_five_of_each_and_nobody_of_all() -> None:
    planted_people.add(34)
    plot = drawn(7)
    assert plot.guilty == drawn(7).guilty != drawn(11).guilty
    assert {len(guilty) for guilty in plot.guilty.values()} == {planting.GUILTY_OF_EACH}
    everybody = [subject for guilty in plot.guilty.values() for subject in guilty]
    assert max(everybody.count(subject) for subject in everybody) <= planting.SCHEMES_OF_A_BODY


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [False, True], ids=["answered", "given up"])
def test_a_planted_call_is_what_the_platforms_reports_would_have_made(lost: bool) -> None:
    planted_people.add(34)
    at, wang, by = local("2026-03-10 09:00"), member("wang"), member("telephony")
    planted = planted_calls.a_call(drawn(7), wang, at, 60, lost=lost)
    planted.save(force_insert=True)
    answered, ended = at + timedelta(seconds=6), at + timedelta(seconds=66)
    reports = [CallEvent("reported", "offered", at, queue="12345", organisation="JIA")]
    if lost:
        reports.append(CallEvent("reported", "abandoned", ended))
    else:
        reports.append(CallEvent("reported", "answered", answered, agent="wang"))
        reports.append(CallEvent("reported", "ended", ended, wrap_up_seconds=10))
    for report in reports:
        telephony.record_call(report, by=by, at=at)
    kept, expected = Call.objects.values().get(pk=planted.pk), Call.objects.values().get(platform_id="reported")
    names = {"id", "platform_id"}
    assert {**kept, **dict.fromkeys(names)} == {**expected, **dict.fromkeys(names)}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_planted_is_judged_and_taken_out_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(planted_lives, "CASES_A_UNIT", (1, 1))
    people = User.objects.count()
    call_command("plant", seeds=[7])
    told = capsys.readouterr().out
    for key in ("overload", "idle_presence", "contractor_totals", "odd_looks", "marks_at_threshold"):
        assert f"{key:24} guilty   5" in told
    assert f"{'never_called':24} overlooked: " in told
    assert (Case.objects.count(), User.objects.count()) == (0, people)


@pytest.mark.django_db
def test_a_city_of_somebodys_own_is_left_alone() -> None:
    Heartbeat.objects.filter(name=reference.GROUND).delete()
    with pytest.raises(CommandError, match="not the demo city"):
        call_command("plant")
