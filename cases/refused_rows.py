"""The rows of a file that were not taken: each with its reason, in a file beside, for whoever mends them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from cases.import_mapping import cell_text


class RefusedRows:
    """Kept until they are written, which is after the batch they came in was taken."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.reasons: Counter[str] = Counter()
        self._waiting: list[tuple[int, str, list[Any]]] = []

    def add(self, n: int, reason: str, cells: list[Any]) -> None:
        self.reasons[reason.partition(":")[0].partition("“")[0].strip()] += 1
        self._waiting.append((n, reason, cells))

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def total(self) -> int:
        return sum(self.reasons.values())

    def write(self) -> None:
        if not self._waiting:
            return
        new = not self.place.exists()
        with self.place.open("a", encoding="utf-8-sig", newline="") as file:
            self.place.chmod(0o600)  # the rows may hold personal data
            out = csv.writer(file)
            if new:
                out.writerow(["row", "reason", "cells"])
            out.writerows([n, reason, *map(cell_text, cells)] for n, reason, cells in self._waiting)
        self._waiting.clear()

    def lines(self) -> list[str]:
        """What a summary says of them."""
        found = [f"  {n} × {reason}" for reason, n in self.reasons.most_common(20)]
        return [*found, f"  refused rows are in {self.place}"] if found else []
