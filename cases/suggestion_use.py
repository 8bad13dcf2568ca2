"""How good suggestions are in use: what was proposed at intake beside what the person chose, day by day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, Sum

from cases.deadlines import local_date
from cases.models import Case, SuggestionModel, SuggestionUse, Target
from hotline.calendar import Period
from hotline.measures import Ratio

COUNTED_AFTER = timedelta(days=2)  # by then a dispatcher has confirmed the unit or chosen another
LOOKS_BACK = 30
PROPOSALS = {Target.CATEGORY: "categories", Target.UNIT: "units"}


@dataclass
class _Count:
    offered: int = 0
    first: int = 0
    among: int = 0


@dataclass(frozen=True)
class InUse:
    """Of the requests a model had a proposal for: chosen was its first one, or any of them."""

    first: Ratio
    among: Ratio


def count_days(at: datetime) -> int:
    """Count every finished day not counted yet, for the models then in use; returns the days counted."""
    last = local_date(at) - COUNTED_AFTER
    first = last - timedelta(LOOKS_BACK - 1)
    used = SuggestionModel.objects.filter(Q(on_since__isnull=False) | Q(off_since__gte=Period.days(first, last).start))
    models = {(model.target, model.source): model for model in used}
    begun = [local_date(model.finished_at) for model in models.values() if model.finished_at]
    counted = set(SuggestionUse.objects.filter(on__gte=first).values_list("on", flat=True))
    days = [
        first + timedelta(n)
        for n in range(LOOKS_BACK)
        if first + timedelta(n) >= min(begun, default=last + timedelta(1))
    ]
    for day in (fresh := [day for day in days if day not in counted]):
        found = _count(day)
        rows = [(model, found.get(key, _Count())) for key, model in models.items()]  # a day of none is counted, too
        SuggestionUse.objects.bulk_create(
            [SuggestionUse(model=m, on=day, offered=n.offered, first=n.first, among=n.among) for m, n in rows],
            ignore_conflicts=True,
        )
    return len(fresh)


def _count(day: date) -> dict[tuple[str, str], _Count]:
    """The day's requests, by the target and the source of the first proposal."""
    within = Period.days(day, day)
    counts: dict[tuple[str, str], _Count] = defaultdict(_Count)
    rows = Case.objects.filter(registered_at__gte=within.start, registered_at__lt=within.end)
    for kept, category, unit in rows.values_list("routing", "category__code", "unit__code").iterator(1_000):
        for target, right in ((Target.CATEGORY, category), (Target.UNIT, unit)):
            _add(counts, target, kept.get(PROPOSALS[target], []), right)
    return counts


def _add(counts: dict[tuple[str, str], _Count], target: Target, proposals: list[dict[str, Any]], right: str) -> None:
    """Judge each source by its own proposals: the first of them, and any of them."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for proposal in proposals:
        by_source[proposal.get("source", "")].append(proposal["code"])
    for source, codes in by_source.items():
        if source.startswith("model:") and right:
            count = counts[target, source]
            count.offered += 1
            count.first += codes[0] == right
            count.among += right in codes


def in_use(models: list[SuggestionModel], at: datetime) -> dict[int, InUse]:
    """The last thirty days counted, by the model's key."""
    rows = (
        SuggestionUse.objects.filter(model__in=models, on__gt=local_date(at) - COUNTED_AFTER - timedelta(LOOKS_BACK))
        .values("model")
        .annotate(offered_sum=Sum("offered"), first_sum=Sum("first"), among_sum=Sum("among"))
    )
    return {
        row["model"]: InUse(Ratio(row["first_sum"], row["offered_sum"]), Ratio(row["among_sum"], row["offered_sum"]))
        for row in rows
    }
