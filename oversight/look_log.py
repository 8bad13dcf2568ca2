"""Who saw personal data: every reveal, search by telephone, file, export and print, as the audit trail has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Attachment, Case, Export, IndependentCallback, ReasonKind, Reveal, reason_words
from hotline.calendar import Period
from hotline.models import AuditEntry, Membership, Organisation, User
from oversight.detector_rules import limits_of
from oversight.detectors import odd_looks
from oversight.look_kinds import LOOK_KINDS, LOOK_WORDS, LOOKS, kind_of

CALLBACK = IndependentCallback._meta.label_lower  # its case is told once the citizen has answered


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
    """At most seven questions, however many entries."""
    rows = {
        model._meta.label_lower: _named(entries, model._default_manager.all()) for model in (Reveal, Attachment, Export)
    }
    rows[CALLBACK] = _named(entries, IndependentCallback.objects.visible_to(by))
    about = [_about(entry, rows.get(entry.object_type, {}).get(entry.object_id)) for entry in entries]
    cases = {key for key, _detail in about if key}
    reached = {str(case.pk): case for case in Case.objects.visible_to(by).filter(pk__in=cases)} if cases else {}
    odd = _odd(entries)
    return [
        Look(entry, str(LOOK_WORDS.get(entry.act, entry.act)), detail, reached.get(key), _mark(entry) in odd)
        for entry, (key, detail) in zip(entries, about, strict=True)
    ]


def _about(entry: AuditEntry, row: Any) -> tuple[str, str]:
    """The key of the case it was about, '' if none that may be told; and what else there is to say."""
    match row:
        case Reveal():
            return str(row.case_id), _dotted(reason_words(ReasonKind.REVEAL, row.reason, row.at), row.note)
        case Attachment():
            return str(row.case_id), row.name
        case Export():
            return "", _dotted(row.number, row.title, row.purpose)
        case IndependentCallback():
            return str(row.case_id), _details(entry)
    return entry.object_id if entry.object_type == Case._meta.label_lower else "", _details(entry)


def _named(entries: Sequence[AuditEntry], rows: QuerySet[Any, Any]) -> dict[str, Any]:
    keys = [entry.object_id for entry in entries if entry.object_type == rows.model._meta.label_lower]
    return {str(row.pk): row for row in rows.filter(pk__in=keys)} if keys else {}


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
