"""The supervisor's page panel by panel, each asked for a period of its own, so that nothing is kept from before."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from bench.speed.city import City
from bench.speed.client import Request
from bench.speed.job import Job
from bench.speed.reads import Requests
from cases.models import Category
from hotline.models import Region
from oversight.pages.overview import PANELS

PANEL = {"p95 c=1": 150}
WHOLE = {"p95 c=1": 1000}
DAYS = 30


def fresh(path: str, **given: str) -> Requests:
    """Thirty days, another thirty with each request; the last of them is today in one of five."""

    def requests(city: City) -> Iterator[Request]:
        today = city.until.date()
        for n in itertools.count():
            last = today - timedelta(days=n % 5 * 3)
            first = last - timedelta(days=DAYS - 1 - n // 5 % 25)
            yield Request(f"{path}?{urlencode({'period': 'custom', 'first': first, 'last': last, **given})}")

    return requests


def narrowed(path: str, *names: str) -> Requests:
    """Of one subject with all beneath it, of one area."""

    def requests(city: City) -> Iterator[Request]:
        codes = {
            "category": Category.objects.filter(depth=0).order_by("path").values_list("code", flat=True)[0],
            "region": Region.objects.filter(level="district").order_by("path").values_list("code", flat=True)[0],
            "channel": "phone",
        }
        return fresh(path, **{name: codes[name] for name in names})(city)

    return requests


def job(name: str, title: str, requests: Requests, targets: Mapping[str, float]) -> Job:
    return Job(name, title, "yan", requests, targets, page=True)


OUTCOMES = "/overview/panels/outcomes/"
EACH = [(f"panel-{name}", f"the supervisor's panel: {name}", f"/overview/panels/{name}/") for name in PANELS]
PANEL_JOBS = [
    *(job(name, title, fresh(path), PANEL) for name, title, path in EACH),
    job("panel-subject", "outcomes of a subject", narrowed(OUTCOMES, "category"), PANEL),
    job("panel-channel", "outcomes of a channel", narrowed(OUTCOMES, "channel"), PANEL),
    job("panel-both", "outcomes of a subject in an area", narrowed(OUTCOMES, "category", "region"), PANEL),
    job("overview-cold", "the supervisor's page, nothing kept", fresh("/overview/"), WHOLE),
]  # fmt: skip
