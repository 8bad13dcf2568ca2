"""How a worklist's row is put in words, on the page and in an export alike."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import Assignment, AssignmentState


def state_of(assignment: Assignment) -> str:
    again = assignment.state == AssignmentState.HANDLING and assignment.round > 1
    return _("in re-handling") if again else str(assignment.get_state_display())


def place_of(assignment: Assignment) -> tuple[str, str]:
    """District and street; of a confidential case no nearer than that."""
    region = assignment.case.region
    if region is None:
        return "", assignment.case.place[:12]
    if region.level in ("city", "district") or region.parent is None:
        nearer = _("not shown") if assignment.case.confidential else assignment.case.place[:12]
        return region.label, nearer
    return region.parent.label, region.label
