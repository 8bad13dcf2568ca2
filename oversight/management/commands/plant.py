"""Plants known schemes and honest noise in the demo city, and says how many of the guilty each detector finds."""

from __future__ import annotations

from argparse import ArgumentParser
from random import Random
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from hotline import bell
from hotline.models import Heartbeat
from oversight import detecting
from oversight.demo import planting, reference, story
from oversight.detector import Subject
from oversight.detectors import BY_KEY


class Command(BaseCommand):
    help = "Judge the detectors by planted schemes: manage.py plant [--seed 7] [--units 10] (the demo city only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=7, help="the same seed plants the same schemes")
        parser.add_argument("--units", type=int, default=12, help="units that take part")

    def handle(self, *, seed: int, units: int, **options: Any) -> None:
        if not Heartbeat.objects.filter(name=reference.GROUND).exists():
            raise CommandError("This is not the demo city. Schemes are planted nowhere else.")
        now = timezone.now()
        scene = story.scene_of(Random(seed), now=now, days=30)  # noqa: S311 - a story needs no secrets
        plot = planting.plot(scene, units)
        with bell.silence():
            planting.tell(plot)
        for key, guilty in plot.guilty.items():
            found = {one.subject for one in detecting.see(BY_KEY[key], at=now).stand_out()}
            self.stdout.write(f"{key:24} {told(guilty, found)}")


def told(guilty: set[Subject], found: set[Subject]) -> str:
    right = len(guilty & found)
    precision = f"{right / len(found):.2f}" if found else "–"
    return f"guilty {len(guilty)}  found {len(found)}  recall {right / len(guilty):.2f}  precision {precision}"
