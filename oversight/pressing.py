"""From a finding to the unit's answer: supervision (督办) for cases behind it, linked both ways."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cases import ladder
from cases.models import Case, CaseQuerySet, LadderStep, Rung
from cases.models.ladder import UNSETTLED as UNSETTLED_STEPS
from cases.permissions import check
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability
from oversight.findings import locked, written
from oversight.models import Finding, FindingState, FindingStep

AT_ONCE = 20
TAKEN_UP = (FindingState.REVIEW, FindingState.CONFIRMED)


def open_to(finding: Finding, by: Membership) -> CaseQuerySet:
    """The cases behind a finding about a unit for which that unit can be put under supervision now, latest first."""
    standing = LadderStep.objects.filter(case=OuterRef("pk"), rung=Rung.SUPERVISE, state__in=UNSETTLED_STEPS)
    behind = Case.objects.visible_to(by).filter(pk__in=finding.rows.values("case"), unit=finding.organisation_id)
    return behind.filter(~Exists(standing)).latest_first()


@verb
def supervise(finding: Finding, *, by: Membership, at: datetime, cases: Collection[str], words: str) -> Finding:
    """Put the unit under supervision for these of the cases (by number), in one act; what the unit reads is ``words``.

    The finding stays as it is: whether anything was wrong is said apart. Raises NotNow unless it is looked into or
    confirmed, or where one of the cases cannot be supervised any more: then nothing is done for any.
    """
    check(by, Capability.CASE_SUPERVISE)
    kept = locked(finding, by)
    if kept.state not in TAKEN_UP:
        raise NotNow(_("Take the finding up first; of an innocent one nobody is put under supervision."))
    words, wanted = ladder.checked(words), set(cases)
    if not wanted or len(wanted) > AT_ONCE:
        raise Invalid(_("Choose at least one case, and at most %(n)s.") % {"n": AT_ONCE}, field="cases")
    chosen = list(Case.objects.select_for_update(no_key=True).filter(number__in=wanted).order_by("pk"))
    if set(open_to(kept, by).filter(number__in=wanted).values_list("number", flat=True)) != wanted:
        raise NotNow(_("For one of these cases the unit cannot be put under supervision now. Look at the list again."))
    steps = ladder.supervise_each(chosen, by=by, at=at, words=words)
    FindingStep.objects.bulk_create(FindingStep(finding=kept, step=step) for step in steps)
    written(kept, words, by=by, at=at)
    return kept
