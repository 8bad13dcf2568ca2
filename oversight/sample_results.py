"""How far a sample is, what came of it, and whether it comes out the same when drawn again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from hotline.measures import Ratio
from hotline.models import Membership
from oversight.exact_interval import exact_interval
from oversight.models import AuditedCase, AuditSample, AuditVerdict, CaseVerdict
from oversight.sample_frames import Frame, as_text, hash_of
from oversight.sample_strata import Drawn, draw, number_of, quotas, sizes_of

SAID = (AuditVerdict.IN_ORDER, AuditVerdict.FAULT, AuditVerdict.EXPLAIN)


def with_verdicts(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Each case with what is said of it at present: ``verdict``, ``fault`` and by whom, or None."""
    latest = CaseVerdict.objects.filter(audited=OuterRef("pk")).order_by("-serial")
    found: QuerySet[Any, Any] = rows.annotate(
        verdict=Subquery(latest.values("verdict")[:1]),
        fault=Subquery(latest.values("fault")[:1]),
        judged_by=Subquery(latest.values("by")[:1]),
    )
    return found


@dataclass(frozen=True)
class Result:
    """Cases of a sample by what is said of them. The share of faults is of those settled one way or the other; what is
    to be explained, or not judged yet, counts in neither."""

    in_order: int
    fault: int
    explain: int
    n: int

    @property
    def judged(self) -> int:
        return self.in_order + self.fault + self.explain

    @property
    def share(self) -> float:
        """How far the auditors are, 0 to 1."""
        return self.judged / self.n if self.n else 0.0

    @property
    def faults(self) -> Ratio:
        return Ratio(self.fault, self.in_order + self.fault)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares the fault rate of the whole frame lies, with 95 % confidence."""
        return exact_interval(self.fault, self.in_order + self.fault)


def results_of(samples: Iterable[AuditSample]) -> dict[int, Result]:
    """Of each frozen sample, by its key; one question for all."""
    rows = with_verdicts(AuditedCase.objects.filter(sample__in=[sample.pk for sample in samples]))
    counted: dict[int, dict[str | None, int]] = {}
    for sample, verdict, n in rows.order_by().values_list("sample", "verdict").annotate(n=Count("pk")):
        counted.setdefault(sample, {})[verdict] = n
    return {sample: _result(by_verdict) for sample, by_verdict in counted.items()}


def _result(by_verdict: dict[str | None, int]) -> Result:
    in_order, fault, explain = (by_verdict.get(verdict, 0) for verdict in SAID)
    return Result(in_order, fault, explain, sum(by_verdict.values()))


@dataclass(frozen=True)
class Again:
    """A sample drawn anew: from what its row holds, and how today's cases differ from the frame it was drawn from."""

    frame_holds: bool
    list_holds: bool
    gone: int
    new: int

    @property
    def same(self) -> bool:
        return self.frame_holds and self.list_holds


def drawn_again(sample: AuditSample, by: Membership) -> Again:
    """Whoever changed the frame, the seed or the list is found out. Cases reopened or closed since change neither."""
    frame = {number_of(line) for line in sample.frame.splitlines()}
    again = draw(sample.frame, sample.seed, sample.wanted, stratified=bool(sample.strata_by))
    listed = [Drawn(*row) for row in sample.cases.order_by("position").values_list("number", "stratum")]
    now = set(Frame.of(sample).numbers(by))
    return Again(
        frame_holds=hash_of(sample.frame) == sample.frame_hash,
        list_holds=listed == again and hash_of(as_text([one.number for one in again])) == sample.list_hash,
        gone=len(frame - now),
        new=len(now - frame),
    )


@dataclass(frozen=True)
class Stratum:
    """One stratum of a sample: how many cases it has in the frame, how many are drawn of it, what came of them."""

    code: str
    size: int
    drawn: int
    result: Result


def strata_of(sample: AuditSample, rows: Iterable[Any]) -> list[Stratum]:
    """Counted from the frame; ``rows`` are the cases drawn, each with its verdict, or none while it is a draft."""
    if not sample.strata_by:
        return []
    sizes, said = sizes_of(sample.frame), dict[str, dict[str | None, int]]()
    for row in rows:
        counts = said.setdefault(row.stratum, {})
        counts[row.verdict] = counts.get(row.verdict, 0) + 1
    drawn = quotas(sizes, sample.wanted)
    return [Stratum(code, size, drawn[code], _result(said.get(code, {}))) for code, size in sizes.items()]
