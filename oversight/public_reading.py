"""What the public page and the open data say, read from what is frozen: a visitor never has anything counted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from cases.models import TopicRun
from contractors.models import Assessment, Contract
from hotline.kept import Kept
from hotline.measures import MEASURES, Measure, Ratio, Unit
from hotline.wording import in_language
from oversight.cost_lines import ContractCost, contract_costs
from oversight.models import MonthCost, PublicMonth, TopicName, TopicWording, TypicalCase
from oversight.published import OF_CALLS, OF_CASES

VOLUMES = ("calls_offered", "calls_answered", "intake", "excluded", "suspended", "backlog")
DIMENSIONS = ("unit", "category", "channel", "kind", "district")
COLUMNS = (
    "month",
    "measure",
    "version",
    "unit",
    "unit_name",
    "category",
    "category_name",
    "channel",
    "channel_name",
    "kind",
    "kind_name",
    "district",
    "district_name",
    "numerator",
    "denominator",
    "excluded",
    "withheld",
)
MONTHS_KEPT = 24
TOLD, CONTRACTS = 6, 6


@dataclass(frozen=True)
class Month:
    """A frozen month without its rows; known by its digest."""

    pk: int
    month: date
    made_at: datetime
    minimum_n: int
    digest: str
    figures: Mapping[str, Mapping[str, Any]] = field(compare=False)

    @property
    def slug(self) -> str:
        return f"{self.month:%Y-%m}"

    def volumes(self) -> list[Figure]:
        return [self.figure(key) for key in VOLUMES]

    def rates(self) -> list[Figure]:
        keys = (*OF_CALLS, *OF_CASES)
        return [self.figure(key) for key in keys if key not in VOLUMES and key in self.figures]

    def figure(self, key: str) -> Figure:
        return Figure(MEASURES[key], self.figures[key])


@dataclass(frozen=True)
class Figure:
    """One figure of the city as it was frozen."""

    measure: Measure
    told: Mapping[str, Any]

    @property
    def name(self) -> str | Promise:
        name: str | Promise = self.measure.name
        return name

    @property
    def version(self) -> int:
        return int(self.told["version"])

    @property
    def is_withheld(self) -> bool:
        return bool(self.told["withheld"])

    @property
    def n(self) -> int | None:
        return self.told.get("n")

    @property
    def ratio(self) -> Ratio | None:
        if self.is_withheld or self.told["unit"] != Unit.PERCENT:
            return None
        return Ratio(Decimal(self.told["numerator"]), self.told["denominator"], self.told["excluded"] or 0)

    @property
    def few_excluded(self) -> bool:
        """Some were left out, too few to be told."""
        return not self.is_withheld and self.told["unit"] == Unit.PERCENT and self.told["excluded"] is None

    @property
    def mean(self) -> timedelta | None:
        if self.is_withheld or self.told["unit"] != Unit.TIME or not self.told["n"]:
            return None
        return timedelta(seconds=self.told["seconds"]) / int(self.told["n"])


@dataclass(frozen=True)
class Cell:
    """A row of the open data."""

    told: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What it is of, in the reader's language."""
        return " · ".join(in_language(names["zh"], names["en"]) for names in self.told["of"].values())

    @property
    def is_withheld(self) -> bool:
        return bool(self.told["withheld"])

    @property
    def n(self) -> int | None:
        return None if self.is_withheld else int(self.told["numerator"])

    @property
    def ratio(self) -> Ratio | None:
        return None if self.is_withheld else Ratio(Decimal(self.told["numerator"]), int(self.told["denominator"]))


def _months() -> list[Month]:
    frozen = PublicMonth.objects.defer("rows").order_by("-month")[:MONTHS_KEPT]
    return [
        Month(m.pk, m.month, m.made_at, m.minimum_n, m.digest, {told["measure"]: told for told in m.figures})
        for m in frozen
    ]


months = Kept(_months, PublicMonth)


@dataclass(frozen=True)
class TopicTold:
    """A hot topic by a name that somebody let out."""

    name: str
    name_en: str
    n: int
    on: date

    @property
    def label(self) -> str:
        return in_language(self.name, self.name_en)


def _topics() -> list[TopicTold]:
    """Last night's, as far as their names are released and they are about enough requests; none counts confidential
    ones."""
    run = TopicRun.objects.order_by("-on").first()
    names = {name.name: name for name in TopicName.objects.all()}
    if run is None or not names:
        return []
    worded = dict(TopicWording.objects.filter(name__in=names).order_by("serial").values_list("name", "words"))
    found = [(names.get(topic.name[:60]), topic) for topic in run.topics.filter(n__gte=_least()).order_by("rank")]
    return [
        TopicTold(worded.get(name.name, name.name), name.name_en, topic.n, run.on)
        for name, topic in found
        if name is not None
    ]


def _least() -> int:
    return int(settings.PUBLIC_MINIMUM_N)


def _told() -> list[TypicalCase]:
    """The latest typical cases; one that was sealed since is not told any more."""
    published = TypicalCase.objects.published().filter(case__confidential=False)
    return list(published.order_by("-approved_at", "-pk")[:TOLD])


def _contracts() -> list[ContractCost]:
    signed = Contract.objects.signed().select_related("organisation")
    return contract_costs(list(signed.order_by("-term", "pk")[:CONTRACTS]))


topics = Kept(_topics, TopicRun, TopicName, TopicWording)
told = Kept(_told, TypicalCase)
contracts = Kept(_contracts, Contract, Assessment, MonthCost)


@lru_cache(maxsize=MONTHS_KEPT)
def rows_of(month: Month) -> tuple[Mapping[str, Any], ...]:
    """A month's rows; they never change."""
    return tuple(PublicMonth.objects.values_list("rows", flat=True).get(pk=month.pk))


def cells(month: Month, key: str, *dimensions: str) -> list[Cell]:
    """The month's cells of one measure by exactly these dimensions, in the order of their codes."""
    return [Cell(row) for row in rows_of(month) if row["measure"] == key and set(row["of"]) == set(dimensions)]


@lru_cache(maxsize=MONTHS_KEPT)
def as_csv(month: Month) -> bytes:
    """The month as a table, one figure or cell a row; what a row is not of is empty. Names are Chinese."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(_lines(month))
    return "\ufeff".encode() + written.getvalue().encode()


@lru_cache(maxsize=MONTHS_KEPT)
def as_json(month: Month) -> bytes:
    """The same as JSON, with both languages and the digest of what was frozen."""
    told = {
        "month": month.slug,
        "made_at": month.made_at.isoformat(),
        "minimum_n": month.minimum_n,
        "sha256": month.digest,
        "figures": list(month.figures.values()),
        "cells": list(rows_of(month)),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _lines(month: Month) -> Iterator[dict[str, Any]]:
    for key, told in month.figures.items():
        counted = {"numerator": told.get("numerator", told.get("seconds", told.get("n")))}
        if told["unit"] != Unit.COUNT:
            counted |= {"denominator": told.get("denominator", told.get("n")), "excluded": told.get("excluded")}
        yield _line(month, key, told, counted)
    for row in rows_of(month):
        yield _line(month, row["measure"], row, {"numerator": row["numerator"], "denominator": row["denominator"]})


def _line(month: Month, key: str, told: Mapping[str, Any], counted: dict[str, Any]) -> dict[str, Any]:
    named = {name: names["code"] for name, names in told.get("of", {}).items()}
    named |= {f"{name}_name": names["zh"] for name, names in told.get("of", {}).items()}
    plain = {name: "" if value is None else value for name, value in counted.items()}
    withheld = int(told["withheld"])
    return {"month": month.slug, "measure": key, "version": told["version"], "withheld": withheld, **named, **plain}
