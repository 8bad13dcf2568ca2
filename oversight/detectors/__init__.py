"""Every detector, one file each: what it looks for, what innocent thing looks the same, how it is found."""

from __future__ import annotations

from oversight.detector import Detector
from oversight.detectors import (
    alike_replies,
    came_back,
    contact_before_dispatch,
    contractor_totals,
    given_up_early,
    idle_presence,
    late_exits,
    late_returns,
    marks_at_threshold,
    month_end,
    never_called,
    no_contact,
    odd_looks,
    overload,
    own_phones,
    ping_pong,
    recoded,
    refusals,
    reused_files,
    short_calls,
    turned_answers,
)
from oversight.models import Finding

DETECTORS: tuple[Detector, ...] = (
    turned_answers.DETECTOR,
    own_phones.DETECTOR,
    never_called.DETECTOR,
    given_up_early.DETECTOR,
    came_back.DETECTOR,
    no_contact.DETECTOR,
    contact_before_dispatch.DETECTOR,
    alike_replies.DETECTOR,
    reused_files.DETECTOR,
    late_returns.DETECTOR,
    late_exits.DETECTOR,
    recoded.DETECTOR,
    ping_pong.DETECTOR,
    month_end.DETECTOR,
    refusals.DETECTOR,
    short_calls.DETECTOR,
    overload.DETECTOR,
    idle_presence.DETECTOR,
    contractor_totals.DETECTOR,
    marks_at_threshold.DETECTOR,
    odd_looks.DETECTOR,
)
BY_KEY = {detector.key: detector for detector in DETECTORS}


def with_rules(findings: list[Finding]) -> list[Finding]:
    """Each with its detector as ``rule``; None for one that there is no more."""
    for finding in findings:
        finding.rule = BY_KEY.get(finding.detector)  # type: ignore[attr-defined]
    return findings
