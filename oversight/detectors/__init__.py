"""Every detector, one file each: what it looks for, what innocent thing looks the same, how it is found."""

from __future__ import annotations

from oversight.detector import Detector
from oversight.detectors import (
    alike_replies,
    came_back,
    contact_before_dispatch,
    late_returns,
    marks_at_threshold,
    month_end,
    no_contact,
    odd_looks,
    ping_pong,
    refusals,
    reused_files,
    short_calls,
    turned_answers,
)
from oversight.models import Finding

DETECTORS: tuple[Detector, ...] = (
    turned_answers.DETECTOR,
    came_back.DETECTOR,
    no_contact.DETECTOR,
    contact_before_dispatch.DETECTOR,
    alike_replies.DETECTOR,
    reused_files.DETECTOR,
    late_returns.DETECTOR,
    ping_pong.DETECTOR,
    month_end.DETECTOR,
    refusals.DETECTOR,
    short_calls.DETECTOR,
    marks_at_threshold.DETECTOR,
    odd_looks.DETECTOR,
)
BY_KEY = {detector.key: detector for detector in DETECTORS}


def with_rules(findings: list[Finding]) -> list[Finding]:
    """Each with its detector as ``rule``; None for one that there is no more."""
    for finding in findings:
        finding.rule = BY_KEY.get(finding.detector)  # type: ignore[attr-defined]
    return findings
