"""Figures for Prometheus: requests as they are served, and at each scrape what waits and how late it is.

With several server processes set PROMETHEUS_MULTIPROC_DIR; the library then adds their counts up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from hotline.health import Level, read_signs
from hotline.models import Message

REQUESTS = Counter("hotline_requests", "Requests served", ["view", "method", "status"])
LATENCY = Histogram(
    "hotline_request_seconds",
    "Time to answer",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class MetricsMiddleware:
    """Counts and times every request by the name of its page, never by its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(view or "none", method, response.status_code).inc()
        LATENCY.labels(view or "none").observe(time.perf_counter() - started)
        return response


class Standing(Collector):
    """What stands in the database, read at the moment it is asked for."""

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        at = timezone.now()
        signs = read_signs(at)
        level = GaugeMetricFamily("hotline_sign_level", "0 ok, 1 degraded, 2 critical", labels=["sign"])
        value = GaugeMetricFamily("hotline_sign_value", "Its figure, mostly seconds", labels=["sign"])
        for sign in signs:
            level.add_metric([sign.name], list(Level).index(sign.level))
            if sign.value is not None:
                value.add_metric([sign.name], sign.value)
        yield from (level, value)
        if signs[0].level == Level.CRITICAL:
            return
        waiting = Message.objects.filter(next_attempt_at__isnull=False).count()
        yield GaugeMetricFamily("hotline_outbox_waiting", "Messages not sent yet", waiting)
        for named in settings.GAUGES:
            for name, (words, figure) in import_string(named)(at).items():
                yield GaugeMetricFamily(name, words, figure)


def as_text() -> bytes:
    """Everything, in Prometheus' text format."""
    counted: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    standing = CollectorRegistry()
    standing.register(Standing())
    return generate_latest(counted) + generate_latest(standing)
