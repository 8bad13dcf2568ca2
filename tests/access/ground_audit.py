"""What the matrix asks about at the auditor's desk, and lists to take away: one's own, and one to approve."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cases import exporting
from hotline.models import Membership
from hotline.roles import Capability
from tests.audits import drafted, frozen
from tests.exports import asked
from tests.stories import refused


def lay_audit(ground: Any) -> None:
    refused()
    sample = frozen(1)
    ground.add("draftsample", "shens", pk=drafted(1).pk)
    ground.add("auditsample", "shens", pk=sample.pk)
    ground.add("auditedcase", "shens", pk=sample.pk, position=1)
    ground.add("export", "zhous", pk=asked("zhou", "cases", personal=True).pk)


def own_export(by: Membership) -> dict[str, dict[str, Any]]:
    """A list of that person's, of nobody's name."""
    if not by.can(Capability.EXPORT_ASK):
        return {}
    made = exporting.ask(
        "worklist", {}, form="csv", purpose="核对", personal=False, language="en", by=by, at=timezone.now()
    )
    return {"own export": {"pk": made.pk}}
