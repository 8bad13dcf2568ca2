"""How good a model's proposals are, on requests it did not learn from (pure).

F1 of a label is the harmonic mean of precision and recall, macro-F1 the plain mean over labels; top-3 the share of
requests whose right label is among the first three; calibration error the mean distance between confidence and accuracy
over ten equal bands of confidence, weighted by their requests (Naeini et al., 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

BINS = 10
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LabelFigures:
    label: str
    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Figures:
    """``judged`` requests, the model not knowing them; shares are 0 to 1."""

    judged: int
    top1: float
    top3: float
    macro_f1: float
    calibration_error: float
    labels: list[LabelFigures]

    def as_json(self) -> dict[str, object]:
        """Rounded, as it is stored."""
        return {
            **{name: _rounded(value) for name, value in asdict(self).items() if name != "labels"},
            "labels": [{name: _rounded(value) for name, value in asdict(one).items()} for one in self.labels],
        }


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value


def judge(labels: Sequence[str], shares: Floats, wanted: Sequence[str]) -> Figures:
    """Figures of proposals: a row of ``shares`` for each request, a column for each label.

    A request whose right label the model does not know counts as wrong, and its label as one with F1 nought.
    """
    place = {label: n for n, label in enumerate(labels)}
    every = [*labels, *sorted(set(wanted) - set(labels))]
    right = np.array([place.get(label, -1) for label in wanted])
    order = np.argsort(-shares, axis=1, kind="stable")
    first = order[:, 0]
    hits = first == right
    confidence = shares[np.arange(len(shares)), first]
    chosen = np.array([labels[n] for n in first])
    parts = [_of_label(label, chosen == label, np.array(wanted) == label) for label in every]
    met = [part for part in parts if part.n]  # a label that did not occur can be neither missed nor found
    return Figures(
        judged=len(wanted),
        top1=float(hits.mean()),
        top3=float((order[:, :3] == right[:, None]).any(axis=1).mean()),
        macro_f1=float(np.mean([part.f1 for part in met])),
        calibration_error=_calibration_error(confidence, hits),
        labels=met,
    )


def _of_label(label: str, chosen: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_]) -> LabelFigures:
    both = int((chosen & right).sum())
    precision, recall = both / max(int(chosen.sum()), 1), both / max(int(right.sum()), 1)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return LabelFigures(label, int(right.sum()), precision, recall, f1)


def _calibration_error(confidence: Floats, hits: npt.NDArray[np.bool_]) -> float:
    bands = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(
        sum(
            (bands == band).mean() * abs(confidence[bands == band].mean() - hits[bands == band].mean())
            for band in np.unique(bands)
        )
    )
