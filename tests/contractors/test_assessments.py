"""A month: run, put before the contractor, objected to, ruled on, signed by both sides, locked."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from cases.attachments import Upload
from contractors import assessments, objecting, statement
from contractors.figures import Figure, Row, figure
from contractors.models import Assessment, ClauseResult, Objection
from contractors.rulings import if_all_upheld
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.calendar import Period
from hotline.measures import Unit
from hotline.models import Message
from tests.contractors.stories import (
    FEBRUARY,
    RUN,
    february,
    locked,
    objected,
    result,
    run,
    seen,
    shown,
    signed,
    under_way,
)
from tests.people import local, member, unit
from tests.stories import a_case

pytestmark = pytest.mark.django_db
Refused = (InternalError, ProgrammingError)


@pytest.fixture
def month() -> Assessment:
    contract = under_way()
    february()
    return run(contract)


def test_it_comes_to_what_the_contract_says_of_what_happened(month: Assessment) -> None:
    direct, forged_records = result(month), result(month, "5.1")
    assert seen(direct.numerator, direct.denominator, direct.value, direct.met) == (2, 5, 40, True)
    assert seen(direct.marks, direct.effect) == (20, 0)
    assert seen(forged_records.n, forged_records.effect) == (1, -5000)
    assert seen(month.base, month.fixed, month.performance) == (1_380_000, 966_000, 414_000)
    assert seen(month.marks, month.full_marks, month.due) == (20, 20, Decimal("1375000.00"))


def test_each_mark_costs_its_share_of_the_performance_part(month: Assessment) -> None:
    a_case(local("2026-02-12 10:00"))
    again = run(month.contract, at=RUN + timedelta(hours=1))
    assert again.pk == month.pk
    direct = result(again)
    assert seen(direct.numerator, direct.denominator, direct.marks) == (2, 6, Decimal("13.33"))
    assert direct.effect == Decimal("-138069.00")  # 414,000 x 6.67 / 20
    assert again.due == Decimal("1236931.00")


@pytest.mark.parametrize("day", ["2026-02-28 23:59", "2026-02-10 12:00"])
def test_a_month_is_run_when_it_is_over(day: str) -> None:
    with pytest.raises(Invalid, match="not over yet"):
        run(at=local(day))


def test_a_month_outside_the_term_is_not_run() -> None:
    with pytest.raises(Invalid, match="outside the contract"):
        run(month=date(2025, 12, 1))


@pytest.mark.parametrize("username", ["luo", "wang", "jiang", "zhou", "sysadmin"])
def test_the_office_runs_it(username: str, month: Assessment) -> None:
    with pytest.raises(NotAllowed):
        assessments.run(month.contract, by=member(username), at=RUN, month=FEBRUARY)


def test_the_contractor_sees_its_own_month_once_it_is_put_before_it(month: Assessment) -> None:
    def seen() -> list[bool]:
        people = map(member, ("luo", "tang", "song", "shen", "wang"))
        return [month in Assessment.objects.visible_to(by) for by in people]

    assert seen() == [False, False, True, True, False]
    shown(month)
    assert seen() == [True, False, True, True, False]


def test_a_month_before_the_contractor_is_not_run_again(month: Assessment) -> None:
    shown(month)
    with pytest.raises(NotNow, match="before the contractor already"):
        run(month.contract)


def test_the_limit_to_object_is_the_contracts_working_days(month: Assessment) -> None:
    told = shown(month)  # on Tuesday 3 March, before opening: seven working days from nine o'clock
    assert told.objections_until == local("2026-03-12 09:00")
    assert told.ruling_until == local("2026-03-18 09:00")


def test_an_objection_names_the_rows_to_leave_out_and_the_system_says_what_that_comes_to(month: Assessment) -> None:
    missed = [row.ref for row in _rows(result(month)) if not row.above]
    objection = objected(shown(month), claimed=missed[:1])
    assert objection.recomputed == {
        "value": "50.000000",
        "above": "2",
        "below": "4",
        "excluded": 1,
        "scored": True,
        "marks": "20.00",
        "effect": "0.00",
        "gain": "0.00",
        "due": "1375000.00",
    }
    assert Assessment.objects.get(pk=month.pk).due == month.due


def test_an_objection_with_a_file_keeps_it_sealed(month: Assessment) -> None:
    paper = Upload("故障单.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    file = objected(shown(month), uploads=[paper]).files.get()
    assert seen(file.name, file.content_type, file.size) == ("故障单.pdf", "application/pdf", len(paper.content))


def test_a_row_that_was_not_counted_cannot_be_claimed(month: Assessment) -> None:
    with pytest.raises(Invalid) as refused:
        objected(shown(month), claimed=["20260101-000001"])
    assert refused.value.field == "claimed"


@pytest.mark.parametrize("username", ["tang", "wang", "song", "jiang"])
def test_only_the_contractors_own_manager_objects(username: str, month: Assessment) -> None:
    shown(month)
    with pytest.raises(NotAllowed):
        objecting.object_to(result(month), by=member(username), at=RUN, words="不符")


def test_after_the_limit_nobody_objects(month: Assessment) -> None:
    told = shown(month)
    until = told.objections_until
    assert until is not None
    assert objected(told, at=until - timedelta(microseconds=1)).is_waiting
    with pytest.raises(NotNow, match="limit to object has passed"):
        objected(told, number="5.1", at=until)


def test_one_objection_a_clause_waits_at_a_time(month: Assessment) -> None:
    first = objected(shown(month))
    with pytest.raises(NotNow, match="awaits its ruling"):
        objected(month)
    objecting.take_back(first, by=member("luo"), at=RUN + timedelta(days=2))
    assert objected(month).is_waiting


def test_an_upheld_objection_leaves_its_rows_out_and_the_month_is_reckoned_anew(month: Assessment) -> None:
    forged_record = _rows(result(month, "5.1"))[0].ref
    objection = objected(shown(month), number="5.1", claimed=[forged_record])
    assert if_all_upheld(month).account.due == Decimal("1380000.00")
    _rule(objection, ruling="录音无法证实。")
    month.refresh_from_db()
    settled = result(month, "5.1")
    assert seen(settled.n, settled.excluded, settled.effect, month.due) == (0, 1, 0, Decimal("1380000.00"))


def test_an_objection_can_be_upheld_for_some_of_its_rows(month: Assessment) -> None:
    for day in (12, 13):
        a_case(local(f"2026-02-{day} 10:00"))
    run(month.contract)
    missed = [row.ref for row in _rows(result(month)) if not row.above]
    ruled = _rule(objected(shown(month), claimed=missed[:3]), ruling="仅确认一件。", granted=missed[:1])
    assert seen(ruled.state, ruled.granted) == ("partly", missed[:1])
    assert seen(result(month).denominator, result(month).excluded) == (6, 1)
    with pytest.raises(Invalid, match="contractor named"):
        _rule(objected(month, claimed=missed[1:2]), ruling="x", granted=missed[3:4])


def test_a_clause_set_aside_keeps_its_full_marks(month: Assessment) -> None:
    for day in (12, 13, 14):
        a_case(local(f"2026-02-{day} 10:00"))
    run(month.contract)
    assert result(month).marks == 5  # 25 %
    _rule(objected(shown(month)), ruling="当月系统割接，不计分。")
    settled = result(month)
    assert seen(settled.set_aside, settled.scored, settled.marks, settled.effect) == (True, False, 20, 0)


def test_each_side_is_told_what_awaits_it(month: Assessment) -> None:
    objection = objected(shown(month))
    _rule(objection, ruling="口径无误。", upheld=False)
    locked(month)
    told = Message.objects.filter(template__key__startswith="month_").order_by("created_at")
    assert [(one.template.key, one.to_role) for one in told if one.template] == [
        ("month_shown", "contractor_manager"),
        ("month_objected", "office_head"),
        ("month_ruled", "contractor_manager"),
        ("month_locked", "contractor_manager"),
    ]
    assert "2026-03-12 09:00" in told[0].body


def test_a_rejected_objection_changes_nothing_but_its_ruling(month: Assessment) -> None:
    ruled = _rule(objected(shown(month)), ruling="口径无误。", upheld=False)
    assert seen(ruled.state, ruled.ruled_by.username if ruled.ruled_by else "") == ("rejected", "jiang")
    assert Assessment.objects.get(pk=month.pk).due == month.due


def test_whoever_ran_the_month_does_not_rule_on_it_nor_sign_it() -> None:
    february_by_yan = assessments.run(under_way(), by=member("yan"), at=RUN, month=FEBRUARY)
    objection = objected(shown(february_by_yan))
    with pytest.raises(NotAllowed, match="somebody else must rule"):
        objecting.rule(objection, by=member("yan"), at=RUN, ruling="x", upheld=False)
    _rule(objection, ruling="口径无误。", upheld=False)
    assessments.sign(february_by_yan, by=member("luo"), at=RUN)
    with pytest.raises(NotAllowed, match="somebody else must sign"):
        assessments.sign(february_by_yan, by=member("yan"), at=RUN)
    assert assessments.sign(february_by_yan, by=member("jiang"), at=RUN).is_locked


def test_nobody_signs_while_an_objection_waits_and_the_office_not_before_the_limit(month: Assessment) -> None:
    objection = objected(shown(month))
    with pytest.raises(NotNow, match="awaits its ruling"):
        assessments.sign(month, by=member("luo"), at=RUN + timedelta(days=3))
    _rule(objection, ruling="口径无误。", upheld=False)
    with pytest.raises(NotNow, match="may still object"):
        assessments.sign(month, by=member("yan"), at=RUN + timedelta(days=3))
    late = assessments.sign(month, by=member("yan"), at=RUN + timedelta(days=20))
    assert not late.is_locked
    assert assessments.sign(month, by=member("luo"), at=RUN + timedelta(days=21)).is_locked


def test_another_contractor_does_not_sign(month: Assessment) -> None:
    shown(month)
    with pytest.raises(NotAllowed):
        assessments.sign(month, by=member("tang"), at=RUN)


def test_a_locked_month_never_changes_even_for_a_hand_in_the_database(month: Assessment) -> None:
    objected(shown(month))
    _rule(Objection.objects.get(), ruling="口径无误。", upheld=False)
    done = locked(month)
    changes: list[Callable[[], object]] = [
        lambda: Assessment.objects.filter(pk=done.pk).update(due=1),
        lambda: _emptied("contractors_assessment"),
        lambda: ClauseResult.objects.filter(assessment=done).update(effect=1),
        lambda: _emptied("contractors_clauseresult"),
        lambda: Objection.objects.filter(assessment=done).update(ruling="other"),
    ]
    for change in changes:
        with pytest.raises(Refused, match="locked"), transaction.atomic():
            change()


def test_the_digest_of_the_document_is_that_of_the_statement_as_read_back(month: Assessment) -> None:
    done = locked(shown(month))
    again = Assessment.objects.with_contract().get(pk=done.pk)
    assert len(done.document_digest) == 64
    assert statement.digest(again) == done.document_digest


def test_below_its_minimum_a_clause_is_not_scored() -> None:
    month = run(signed())  # no clauses: the month comes to its price
    assert seen(month.due, month.results.count()) == (1_380_000, 0)


def test_figures_are_the_same_in_whatever_order_their_rows_came() -> None:
    rows = [Row(f"{n:04d}", Decimal(n % 2), out=n % 7 == 0) for n in range(200)]
    mixed = rows.copy()
    random.Random(12345).shuffle(mixed)
    one, other = Figure.of(Unit.PERCENT, rows), Figure.of(Unit.PERCENT, mixed)
    assert seen(one.digest, one.value, one.packed) == (other.digest, other.value, other.packed)
    assert Figure(Unit.PERCENT, one.canonical) == Figure.of(Unit.PERCENT, one.rows)


def test_a_figure_counts_what_its_measure_counts() -> None:
    under_way()
    february()
    period = Period.month(2026, 2)
    direct = figure("direct_answer_rate", unit("JIA"), period)
    assert seen(direct.above, direct.below, direct.n) == (2, 5, 5)
    assert figure("intake", unit("JIA"), period).value == 5
    assert figure("intake", unit("YI"), period).value == 0
    assert figure("direct_answer_rate", unit("YI"), period).value is None


def _emptied(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def _rows(of: ClauseResult) -> list[Row]:
    return [Row.of(line) for line in of.canonical.splitlines()]


def _rule(objection: Objection, **given: object) -> Objection:
    return objecting.rule(objection, by=member("jiang"), at=RUN + timedelta(days=3), **given)  # type: ignore[arg-type]
