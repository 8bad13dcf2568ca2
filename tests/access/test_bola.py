"""A key guessed or swapped opens, tells and changes nothing. ``bin/check bola`` asks far more."""

from __future__ import annotations

import random

import pytest

from bench.guessing.judging import Verdict, guess, people
from bench.guessing.world import build
from cases.models import CaseQuerySet
from cases.models.assignment import AssignmentQuerySet

pytestmark = pytest.mark.django_db


def guessed(n: int, monkeypatch: pytest.MonkeyPatch, *, careless: bool = False) -> Verdict:
    chance = random.Random(20260309)
    world = build(12, chance)
    everybody = people(world)
    if careless:  # a scope that forgot whose case it is
        for rows in (CaseQuerySet, AssignmentQuerySet):
            monkeypatch.setattr(rows, "visible_to", lambda self, _by: self)
    return guess(world, everybody, n, chance)


def test_a_key_swapped_for_anothers_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = guessed(300, monkeypatch)
    assert verdict.leaks == []
    assert verdict.changes == []
    assert verdict.openings == []
    assert verdict.failures == []
    assert verdict.hidden > 50
    assert verdict.writes > 10


def test_a_scope_that_lets_everything_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = guessed(150, monkeypatch, careless=True)
    assert verdict.leaks
    assert verdict.changes
    assert verdict.openings
