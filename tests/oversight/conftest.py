"""Contracts are of 2026 and access ends with the contract: what is told of them happens then, whatever day it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.contractors.stories import LATE_IN_2026


@pytest.fixture
def in_the_contracts_year() -> Iterator[None]:
    with time_machine.travel(LATE_IN_2026):
        yield
