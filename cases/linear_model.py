"""A linear model over hashed marks, as it is stored and as it answers (pure; numpy, no pickle, no scikit-learn).

score = Σ value(mark) · weight(mark, label) + offset(label), where value is (1 + ln count) · idf, each block of marks
scaled to length one and to its own weight. The confidence is softmax(score · slope + shift), fitted on rows held back
(Platt's scaling, for several labels: Guo et al., On Calibration of Modern Neural Networks, 2017).
"""

from __future__ import annotations

import io
import math
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cases.features import BLOCKS, FACTS, PLACES, WORDS, Sample, hashed, marks

TELLING = 3  # so many words are named as the reason
SMALLEST_SHARE = 0.02
LARGEST_BYTES = 64 << 20
Floats = npt.NDArray[np.float32]


class BadModel(ValueError):  # noqa: N818 - says what is wrong with the bytes
    """The stored bytes are not a model this code can answer with."""


@dataclass(frozen=True)
class Guess:
    """A label, how surely (0 to 1), and the pieces of the request that spoke for it most."""

    label: str
    confidence: float
    telling: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinearModel:
    labels: list[str]
    hashes: npt.NDArray[np.uint32]  # sorted
    idf: Floats
    weights: npt.NDArray[np.float16]  # marks × labels
    offset: Floats
    slope: float
    shift: Floats
    block_weights: Floats  # in the order of BLOCKS

    def guess(self, sample: Sample, limit: int = 3) -> list[Guess]:
        """The likeliest labels, best first; nothing for a request of which the model knows no mark."""
        counted = marks(sample)
        names, places, values = self._vector(counted)
        if not names:
            return []
        parts = self.weights[places].astype(np.float32) * values[:, None]
        scores = (parts.sum(axis=0) + self.offset) * self.slope + self.shift
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = np.argsort(-shares)[:limit]
        return [
            Guess(self.labels[n], float(shares[n]), _telling(names, parts[:, n] - parts.mean(axis=1)))
            for n in best
            if shares[n] >= SMALLEST_SHARE
        ]

    def _vector(self, counted: Counter[str]) -> tuple[list[str], npt.NDArray[np.intp], Floats]:
        """The marks the model knows, where they stand in it, and their values."""
        names = list(counted)
        wanted = np.fromiter((hashed(name) for name in names), dtype=np.uint32, count=len(names))
        places = np.searchsorted(self.hashes, wanted).clip(max=len(self.hashes) - 1)
        known = np.flatnonzero(self.hashes[places] == wanted) if len(names) else np.array([], dtype=np.intp)
        names, places = [names[n] for n in known], places[known]
        values = np.fromiter((1 + math.log(counted[name]) for name in names), dtype=np.float32, count=len(names))
        values *= self.idf[places]
        blocks = np.fromiter((PLACES[name[0]] for name in names), dtype=np.intp, count=len(names))
        lengths = np.sqrt(np.bincount(blocks, weights=values**2, minlength=len(BLOCKS)))
        values *= (self.block_weights / np.where(lengths > 0, lengths, 1))[blocks].astype(np.float32)
        return names, places, values

    def to_bytes(self) -> bytes:
        """The model as a compressed archive of plain arrays."""
        held = io.BytesIO()
        np.savez_compressed(
            held,
            labels=np.array(self.labels, dtype=np.str_),
            hashes=self.hashes,
            idf=self.idf.astype(np.float32),
            weights=self.weights.astype(np.float16),
            offset=self.offset.astype(np.float32),
            slope=np.float32(self.slope),
            shift=self.shift.astype(np.float32),
            block_weights=self.block_weights.astype(np.float32),
        )
        return held.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> LinearModel:
        """Raises BadModel for anything but arrays of the shapes and types expected; nothing in it is ever executed."""
        try:
            with zipfile.ZipFile(io.BytesIO(stored)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > LARGEST_BYTES:
                    raise BadModel("larger than any model of ours")
            with np.load(io.BytesIO(stored), allow_pickle=False) as held:
                arrays: dict[str, Any] = {name: held[name] for name in held.files}
            model = cls(
                labels=[str(label) for label in arrays["labels"]],
                hashes=arrays["hashes"].astype(np.uint32, casting="no"),
                idf=arrays["idf"].astype(np.float32, casting="no"),
                weights=arrays["weights"].astype(np.float16, casting="no"),
                offset=arrays["offset"].astype(np.float32, casting="no"),
                slope=float(arrays["slope"]),
                shift=arrays["shift"].astype(np.float32, casting="no"),
                block_weights=arrays["block_weights"].astype(np.float32, casting="no"),
            )
        except (KeyError, ValueError, TypeError, OSError, EOFError, zipfile.BadZipFile) as error:
            raise BadModel(str(error)) from error
        model._check()
        return model

    def _check(self) -> None:
        marks_known, labels = len(self.hashes), len(self.labels)
        fits = (
            self.hashes.ndim == 1
            and self.idf.shape == (marks_known,)
            and self.weights.shape == (marks_known, labels)
            and self.offset.shape == self.shift.shape == (labels,)
            and self.block_weights.shape == (len(BLOCKS),)
            and marks_known > 0
            and labels > 1
            and math.isfinite(self.slope)
        )
        if not fits or not all(np.isfinite(a).all() for a in (self.idf, self.weights, self.offset, self.shift)):
            raise BadModel("its arrays do not fit together")


def _telling(names: list[str], parts: Floats) -> tuple[str, ...]:
    """Words of two characters and more, and facts, that spoke for the label most."""
    shown: list[str] = []
    for n in np.argsort(-parts):
        block, piece = names[n][0], names[n][1:]
        if parts[n] <= 0 or len(shown) == TELLING:
            break
        if (block == WORDS and len(piece) > 1 and not piece.isdecimal()) or (block == FACTS and "&" not in piece):
            shown.append(piece)
    return tuple(shown)
