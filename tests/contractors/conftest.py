"""Contracts of these tests are of 2026 and access ends with the contract: so they happen in 2026, whatever day it is.

The city of the browser tests is of today: its contracts run on (``stories.running``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
import time_machine

from tests.contractors.stories import LATE_IN_2026


@pytest.fixture(autouse=True)
def _in_the_contracts_year(request: pytest.FixtureRequest) -> Iterator[None]:
    of_today = "city" in request.fixturenames
    with nullcontext() if of_today else time_machine.travel(LATE_IN_2026):
        yield
