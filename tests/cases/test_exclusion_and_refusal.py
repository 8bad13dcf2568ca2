"""Exclusions, refusals under review, and answers without a contact: asked for, ruled on, and counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import decisions, dispatching, handling, intake, measures, reasons, tracking, unreached
from cases.measures import gross
from cases.models import Case, Clock, ClockKind, Decision
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio
from hotline.models import Message
from tests.people import member
from tests.stories import (
    MONDAY,
    TOLD,
    a_registration,
    accepted,
    closing_asked,
    current,
    exclusion_asked,
    extension_asked,
    lead,
    open_request,
    rated,
    refusal_to_review,
    refused,
    replied,
    signed,
    survey_of,
    tried_in_vain,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=4)
MARCH = Period.month(2026, 3)


def yes(asked: Decision, *usernames: str) -> Case:
    for username in usernames:
        case = decisions.grant(asked, by=member(username), at=LATER, version=None, ruling="同意")
    return case


# -- Exclusion


def test_an_excluded_case_is_answered_like_any_other() -> None:
    case = signed()
    before = list(case.clocks.order_by("pk").values())
    case = yes(exclusion_asked(case), "zhou", "yan")
    assert (case.status, list(case.clocks.order_by("pk").values())) == ("handling", before)
    assert rated(accepted(replied(case))).status == "closed"


def test_the_request_outlives_the_reply_and_may_be_ruled_on_after_it() -> None:
    asked = exclusion_asked()
    accepted(replied(current(asked.case)))
    assert yes(asked, "zhou", "jiang").status == "verifying"
    assert Decision.objects.get(pk=asked.pk).state == "granted"


def test_rates_are_told_gross_and_net() -> None:
    rated(), rated(solved=False, satisfaction=1)
    asked = exclusion_asked()
    rated(accepted(replied(current(asked.case))), solved=False, satisfaction=1)
    everything = Case.objects.all()
    assert measures.resolution_rate(everything, MARCH) == Ratio(1, 3)
    yes(asked, "zhou", "yan")
    assert measures.resolution_rate(everything, MARCH) == Ratio(1, 2, excluded=1)
    assert gross(everything, "resolution_rate", MARCH) == Ratio(1, 3)
    excluded = measures.behind(everything, "resolution_rate", MARCH, measures.Part.EXCLUDED)
    assert list(excluded) == [asked.case]


@pytest.mark.parametrize("key", sorted(measures.PARTS))
def test_without_exclusions_gross_and_net_are_one(key: str) -> None:
    rated(), rated(solved=False, satisfaction=1)
    figure = MEASURES[key].function(Case.objects.all(), MARCH)
    if isinstance(figure, Ratio):
        assert gross(Case.objects.all(), key, MARCH) == figure


def test_an_exclusion_is_asked_for_with_proof_and_not_a_third_time() -> None:
    case = signed()
    for _turn in range(2):
        decisions.reject(exclusion_asked(current(case)), by=member("zhou"), at=LATER, version=None, ruling="诉求合理")
    with pytest.raises(NotNow, match="rejected 2 times"):
        exclusion_asked(current(case))


# -- Refusals


def test_every_refusal_is_looked_at_by_government() -> None:
    asked = refusal_to_review()
    assert (asked.reason, asked.told) == ("legal_procedure", "已告知向人民法院起诉。")
    assert asked.asked_by == member("wang").user
    case = yes(asked, "zhou")
    assert (case.status, Decision.objects.get(pk=asked.pk).state) == ("refused", "granted")


def test_an_overturned_refusal_costs_the_citizen_no_time() -> None:
    case = refused()
    promised = case.promise_due_at
    case = decisions.reject(refusal_to_review(case), by=member("zhou"), at=LATER, version=None, ruling="属市政职责")
    clock = Clock.objects.running().get(case=case, kind=ClockKind.PROMISE)
    assert (case.status, case.outcome) == ("registered", "")
    assert (clock.started_at, clock.due_at) == (MONDAY, promised)
    assert Clock.objects.running().get(case=case, kind=ClockKind.DISPATCH).started_at == LATER
    assert Message.objects.filter(about=case.number, template__key="accepted_after_all").exists()
    assert "Accepted after all" in [step.title for step in tracking.progress(case, at=LATER).steps]


def test_who_refused_does_not_review_it() -> None:
    case = intake.refuse(a_registration(), by=member("zhou"), at=MONDAY, ground="no_duty", route="已告知向物业反映。")
    with pytest.raises(NotAllowed, match="somebody else"):
        yes(refusal_to_review(case), "zhou")
    assert yes(refusal_to_review(case), "qin").status == "refused"


@pytest.mark.parametrize("username", ["wang", "xu", "luo", "sun"])
def test_a_refusal_is_not_reviewed_by_the_contractor_or_a_unit(username: str) -> None:
    with pytest.raises(NotAllowed):
        yes(refusal_to_review(), username)


def test_the_database_lets_no_contractor_rule() -> None:
    asked = refusal_to_review()
    facts = {"state": "granted", "ruled_by": member("xu").user, "ruled_at": LATER, "ruled_as": "shift_leader"}
    with pytest.raises(IntegrityError, match="decision_ruled_by_government"), transaction.atomic():
        Decision.objects.filter(pk=asked.pk).update(**facts)


def test_what_was_taken_up_again_need_not_be_reviewed() -> None:
    asked = refusal_to_review()
    dispatching.reopen(asked.case, by=member("qin"), at=LATER, version=None, new_facts="法院不予立案")
    assert Decision.objects.get(pk=asked.pk).state == "withdrawn"


def test_the_grounds_brought_are_the_ten_of_the_statutes() -> None:
    assert len(reasons.in_force("refusal", LATER)) == 10


# -- Answers without a contact


def test_after_enough_tries_a_unit_may_answer_without_a_contact() -> None:
    asked = closing_asked()
    case = decisions.grant(asked, by=member("zhou"), at=asked.asked_at, version=None)
    assert (case.status, survey_of(case).state) == ("verifying", "sent")
    assert next(step.note for step in tracking.progress(case, at=LATER).steps if step.note) == TOLD
    assert not Clock.objects.running().filter(case=case, kind=ClockKind.PROMISE).exists()


def test_the_citizen_who_says_it_is_unsolved_is_heard_all_the_same() -> None:
    asked = closing_asked()
    case = decisions.grant(asked, by=member("zhou"), at=asked.asked_at, version=None)
    assert rated(case, solved=False, satisfaction=1).status == "rehandling"


def test_too_few_tries_are_not_enough() -> None:
    with pytest.raises(NotNow, match="At least 3 tries on 2 days"):
        unreached.ask_to_close(
            lead(signed()),
            by=member("liu"),
            at=LATER,
            version=None,
            reason="no_answer",
            grounds="两次拨打均无人接听",
            told=TOLD,
        )


def test_who_was_reached_gets_a_reply() -> None:
    case = tried_in_vain(signed())
    handling.record_contact(
        lead(case), by=member("liu"), at=MONDAY + timedelta(hours=26), version=None, reached=True, how="phone"
    )
    with pytest.raises(NotNow, match="answer with a reply"):
        unreached.ask_to_close(
            lead(case),
            by=member("liu"),
            at=LATER,
            version=None,
            reason="no_answer",
            grounds="两次拨打均无人接听",
            told=TOLD,
        )


# -- Extensions


def test_extensions_together_add_no_more_than_the_policy_allows() -> None:
    case = signed()
    yes(extension_asked(case, amount=10), "zhou")
    with pytest.raises(Invalid, match="At most 5"):
        extension_asked(current(case), amount=6)
    yes(extension_asked(current(case), amount=5), "zhou")
    assert Clock.objects.running().get(case=case, kind=ClockKind.HANDLE).extended == 15
    with pytest.raises(NotNow):
        extension_asked(current(case), amount=1)
    with pytest.raises(Decision.DoesNotExist):
        open_request(case, "extension")
