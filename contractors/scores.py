"""Entering a score: a new row with the verdict on every item, and the contact's standing total with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from contractors import points
from contractors.models import ContactState, Origin, SampledContact, Score, ScorecardItem
from hotline.models import User


def standing(contact: SampledContact) -> Score | None:
    """The score that counts now."""
    return contact.scores.order_by("-serial").first()


def enter(
    contact: SampledContact,
    origin: Origin,
    verdicts: Mapping[str, str],
    items: Sequence[ScorecardItem],
    *,
    by: User,
    at: datetime,
) -> Score:
    """Within an act that holds the contact. The first score makes it ready to be published."""
    before = standing(contact)
    score = Score.objects.create(
        contact=contact,
        serial=before.serial + 1 if before else 1,
        origin=origin,
        verdicts=dict(verdicts),
        total=points.total(items, verdicts),
        fatal=bool(points.happened(items, verdicts)),
        by=by,
        at=at,
    )
    contact.total, contact.fatal = score.total, score.fatal
    if before is None:
        contact.state = ContactState.READY
    contact.save(update_fields=["total", "fatal", "state"])
    return score
