"""Plants known schemes and honest noise in the demo city, and says how many of the guilty each detector finds."""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from collections import defaultdict
from random import Random
from typing import Any, NamedTuple

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from hotline import bell
from hotline.models import Heartbeat, Organisation
from oversight import seeing
from oversight.demo import planted_calls, planted_lives, planted_months, planted_people, planting, reference, story
from oversight.demo.planting import Plot
from oversight.detector_rules import limits_of
from oversight.detectors import BY_KEY

RECALL, PRECISION = 0.9, 0.8
FEWEST = 30  # units among whom five guilty of each scheme can be drawn


class Judged(NamedTuple):
    """How many are guilty of a scheme, how many its detector names, and how many of these are guilty."""

    guilty: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.guilty

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def is_enough(self) -> bool:
        return self.recall >= RECALL and (self.precision or 0) >= PRECISION

    def __str__(self) -> str:
        precision = "–" if self.precision is None else f"{self.precision:.2f}"
        return f"guilty {self.guilty:3}  found {self.found:3}  recall {self.recall:.2f}  precision {precision}"


class Command(BaseCommand):
    help = "Judge the detectors by planted schemes: manage.py plant [--seeds 7 11] (the demo city only)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seeds", type=int, nargs="+", default=[7], help="the same seed plants the same schemes")
        parser.add_argument("--units", type=int, default=34, help="units that take part")
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
            for key, judged in judge(seed, units, keep=keep).items():
                every[key].append(judged)
                self.stdout.write(f"  {key:24} {judged}{'' if judged.is_enough else '  <'}")
        if len(seeds) > 1:
            self.stdout.write("all seeds")
            for key, parts in every.items():
                together = Judged(*(sum(counts) for counts in zip(*parts, strict=True)))
                self.stdout.write(f"  {key:24} {together}{'' if together.is_enough else '  <'}")


def judge(seed: int, units: int, *, keep: bool) -> dict[str, Judged]:
    """Plant and look, in one transaction that is undone unless it is kept: every seed finds the same city."""
    transaction.set_autocommit(False)
    gc.disable()
    try:
        with bell.silence():
            plot = plant(seed, units)
        found = {key: judged(plot, key) for key in plot.guilty}
        transaction.commit() if keep else transaction.rollback()
    except BaseException:
        transaction.rollback()
        raise
    finally:
        gc.enable()
        transaction.set_autocommit(True)
    return found


def plant(seed: int, units: int) -> Plot:
    """Add people and bodies, draw the guilty, and let everybody live for thirty days."""
    planted_people.add(units)
    now = planting.moment(timezone.now())
    scene = story.scene_of(Random(seed), now=now, days=30)  # noqa: S311 - a story needs no secrets
    added = Organisation.objects.filter(code__startswith=planted_people.MARK).order_by("pk")
    bodies = [list(added.filter(kind=kind)) for kind in (Organisation.Kind.UNIT, Organisation.Kind.CONTRACTOR)]
    plot = planting.plot(scene, *bodies)
    planted_lives.tell(plot)
    planted_calls.tell(plot)
    planted_months.tell(plot)
    return plot


def judged(plot: Plot, key: str) -> Judged:
    at = plot.scene.rhythm.now
    seen = seeing.see(BY_KEY[key], limits_of(BY_KEY[key], at), on=seeing.yesterday(at))
    guilty, found = plot.guilty[key], {one.subject for one in seen.stand_out()}
    return Judged(len(guilty), len(found), len(guilty & found))
