"""Changing the dispatch catalogue: a version is drafted, proposed, and approved by somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from cases.catalogue import Key
from cases.catalogue_lines import LineGiven, check_line
from cases.catalogue_rulings import TEACHING
from cases.deadlines import local_date
from cases.models import CatalogueChange, CatalogueEntry, CatalogueVersion, Decision, DecisionState
from cases.notifications import catalogue_notice
from cases.permissions import check
from hotline import outbox, two_people
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership, Organisation, Region, TwoPeopleState
from hotline.plain_text import clean_text
from hotline.roles import Capability, Role

NOTE_LIMIT = 120


@verb
def draft(
    *, by: Membership, at: datetime, note: str, valid_from: date, lines: Iterable[LineGiven] = ()
) -> CatalogueVersion:
    """Begin a version, with the changes known already. Raises Invalid for the first line that cannot be."""
    return begin(by=by, at=at, note=note, valid_from=valid_from, lines=lines)


def begin(
    *, by: Membership, at: datetime, note: str, valid_from: date, lines: Iterable[LineGiven] = ()
) -> CatalogueVersion:
    """The draft, within a verb."""
    check(by, Capability.CATALOGUE_EDIT)
    version = CatalogueVersion(created_by_id=by.user_id, created_at=at)
    _head(version, note, valid_from, at)
    version.save(force_insert=True)
    write_lines(version, lines)
    return version


@verb
def revise(version: CatalogueVersion, *, by: Membership, at: datetime, note: str, valid_from: date) -> CatalogueVersion:
    """Another name, another day."""
    version = _draft_of(version, by)
    _head(version, note, valid_from, at)
    version.save()
    return version


def _head(version: CatalogueVersion, note: str, valid_from: date, at: datetime) -> None:
    if not (note := clean_text(note)) or len(note) > NOTE_LIMIT:
        raise Invalid(_("Say in up to %(n)s characters what the version is about.") % {"n": NOTE_LIMIT}, field="note")
    if valid_from < local_date(at):
        raise Invalid(_("What was dispatched stays as it was: a version begins today or later."), field="valid_from")
    version.note, version.valid_from = note, valid_from


@verb
def put(version: CatalogueVersion, given: LineGiven, *, by: Membership, at: datetime) -> CatalogueVersion:
    """Add a change to a draft; what the draft said about the same cases before is replaced."""
    version = _draft_of(version, by)
    version.changes.filter(**_key(given)).delete()
    write_lines(version, [given])
    return version


@verb
def take_out(version: CatalogueVersion, *, by: Membership, at: datetime, change: int) -> CatalogueVersion:
    """Leave a change out of a draft again."""
    version = _draft_of(version, by)
    if not version.changes.filter(pk=change).delete()[0]:
        raise NotNow(_("The draft has no such change any more."))
    return version


def _draft_of(version: CatalogueVersion, by: Membership) -> CatalogueVersion:
    check(by, Capability.CATALOGUE_EDIT)
    version = two_people.locked(version)
    two_people.check_draft(version)
    return version


def _key(given: LineGiven) -> dict[str, object]:
    key: dict[str, object] = {"category": given.category, "kind": given.kind}
    for name, thing in (("region", given.region), ("channel", given.channel)):
        key[name if thing else f"{name}__isnull"] = thing or True
    return key


def _check_known(ending: Iterable[Key], on: date) -> None:
    holding = set(CatalogueEntry.objects.in_force(on).values_list("category", "region", "channel", "kind"))
    if not holding.issuperset(ending):
        raise Invalid(_("The catalogue has no line for exactly these cases that could end."), field="category")


def write_lines(version: CatalogueVersion, lines: Iterable[LineGiven]) -> None:
    """Keep the changes of a draft, each checked for the day the version begins."""
    given, on = list(lines), version.valid_from
    for line in given:
        check_line(line, on)
    if ending := [line.key for line in given if line.unit is None]:
        _check_known(ending, on)
    changes = CatalogueChange.objects.bulk_create(
        CatalogueChange(
            version=version,
            category=line.category,
            region=line.region,
            channel=line.channel,
            kind=line.kind,
            unit=line.unit,
            copy_to=line.copy_to,
            source=clean_text(line.source)[:120],
            ruling=line.ruling,
        )
        for line in given
    )
    helpers = CatalogueChange.co_organisers.through
    helpers.objects.bulk_create(
        helpers(cataloguechange_id=change.pk, organisation_id=unit.pk)
        for change, line in zip(changes, given, strict=True)
        for unit in line.co_organisers
    )


@verb
def propose_ruling(
    decision: Decision, *, by: Membership, at: datetime, region: Region | None = None
) -> CatalogueVersion:
    """Let a ruling become a line of the catalogue: drafted and proposed in one step, approved by somebody else.

    It holds for the case's category in the place given, or everywhere. Raises NotNow unless the ruling named a unit.
    """
    check(by, Capability.CATALOGUE_EDIT)
    decision = Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)
    unit, case = decision.ruled_unit, decision.case
    teaches = decision.kind in TEACHING and decision.state == DecisionState.GRANTED
    if not teaches or unit is None or case.category is None:
        raise NotNow(_("This ruling named no unit for a category: nothing can be learnt from it."))
    same = CatalogueChange.objects.filter(ruling=decision).exclude(version__state=TwoPeopleState.DROPPED)
    if same.exists():
        raise NotNow(_("This ruling was proposed for the catalogue before."))
    line = LineGiven(category=case.category, region=region, unit=unit, source=case.number, ruling=decision)
    note = f"{case.number} → {unit.name}"[:NOTE_LIMIT]
    version = begin(by=by, at=at, note=note, valid_from=local_date(at), lines=[line])
    _put_forward(version, by=by, at=at)
    return version


@verb
def propose(version: CatalogueVersion, *, by: Membership, at: datetime) -> CatalogueVersion:
    """Put a draft before those who approve it."""
    version = _draft_of(version, by)
    if not version.changes.exists():
        raise NotNow(_("The version changes nothing yet. Add a line first."))
    _put_forward(version, by=by, at=at)
    return version


def _put_forward(version: CatalogueVersion, *, by: Membership, at: datetime) -> None:
    two_people.propose(version, by=by, at=at)
    version.save()
    outbox.post(
        *(
            catalogue_notice("catalogue_proposed", version, at=at, by=by, role=r)
            for r in (Role.OFFICE_HEAD, Role.ARBITER)
        )
    )


@verb
def send_back(version: CatalogueVersion, *, by: Membership, at: datetime, why: str) -> CatalogueVersion:
    """The version is a draft again; its proposer reads why."""
    check(by, Capability.CATALOGUE_APPROVE)
    version = two_people.locked(version)
    two_people.send_back(version, why=why)
    version.save()
    outbox.post(catalogue_notice("catalogue_returned", version, at=at, by=by, user=version.proposed_by, why=why))
    return version


@verb
def drop(version: CatalogueVersion, *, by: Membership, at: datetime) -> CatalogueVersion:
    """The version comes to nothing; what it would have changed can still be read."""
    check(by, Capability.CATALOGUE_EDIT)
    version = two_people.locked(version)
    two_people.drop(version)
    version.save()
    return version


@verb
def approve(version: CatalogueVersion, *, by: Membership, at: datetime) -> CatalogueVersion:
    """The changes hold from the version's day on, or from today if that is over. Raises Invalid if one cannot any more.

    A line changed keeps its number; the line before it ends on that day, to which cases already sent on still refer.
    """
    check(by, Capability.CATALOGUE_APPROVE)
    version = two_people.locked(version)
    two_people.approve(version, by=by, at=at)
    version.valid_from = max(version.valid_from, local_date(at))
    version.save()
    serial = _last_serial()
    for change in version.changes.order_by("pk"):
        helpers = list(change.co_organisers.all())
        if change.unit is not None:
            check_line(_given(change, helpers), version.valid_from)
        before = _end(change, version.valid_from)
        if change.unit is None:
            continue
        serial += before is None
        entry = _begin(change, change.unit, version, serial if before is None else before.serial)
        entry.co_organisers.set(helpers)
    outbox.post(catalogue_notice("catalogue_approved", version, at=at, by=by, user=version.proposed_by))
    return version


def _given(change: CatalogueChange, helpers: Sequence[Organisation]) -> LineGiven:
    return LineGiven(
        category=change.category,
        region=change.region,
        channel=change.channel,
        kind=change.kind,
        unit=change.unit,
        co_organisers=helpers,
        copy_to=change.copy_to,
    )


def _last_serial() -> int:
    """The highest number given so far. Approvals queue at the oldest line, so that no number is given twice."""
    CatalogueEntry.objects.select_for_update().order_by("pk").values_list("pk").first()
    return CatalogueEntry.objects.aggregate(last=Max("serial"))["last"] or 0


def _end(change: CatalogueChange, on: date) -> CatalogueEntry | None:
    """End what holds on that day for the same cases; returns it."""
    same = CatalogueEntry.objects.keyed(change)
    holding = same.in_force(on).select_for_update().first()
    if holding is not None:
        holding.valid_until = on
        holding.save(update_fields=["valid_until"])
    return holding or same.filter(valid_until__lte=on).order_by("-valid_until").first()


def _begin(change: CatalogueChange, unit: Organisation, version: CatalogueVersion, serial: int) -> CatalogueEntry:
    """The new line, until another version that was approved for later takes over."""
    later = CatalogueEntry.objects.keyed(change).filter(valid_from__gt=version.valid_from)
    return CatalogueEntry.objects.create(
        serial=serial,
        category=change.category,
        region=change.region,
        channel=change.channel,
        kind=change.kind,
        unit=unit,
        copy_to=change.copy_to,
        source=change.source or version.note,
        ruling=change.ruling,
        version=version,
        valid_from=version.valid_from,
        valid_until=later.order_by("valid_from").values_list("valid_from", flat=True).first(),
    )
