"""An auditor's samples: drawn so that anybody can repeat it, frozen for good, judged once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from contractors.drawing import lowest
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from oversight import audits
from oversight.exact_interval import exact_interval
from oversight.models import AuditedCase, AuditSample, CaseVerdict
from oversight.sample_frames import Frame, as_text, hash_of, repeat_by_hand
from oversight.sample_results import drawn_again, results_of
from tests.audits import LATER, MARCH, SEED, closed_cases, drafted, frozen, judged
from tests.people import category, member, unit
from tests.stories import a_case, refused

pytestmark = pytest.mark.django_db


# -- The draw: a function of the frame and the seed

NUMBERS = st.lists(st.from_regex(r"2026[0-9]{4}-[0-9]{6}", fullmatch=True), unique=True, max_size=60)


@given(NUMBERS, st.text("abc012", min_size=4, max_size=12), st.integers(1, 70), st.randoms())
def test_the_draw_depends_on_the_frame_and_the_seed_alone(numbers: list[str], seed: str, n: int, rng: object) -> None:
    drawn = lowest(numbers, seed, n)
    shuffled = numbers[:]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert lowest(shuffled, seed, n) == drawn
    assert len(drawn) == min(n, len(numbers))
    assert set(drawn) <= set(numbers)
    assert lowest(numbers, seed, n + 1)[:n] == drawn
    places = {number: sha256(f"{seed}:{number}".encode()).hexdigest() for number in numbers}
    assert drawn == sorted(numbers, key=places.__getitem__)[:n]


def test_whoever_has_the_frame_repeats_it_with_the_tools_of_any_system() -> None:
    """By the very line that the sample's page shows."""
    closed_cases(6)
    sample = frozen(3)
    repeat = repeat_by_hand(sample)
    said = subprocess.run(["bash", "-c", repeat], input=sample.frame, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [one.number for one in sample.cases.order_by("position")]


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 60), (3, 60), (60, 60), (17, 400), (500, 1000)])
def test_the_interval_is_clopper_and_pearsons(hits: int, n: int) -> None:
    found = exact_interval(hits, n)
    assert found is not None
    low = beta.ppf(0.025, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1.0
    assert found == pytest.approx((low, high), abs=1e-9)


def test_of_nothing_there_is_no_interval() -> None:
    assert exact_interval(0, 0) is None


# -- Drawing and freezing


def test_a_draft_keeps_the_frame_and_proposes_a_seed_but_shows_no_case() -> None:
    numbers = closed_cases(4)
    a_case()
    sample = drafted(2)
    assert sample.frame == as_text(numbers)
    assert (sample.frame_size, sample.frame_hash) == (4, hash_of(sample.frame))
    assert (len(sample.seed), sample.seed) == (32, sample.proposed_seed)
    assert not sample.cases.exists()
    assert drafted(2).seed != sample.seed


def test_freezing_fixes_the_list_with_its_hash() -> None:
    numbers = closed_cases(5)
    sample = frozen(3)
    listed = list(sample.cases.order_by("position").values_list("number", flat=True))
    assert listed == lowest(numbers, SEED, 3)
    assert sample.list_hash == hash_of(as_text(listed))
    assert (sample.seed, sample.state, sample.settled_at) == (SEED, "frozen", LATER)
    assert sample.proposed_seed != SEED
    assert AuditEntry.objects.filter(act="audits.freeze", object_id=str(sample.pk), actor=member("shen").user).exists()


def test_a_frame_is_narrowed_by_day_unit_contractor_category_and_outcome() -> None:
    closed_cases(2)
    refused()
    for narrowed, n in (
        (MARCH, 3),
        (replace(MARCH, unit=unit("CGJ")), 2),
        (replace(MARCH, unit=unit("SWJ")), 0),
        (replace(MARCH, contractor=unit("JIA")), 3),
        (replace(MARCH, contractor=unit("YI")), 0),
        (replace(MARCH, category=category("SZ01")), 3),
        (replace(MARCH, category=category("GY02")), 0),
        (replace(MARCH, outcome="refused"), 1),
        (Frame(date(2026, 3, 10), date(2026, 3, 31)), 0),
    ):
        assert len(narrowed.numbers(member("shen"))) == n, narrowed


def test_a_larger_sample_than_the_frame_is_all_of_it() -> None:
    closed_cases(2)
    assert frozen(30).cases.count() == 2


def test_what_cannot_be_drawn_is_refused_at_its_field() -> None:
    shen = member("shen")
    with pytest.raises(Invalid) as empty:
        audits.draw(MARCH, "抽查", 3, by=shen, at=LATER)
    closed_cases(1)
    cases: list[tuple[str, Callable[[], object]]] = [
        ("title", lambda: audits.draw(MARCH, " ", 3, by=shen, at=LATER)),
        ("wanted", lambda: audits.draw(MARCH, "抽查", 0, by=shen, at=LATER)),
        ("wanted", lambda: audits.draw(MARCH, "抽查", 1001, by=shen, at=LATER)),
        ("last", lambda: audits.draw(Frame(date(2026, 3, 2), date(2026, 3, 1)), "抽查", 3, by=shen, at=LATER)),
        ("seed", lambda: audits.freeze(drafted(), "中奖号", by=shen, at=LATER)),
        ("because", lambda: audits.drop(drafted(), by=shen, at=LATER, because=" ")),
    ]
    assert empty.value.field == "first"
    for field, act in cases:
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.field == field


def test_it_is_frozen_or_dropped_once_and_a_dropped_draft_stays_with_its_reason() -> None:
    closed_cases(2)
    shen, dropped = member("shen"), drafted()
    audits.drop(dropped, by=shen, at=LATER, because="期间选错。")
    for sample in (dropped, frozen()):
        with pytest.raises(NotNow):
            audits.freeze(sample, SEED, by=shen, at=LATER)
        with pytest.raises(NotNow):
            audits.drop(sample, by=shen, at=LATER, because="重抽。")
    assert AuditSample.objects.get(pk=dropped.pk).dropped_why == "期间选错。"


def test_drawn_again_it_is_the_same_though_cases_were_closed_since() -> None:
    closed_cases(4)
    sample = frozen(2)
    refused()
    again = drawn_again(sample, member("shen"))
    assert (again.same, again.gone, again.new) == (True, 0, 1)


def test_whoever_changes_the_frame_or_the_list_is_found_out() -> None:
    closed_cases(4)
    sample = frozen(2)
    forged = AuditSample.objects.get(pk=sample.pk)
    forged.frame = forged.frame.splitlines()[0] + "\n"
    assert not drawn_again(forged, member("shen")).frame_holds
    forged = AuditSample.objects.get(pk=sample.pk)
    forged.seed = "another"
    assert not drawn_again(forged, member("shen")).list_holds


def test_the_database_keeps_what_was_frozen() -> None:
    closed_cases(4)
    draft, sample = drafted(2), frozen(2)
    spare = AuditedCase(sample=sample, position=3, case=a_case(), number="x")
    judged(sample.cases.get(position=1))
    changes: list[Callable[[], object]] = [
        lambda: AuditSample.objects.filter(pk=sample.pk).update(seed="x"),
        lambda: AuditSample.objects.filter(pk=sample.pk).update(state="draft"),
        lambda: AuditSample.objects.filter(pk=draft.pk).update(frame="x\n"),
        lambda: AuditSample.objects.filter(pk=draft.pk).update(wanted=4),
        lambda: AuditSample.objects.filter(pk=draft.pk).update(outcome="closed"),
        lambda: AuditSample.objects.filter(pk=draft.pk).delete(),
        lambda: AuditedCase.objects.filter(sample=sample).update(position=9),
        lambda: AuditedCase.objects.filter(sample=sample).delete(),
        lambda: spare.save(),
        lambda: CaseVerdict.objects.update(verdict="fault"),
        lambda: CaseVerdict.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# -- What is said of a case


def test_the_first_verdict_settles_it_and_its_author_corrects_it_by_a_further_row() -> None:
    closed_cases(1)
    audited = frozen().cases.get()
    judged(audited, "fault")
    with pytest.raises(Invalid) as refusal:
        judged(audited)
    assert refusal.value.field == "corrects_why"
    judged(audited, corrects_why="经补充材料，附件相符。")
    rows = list(audited.verdicts.order_by("serial").values_list("serial", "verdict", "fault", "corrects_why"))
    assert rows == [(1, "fault", "untrue", ""), (2, "in_order", "", "经补充材料，附件相符。")]


def test_nobody_else_corrects_it_and_the_database_says_so_too() -> None:
    closed_cases(1)
    audited = frozen().cases.get()
    row = judged(audited)
    other = member("jiang").user
    with pytest.raises(IntegrityError, match="case_verdict_one_author"), transaction.atomic():
        CaseVerdict.objects.create(
            audited=audited, serial=2, at=LATER, by=other, organisation=row.organisation,
            verdict="in_order", corrects_why="x",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (audits.Given(""), "verdict"),
        (audits.Given("fault", note="不符"), "fault"),
        (audits.Given("fault", "late"), "note"),
        (audits.Given("explain"), "note"),
        (audits.Given("in_order", note="长" * 1001), "note"),
    ],
)
def test_a_fault_says_which_and_what_is_to_be_explained_says_what(given: audits.Given, field: str) -> None:
    closed_cases(1)
    with pytest.raises(Invalid) as refusal:
        audits.judge(frozen().cases.get(), given, by=member("shen"), at=LATER)
    assert refusal.value.field == field
    assert not CaseVerdict.objects.exists()


def test_the_result_counts_what_is_settled_and_says_how_sure_it_is() -> None:
    closed_cases(5)
    sample = frozen(5)
    for position, verdict in enumerate(("in_order", "in_order", "fault", "explain"), start=1):
        judged(sample.cases.get(position=position), verdict)
    result = results_of([sample])[sample.pk]
    assert (result.in_order, result.fault, result.explain, result.n, result.judged) == (2, 1, 1, 5, 4)
    assert (result.faults.numerator, result.faults.denominator) == (1, 3)
    assert result.interval == exact_interval(1, 3)


@pytest.mark.parametrize("username", ["wang", "luo", "ma", "zhou", "liu", "peng", "song", "yan", "jiang", "han"])
def test_nobody_but_an_auditor_draws_freezes_drops_judges_or_sees_any(username: str) -> None:
    closed_cases(2)
    draft, sample, by = drafted(), frozen(), member(username)
    audited = sample.cases.get(position=1)
    acts: list[Callable[[], object]] = [
        lambda: audits.draw(MARCH, "抽查", 1, by=by, at=LATER),
        lambda: audits.freeze(draft, SEED, by=by, at=LATER),
        lambda: audits.drop(draft, by=by, at=LATER, because="重抽。"),
        lambda: audits.judge(audited, audits.Given("in_order"), by=by, at=LATER),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert not AuditSample.objects.visible_to(by).exists()
