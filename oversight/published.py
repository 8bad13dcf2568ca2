"""Which figures of the whole city the public reads, in the order of the page."""

from __future__ import annotations

from cases import call_measures, measures

__all__ = ["OF_CALLS", "OF_CASES", "call_measures", "measures"]  # the modules register what is named here

OF_CALLS = ("calls_offered", "calls_answered", "connection_rate", "answered_in_time", "abandoned_rate", "mean_wait")
OF_CASES = (
    "intake",
    "direct_answer_rate",
    "refusal_rate",
    "on_time_closing",
    "closing_rate",
    "first_time_closing",
    "rehandling_rate",
    "contact_rate",
    "resolution_rate",
    "satisfaction_rate",
    "rating_participation",
    "excluded",
    "suspended",
    "backlog",
)
