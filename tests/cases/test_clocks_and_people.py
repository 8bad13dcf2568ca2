"""The scanner and the people work on the same cases at the same time, and nobody waits for the other."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from cases import escalation, handling
from cases.models import CaseEvent, EventKind
from tests.people import member
from tests.stories import MONDAY, dispatched, lead

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_card_is_shown_while_somebody_holds_the_case() -> None:
    case = dispatched()
    holding, fired = threading.Event(), threading.Event()

    def hold() -> bool:
        try:
            with transaction.atomic():
                handling.lock(lead(case), by=member("sun"), version=None)
                holding.set()
                return fired.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        held = pool.submit(hold)
        assert holding.wait(10)
        escalation.fire_batch(MONDAY + timedelta(days=2))
        fired.set()
        assert held.result(), "the scanner waited for the person to finish"
    assert CaseEvent.objects.of(case).filter(kind=EventKind.YELLOW).exists()
