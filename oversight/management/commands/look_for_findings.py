"""The detectors' look at the thirty days up to yesterday, or up to a day; each is kept once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date

from hotline.acts import NotNow
from oversight import detecting
from oversight.detectors import DETECTORS

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Look for findings: manage.py look_for_findings [--on 2026-03-08]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=parse_date, help="the last of the thirty days looked at (default: yesterday)")

    def handle(self, *, on: Any, **options: Any) -> None:
        at = timezone.now()
        for detector in DETECTORS if on else detecting.due(at):
            try:
                run = detecting.look(detector, at=at, on=on)
            except NotNow:
                continue  # somebody else looked meanwhile
            except Exception:
                log.exception("detector_stuck", detector=detector.key)
                continue
            self.stdout.write(f"{detector.key}: {run.hits} of {run.of} as it describes")
