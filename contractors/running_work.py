"""What somebody, or a whole contractor, leaves behind in the middle: records being written, calls, callbacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cases.models import Call, Case, Draft, Status, Survey
from cases.models.case import OPEN
from hotline import audit
from hotline.acts import Invalid
from hotline.models import Membership, Organisation
from hotline.roles import Capability


@dataclass(frozen=True)
class RunningWork:
    """``drafts`` must be given to somebody; the rest is the office's by itself, and goes on without the contractor."""

    drafts: QuerySet[Draft, Draft]
    calls: QuerySet[Call, Call]
    callbacks: QuerySet[Survey, Survey]
    to_dispatch: QuerySet[Case, Case]
    with_units: QuerySet[Case, Case]


def of_contractor(organisation: Organisation, at: datetime) -> RunningWork:
    """What everybody who ever acted for the contractor has begun, unless they act for somebody else by now."""
    acted = Membership.objects.filter(organisation=organisation).values("user")
    elsewhere = Membership.objects.current(at).exclude(organisation=organisation).values("user")
    owned = Draft.objects.filter(owner__in=acted).exclude(owner__in=elsewhere)
    taken = Case.objects.filter(taken_by_organisation=organisation)
    return RunningWork(
        drafts=owned.select_related("owner", "call").order_by("created_at", "pk"),
        calls=_live(Call.objects.filter(organisation=organisation)),
        callbacks=Survey.objects.to_call().filter(case__in=taken).select_related("case"),
        to_dispatch=taken.filter(status=Status.REGISTERED).order_by("registered_at", "pk"),
        with_units=taken.filter(status__in=OPEN).exclude(status=Status.REGISTERED).order_by("registered_at", "pk"),
    )


def drafts_left(at: datetime) -> QuerySet[Draft, Draft]:
    """Records being written by people who may not work at that moment, the oldest first."""
    working = Membership.objects.current(at).filter(user=OuterRef("owner"))
    return Draft.objects.filter(~Exists(working)).select_related("owner", "call").order_by("created_at", "pk")


def of_person(user_id: int) -> tuple[QuerySet[Draft, Draft], QuerySet[Call, Call]]:
    """The records somebody is writing, and the calls somebody is on."""
    drafts = Draft.objects.filter(owner=user_id).order_by("created_at", "pk")
    return drafts, _live(Call.objects.filter(agent=user_id))


def _live(calls: QuerySet[Call, Call]) -> QuerySet[Call, Call]:
    answered = calls.filter(answered_at__isnull=False, ended_at__isnull=True)
    return answered.select_related("agent").order_by("offered_at", "pk")


def pass_drafts(user_id: int, to: Membership, *, by: Membership, at: datetime) -> int:
    """Within an act: the records somebody was writing become another's, who finds them among the own. Raises Invalid.

    Which they were stays in the audit trail, so that the number told to a citizen can be followed.
    """
    if not to.can(Capability.CASE_REGISTER) or to.user_id == user_id:
        raise Invalid(_("Choose somebody else who registers requests."), field="drafts_to")
    drafts = list(Draft.objects.select_for_update().filter(owner=user_id).order_by("pk"))
    for draft in drafts:
        details = {"number": draft.number, "from": user_id, "to": to.user_id}
        audit.record("running_work.draft_passed", by=by, at=at, thing=draft, details=details)
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).update(owner=to.user_id)
    return len(drafts)
