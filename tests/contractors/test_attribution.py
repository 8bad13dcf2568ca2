"""A bad outcome is the contractor's, the unit's or neither's by what was done; whoever is named may dispute it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from cases import decisions, dispatching, escalation
from cases.models import Case, Decision
from contractors import agent_complaints, attributing, schedule
from contractors.attribution_rules import RULES, attribute, words_of
from contractors.models import Attribution, AttributionDispute, BadOutcome, Party
from hotline.acts import Invalid, NotAllowed, NotNow
from tests import stories
from tests.people import member, unit
from tests.stories import MONDAY, a_case, current, dispatched, lead, rated, refused, replied

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=3)


def attributed(at: datetime = LATER) -> dict[str, tuple[str, str, str]]:
    """Everything that is to be said now: of each outcome the party, whom it names and by which rule."""
    for outcomes, source in attributing.to_attribute(at, back=timedelta(days=60)):
        attributing.enter(outcomes, source, at=at, by=None)
    rows = Attribution.objects.select_related("organisation").order_by("pk")
    return {row.outcome: (row.party, row.organisation.code if row.organisation else "", row.rule) for row in rows}


def returned(case: Case, *, reason: str = "wrong_area", by: str = "sun") -> Case:
    decisions.ask_to_bounce(
        lead(case),
        by=member(by),
        at=MONDAY + timedelta(minutes=30),
        version=None,
        reason=reason,
        grounds="附移交清单。",
    )
    asked = Decision.objects.open().select_related("case", "assignment__unit").get(case=case)
    at = MONDAY + timedelta(hours=1)
    return decisions.grant(asked, by=member("yan"), at=at, version=None, ruling="改派", unit=unit("SWJ"))


# -- Given back by a unit


def test_a_wrong_unit_that_the_contractor_proposed_is_the_contractors() -> None:
    returned(dispatched())
    assert attributed() == {"returned": ("contractor", "JIA", "proposed_the_wrong_unit")}


def test_a_unit_that_the_dispatcher_chose_otherwise_is_nobodys_who_is_measured() -> None:
    returned(dispatched(a_case(proposed_unit=unit("SWJ"))))
    assert attributed() == {"returned": ("neither", "", "dispatched_otherwise")}


def test_a_record_too_incomplete_to_act_on_is_the_contractors_whoever_chose_the_unit() -> None:
    returned(dispatched(a_case(proposed_unit=unit("SWJ"))), reason="incomplete")
    assert attributed() == {"returned": ("contractor", "JIA", "incomplete_record")}


def test_a_case_that_the_office_took_down_itself_is_never_a_contractors() -> None:
    from cases import intake

    case = intake.register(stories.a_registration(), by=member("zhou"), at=MONDAY)
    returned(dispatching.dispatch(case, by=member("zhou"), at=MONDAY, version=case.version, unit=unit()))
    assert attributed() == {"returned": ("neither", "", "dispatched_otherwise")}


# -- Late


def overdue(case: Case) -> datetime:
    """Everything that fell due is acted on, a month later."""
    at = MONDAY + timedelta(days=40)
    escalation.fire_all(lambda: at, seconds=20)
    return at


def test_a_promise_broken_while_the_unit_broke_its_own_limit_is_the_units() -> None:
    at = overdue(stories.signed())
    assert attributed(at)["late"] == ("unit", "CGJ", "unit_kept_no_limit")


def test_a_promise_broken_before_anybody_dispatched_is_neithers() -> None:
    at = overdue(a_case())
    assert attributed(at)["late"] == ("neither", "", "never_with_a_unit")


# -- What the citizen says


def test_what_a_unit_did_not_solve_is_the_units() -> None:
    rated(solved=False, satisfaction=1)
    assert attributed() == {
        "unsolved": ("unit", "CGJ", "unsolved_by_the_unit"),
        "dissatisfied": ("unit", "CGJ", "dissatisfied_with_the_unit"),
    }


def test_what_is_beyond_the_units_powers_and_was_accepted_as_that_is_neithers() -> None:
    words = stories.a_reply(
        beyond_powers=True,
        solved="unsolved",
        unsolved_reason="no_legal_ground",
        measures="告知依法途径",
        promised_on=date(2026, 3, 20),
    )
    from cases import handling

    case = stories.signed()
    at = MONDAY + timedelta(hours=5)
    case = handling.reply(lead(case), words, by=member("liu"), at=at, version=case.version)
    rated(stories.accepted(case), solved=False, satisfaction=2)
    assert attributed() == {
        "unsolved": ("neither", "", "beyond_powers"),
        "dissatisfied": ("neither", "", "dissatisfied_beyond_powers"),
    }


def test_a_citizen_who_was_served_badly_is_the_contractors() -> None:
    case = stories.accepted(replied())
    complained(case)
    rated(case, solved=True, satisfaction=2)
    found = attributed()
    assert found["dissatisfied"] == ("contractor", "JIA", "served_badly")
    assert found["manner"] == ("contractor", "JIA", "complaint_justified")


def test_a_good_verdict_is_nobodys_fault() -> None:
    rated()
    assert attributed() == {}


def complained(about: Case, finding: str = "justified") -> None:
    complaint = a_case(MONDAY + timedelta(hours=6), title="座席态度生硬")
    row = agent_complaints.name(complaint, about, by=member("zhou"), at=MONDAY + timedelta(hours=7))
    at = MONDAY + timedelta(hours=7, minutes=30)
    agent_complaints.rule(row, finding=finding, grounds="录音可证。", by=member("song"), at=at)


# -- Refused


def test_a_refusal_that_was_overturned_is_the_contractors() -> None:
    case = refused()
    review = Decision.objects.open().select_related("case").get(case=case)
    decisions.reject(review, by=member("yan"), at=MONDAY + timedelta(hours=2), version=None, ruling="应予受理。")
    assert attributed() == {"refused": ("contractor", "JIA", "refused_by_the_contractor")}


# -- The table, and the rows


@pytest.mark.parametrize("outcome", BadOutcome.values)
def test_a_rule_holds_for_every_outcome_whatever_was_done(outcome: str) -> None:
    from contractors.attribution_rules import Bad

    rule, _whose = attribute(Bad(a_case(), BadOutcome(outcome), 1, LATER))
    assert rule.outcome == outcome
    assert str(words_of(rule.key)).endswith(".")


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)


def test_an_outcome_is_attributed_once_however_often_one_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    rated(solved=False, satisfaction=1)
    monkeypatch.setattr(schedule, "database_time", lambda: LATER)
    assert schedule.attribute_outcomes() == 2
    assert schedule.attribute_outcomes() == 0


def test_the_database_keeps_what_was_attributed() -> None:
    rated(solved=False, satisfaction=1)
    attributed()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Attribution.objects.update(party="neither", organisation=None)


# -- Disputes


def the_units() -> Attribution:
    rated(solved=False, satisfaction=3)
    attributed()
    return Attribution.objects.get(outcome="unsolved")


def disputed(row: Attribution | None = None, by: str = "peng") -> AttributionDispute:
    return attributing.dispute(row or the_units(), words="材料未补齐。", by=member(by), at=LATER)


def test_only_whoever_is_named_disputes_and_once() -> None:
    row = the_units()
    for username in ("lin", "luo", "zhou", "wang"):
        with pytest.raises(NotAllowed):
            disputed(row, username)
    disputed(row)
    with pytest.raises(NotNow, match="before"):
        disputed(row)


@pytest.mark.parametrize(("party", "named"), [(Party.CONTRACTOR, "JIA"), (Party.UNIT, "CGJ"), (Party.NEITHER, None)])
def test_somebody_else_of_the_government_rules_whose_it_was(party: str, named: str | None) -> None:
    kept = disputed()
    ruled = attributing.rule(kept, party=party, ruling="见处理记录。", by=member("song"), at=LATER)
    assert (ruled.party, ruled.organisation.code if ruled.organisation else None) == (party, named)
    assert Attribution.objects.get(pk=kept.attribution_id).party == Party.UNIT
    with pytest.raises(NotNow):
        attributing.rule(kept, party=party, ruling="再裁。", by=member("yan"), at=LATER)


@pytest.mark.parametrize("username", ["peng", "luo", "ma", "zhou", "wang"])
def test_nobody_else_rules(username: str) -> None:
    kept = disputed()
    with pytest.raises(NotAllowed):
        attributing.rule(kept, party="neither", ruling="不属实。", by=member(username), at=LATER)


def test_a_ruling_names_nobody_who_had_no_hand_in_the_case() -> None:
    from cases import intake

    case = intake.register(stories.a_registration(), by=member("zhou"), at=MONDAY)
    case = dispatching.dispatch(case, by=member("zhou"), at=MONDAY, version=case.version, unit=unit())
    rated(stories.accepted(replied(stories.signed(current(case)))), solved=False)
    attributed()
    row = Attribution.objects.get(outcome="unsolved")
    with pytest.raises(Invalid, match="No such party"):
        attributing.rule(disputed(row), party="contractor", ruling="见记录。", by=member("song"), at=LATER)


@pytest.mark.parametrize(
    ("username", "sees"), [("zhou", True), ("jiang", True), ("peng", True), ("luo", False), ("lin", False)]
)
def test_the_named_see_what_is_said_of_them_and_others_nothing(username: str, sees: bool) -> None:
    the_units()
    assert Attribution.objects.visible_to(member(username)).exists() is sees
