"""How well each detector tells the guilty from the honest in a planted city, over one seed or several."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from hotline import bell
from hotline.models import Organisation
from oversight import seeing
from oversight.demo import planted_calls, planted_lives, planted_months, planted_people, planting, story
from oversight.demo.planting import Plot
from oversight.detector_rules import limits_of
from oversight.detectors import BY_KEY
from oversight.exact_interval import exact_interval

RECALL, PRECISION = 0.9, 0.8


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
        return (
            f"guilty {self.guilty:3}  found {self.right:3}  false {self.found - self.right:3}"
            f"  recall {_share(self.right, self.guilty)}  precision {_share(self.right, self.found)}"
        )


def _share(hits: int, n: int) -> str:
    """With the exact interval of 95 per cent."""
    between = exact_interval(hits, n)
    return "–" if between is None else f"{hits / n:.2f} ({between[0]:.2f}–{between[1]:.2f})"


def together(parts: Iterable[Judged]) -> Judged:
    """Several seeds as one."""
    return Judged(*(sum(counts) for counts in zip(*parts, strict=True)))


def judge(seed: int, units: int, *, say: Callable[[str], object], keep: bool = False) -> dict[str, Judged]:
    """Plant and look, in one transaction that is undone unless it is kept: every seed finds the same city.

    ``say`` is told of everybody a detector was wrong about.
    """
    transaction.set_autocommit(False)
    gc.disable()
    try:
        with bell.silence():
            plot = plant(seed, units)
        with connection.cursor() as cursor:  # a city that lived through all this would have its statistics
            cursor.execute("ANALYZE")
        found = {key: judged(plot, key, say) for key in plot.guilty}
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


def judged(plot: Plot, key: str, say: Callable[[str], object]) -> Judged:
    at = plot.scene.rhythm.now
    seen = seeing.see(BY_KEY[key], limits_of(BY_KEY[key], at), on=seeing.yesterday(at))
    guilty, found = plot.guilty[key], {one.subject for one in seen.stand_out()}
    hits = Counter(hit.subject for hit in seen.hits)
    for subject in sorted(guilty ^ found, key=lambda one: (one.organisation, one.person or 0)):
        also = ", ".join(other for other, ones in plot.guilty.items() if subject in ones and other != key)
        wrong = "overlooked" if subject in guilty else "named and honest"
        say(f"  {key:24} {wrong}: {hits[subject]} of {seen.looked_at.get(subject, 0)}{also and f', guilty of {also}'}")
    return Judged(len(guilty), len(found), len(guilty & found))
