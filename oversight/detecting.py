"""The detectors' nightly look: what stands out becomes a finding, once, and grows until people settle it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from hotline.acts import NotNow, verb
from hotline.models import Membership
from oversight.detector import Detector, Hit, Suspicion
from oversight.detector_rules import limits_of
from oversight.detectors import DETECTORS
from oversight.models import DetectorRun, Finding, FindingRow
from oversight.seeing import first_day, see, yesterday


def due(at: datetime) -> list[Detector]:
    """Those that have not looked at the days up to yesterday yet."""
    looked = set(DetectorRun.objects.filter(on=yesterday(at)).values_list("detector", flat=True))
    return [detector for detector in DETECTORS if detector.key not in looked]


def look(detector: Detector, *, at: datetime, on: date | None = None) -> DetectorRun:
    """Look at the thirty days up to ``on`` (yesterday) and keep what stands out. Raises NotNow if it was done."""
    on = on or yesterday(at)
    seen = see(detector, limits_of(detector, at), on=on)
    run = DetectorRun(
        detector=detector.key,
        on=on,
        first=first_day(on),
        looked_at=at,
        version=detector.version,
        limits=dict(seen.limits),
        of=sum(seen.looked_at.values()),
        hits=len(seen.hits),
    )
    return keep(run, seen.stand_out(_not_settled_before(detector, seen.hits)), by=None, at=at)


def _not_settled_before(detector: Detector, hits: Sequence[Hit]) -> Iterable[Hit]:
    """What people said their word on is not held against anybody a second time."""
    settled = FindingRow.objects.filter(detector=detector.key, finding__settled_at__isnull=False)
    known = set(settled.filter(ref__in=[hit.ref for hit in hits]).values_list("ref", flat=True))
    return [hit for hit in hits if hit.ref not in known]


@verb
def keep(run: DetectorRun, found: Sequence[Suspicion], *, by: Membership | None, at: datetime) -> DetectorRun:
    """Keep a look with its findings: an unsettled one about the same body or person grows, else one begins."""
    kept, fresh = DetectorRun.objects.get_or_create(
        detector=run.detector, on=run.on, defaults={f: getattr(run, f) for f in _FIELDS}
    )
    if not fresh:
        raise NotNow(f"{run.detector} looked at the days up to {run.on} before")
    for suspicion in found:
        _grow(kept, suspicion, at=at)
    return kept


_FIELDS = ("first", "looked_at", "version", "limits", "of", "hits")


def _grow(run: DetectorRun, suspicion: Suspicion, *, at: datetime) -> None:
    subject = suspicion.subject
    now = {"version": run.version, "limits": run.limits, "of": suspicion.of, "peers": suspicion.peers, "last": run.on}
    finding, fresh = (
        Finding.objects.select_for_update()
        .unsettled()
        .get_or_create(
            detector=run.detector,
            organisation_id=subject.organisation,
            person_id=subject.person,
            defaults={**now, "n": len(suspicion.hits), "first": run.first, "found_at": at, "grown_at": at},
        )
    )
    rows = [
        FindingRow(
            finding=finding, detector=run.detector, ref=h.ref, at=h.at, case_id=h.case, call_id=h.call, facts=h.facts
        )
        for h in suspicion.hits
    ]
    before = finding.rows.count()
    FindingRow.objects.bulk_create(rows, ignore_conflicts=True)
    finding.n = finding.rows.count()
    if fresh or finding.n > before:
        for name, value in now.items():
            setattr(finding, name, value)
        finding.grown_at = at
    finding.save()
