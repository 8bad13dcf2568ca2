"""A key guessed or swapped opens, tells and changes nothing. ``bin/check bola`` asks far more."""

from __future__ import annotations

import random

import pytest

from bench.guessing.judging import guess, people
from bench.guessing.world import build


@pytest.mark.django_db
def test_a_key_swapped_for_anothers_gives_nothing() -> None:
    chance = random.Random(20260309)
    world = build(12, chance)
    verdict = guess(world, people(world), 400, chance)
    assert verdict.leaks == []
    assert verdict.changes == []
    assert verdict.openings == []
    assert verdict.failures == []
    assert verdict.hidden > 50
    assert verdict.writes > 10
