"""How good suggestions learned from a file are, on rows that were kept apart. Changes nothing."""

from __future__ import annotations

import resource
import statistics
import time
from argparse import ArgumentParser
from datetime import datetime
from datetime import time as midnight
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from cases import training
from cases.features import Labelled
from cases.judging import Figures
from cases.linear_model import LinearModel
from cases.model_training import TooLittle
from cases.models import Target
from cases.sample_files import BadSampleFile, add_columns, read_samples, target_of, told

ASKED = 200


class Command(BaseCommand):
    help = "Judge suggestions: manage.py evaluate_suggestions FILE [--since 2018-10-01] [--column label=NAME …]"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--target", choices=Target.values, help="what is proposed; units if the file names any")
        parser.add_argument(
            "--since", type=parse_date, help="judge by the rows from this day on (default: latest fifth)"
        )
        add_columns(parser)

    def handle(self, *, file: Path, target: str | None, since: Any, **options: Any) -> None:
        try:
            columns = told(options)
            wanted = Target(target) if target else target_of(file, columns)
            rows = list(read_samples(file, columns, wanted))
            given = training.material(rows, even=wanted == Target.CATEGORY)
            self._tell(given, rows, wanted, since)
        except (BadSampleFile, TooLittle) as error:
            raise CommandError(str(error)) from error

    def _tell(self, given: training.Material, rows: list[Labelled], target: Target, since: Any) -> None:
        likes = len(rows) - len(np.unique(given.corpus.groups))
        self.stdout.write(f"{len(rows)} rows, proposing the {target}; {likes} are nearly the same as another row")
        if given.times:
            cut = timezone.make_aware(datetime.combine(since, midnight())) if since else None
            self._print(training.later_judged(given, cut), "judged by the later rows, without likes of earlier ones")
        else:
            found = training.cross_validated(given.corpus, lambda share: None)
            self._print(found, f"judged by all rows in {training.FOLDS} folds; nearly the same rows are in one fold")
        began, used = time.perf_counter(), time.process_time()
        model, _judged = training.train(given, lambda share: None)
        self.stdout.write(f"trained in {time.perf_counter() - began:.0f} s ({time.process_time() - used:.0f} s of CPU)")
        self._answering(model, rows)

    def _print(self, found: Figures, how: str) -> None:
        self.stdout.write(f"{found.judged} {how}")
        self.stdout.write(
            f"macro-F1 {found.macro_f1:.4f}   first right {found.top1:.4f}   among three {found.top3:.4f}   "
            f"confidence off by {found.calibration_error:.3f}"
        )
        for one in sorted(found.labels, key=lambda one: -one.n)[:40]:
            self.stdout.write(
                f"  {one.n:6}  F1 {one.f1:.3f}  precision {one.precision:.3f}  recall {one.recall:.3f}  {one.label}"
            )

    def _answering(self, model: LinearModel, rows: list[Labelled]) -> None:
        """How long an answer takes once the model is stored and read again."""
        stored = model.to_bytes()
        model = LinearModel.from_bytes(stored)
        spent = []
        for row in rows[:: max(len(rows) // ASKED, 1)]:
            began = time.perf_counter()
            model.guess(row.sample)
            spent.append((time.perf_counter() - began) * 1000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stdout.write(
            f"a suggestion takes {statistics.median(spent):.1f} ms (slowest of {len(spent)}: {max(spent):.1f}); stored "
            f"{len(stored) / 1e6:.1f} MB, {len(model.hashes)} marks; this process had {peak} MB at most"
        )
