"""Who saw personal data: every reveal, search by telephone, file, export and print, as the audit trail has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Attachment, Case, Export, ReasonKind, Reveal, reason_words
from hotline.calendar import Period
from hotline.models import AuditEntry, Membership, Organisation, User
from oversight.detector_rules import limits_of
from oversight.detectors import odd_looks
from oversight.look_kinds import LOOK_KINDS, LOOK_WORDS, LOOKS, kind_of


@dataclass(frozen=True)
class LookFilters:
    """What narrows the log; both days included."""

    who: str = ""
    organisation: Organisation | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None

    def entries(self) -> QuerySet[AuditEntry, AuditEntry]:
        acts = LOOK_KINDS[self.kind][1] if self.kind in LOOK_KINDS else LOOKS
        rows = AuditEntry.objects.filter(act__in=acts)
        if self.who:
            rows = rows.filter(actor__in=User.objects.get_queryset().named(self.who).values("pk"))
        if self.organisation is not None:
            rows = rows.filter(organisation__in=Organisation.objects.within(self.organisation).values("pk"))
        if self.first:
            rows = rows.filter(at__gte=Period.days(self.first, self.first).start)
        if self.last:
            rows = rows.filter(at__lt=Period.days(self.last, self.last).end)
        return rows.select_related("actor", "organisation", "membership")


@dataclass(frozen=True)
class Look:
    """One entry with what it was about, as far as the reader reaches it."""

    entry: AuditEntry
    what: str
    detail: str
    case: Case | None
    odd: bool

    @property
    def refused(self) -> bool:
        return self.entry.result != AuditEntry.Result.OK


def told(entries: Sequence[AuditEntry], by: Membership) -> list[Look]:
    """At most six questions, however many entries."""
    reveals = _named(entries, Reveal)
    files, exports = _named(entries, Attachment), _named(entries, Export)
    cases = {str(row.case_id) for row in (*reveals.values(), *files.values())}
    cases |= {entry.object_id for entry in entries if entry.object_type == Case._meta.label_lower}
    reached = {str(case.pk): case for case in Case.objects.visible_to(by).filter(pk__in=cases)} if cases else {}
    odd = _odd(entries)
    looks = []
    for entry in entries:
        reveal, file = reveals.get(entry.object_id), files.get(entry.object_id)
        if entry.object_type == Reveal._meta.label_lower and reveal:
            key, detail = (
                str(reveal.case_id),
                _dotted(reason_words(ReasonKind.REVEAL, reveal.reason, reveal.at), reveal.note),
            )
        elif entry.object_type == Attachment._meta.label_lower and file:
            key, detail = str(file.case_id), file.name
        elif export := exports.get(entry.object_id) if entry.object_type == Export._meta.label_lower else None:
            key, detail = "", _dotted(export.number, export.title, export.purpose)
        else:
            key, detail = entry.object_id if entry.object_type == Case._meta.label_lower else "", _details(entry)
        what = str(LOOK_WORDS.get(entry.act, entry.act))
        looks.append(Look(entry, what, detail, reached.get(key), _mark(entry) in odd))
    return looks


def _named(entries: Sequence[AuditEntry], model: Any) -> dict[str, Any]:
    keys = [entry.object_id for entry in entries if entry.object_type == model._meta.label_lower]
    return {str(row.pk): row for row in model.objects.filter(pk__in=keys)} if keys else {}


def _details(entry: AuditEntry) -> str:
    given = entry.details
    by = {"last4": _("by the last four digits"), "number": _("by the whole number")}.get(given.get("by", ""), "")
    return _dotted(by, entry.reason, str(given.get("number", "")))


def _mark(entry: AuditEntry) -> tuple[Any, ...]:
    return entry.organisation_id, entry.actor_id, entry.at


def _odd(entries: Sequence[AuditEntry]) -> set[tuple[Any, ...]]:
    """Which of the reveals the detector of look-ups out of pattern would name, by its own rule and thresholds."""
    looks = [entry for entry in entries if kind_of(entry.act) == "reveal" and entry.actor_id]
    if not looks:
        return set()
    first, last = min(e.at for e in looks), max(e.at for e in looks)
    limits = limits_of(odd_looks.DETECTOR, last)
    around = timedelta(minutes=limits["minutes"], seconds=1)
    people = {e.actor_id for e in looks if e.actor_id}
    found = odd_looks.hits_of(people, Period(first - around, last + around), limits)
    return {(hit.subject.organisation, hit.subject.person, hit.at) for hit in found}


def _dotted(*parts: str) -> str:
    return " · ".join(filter(None, parts))
