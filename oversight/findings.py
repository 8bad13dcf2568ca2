"""What people make of a finding: somebody takes it up, looks into it, and says whether anything was wrong."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cases.permissions import check
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability
from oversight.models import Finding, FindingNote, FindingState

WORDS_LIMIT = 1000
SETTLED = (FindingState.CONFIRMED, FindingState.INNOCENT)


@verb
def take_up(finding: Finding, *, by: Membership, at: datetime) -> Finding:
    """Look into it; the list says who does. Raises NotNow if somebody did before."""
    kept = locked(finding, by)
    if kept.state != FindingState.OPEN:
        raise NotNow(_("This finding is no longer open: %(state)s.") % {"state": kept.get_state_display()})
    kept.state, kept.taken_up_by_id = FindingState.REVIEW, by.user_id
    kept.save(update_fields=["state", "taken_up_by"])
    written(kept, "", by=by, at=at)
    return kept


@verb
def note(finding: Finding, words: str, *, by: Membership, at: datetime) -> Finding:
    """Write down what was found out so far."""
    kept = locked(finding, by)
    written(kept, checked(words), by=by, at=at)
    return kept


@verb
def settle(finding: Finding, state: str, words: str, *, by: Membership, at: datetime) -> Finding:
    """Say whether anything was wrong, and why. Its rows count in no later finding of the same detector.

    Raises NotNow unless it is being looked into.
    """
    kept = locked(finding, by)
    if state not in SETTLED:
        raise Invalid(_("Say whether it is confirmed or innocent."), field="state")
    words = checked(words)
    if kept.state != FindingState.REVIEW:
        raise NotNow(_("Take it up first; a finding is settled by whoever looked into it."))
    kept.state, kept.settled_by_id, kept.settled_at = state, by.user_id, at
    kept.save(update_fields=["state", "settled_by", "settled_at"])
    written(kept, words, by=by, at=at)
    return kept


def precision() -> dict[str, tuple[int, int]]:
    """Of each detector's settled findings: how many were confirmed, of how many."""
    settled = Finding.objects.filter(state__in=SETTLED).order_by().values_list("detector")
    counted = settled.annotate(good=Count("pk", filter=Q(state=FindingState.CONFIRMED)), n=Count("pk"))
    return {detector: (good, n) for detector, good, n in counted}


def locked(finding: Finding, by: Membership) -> Finding:
    """The finding, locked, for somebody who may look into it. Raises NotAllowed."""
    check(by, Capability.FINDING_REVIEW)
    kept = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if kept.person_id == by.user_id:
        raise NotAllowed(_("This finding is about yourself; somebody else looks into it."))
    return kept


def checked(words: str) -> str:
    """What is written about a finding. Raises Invalid."""
    words = clean_text(words)
    if len(words) < 2 or len(words) > WORDS_LIMIT:
        raise Invalid(_("Write what was found out, in at most %(n)s characters.") % {"n": WORDS_LIMIT}, field="words")
    return words


def written(finding: Finding, words: str, *, by: Membership, at: datetime) -> None:
    """Keep it for good, within the act."""
    FindingNote.objects.create(finding=finding, at=at, by_id=by.user_id, state=finding.state, words=words)
