"""The office changes what people choose from: new reasons, other words, an end; what was chosen keeps its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from cases import decisions, handling, identity, intake, reasons, reviewing, surveys, tracking
from cases.dossier import gather
from cases.models import (
    CallbackAttempt,
    Case,
    CaseEvent,
    Decision,
    DecisionKind,
    ReasonKind,
    Reply,
    reason_words,
)
from cases.pages.timeline import timeline
from cases.reason_versions import USES, Reasons
from cases.surveys import Verdict
from hotline import approving
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message
from hotline.proposals import subject_of
from tests import stories
from tests.people import member
from tests.reasons import approved, proposed
from tests.stories import a_registration, dispatched, lead, replied, signed, survey_of

pytestmark = pytest.mark.django_db
GROUNDS = "该路段由街道管养，附移交清单。"


def codes(kind: str, at: datetime | None = None) -> list[str]:
    return [code for code, _words in reasons.choices(kind, at or timezone.now())]


def ask_to_return(case: Case, reason: str, **given: Any) -> Decision:
    at = timezone.now()
    decisions.ask_to_bounce(lead(case), by=member("sun"), at=at, version=None, reason=reason, grounds=GROUNDS, **given)
    return Decision.objects.get(case=case, kind="bounce")


def half_solved(at: datetime, reason: str = "funding") -> Case:
    """Liu answers that the rest waits."""
    told = {"contacted_at": at, "solved": "partly", "unsolved_reason": reason, "measures": "列入下季度计划"}
    words = stories.a_reply(**told, promised_on=timezone.localdate() + timedelta(days=9))
    by, now = member("liu"), at + timedelta(hours=5)
    return handling.reply(lead(signed(at=at)), words, by=by, at=now, version=None)


def an_hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


# -- A new one


def test_a_new_reason_is_chosen_from_its_first_day_on() -> None:
    at = timezone.now()
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    approved("bounce", on=tomorrow)
    assert "no_budget" not in codes("bounce")
    assert codes("bounce", at + timedelta(days=1))[-1] == "no_budget"
    with pytest.raises(Invalid, match="not in force now"):
        ask_to_return(dispatched(at=an_hour_ago()), "no_budget")


def test_who_chooses_a_new_reason_is_read_in_its_words() -> None:
    approved("bounce")
    asked = ask_to_return(dispatched(at=an_hour_ago()), "no_budget")
    assert asked.reason_label == "No money for it"
    with override("zh-hans"):
        assert asked.reason_label == "缺少经费"


def test_nobody_approves_what_they_proposed() -> None:
    with pytest.raises(NotAllowed):
        approving.approve(proposed(), by=member("song"), at=timezone.now())
    own = approving.propose(
        "reason",
        "bounce/overlapping",
        {**(Reasons().current("bounce/overlapping") or {}), "name": "职能交叉"},
        valid_from=timezone.localdate(),
        why="统一用语。",
        by=member("yan"),
        at=timezone.now(),
    )
    with pytest.raises(NotAllowed, match="somebody else"):
        approving.approve(own, by=member("yan"), at=timezone.now())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "wrong_area"}, "code"),
        ({"code": "Zu teuer"}, "code"),
        ({"code": "much_too_long_a_code"}, "code"),
        ({"kind": "nothing"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "好" * 121}, "name"),
        ({"name": "职责交叉"}, "name"),
        ({"retired": True}, "retired"),
    ],
)
def test_a_new_reason_that_makes_no_sense_is_refused_at_its_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        proposed("bounce", **changed)
    assert refused.value.field == field


def test_of_two_new_ones_with_one_code_the_second_comes_too_late() -> None:
    one, other = proposed(), proposed(name="没有经费")
    approving.approve(one, by=member("yan"), at=timezone.now())
    with pytest.raises(NotNow, match="added meanwhile"):
        approving.approve(other, by=member("yan"), at=timezone.now())


# -- Other words


def test_what_was_asked_before_keeps_its_words_and_what_is_asked_after_has_the_new_ones() -> None:
    before = ask_to_return(dispatched(at=an_hour_ago()), "overlapping")
    approved("bounce", "overlapping", name="职能交叉", name_en="Duties overlap")
    after = ask_to_return(dispatched(at=an_hour_ago(), phone="06358212345"), "overlapping")
    assert (before.reason_label, after.reason_label) == ("Overlapping powers", "Duties overlap")
    assert [d.reason for d in (before, after)] == ["overlapping"] * 2


def test_the_timeline_tells_each_step_in_the_words_of_its_day() -> None:
    asked = stories.exclusion_asked(at=timezone.now() - timedelta(hours=9))
    approved("exclusion", asked.reason, name="另有说法", name_en="In other words")
    for who in ("zhou", "yan"):
        asked = Decision.objects.get(pk=asked.pk)
        decisions.grant(asked, by=member(who), at=timezone.now(), version=None, ruling="同意。")
    file = gather(Case.objects.get(pk=asked.case_id), by=member("yan"), at=timezone.now())
    told = {line.title: line.detail for line in timeline(file)}
    assert told["Excluded from the rates"] == told["Exclusion asked for"] == asked.reason_label
    assert "other words" not in asked.reason_label


def test_a_reply_and_its_sending_back_keep_their_words() -> None:
    at = timezone.now()
    case = half_solved(at - timedelta(hours=9))
    reviewing.send_back(case, by=member("wu"), at=at, version=None, reason="wording", note="口气生硬")
    approved("unsolved", "funding", name="经费未落实", name_en="Not paid for")
    approved("send_back", "wording", name="用语不当", name_en="Bad words")
    reply = Reply.objects.get(case=case)
    assert (reply.unsolved_reason_label, reply.review_reason_label) == (
        "Funding or planning needed",
        "Wording not fit for the citizen",
    )


def test_the_citizen_reads_the_ground_that_was_given() -> None:
    case = stories.refused(at=timezone.now())
    ground = CaseEvent.objects.of(case).get(kind="refused").payload["ground"]
    said = reason_words("refusal", ground, timezone.now())
    approved("refusal", ground, name="另有说法", name_en="In other words")
    steps = [step.title for step in tracking.progress(case, at=timezone.now()).steps]
    assert f"Not accepted: {said}" in steps


def test_a_notice_to_a_unit_is_chinese_whatever_language_its_author_reads() -> None:
    case = replied(at=timezone.now() - timedelta(hours=9))
    with override("en"):
        reviewing.send_back(case, by=member("wu"), at=timezone.now(), version=None, reason="no_date")
    told = Message.objects.get(about=case.number, template__key="sent_back")
    assert "没有具体措施或日期" in str(told.body)


def test_its_place_in_the_list_is_the_offices() -> None:
    approved("extension", "legal_term", position=1)
    assert codes("extension")[0] == "legal_term"


@pytest.mark.parametrize(
    ("changed", "field"), [({"code": "other"}, "code"), ({"name": "权属不清"}, "name"), ({"needs_words": True}, "")]
)
def test_what_a_change_may_not_touch(changed: dict[str, Any], field: str) -> None:
    if not field:
        assert proposed("bounce", "overlapping", **changed).change["needs_words"]
        return
    with pytest.raises(Invalid) as refused:
        proposed("bounce", "overlapping", **changed)
    assert refused.value.field == field


def test_the_next_version_begins_after_the_present_one() -> None:
    approved("bounce", "overlapping", name="职能交叉")
    with pytest.raises(Invalid, match="not before"):
        proposed("bounce", "overlapping", name="交叉")


def test_a_change_that_was_overtaken_is_proposed_again() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    waiting = proposed("bounce", "overlapping", on=tomorrow, name="职能交叉")
    with pytest.raises(NotNow, match="proposed already"):
        proposed("bounce", "overlapping", on=tomorrow, name="交叉")
    approving.approve(waiting, by=member("yan"), at=timezone.now())
    assert reason_words("bounce", "overlapping", timezone.now()) == "Overlapping powers"


# -- More words


def test_where_the_office_wants_proof_a_reason_alone_is_refused() -> None:
    approved("bounce", "wrong_area", needs_words=True)
    case = dispatched(at=an_hour_ago())
    with pytest.raises(Invalid, match="not enough by itself: add what proves it") as refused:
        ask_to_return(case, "wrong_area")
    assert refused.value.field == "evidence"
    assert ask_to_return(case, "wrong_area", evidence="移交清单").evidence == "移交清单"


def test_where_the_office_wants_a_note_sending_back_or_a_call_needs_one() -> None:
    approved("send_back", "wording", needs_words=True)
    approved("callback", "busy", needs_words=True)
    at = timezone.now()
    case = replied(at=at - timedelta(hours=9))
    with pytest.raises(Invalid, match="what is missing"):
        reviewing.send_back(case, by=member("wu"), at=at, version=None, reason="wording")
    survey = survey_of(stories.accepted(at=at - timedelta(hours=9), phone="0593-2345678"))
    with pytest.raises(Invalid, match="a note"):
        surveys.call_back(survey, by=member("zheng"), at=at, result="busy")
    surveys.call_back(survey, by=member("zheng"), at=at, result="busy", note="三次忙音")


def test_there_is_no_asking_for_words_where_there_is_no_place_for_them() -> None:
    with pytest.raises(Invalid) as refused:
        proposed("refusal", "nuisance", needs_words=True)
    assert refused.value.field == "needs_words"


# -- An end


def asking_to_return() -> None:
    ask_to_return(dispatched(at=an_hour_ago()), "overlapping")


def asking_for_time() -> None:
    at = timezone.now()
    decisions.ask_for_extension(
        lead(signed(at=at)), by=member("liu"), at=at, version=None, reason="weather", grounds=GROUNDS, amount=2
    )


def not_accepting() -> None:
    at = timezone.now()
    intake.refuse(a_registration(), by=member("wang"), at=at, ground="nuisance", route="已提示文明拨打。")


def sending_back() -> None:
    at = timezone.now()
    case = replied(at=at - timedelta(hours=9))
    reviewing.send_back(case, by=member("wu"), at=at, version=None, reason="wording", note="口气")


def not_solving() -> None:
    half_solved(timezone.now() - timedelta(hours=5), reason="other")


def calling_back() -> None:
    at = timezone.now()
    survey = survey_of(stories.accepted(at=at - timedelta(hours=9), phone="0593-2345678"))
    surveys.call_back(survey, by=member("zheng"), at=at, result="busy")


def looking() -> None:
    at = timezone.now()
    identity.reveal(signed(at=at), by=member("liu"), at=at, reason="visit")


@pytest.mark.parametrize(
    ("kind", "code", "choosing"),
    [
        ("bounce", "overlapping", asking_to_return),
        ("extension", "weather", asking_for_time),
        ("refusal", "nuisance", not_accepting),
        ("send_back", "wording", sending_back),
        ("unsolved", "other", not_solving),
        ("callback", "busy", calling_back),
        ("reveal", "visit", looking),
    ],
)
def test_a_retired_reason_is_refused_and_those_in_force_are_named(
    kind: str, code: str, choosing: Callable[[], None]
) -> None:
    approved(kind, code, retired=True)
    assert code not in codes(kind)
    with pytest.raises(Invalid) as refused:
        choosing()
    said = str(refused.value)
    assert said.startswith(f"“{reason_words(kind, code, timezone.now())}” is not in force now.")
    assert all(f"({other})" in said for other in codes(kind))


def test_it_is_offered_up_to_its_last_day() -> None:
    at, tomorrow = timezone.now(), timezone.localdate() + timedelta(days=1)
    approved("bounce", "overlapping", on=tomorrow, retired=True)
    assert ask_to_return(dispatched(at=an_hour_ago()), "overlapping").reason_label == "Overlapping powers"
    assert "overlapping" not in codes("bounce", at + timedelta(days=1))


def test_an_open_request_is_ruled_on_though_its_reason_was_retired() -> None:
    asked = ask_to_return(dispatched(at=an_hour_ago()), "overlapping")
    approved("bounce", "overlapping", retired=True)
    decisions.reject(asked, by=member("zhou"), at=timezone.now(), version=None, ruling="属你单位职责。")
    assert Decision.objects.get(pk=asked.pk).reason_label == "Overlapping powers"


def test_what_was_retired_is_brought_back_with_its_code() -> None:
    approved("bounce", "overlapping", retired=True)
    tomorrow = timezone.localdate() + timedelta(days=1)
    approved("bounce", "overlapping", on=tomorrow, retired=False)
    assert "overlapping" in codes("bounce", timezone.now() + timedelta(days=1))


def test_an_end_that_lies_ahead_is_not_overtaken() -> None:
    today = timezone.localdate()
    approved("bounce", "overlapping", on=today + timedelta(days=9), retired=True)
    with pytest.raises(Invalid, match="brought back on"):
        proposed("bounce", "overlapping", on=today + timedelta(days=3), retired=False)


@pytest.mark.parametrize(("kind", "code"), reasons.REQUIRED)
def test_what_a_rule_names_or_the_system_counts_on_is_worded_anew_and_never_retired(kind: str, code: str) -> None:
    with pytest.raises(Invalid, match="not retired") as refused:
        proposed(kind, code, retired=True)
    assert refused.value.field == "retired"
    assert approved(kind, code, name="另有说法").state == "approved"


def test_the_last_one_of_its_kind_stays() -> None:
    approved("closing", "no_answer", retired=True)
    one, other = proposed("closing", "declined", retired=True), proposed("closing", "wrong_number", retired=True)
    approving.approve(one, by=member("yan"), at=timezone.now())
    with pytest.raises(Invalid, match="the last one"):
        approving.approve(other, by=member("yan"), at=timezone.now())
    assert codes("closing") == ["wrong_number"]


# -- What it would do


def test_the_dry_run_says_how_many_open_requests_carry_it() -> None:
    for n in range(2):
        ask_to_return(dispatched(at=an_hour_ago(), phone=f"0635821234{n}"), "overlapping")
    done = ask_to_return(dispatched(at=an_hour_ago()), "overlapping")
    decisions.reject(done, by=member("zhou"), at=timezone.now(), version=None, ruling="属你单位职责。")
    said = subject_of("reason").effects(proposed("bounce", "overlapping", retired=True), timezone.now())
    assert said[0] == "2 open requests carry it and keep its words."
    assert said[1] == "In the last 30 days it was chosen 3 times."
    assert said[2].endswith("Outside this unit's area, Ownership unclear, Record too incomplete to act on.")
    assert "Overlapping" not in said[2]


def test_of_replies_the_dry_run_counts_those_under_review() -> None:
    at = timezone.now()
    half_solved(at - timedelta(hours=9))
    said = subject_of("reason").effects(proposed("unsolved", "funding", name="经费未落实"), at)
    assert said[0] == "1 reply that awaits review carries it and keeps its words."


def test_every_use_is_found_among_the_events() -> None:
    assert USES.keys() | {ReasonKind.UNSOLVED} == set(ReasonKind)
    assert set(reasons.MORE_WORDS) <= set(ReasonKind)
    assert set(DecisionKind.values) < set(ReasonKind.values)


# -- Fast


def test_reasons_are_read_without_asking_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    at = timezone.now()
    codes("bounce")
    with django_assert_num_queries(0):
        for kind in ReasonKind:
            for code, words in reasons.choices(kind, at):
                assert reason_words(kind, code, at) == words


def test_a_call_answered_needs_no_reason_but_its_result() -> None:
    at = timezone.now()
    survey = survey_of(stories.accepted(at=at - timedelta(hours=9), phone="0593-2345678"))
    approved("callback", "reached", name="接通并评价", name_en="spoke")
    verdict = Verdict(solved=True, contacted=True, satisfaction=5)
    case = surveys.call_back(survey, by=member("zheng"), at=timezone.now(), result="reached", verdict=verdict)
    assert case.status == "closed"
    assert CallbackAttempt.objects.get().result_label == "spoke"
