"""The main road, verb by verb."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import CaseEvent, Clock, Status
from tests.stories import MONDAY, a_case, accepted, dispatched, lead, rated, replied, signed

pytestmark = pytest.mark.django_db


def test_a_registered_case_has_a_number_a_promise_and_a_message() -> None:
    case = a_case()
    assert case.status == Status.REGISTERED
    assert case.number.startswith("20260309-00001")
    assert case.promise_due_at == MONDAY + timedelta(days=7)  # five working days


def test_the_whole_road_leads_to_closed() -> None:
    case = rated()
    assert case.status == Status.CLOSED
    kinds = list(CaseEvent.objects.of(case).order_by("id").values_list("kind", flat=True))
    assert kinds == ["registered", "dispatched", "signed", "replied", "accepted", "surveyed", "rated", "closed"]
    assert not Clock.objects.running().filter(case=case).exists()


def test_unsolved_goes_back_to_the_unit_for_another_round() -> None:
    case = rated(solved=False, satisfaction=1)
    assert case.status == Status.REHANDLING
    assert case.round == 2
    assert lead(case).state == "handling"


def test_each_step_leads_where_the_table_says() -> None:
    assert dispatched().status == Status.DISPATCHED
    assert signed().status == Status.HANDLING
    assert replied().status == Status.REPLIED
    assert accepted().status == Status.VERIFYING
