"""Learning a suggestion model from labelled requests, and judging it on requests it has not seen.

A linear support vector machine for each label (Fan et al., LIBLINEAR, 2008) over the marks of ``cases.features``, each
mark weighed by how much oftener it occurs with the label than without (Wang and Manning, Baselines and Bigrams, ACL
2012). Only the process that trains imports this: scikit-learn and SciPy take 150 MB, and serving needs neither.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext_noop
from scipy import sparse
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from cases.features import BLOCKS, PLACES, Sample, hashed, marks
from cases.linear_model import Floats, LinearModel

FEWEST_OF_A_LABEL = 3
MOST_WEIGHTS = 12_000_000  # marks × labels: 24 MB in a web process
SEEN_IN = 2  # a mark of a single request says nothing about others
FOLDS = 3
STRENGTH, STRENGTH_BY_RATIO = 0.3, 0.1
OWN = 0.5  # so far a mark's weight is the machine's own; the rest is that of its log-count ratio
Index = npt.NDArray[np.intp]
Names = npt.NDArray[np.str_]
Progress = Callable[[float], None]


class TooLittle(ValueError):  # noqa: N818 - says what is missing
    """There are too few requests, or too few labels, to learn from."""


@dataclass(frozen=True)
class Corpus:
    """Requests with their labels, turned into counted marks once. ``groups``: nearly the same requests share one.

    ``even``: labels weigh alike however rare they are, which is right for naming one; for the right one to be among
    three, they weigh as often as they occur.
    """

    labels: npt.NDArray[np.str_]
    groups: Index
    counts: sparse.csr_matrix  # requests × all marks
    hashes: npt.NDArray[np.uint32]
    blocks: Index
    even: bool

    def __len__(self) -> int:
        return len(self.labels)


def corpus(samples: Sequence[Sample], labels: Sequence[str], groups: Index, *, even: bool = True) -> Corpus:
    """The requests as a matrix of counted marks."""
    hashes, blocks, counts, ends = [], [], [], [0]
    for sample in samples:
        counted = marks(sample)
        hashes.append(np.fromiter(map(hashed, counted), dtype=np.uint32, count=len(counted)))
        blocks.append(np.fromiter((PLACES[mark[0]] for mark in counted), dtype=np.int8, count=len(counted)))
        counts.append(np.fromiter(counted.values(), dtype=np.float32, count=len(counted)))
        ends.append(ends[-1] + len(counted))
    known, first, columns = np.unique(np.concatenate(hashes), return_index=True, return_inverse=True)
    matrix = sparse.csr_matrix((np.concatenate(counts), columns, ends), shape=(len(samples), len(known)))
    matrix.sum_duplicates()
    return Corpus(np.array(labels), groups, matrix, known, np.concatenate(blocks)[first].astype(np.intp), even)


@dataclass(frozen=True)
class Trained:
    """A machine and the view it has of the marks."""

    labels: list[str]
    columns: Index
    idf: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    offset: npt.NDArray[np.float32]
    block_weights: npt.NDArray[np.float32]

    def scores(self, given: Corpus, rows: Index) -> npt.NDArray[np.float64]:
        values = _values(given, rows, self.columns, self.idf, self.block_weights)
        return np.asarray(values @ self.weights + self.offset, dtype=np.float64)


def learn(given: Corpus, rows: Index) -> Trained:
    """Fit the machines to these rows; labels with hardly a row are left out. Raises TooLittle if under two remain."""
    labels, counted = np.unique(given.labels[rows], return_counts=True)
    labels = labels[counted >= FEWEST_OF_A_LABEL]
    if len(labels) < 2:
        raise TooLittle(gettext_noop("there are not two labels with enough requests to tell them apart"))
    rows = rows[np.isin(given.labels[rows], labels)]
    seen = np.bincount(given.counts[rows].indices, minlength=given.counts.shape[1])
    columns = np.flatnonzero(seen >= SEEN_IN)
    most = MOST_WEIGHTS // len(labels)
    if len(columns) > most:
        columns = np.sort(columns[np.argsort(-seen[columns], kind="stable")[:most]])
    idf = (np.log((1 + len(rows)) / (1 + seen[columns])) + 1).astype(np.float32)
    block_weights = np.array(list(BLOCKS.values()), dtype=np.float32)
    values = _values(given, rows, columns, idf, block_weights)
    fit = _fit_by_ratio if given.even else _fit
    weights, offset = fit(values, given.labels[rows], labels)
    return Trained([str(label) for label in labels], columns, idf, weights, offset, block_weights)


def _fit(values: sparse.csr_matrix, wanted: Names, labels: Names) -> tuple[Floats, Floats]:
    """A machine for each label: a weight for each mark, and the offset."""
    machine = LinearSVC(C=STRENGTH, tol=1e-2, random_state=0).fit(values, wanted)
    weights, offset = machine.coef_.T.astype(np.float32), machine.intercept_.astype(np.float32)
    if len(labels) == 2:  # scikit-learn keeps one machine for two labels
        return np.hstack([-weights, weights]), np.concatenate([-offset, offset])
    return weights, offset


def _fit_by_ratio(values: sparse.csr_matrix, wanted: Names, labels: Names) -> tuple[Floats, Floats]:
    """The same where labels weigh alike: marks are scaled by their log-count ratio before a machine sees them, and what
    it learned is drawn towards its mean, so that a mark met seldom speaks for the label it was met with (Wang and
    Manning, sections 2.1 and 2.3). Units, of which most have few requests, are named worse by it.
    """
    weights, offsets = [], []
    for label in labels:
        own = wanted == label
        seen = values[own].getnnz(axis=0)
        ratio = _log_share(seen) - _log_share(values.getnnz(axis=0) - seen)
        ratio /= max(float(np.abs(ratio).mean()), 1e-9)
        machine = LinearSVC(C=STRENGTH_BY_RATIO, class_weight="balanced", tol=1e-2, random_state=0)
        machine.fit(values @ sparse.diags(ratio), own)
        learned = machine.coef_[0].astype(np.float32)
        weights.append(ratio * ((1 - OWN) * np.abs(learned).mean() + OWN * learned))
        offsets.append(machine.intercept_[0])
    return np.column_stack(weights), np.array(offsets, dtype=np.float32)


def _log_share(seen: npt.NDArray[np.integer[Any]]) -> Floats:
    """How large a share of all marks met each is; one more of each, so that none is nought."""
    more = seen + 1
    return np.asarray(np.log(more / more.sum()), dtype=np.float32)


def _values(
    given: Corpus,
    rows: Index,
    columns: Index,
    idf: npt.NDArray[np.float32],
    block_weights: npt.NDArray[np.float32],
) -> sparse.csr_matrix:
    """What ``LinearModel`` reckons for one request, for many at once."""
    values = given.counts[rows][:, columns].tocsr()
    values.data = (1 + np.log(values.data)) * idf[values.indices]
    blocks = given.blocks[columns][values.indices]
    lines = np.repeat(np.arange(len(rows)), np.diff(values.indptr))
    slots = lines * len(BLOCKS) + blocks
    lengths = np.sqrt(np.bincount(slots, weights=values.data**2, minlength=len(rows) * len(BLOCKS)))
    values.data *= (block_weights[blocks] / np.maximum(lengths[slots], 1e-9)).astype(np.float32)
    return values


def folds(given: Corpus, rows: Index, n: int) -> Iterator[tuple[Index, Index]]:
    """Rows to learn from and rows to be judged by, ``n`` times; nearly the same requests are on one side.

    Raises TooLittle.
    """
    if len(np.unique(given.groups[rows])) < n:
        raise TooLittle(gettext_noop("the requests are nearly all the same"))
    split = StratifiedGroupKFold(n, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a label with fewer rows than folds is in some of them only
        parts = list(split.split(np.zeros(len(rows)), given.labels[rows], given.groups[rows]))
    for learned, judged in parts:
        yield rows[learned], rows[judged]


@dataclass(frozen=True)
class Calibration:
    """How scores become shares: softmax(score · slope + shift)."""

    slope: float
    shift: npt.NDArray[np.float64]

    def shares(self, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        scaled = scores * self.slope + self.shift
        scaled -= scaled.max(axis=1, keepdims=True)
        exponents = np.exp(scaled)
        return np.asarray(exponents / exponents.sum(axis=1, keepdims=True))


def calibrate(given: Corpus, rows: Index, labels: Sequence[str]) -> Calibration:
    """Fit the shares to what machines say of rows they did not learn from (cross-validated)."""
    place = {label: n for n, label in enumerate(labels)}
    scores, wanted = [], []
    for learned, judged in folds(given, rows, FOLDS):
        machine = learn(given, learned)
        judged = judged[np.isin(given.labels[judged], labels)]
        mine = np.full((len(judged), len(labels)), -1.5)
        mine[:, [place[label] for label in machine.labels]] = machine.scores(given, judged)
        scores.append(mine)
        wanted.append(np.array([place[label] for label in given.labels[judged]]))
    return fit_shares(np.vstack(scores), np.concatenate(wanted))


def fit_shares(scores: npt.NDArray[np.float64], wanted: Index) -> Calibration:
    """The slope and shifts with the least log loss; shifts are held back a little, for rare labels."""
    rows, many = np.arange(len(wanted)), scores.shape[1]

    def loss(given: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        slope, shift = math.exp(given[0]), given[1:]
        shares = Calibration(slope, shift).shares(scores)
        value = -np.log(np.maximum(shares[rows, wanted], 1e-12)).mean() + 1e-3 * (shift**2).mean()
        shares[rows, wanted] -= 1
        by_slope = (shares * scores).sum() * slope / len(rows)
        return float(value), np.concatenate([[by_slope], shares.mean(axis=0) + 2e-3 * shift / many])

    found = minimize(loss, np.concatenate([[1.0], np.zeros(many)]), jac=True, method="L-BFGS-B")
    return Calibration(math.exp(found.x[0]), found.x[1:])


def finished(given: Corpus, machine: Trained, shares: Calibration) -> LinearModel:
    """The machine as it is stored and answers."""
    return LinearModel(
        labels=machine.labels,
        hashes=given.hashes[machine.columns],
        idf=machine.idf,
        weights=machine.weights.astype(np.float16),
        offset=machine.offset,
        slope=shares.slope,
        shift=shares.shift.astype(np.float32),
        block_weights=machine.block_weights,
    )
