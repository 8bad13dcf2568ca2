"""The rows behind the figures of quality: contacts of the government's re-check, and complaints found justified.

The agreement of markers is no clause of a contract: it is about the markers, and a kappa has no rows that add up.
"""

from __future__ import annotations

from collections.abc import Iterator

from contractors import quality_measures as measures
from contractors.figures import ONE, ZERO, Row, source
from hotline.calendar import Period
from hotline.models import Organisation


@source("quality_score")
def quality_score(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """The points that the contact has now, out of 100."""
    for contact in measures.published(measures.rechecks(contractor), period):
        assert contact.total is not None  # published ones have a score
        yield Row(contact.number, contact.total)


@source("fatal_error_rate")
def fatal_error_rate(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    for contact in measures.published(measures.rechecks(contractor), period):
        yield Row(contact.number, ONE if contact.fatal else ZERO)


@source("fatal_errors")
def fatal_errors(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    for contact in measures.with_fatal(measures.rechecks(contractor), period):
        yield Row(contact.number)


@source("record_quality")
def record_quality(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """The points that the items about the record brought, of those they could have brought."""
    for contact, got, whole in measures.record_points(measures.published(measures.rechecks(contractor), period)):
        yield Row(contact.number, got, whole)


@source("justified_complaints")
def justified_complaints(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """The case in which the citizen complained."""
    rows = measures.justified(measures.complaints(contractor), period)
    for number in rows.values_list("complaint__number", flat=True):
        yield Row(number)
