"""Contracts of these tests are of 2026 and access ends with the contract: so they happen in 2026, any day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.people import local


@pytest.fixture(autouse=True)
def _in_the_contracts_year() -> Iterator[None]:
    with time_machine.travel(local("2026-11-26 10:00")):
        yield
