"""Marking: the next contact is given out, the mark is kept while it is written, handed in, and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors import giving_out, points
from contractors.models import (
    ContactState,
    Mark,
    MarkLine,
    Origin,
    SampledContact,
    ScorecardItem,
    Seat,
    Verdict,
)
from contractors.scores import enter
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

EVIDENCE_LIMIT, IMPROVEMENT_LIMIT = 200, 1000
BAD = frozenset({Verdict.NOT_MET, Verdict.HAPPENED})


@dataclass(frozen=True)
class Found:
    """What a marker found on one item."""

    verdict: str
    evidence: str = ""


@dataclass(frozen=True)
class MarkGiven:
    """A mark as it is written: by the item's code."""

    lines: Mapping[str, Found] = field(default_factory=dict)
    improvement: str = ""


@verb
def take_next(*, by: Membership, at: datetime) -> Mark:
    """The next contact to mark, as the system orders them; one begun before comes first. Raises NotNow if none is."""
    check(by, Capability.QUALITY_MARK)
    begun = Mark.objects.filter(by=by.user, organisation=by.organisation, submitted_at__isnull=True).order_by("pk")
    if (mine := begun.select_related("contact__sample").first()) is not None:
        return mine
    contact = giving_out.open_to(by).select_for_update(of=("self",), skip_locked=True).first()
    seat = giving_out.free_seat(contact) if contact else None
    if contact is None or seat is None:
        raise NotNow(_("There is nothing for you to mark now."))
    return Mark.objects.create(
        contact=contact, seat=seat, by_id=by.user_id, organisation_id=by.organisation_id, started_at=at
    )


def keep(mark: Mark, given: MarkGiven, *, by: Membership, at: datetime) -> Mark:
    """Keep a mark as far as it is written. Not an act: nobody else sees it, so it leaves no audit entry."""
    with transaction.atomic():
        mark = _own(mark, by)
        _write(mark, given)
    return mark


@verb
def submit(mark: Mark, given: MarkGiven, *, by: Membership, at: datetime) -> Mark:
    """Hand a mark in: nothing of it changes any more. Raises Invalid where something is missing.

    Anything fatal wants a second person. Two marks that differ by more than the tolerance, or on anything fatal, want a
    third, whose mark stands; else the first one stands.
    """
    mark = _own(mark, by)
    items = items_of(mark.contact)
    _check_whole(mark.contact, items, given)
    _write(mark, given)
    verdicts = {code: found.verdict for code, found in given.lines.items()}
    mark.fatal, mark.total = bool(points.happened(items, verdicts)), points.total(items, verdicts)
    mark.submitted_at = at
    mark.save()
    _go_on(mark.contact, mark, items, at=at)
    return mark


def items_of(contact: SampledContact) -> list[ScorecardItem]:
    """The lines of the scorecard it was drawn with."""
    return list(ScorecardItem.objects.filter(scorecard=contact.sample.scorecard_id).order_by("position"))


def verdicts_of(mark: Mark) -> dict[str, str]:
    return dict(mark.lines.values_list("item__code", "verdict"))


def _own(mark: Mark, by: Membership) -> Mark:
    check(by, Capability.QUALITY_MARK)
    contact = SampledContact.objects.select_for_update(of=("self",)).select_related("sample").get(pk=mark.contact_id)
    mark = Mark.objects.select_for_update().get(pk=mark.pk)
    mark.contact = contact
    if mark.by_id != by.user_id or mark.organisation_id != by.organisation_id:
        raise NotAllowed(_("Somebody else is marking this."))
    if mark.submitted_at is not None:
        raise NotNow(_("This mark was handed in; it does not change any more."))
    return mark


def _write(mark: Mark, given: MarkGiven) -> None:
    items = {item.code: item for item in items_of(mark.contact)}
    mark.improvement = _within(given.improvement, IMPROVEMENT_LIMIT, field="improvement")
    mark.save(update_fields=["improvement"])
    mark.lines.all().delete()
    MarkLine.objects.bulk_create(
        MarkLine(
            mark=mark,
            item=items[code],
            verdict=found.verdict,
            evidence=_within(found.evidence, EVIDENCE_LIMIT, field=f"evidence_{code}"),
        )
        for code, found in given.lines.items()
        if code in items and found.verdict in (points.FATAL if items[code].fatal else points.WEIGHTED)
    )


def _within(text: str, limit: int, *, field: str) -> str:
    text = clean_text(text)
    if len(text) > limit:
        raise Invalid(_("At most %(n)s characters.") % {"n": limit}, field=field)
    return text


def _check_whole(contact: SampledContact, items: list[ScorecardItem], given: MarkGiven) -> None:
    for item in items:
        found = given.lines.get(item.code)
        if found is None or found.verdict not in (points.FATAL if item.fatal else points.WEIGHTED):
            raise Invalid(_("“%(item)s” is not marked yet.") % {"item": item.label}, field=f"verdict_{item.code}")
        if found.verdict in BAD and not found.evidence.strip():
            sentence = _("Say for “%(item)s” where in the recording it is, or what shows it.")
            raise Invalid(sentence % {"item": item.label}, field=f"evidence_{item.code}")
    whole = points.total(items, {code: found.verdict for code, found in given.lines.items()})
    if whole < contact.sample.scorecard.pass_mark and not given.improvement.strip():
        raise Invalid(_("It is below the pass mark: say what is to be done better."), field="improvement")


def _go_on(contact: SampledContact, mark: Mark, items: list[ScorecardItem], *, at: datetime) -> None:
    """What the contact waits for now: a second person, a third, or to be published."""
    if mark.seat == Seat.THIRD:
        enter(contact, Origin.THIRD, verdicts_of(mark), items, by=mark.by, at=at)
        return
    if mark.fatal and not contact.double:
        contact.double = True
        contact.save(update_fields=["double"])
    handed_in = {m.seat: m for m in contact.marks.filter(submitted_at__isnull=False)}
    if len(handed_in) < (2 if contact.double else 1):
        return
    first, second = handed_in[Seat.FIRST], handed_in.get(Seat.SECOND)
    tolerance = contact.sample.rules["tolerance"]
    if second and points.differ(items, verdicts_of(first), verdicts_of(second), tolerance):
        contact.state = ContactState.THIRD
        contact.save(update_fields=["state"])
        return
    enter(contact, Origin.FIRST, verdicts_of(first), items, by=first.by, at=at)
