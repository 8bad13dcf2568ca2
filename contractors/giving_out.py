"""Who may mark which contact: nobody chooses, nobody marks own work, and no mark is seen before one's own."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from cases.models import Call, Case
from contractors.models import ContactState, Mark, Purpose, Sample, SampledContact, SampledContactQuerySet, Seat
from hotline.calendar import Period
from hotline.models import Membership, User
from hotline.roles import CONTRACTOR, Capability


def open_to(by: Membership) -> SampledContactQuerySet:
    """Contacts with a free seat that this person may take, in the order they are given out.

    See ``turn_of`` for whose turn it is; nobody marks twice, nor own work, nor a week in which they were on the line.
    """
    if not by.can(Capability.QUALITY_MARK):
        return SampledContact.objects.none()
    contacts = SampledContact.objects.unfinished().exclude(agent=by.user_id).filter(turn_of(by)).filter(_free())
    contacts = contacts.exclude(sample__in=_worked_beside(by, contacts))
    contacts = contacts.filter(~Exists(Mark.objects.filter(contact=OuterRef("pk"), by=by.user_id)))
    return contacts.order_by("sample__week", "sample_id", "position")


def free_seat(contact: SampledContact) -> Seat | None:
    """The seat the next person takes."""
    taken = set(contact.marks.values_list("seat", flat=True))
    if contact.state == ContactState.THIRD:
        return None if Seat.THIRD in taken else Seat.THIRD
    seats = (Seat.FIRST, Seat.SECOND) if contact.double else (Seat.FIRST,)
    return next((seat for seat in seats if seat not in taken), None)


def turn_of(by: Membership) -> Q:
    """Whose turn a contact is: the office's officers re-check; a company's inspectors mark its own inspections.

    Where two of a company's inspectors differ, an officer decides: the company may have no third.
    """
    own = Q(sample__purpose=Purpose.INSPECTION)
    if by.role in CONTRACTOR:
        return own & Q(sample__organisation=by.organisation_id, state=ContactState.TO_MARK)
    return Q(sample__purpose=Purpose.RECHECK) | own & Q(state=ContactState.THIRD)


def _free() -> Q:
    def taken(seat: Seat) -> Exists:
        return Exists(Mark.objects.filter(contact=OuterRef("pk"), seat=seat))

    first = Q(~taken(Seat.FIRST)) | Q(~taken(Seat.SECOND), double=True)
    return Q(first, state=ContactState.TO_MARK) | Q(~taken(Seat.THIRD), state=ContactState.THIRD)


def _worked_beside(by: Membership, contacts: SampledContactQuerySet) -> list[int]:
    """The samples of weeks in which this person was on the line too, where the rules of their draw keep them apart."""
    samples = Sample.objects.filter(pk__in=contacts.values("sample"), rules__colleagues_apart=1).order_by()
    worked = {week: _worked_in(by.user, week) for week in set(samples.values_list("week", flat=True))}
    return [pk for pk, week in samples.values_list("pk", "week") if worked[week]]


def _worked_in(person: User, week: date) -> bool:
    period = Period.days(week, week + timedelta(days=6))
    span = {"gte": period.start, "lt": period.end}
    calls = Call.objects.filter(agent=person, **{f"answered_at__{side}": at for side, at in span.items()})
    cases = Case.objects.filter(taken_by=person, **{f"registered_at__{side}": at for side, at in span.items()})
    return calls.exists() or cases.exists()
