"""Signs of life of the cases' own machinery."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.models import Case, Clock, TallyChange
from hotline.health import Level, Sign

CLOCKS_LATE = timedelta(minutes=1)


def due_clocks(at: datetime) -> Sign:
    """How late the oldest clock is whose next step has come; they are fired every second."""
    oldest = Clock.objects.due_to_act(at).order_by("next_action_at").values_list("next_action_at", flat=True).first()
    lateness = at - oldest if oldest else timedelta()
    late = lateness > CLOCKS_LATE
    level = Level.DEGRADED if late else Level.OK
    return Sign("due_clocks", level, lateness.total_seconds(), "deadlines are not acted on" * late)


def gauges(at: datetime) -> dict[str, tuple[str, float]]:
    """Figures for /metrics: name → (what it is, value)."""
    return {
        "hotline_cases_open": ("Cases not ended", Case.objects.open().count()),
        "hotline_tally_notes": ("Acts the tallies do not know of yet", TallyChange.objects.count()),
        "hotline_clocks_due": ("Clocks whose next step has come", Clock.objects.due_to_act(at).count()),
    }
