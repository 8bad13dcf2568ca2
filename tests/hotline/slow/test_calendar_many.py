"""Thousands of limits against working time written down minute by minute; ``bin/check at_length`` takes 200,000."""

import os
import random
import time

import pytest

from tests.hotline import notices
from tests.hotline.calendars import everyday
from tests.hotline.deadline_cases import assert_agree, draw

LIMITS = int(os.environ.get("CALENDAR_LIMITS", "20000"))


@pytest.mark.slow
def test_no_limit_differs_in_many_thousands(capsys: pytest.CaptureFixture[str]) -> None:
    calendars = everyday()
    chance = random.Random(20260316)
    started = time.perf_counter()
    for number in range(LIMITS):
        assert_agree(*calendars[number % len(calendars)], draw(chance, 2018, 2028))
    used = "with" if notices.PUBLISHED.exists() else "without (absent)"
    with capsys.disabled():
        print(f"\n{LIMITS} limits agree, {used} the published notices: {time.perf_counter() - started:.1f} s")  # noqa: T201
