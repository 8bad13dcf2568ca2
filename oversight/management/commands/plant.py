"""Plants known schemes and honest noise in the demo city, and says how many of the guilty each detector finds."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management import BaseCommand, CommandError

from hotline.models import Heartbeat
from oversight.demo import judging, reference
from oversight.demo.judging import Judged
from oversight.demo.planting import UNITS

FEWEST = 30  # units among whom five guilty of each scheme can be drawn


class Command(BaseCommand):
    help = "Judge the detectors by planted schemes: manage.py plant [--seeds 7 11] (the demo city only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seeds", type=int, nargs="+", default=[7], help="the same seed plants the same schemes")
        parser.add_argument("--units", type=int, default=UNITS, help="units that take part")
        parser.add_argument("--keep", action="store_true", help="leave what was planted in the city, to look at")

    def handle(self, *, seeds: list[int], units: int, keep: bool, **options: Any) -> None:
        if not Heartbeat.objects.filter(name=reference.GROUND).exists():
            raise CommandError("This is not the demo city. Schemes are planted nowhere else.")
        if units < FEWEST:
            raise CommandError(f"At least {FEWEST} units must take part.")
        if keep and len(seeds) > 1:
            raise CommandError("Only one seed can be kept.")
        every: dict[str, list[Judged]] = defaultdict(list)
        for seed in seeds:
            self.stdout.write(f"seed {seed}")
            for key, judged in judging.judge(seed, units, say=self.stdout.write, keep=keep).items():
                every[key].append(judged)
                self.tell(key, judged)
        if len(seeds) > 1:
            self.stdout.write("all seeds")
            for key, parts in every.items():
                self.tell(key, judging.together(parts))

    def tell(self, key: str, judged: Judged) -> None:
        self.stdout.write(f"  {key:24} {judged}{'' if judged.is_enough else '  <'}")
