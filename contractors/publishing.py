"""Publishing marks: the agent sees them, may appeal for some working days, and then they are locked."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _

from cases.deadlines import local_date
from cases.permissions import check
from contractors.limits import working_days_after
from contractors.models import ContactState, Purpose, Sample, SampledContact
from contractors.notices import tell
from hotline.acts import NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.roles import CONTRACTOR, Capability, Role


@verb
def publish(sample: Sample, *, by: Membership, at: datetime) -> Sample:
    """Publish every mark of the sample that is ready. A contractor's inspectors publish their own inspections, the
    government all. Raises NotNow if none is ready."""
    check_may_publish(by, sample)
    ready = sample.contacts.select_for_update(of=("self",)).filter(state=ContactState.READY)
    contacts = list(ready.select_related("agent").order_by("position"))
    if not contacts:
        raise NotNow(_("No mark is ready to be published."))
    until = working_days_after(at, sample.rules["appeal_days"])
    for contact in contacts:
        contact.state, contact.published_by_id = ContactState.PUBLISHED, by.user_id
        contact.published_at, contact.appeal_until = at, until
    fields = ["state", "published_by", "published_at", "appeal_until"]
    SampledContact.objects.bulk_update(contacts, fields)
    day = local_date(until).isoformat()
    people = {contact.agent_id: contact.agent for contact in contacts}
    for person, n in Counter(contact.agent_id for contact in contacts).items():
        tell("quality_published", {"n": n, "until": day}, at=at, by=by, user=people[person])
    return sample


def check_may_publish(by: Membership, sample: Sample) -> None:
    """Raises NotAllowed."""
    check(by, Capability.QUALITY_PUBLISH)
    own = sample.purpose == Purpose.INSPECTION and sample.organisation_id == by.organisation_id
    if by.role in CONTRACTOR and not own:
        raise NotAllowed(_("This sample is the government's."))


@verb
def lock(contact: SampledContact, *, at: datetime, by: None = None) -> SampledContact:
    """The time to appeal is over: from now on the mark stands. One that is under appeal waits for the ruling."""
    contact = SampledContact.objects.select_for_update().get(pk=contact.pk)
    if may_be_locked(contact, at):
        contact.state, contact.locked_at = ContactState.LOCKED, at
        contact.save(update_fields=["state", "locked_at"])
    return contact


def may_be_locked(contact: SampledContact, at: datetime) -> bool:
    """Published, no appeal open, and none possible any more."""
    if contact.state != ContactState.PUBLISHED or contact.appeal_until is None or at < contact.appeal_until:
        return False
    last = contact.appeals.order_by("-level").first()
    if last is None:
        return True
    if last.ruled_at is None:
        return False
    return last.again_until is None or at >= last.again_until


@verb
def tell_lateness(sample: Sample, *, at: datetime, by: None = None) -> Sample:
    """The limit to mark a sample is over: its markers and the head of the office are told, once."""
    sample = Sample.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=sample.pk)
    left = sample.contacts.unfinished().count()
    if sample.late_told_at is not None or not left or at < sample.due_at:
        return sample
    sample.late_told_at = at
    sample.save(update_fields=["late_told_at"])
    words = {"who": sample.organisation.name, "week": sample.week.isoformat(), "n": left}
    own = sample.purpose == Purpose.INSPECTION
    if own:
        tell("quality_late", words, at=at, organisation=sample.organisation, role=Role.QUALITY_INSPECTOR)
    else:
        tell("quality_late", words, at=at, role=Role.QUALITY_OFFICER)
    tell("quality_late", words, at=at, role=Role.OFFICE_HEAD)
    return sample
