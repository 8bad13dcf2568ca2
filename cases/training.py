"""From labelled requests to a model with its figures: what is kept apart, what is learned, what is judged (pure).

Kept apart is the latest fifth where every request has its time, so that the past is asked about the future; else a
fifth drawn by groups of nearly the same requests. Of the latest fifth, what is nearly the same as an earlier request is
left out. The model stored is then learned from all requests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop

from cases import model_training, near_duplicates
from cases.features import Labelled
from cases.judging import Figures, judge
from cases.linear_model import LinearModel
from cases.model_training import Corpus, Index, Progress, TooLittle

KEPT_APART = 0.2
FOLDS = 5
FEWEST_ROWS = 200  # as the sentence below says


@dataclass(frozen=True)
class Material:
    """Requests to learn from, earliest first if their times are known."""

    corpus: Corpus
    times: list[datetime]


def material(rows: Sequence[Labelled], *, even: bool = True) -> Material:
    """``even`` as in ``Corpus``. Raises TooLittle."""
    if len(rows) < FEWEST_ROWS:
        raise TooLittle(gettext_noop("there are fewer than 200 requests, which is too few to learn from"))
    times = [row.at for row in rows if row.at is not None]
    dated = len(times) == len(rows)
    kept = [rows[n] for n in np.argsort([at.timestamp() for at in times], kind="stable")] if dated else rows
    samples = [row.sample for row in kept]
    groups = near_duplicates.groups([f"{sample.title} {sample.words}".strip() for sample in samples])
    made = model_training.corpus(samples, [row.label for row in kept], groups, even=even)
    return Material(made, sorted(times) if dated else [])


def train(given: Material, progress: Progress) -> tuple[LinearModel, Figures]:
    """The model to store, and how good one is that did not know the rows kept apart."""
    learned, judged = kept_apart(given)
    every = np.arange(len(given.corpus))
    labels = sorted({str(label) for label in given.corpus.labels})
    found = judge(
        labels, _shares(given.corpus, learned, judged, labels), [str(label) for label in given.corpus.labels[judged]]
    )
    progress(0.6)
    machine = model_training.learn(given.corpus, every)
    progress(0.7)
    shares = model_training.calibrate(given.corpus, every, machine.labels)
    return model_training.finished(given.corpus, machine, shares), found


def kept_apart(given: Material, since: datetime | None = None) -> tuple[Index, Index]:
    """Rows to learn from, and rows to be judged by: from ``since`` on, else the latest fifth, else one by groups."""
    every = np.arange(len(given.corpus))
    if not given.times:
        return next(model_training.folds(given.corpus, every, round(1 / KEPT_APART)))
    cut = bisect_left(given.times, since) if since else round(len(every) * (1 - KEPT_APART))
    learned, judged = every[:cut], every[cut:]
    if not len(learned) or not len(judged):
        raise TooLittle(gettext_noop("there is nothing before or nothing after the day they are split at"))
    fresh = judged[~np.isin(given.corpus.groups[judged], given.corpus.groups[learned])]
    if not len(fresh):
        raise TooLittle(gettext_noop("everything kept apart is nearly the same as something learned from"))
    return learned, fresh


def later_judged(given: Material, since: datetime | None) -> Figures:
    """Figures of the requests from ``since`` on (else the latest fifth), by a model of those before."""
    learned, judged = kept_apart(given, since)
    labels = sorted({str(label) for label in given.corpus.labels})
    shares = _shares(given.corpus, learned, judged, labels)
    return judge(labels, shares, [str(label) for label in given.corpus.labels[judged]])


def cross_validated(given: Corpus, progress: Progress) -> Figures:
    """Figures of all requests, each judged by a model that learned from four fifths without it or its likes."""
    every = np.arange(len(given))
    labels = sorted({str(label) for label in given.labels})
    shares: list[Any] = []
    wanted: list[str] = []
    for n, (learned, judged) in enumerate(model_training.folds(given, every, FOLDS), start=1):
        shares.append(_shares(given, learned, judged, labels))
        wanted.extend(str(label) for label in given.labels[judged])
        progress(n / FOLDS)
    return judge(labels, np.vstack(shares), wanted)


def _shares(given: Corpus, learned: Index, judged: Index, labels: list[str]) -> Any:
    """What a model of the rows learned says of those judged, a column for each label."""
    machine = model_training.learn(given, learned)
    fitted = model_training.calibrate(given, learned, machine.labels)
    shares = np.zeros((len(judged), len(labels)))
    shares[:, [labels.index(label) for label in machine.labels]] = fitted.shares(machine.scores(given, judged))
    return shares
