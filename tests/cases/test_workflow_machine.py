"""Any acts in any order: whatever people try, the city's promises about a case hold after every step.

A step costs what an act costs, some ten milliseconds: here are as many as fit. ``bin/check walks`` takes many more.
"""

from __future__ import annotations

import os

import pytest

from tests.cases import walk

STATUSES = ("handling", "replied", "verifying", "rehandling", "closed", "withdrawn")
RARE = ("disputed", "suspended")  # some walks in a hundred come by
WALKS, STEPS = int(os.environ.get("WALKS", "100")), int(os.environ.get("STEPS", "30"))


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_try_the_promises_about_a_case_hold() -> None:
    walk.walk_about(WALKS, STEPS)
    seen = STATUSES + (RARE if WALKS >= 500 else ())
    assert {f"status: {status}" for status in seen} <= set(walk.told)
    assert {"done", "repeated", "refused: stale", "refused: not_now", "refused: not_allowed"} <= set(walk.told)
