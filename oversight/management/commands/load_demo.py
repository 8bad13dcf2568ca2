"""A city to look at: made-up people, and what they asked of it in the last months."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from cases.models import Case
from hotline.models import Organisation
from oversight.demo import reference, story


class Command(BaseCommand):
    help = "Load the demo city, unless there is a city already"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=600, help="about how many cases to tell of")
        parser.add_argument("--days", type=int, default=90, help="in how many days up to now")
        parser.add_argument("--seed", type=int, default=7, help="the same seed tells the same story")

    def handle(self, *args: Any, cases: int, days: int, seed: int, **options: Any) -> None:
        if Organisation.objects.exists():
            return
        now, began = timezone.now(), time.monotonic()
        reference.load(at=now - timedelta(days=days))
        story.tell(now=now, days=days, cases=cases, seed=seed)
        seconds = time.monotonic() - began
        self.stdout.write(f"  The demo city 云州 is loaded: {Case.objects.count()} cases in {seconds:.0f} seconds")
