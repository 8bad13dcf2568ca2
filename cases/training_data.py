"""Labelled requests to learn from: closed cases, or a file's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cases import shelves
from cases.features import Labelled, Sample, crossed
from cases.models import ENDED, Case, Category, Channel, Outcome, Target
from hotline.models import Organisation, Region
from hotline.shelf import ORGANISATIONS, REGIONS

MOST_ROWS = 40_000  # the latest: what is older than them is of a city that has changed
FETCHED = 2_000


def from_cases(target: Target, *, until: datetime, most: int = MOST_ROWS) -> Iterator[Labelled]:
    """Ended cases, the latest first, with the category or unit they ended with.

    Confidential cases teach nothing: whoever is named in them is nobody's vocabulary. Nor do refused, handed over and
    withdrawn ones, whose unit and category nobody checked.
    """
    wanted = (
        Case.objects.filter(status__in=ENDED, confidential=False, registered_at__lt=until)
        .exclude(outcome__in=[Outcome.REFUSED, Outcome.HANDED_OVER, Outcome.WITHDRAWN])
        .filter(**{f"{target}__isnull": False})
        .order_by("-registered_at", "-id")
        .only("title", "words", "kind", "channel_id", "category_id", "region_id", "unit_id", "registered_at")
    )
    for case in wanted[:most].iterator(FETCHED):
        sample = of_case(case, target)
        label = shelves.CATEGORIES.get(case.category_id).code if target == Target.CATEGORY else _unit(case)
        yield Labelled(sample, label, case.registered_at)


def _unit(case: Case) -> str:
    return ORGANISATIONS.get(case.unit_id).code


def of_case(case: Case, target: Target) -> Sample:
    """A case as a model sees it."""
    return sample_of(
        target,
        title=case.title,
        words=case.words,
        category=shelves.CATEGORIES.get(case.category_id) if case.category_id else None,
        region=REGIONS.get(case.region_id) if case.region_id else None,
        channel=shelves.CHANNELS.get(case.channel_id),
        kind=case.kind,
    )


def sample_of(
    target: Target,
    *,
    title: str,
    words: str,
    category: Category | None = None,
    region: Region | None = None,
    channel: Channel | None = None,
    kind: str = "",
) -> Sample:
    """What a model is asked with: for a category the text alone, for a unit also what it is about, where and how."""
    if target == Target.CATEGORY:
        return Sample(title, words)
    ways = [f"channel={channel.code}"] if channel else []
    ways += [f"kind={kind}"] if kind else []
    return Sample(title, words, crossed(_steps(category), _steps(region), ways))


def _steps(node: Category | Region | None) -> list[str]:
    """The codes of a node and of those above it."""
    return [code for code in node.path.split("/") if code] if node else []


@dataclass(frozen=True)
class Resolved:
    """A file's labels as codes of ours, and the labels nobody here knows."""

    rows: list[Labelled]
    unknown: dict[str, int]


def resolved(rows: list[Labelled], target: Target) -> Resolved:
    """Labels by code, else by name."""
    kind: type[Category] | type[Organisation] = Category if target == Target.CATEGORY else Organisation
    named = dict(kind.objects.order_by("pk").values_list("name", "code"))
    coded = set(named.values())
    found, unknown = [], dict[str, int]()
    for row in rows:
        code = row.label if row.label in coded else named.get(row.label)
        if code is None:
            unknown[row.label] = unknown.get(row.label, 0) + 1
        else:
            found.append(Labelled(row.sample, code, row.at))
    return Resolved(found, unknown)
