"""What a drill found: figures with their limits, kept beside the code with their seed and date."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).parent / "figures"
Number = int | float


@dataclass
class Report:
    """The figures of one run. A figure outside its limit breaks the promise."""

    name: str
    seed: int
    figures: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def figure(
        self,
        name: str,
        value: Number,
        *,
        exactly: Number | None = None,
        at_most: Number | None = None,
        at_least: Number | None = None,
    ) -> None:
        """State a figure and what it must be."""
        shown = round(value, 3) if isinstance(value, float) else value
        self.figures[name] = shown
        bounds = []
        if exactly is not None:
            bounds.append((value == exactly, f"must be {exactly}"))
        if at_most is not None:
            bounds.append((value <= at_most, f"at most {at_most}"))
        if at_least is not None:
            bounds.append((value >= at_least, f"at least {at_least}"))
        broken = [words for kept, words in bounds if not kept]
        limits = ", ".join(words for _kept, words in bounds)
        print(f"  {name}: {shown}" + (f"  ({limits})" if limits else "") + ("  BROKEN" if broken else ""), flush=True)
        self.broken += [f"{name} is {shown}: {words}" for words in broken]

    def fault(self, sentence: str) -> None:
        """State that something happened which must not."""
        print(f"  BROKEN: {sentence}", flush=True)
        self.broken.append(sentence)

    def keep(self, arguments: Sequence[str], seconds: float) -> None:
        """Write the figures where ``bin/check`` lists them."""
        FIGURES.mkdir(exist_ok=True)
        kept = {
            "date": datetime.now(UTC).date().isoformat(),
            "arguments": list(arguments),
            "seed": self.seed,
            "seconds": round(seconds),
            "machine": f"{os.cpu_count()} cores, {platform.machine()}",
            "held": not self.broken,
            "figures": self.figures,
        }
        path = FIGURES / f"{self.name}.json"
        path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def last(name: str) -> dict[str, Any] | None:
    """The figures kept of a drill, if it was ever run."""
    path = FIGURES / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of all do not exceed; 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
