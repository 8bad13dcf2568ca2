"""The rows behind the figures of shifts and presence: half-hours, shifts and people, as clauses freeze them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from contractors import presence_measures as measures
from contractors.figures import ONE, ZERO, Row, source
from contractors.presence_measures import seconds
from contractors.row_names import moment
from hotline.calendar import Period
from hotline.models import Organisation, User


@source("seats_filled")
def seats_filled(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """A half-hour with a plan: the seats filled, of those planned."""
    for each in measures.half_hours(contractor, period):
        if each.planned:
            yield Row(moment(each.start), Decimal(each.filled), Decimal(each.planned))


@source("attendance")
def attendance(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """A shift, by whose it was and when it began."""
    for shift, kept in measures.kept_shifts(contractor, period):
        yield Row(f"{shift.user.username}@{moment(shift.span.lower)}", ONE if kept.attended else ZERO)


@source("occupancy")
def occupancy(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """A person: the seconds on calls or in wrap-up, of those at work."""
    at_work = measures.time_at_work(contractor, period)
    names = dict(User.objects.filter(pk__in=at_work).values_list("pk", "username"))
    for person, time in at_work.items():
        yield Row(names[person], Decimal(seconds(time.busy)), Decimal(seconds(time.present)))
