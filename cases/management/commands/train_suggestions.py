"""Trains a suggestion model, from closed cases or from a file. It is switched on by a person, on its page."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

# Two cores are enough, and more threads than those only wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
os.environ.setdefault("OMP_NUM_THREADS", "2")

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from cases import learning, training
from cases.features import Labelled
from cases.model_training import TooLittle
from cases.models import SuggestionModel, Target, TrainingState
from cases.sample_files import BadSampleFile, add_columns, read_samples, told
from cases.training_data import from_cases, resolved
from hotline.acts import Refusal
from hotline.models import Membership


class Command(BaseCommand):
    help = "Train suggestions: manage.py train_suggestions category|unit (--by USERNAME [--file FILE] | --begun ID)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", choices=Target.values)
        parser.add_argument("--by", help="user name of the person who asks for it")
        parser.add_argument("--begun", type=int, help="the training asked for on the page that a worker has taken up")
        parser.add_argument("--file", type=Path, help="learn from these rows instead of closed cases")
        add_columns(parser)

    def handle(self, *, target: str, begun: int | None, by: str | None, file: Path | None, **options: Any) -> None:
        model = self._begun(target, begun) if begun else self._asked(Target(target), by, file)
        try:
            rows = self._rows(model, file, options)
            figures = self._train(model, rows)
        except (TooLittle, BadSampleFile) as error:
            learning.fail(model, by=None, at=timezone.now(), why=str(error))
            raise CommandError(str(error)) from error
        except Exception as error:
            learning.fail(model, by=None, at=timezone.now(), why=f"{type(error).__name__}: {error}")
            raise
        self.stdout.write(f"{model.get_target_display()} model {model.version}: macro-F1 {figures['macro_f1']:.3f}")

    def _begun(self, target: str, pk: int) -> SuggestionModel:
        found = SuggestionModel.objects.filter(pk=pk, target=target, state=TrainingState.TRAINING).first()
        if found is None:
            raise CommandError("nobody has taken up that training")
        return found

    def _asked(self, target: Target, by: str | None, file: Path | None) -> SuggestionModel:
        member = Membership.objects.current(timezone.now()).filter(user__username=by or "").first()
        if member is None:
            raise CommandError("--by names nobody who works here at present")
        try:
            asked = learning.ask_training(target, by=member, at=timezone.now(), file_name=file.name if file else "")
            return learning.begin(asked, by=None, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _rows(self, model: SuggestionModel, file: Path | None, options: dict[str, Any]) -> list[Labelled]:
        target = Target(model.target)
        if file is None:
            return list(from_cases(target, until=model.asked_at))
        found = resolved(list(read_samples(file, told(options), target)), target)
        for label, n in sorted(found.unknown.items(), key=lambda item: -item[1]):
            self.stderr.write(f"{n} rows left out: “{label}” is neither code nor name of a {target} here")
        return found.rows

    def _train(self, model: SuggestionModel, rows: list[Labelled]) -> dict[str, Any]:
        said = _Progress(model)
        said(0.1)
        made, judged = training.train(training.material(rows, even=model.target == Target.CATEGORY), said)
        figures = {**judged.as_json(), "learned": len(rows), "marks": len(made.hashes), **_span(rows)}
        learning.finish(model, by=None, at=timezone.now(), figures=figures, arrays=made.to_bytes())
        return figures


def _span(rows: list[Labelled]) -> dict[str, str]:
    """The first and the last request's moment, where they are known."""
    times: list[datetime] = [row.at for row in rows if row.at is not None]
    return {"from": min(times).isoformat(), "until": max(times).isoformat()} if times else {}


class _Progress:
    """Tells the page how far it is. No act: a number that the end overwrites."""

    def __init__(self, model: SuggestionModel) -> None:
        self.row = SuggestionModel.objects.filter(pk=model.pk, state=TrainingState.TRAINING)

    def __call__(self, share: float) -> None:
        self.row.update(progress=round(share * 100), heard_at=timezone.now())
