"""The week's sample: drawn by the system once, out of everything there was, and the same for whoever draws it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases import surveys
from cases.models import CallbackResult
from cases.surveys import Verdict
from contractors import agent_complaints, sampling, schedule
from contractors.drawing import hash_of
from contractors.models import Purpose, Sample, Stratum
from hotline.acts import NotNow
from hotline.models import Message
from tests.people import local, member, unit
from tests.quality import AFTER, WEEK, a_call, a_call_about, a_week, drawn
from tests.stories import a_case, accepted, refused, rehandling, replied, survey_of

pytestmark = pytest.mark.django_db
TUESDAY = local("2026-03-10 09:00")


def strata(sample: Sample) -> dict[str, str]:
    """Of each contact of the frame: its stratum."""
    return {key: stratum for stratum, key in (line.split(" ", 1) for line in sample.frame.splitlines())}


def test_a_sample_is_drawn_out_of_every_contact_of_the_week() -> None:
    before, after = a_call(local("2026-03-08 23:59")), a_call(local("2026-03-16 00:00"))
    within = [a_call(local("2026-03-09 00:00")), a_call(local("2026-03-15 23:59"), name="last", seconds=20)]
    elsewhere = a_call(TUESDAY, agent="chen")
    written = a_case(TUESDAY)
    sample = drawn(calls=0)
    assert set(strata(sample)) == {*(f"call:{call.pk}" for call in within), f"case:{written.pk}"}
    assert not {f"call:{call.pk}" for call in (before, after, elsewhere)} & set(strata(sample))
    assert sample.frame_size == 3
    assert sample.frame_hash == hash_of(sample.frame)


def test_a_case_taken_in_a_call_is_one_contact_with_it() -> None:
    case = a_case(TUESDAY)
    call = a_call_about(case, at=TUESDAY)
    sample = drawn(calls=0)
    contact = sample.contacts.get()
    assert (contact.key, contact.case, contact.call) == (f"call:{call.pk}", case, call)


def test_a_contact_is_in_the_first_stratum_it_fits() -> None:
    short, ordinary = a_call(TUESDAY, seconds=19), a_call(TUESDAY + timedelta(hours=1), seconds=20)
    turned_away = refused(at=TUESDAY)
    complained_of = a_case(TUESDAY, title="问路灯")
    complaint = a_case(TUESDAY + timedelta(days=1), title="座席态度生硬")
    agent_complaints.name(complaint, complained_of, by=member("zhou"), at=TUESDAY + timedelta(days=2))
    found = strata(drawn(calls=0))
    assert found[f"call:{short.pk}"] == Stratum.SHORT
    assert found[f"call:{ordinary.pk}"] == Stratum.ORDINARY
    assert found[f"case:{turned_away.pk}"] == Stratum.REFUSED
    assert found[f"case:{complained_of.pk}"] == Stratum.COMPLAINED


def test_new_staff_is_a_stratum() -> None:
    by = member("wang")
    by.valid = (local("2026-02-01 00:00"), None)
    by.save()
    call = a_call(TUESDAY)
    assert strata(drawn(calls=0))[f"call:{call.pk}"] == Stratum.NEW_STAFF


def test_a_callback_that_turned_the_citizen_is_a_contact_of_whoever_made_it() -> None:
    again = rehandling(at=local("2026-03-02 09:00"))
    case = accepted(replied(again, at=local("2026-03-10 08:00")), at=local("2026-03-10 08:00"), phone="")
    survey = survey_of(case)
    survey.state = "callback"
    survey.save()
    at = local("2026-03-11 10:00")
    verdict = Verdict(solved=True, satisfaction=5, contacted=True)
    surveys.call_back(survey, by=member("li"), at=at, result=CallbackResult.REACHED, verdict=verdict)
    sample = drawn(calls=0)
    contact = sample.contacts.get(stratum=Stratum.TURNED)
    assert (contact.agent.username, contact.case_id) == ("li", case.pk)


def test_confidential_cases_are_only_in_the_governments_frame() -> None:
    secret = a_case(TUESDAY, confidential=True, proposed_unit=None)
    assert f"case:{secret.pk}" not in strata(drawn(Purpose.INSPECTION, calls=1))
    assert f"case:{secret.pk}" in strata(drawn(Purpose.RECHECK, calls=0))


def test_the_two_samples_of_a_week_are_drawn_apart() -> None:
    a_week(60)
    own, recheck = drawn(Purpose.INSPECTION, calls=0), drawn(Purpose.RECHECK, calls=0)
    assert own.frame_hash == recheck.frame_hash
    assert own.seed != recheck.seed
    assert set(own.contacts.values_list("key")) != set(recheck.contacts.values_list("key"))


def test_a_sample_drawn_again_is_the_same_and_whoever_changed_it_is_found_out() -> None:
    sample = drawn(calls=60)
    assert sample.contacts.count() == 40
    assert sampling.is_as_drawn(sample)
    swapped = sample.contacts.first()
    assert swapped is not None
    listed = set(sample.contacts.values_list("key", flat=True))
    swapped.key = next(key for key in strata(sample) if key not in listed)
    swapped.save(update_fields=["key"])
    assert not sampling.is_as_drawn(sample)


def test_a_sample_is_drawn_once_and_not_before_the_week_is_over() -> None:
    a_week(3)
    with pytest.raises(NotNow, match="not over"):
        sampling.draw(unit("JIA"), WEEK, Purpose.RECHECK, at=local("2026-03-15 23:59"), by=None)
    drawn(calls=0)
    with pytest.raises(NotNow, match="drawn before"):
        drawn(calls=0)


def test_the_database_keeps_a_sample_as_it_was_drawn() -> None:
    sample = drawn(calls=3)
    changes: list[dict[str, object]] = [{"seed": "0" * 32}, {"frame": ""}, {"rules": {}}]
    for change in changes:
        with pytest.raises(DatabaseError, match="never drawn anew"), transaction.atomic():
            Sample.objects.filter(pk=sample.pk).update(**change)
    sample.contacts.all().delete()
    with pytest.raises(DatabaseError, match="never drawn anew"), transaction.atomic():
        sample.delete()


def test_the_timekeeper_draws_what_finished_weeks_lack_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    a_week(3)
    monkeypatch.setattr(schedule, "database_time", lambda: AFTER)
    assert schedule.draw_samples() == 4 * 2 * 2  # four weeks of two contractors, for two purposes
    assert schedule.draw_samples() == 0
    assert Sample.objects.get(organisation=unit("JIA"), week=WEEK, purpose=Purpose.RECHECK).contacts.count() == 3
    told = Message.objects.filter(template__key="quality_drawn")
    assert set(told.values_list("to_role", flat=True)) == {"quality_inspector", "quality_officer"}


def test_a_week_of_forty_thousand_calls_would_be_read_by_as_many_questions_as_one_of_three(
    django_assert_max_num_queries: Any,
) -> None:
    a_week(3)
    with django_assert_max_num_queries(24):
        drawn(calls=0)
