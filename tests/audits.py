"""Samples that Shen draws, and what is said of their cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from oversight import audits
from oversight.audits import Given
from oversight.models import AuditedCase, AuditSample, CaseVerdict
from oversight.sample_frames import Frame
from tests.people import local, member
from tests.stories import closed

MARCH = Frame(date(2026, 3, 1), date(2026, 3, 31))
LATER = local("2026-04-02 09:00")
SEED = "SSQ2026028"


def closed_cases(n: int = 4) -> list[str]:
    """So many, closed in March; their numbers, sorted."""
    return sorted(closed(phone=f"1380000{7000 + k}").number for k in range(n))


def drafted(n: int = 3, *, by: str = "shen", frame: Frame = MARCH) -> AuditSample:
    return audits.draw(frame, "三月办结件抽查", n, by=member(by), at=LATER)


def frozen(n: int = 3, *, seed: str = SEED, by: str = "shen") -> AuditSample:
    return audits.freeze(drafted(n, by=by), seed, by=member(by), at=LATER)


def judged(audited: AuditedCase, verdict: str = "in_order", *, by: str = "shen", **given: Any) -> CaseVerdict:
    if verdict != "in_order":
        given = {"note": "附件与答复不符。", **given}
    if verdict == "fault":
        given = {"fault": "untrue", **given}
    return audits.judge(audited, Given(verdict, **given), by=member(by), at=LATER)
