"""The office records what a contract pays or deducts by the event, and takes it back if it was wrong."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import check
from contractors.models import Contract, Incident
from contractors.models.incident import IncidentKind
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.plain_text import clean_text
from hotline.roles import Capability

WORDS_LIMIT = 300


@verb
def record(
    contractor: Organisation,
    *,
    by: Membership,
    at: datetime,
    kind: str,
    happened_at: datetime,
    words: str,
    case: Case | None = None,
) -> Incident:
    """Record an event. Raises Invalid if the contractor had no contract at that moment."""
    check(by, Capability.INCIDENT_RECORD)
    if kind not in IncidentKind.values:
        raise Invalid(_("Choose what happened."), field="kind")
    if happened_at > at:
        raise Invalid(_("It has not happened yet."), field="happened_at")
    contract = Contract.objects.of(contractor).in_force(happened_at).first()
    if contract is None:
        raise Invalid(_("%(name)s had no contract then.") % {"name": contractor.label}, field="happened_at")
    return Incident.objects.create(
        contract=contract,
        kind=kind,
        at=happened_at,
        words=_said(words, "words"),
        case=case,
        recorded_by_id=by.user_id,
        recorded_at=at,
    )


@verb
def withdraw(incident: Incident, *, by: Membership, at: datetime, because: str) -> Incident:
    """It was recorded in error: from now on it does not count. What was assessed before changes by an adjustment."""
    check(by, Capability.INCIDENT_RECORD)
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if incident.withdrawn_at is not None:
        raise NotNow(_("It was withdrawn before."))
    incident.withdrawn_why, incident.withdrawn_at = _said(because, "because"), at
    incident.save(update_fields=["withdrawn_why", "withdrawn_at"])
    return incident


def _said(words: str, field: str) -> str:
    words = " ".join(clean_text(words).split())
    if not words or len(words) > WORDS_LIMIT:
        raise Invalid(_("Say in up to %(n)s characters what happened.") % {"n": WORDS_LIMIT}, field=field)
    return words
