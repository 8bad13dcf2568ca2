"""Findings as the detectors leave them, by hits of one's choice; and what a detector sees in March 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from hotline.calendar import Period
from oversight import detecting
from oversight.detector import Hit, Subject
from oversight.detector_rules import limits_of
from oversight.detectors import BY_KEY
from oversight.models import Finding
from tests.people import local, member

ON = date(2026, 3, 31)
NIGHT = local("2026-04-01 01:00")
MARCH = Period.days(date(2026, 3, 1), ON)


def found(key: str, **limits: int) -> list[Hit]:
    detector = BY_KEY[key]
    return list(detector.hits(MARCH, {**limits_of(detector, NIGHT), **limits}))


def cases_of(key: str, **limits: int) -> list[int | None]:
    return [hit.case for hit in found(key, **limits)]


def looked_at(key: str) -> int:
    detector = BY_KEY[key]
    return sum(detector.looked_at(MARCH, limits_of(detector, NIGHT)).values())


def noticed(
    username: str, *, key: str = "odd_looks", n: int = 6, at: datetime = NIGHT, on: date = ON, case: int | None = None
) -> Finding:
    """So many hits about somebody, in the thirty days up to that one."""
    by = member(username)
    subject = Subject(by.organisation_id, by.user_id)
    hits = [Hit(subject, f"{username}:{n}", at, case=case) for n in range(n)]
    detector = replace(BY_KEY[key], hits=lambda *_: hits, looked_at=lambda *_: {subject: n})
    detecting.look(detector, at=at, on=on)
    return Finding.objects.latest("pk")
