"""What the database holds about reasons, whoever writes: wordings only end, and no row carries a code nobody worded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from cases import reasons
from cases.models import CallbackAttempt, Decision, Reason, Reply, Reveal
from tests import stories
from tests.people import member
from tests.reasons import proposed
from tests.stories import bounce_asked, replied, survey_of

pytestmark = pytest.mark.django_db


def test_the_codes_the_program_knows_are_worded() -> None:
    assert all(Reason.objects.filter(kind=kind, code=code).exists() for kind, code in reasons.REQUIRED)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Reason.objects.filter(code="overlapping").update(name="改"),
        lambda: Reason.objects.filter(code="overlapping").update(ends_at=timezone.now()),
        lambda: Reason.objects.filter(code="overlapping").delete(),
    ],
)
def test_a_hand_in_the_database_changes_no_reason(change: Callable[[], Any]) -> None:
    with pytest.raises(ProgrammingError, match="a reason only ends"), transaction.atomic():
        change()


def test_a_reason_that_nobody_approved_is_refused() -> None:
    waiting = proposed()
    with pytest.raises(ProgrammingError, match="nobody approved"), transaction.atomic():
        Reason.objects.create(kind="bounce", code="mine", name="我的", position=1, proposal=waiting)
    with pytest.raises(ProgrammingError, match="a reason only ends"), transaction.atomic():
        Reason.objects.filter(kind="bounce", code="overlapping").update(ends_at=timezone.now(), ended_by=waiting)


def test_two_versions_of_one_reason_never_hold_at_once() -> None:
    with pytest.raises(IntegrityError, match="reason_versions_apart"), transaction.atomic():
        Reason.objects.create(kind="bounce", code="overlapping", name="又一个", position=1)


def test_no_row_carries_a_code_that_nobody_worded() -> None:
    at = timezone.now()
    asked = bounce_asked(at=at - timedelta(hours=9))
    reply = Reply.objects.get(case=replied(at=at - timedelta(hours=9)))
    survey = survey_of(stories.accepted(at=at - timedelta(hours=9)))
    by = {"by_id": member("zheng").user_id, "at": at}
    writes: list[Callable[[], Any]] = [
        lambda: Decision.objects.filter(pk=asked.pk).update(reason="third_hop"),  # another kind's
        lambda: Reply.objects.filter(pk=reply.pk).update(unsolved_reason="mine"),
        lambda: Reply.objects.filter(pk=reply.pk).update(review_reason="mine"),
        lambda: CallbackAttempt.objects.create(
            survey=survey, organisation_id=member("zheng").organisation_id, result="mine", **by
        ),
        lambda: Reveal.objects.create(case=asked.case, reason="mine", until=at, **by),
    ]
    for write in writes:
        with pytest.raises(IntegrityError, match="nobody worded"), transaction.atomic():
            write()
