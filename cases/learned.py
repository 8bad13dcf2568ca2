"""The models that are switched on, loaded once in each process, and what they propose."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.conf import settings

from cases.models import ModelWeights, SuggestionModel, Target
from hotline.field_codec import derived_key
from hotline.kept import Kept

if TYPE_CHECKING:
    from cases.features import Sample
    from cases.linear_model import Guess, LinearModel

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Learned:
    """A model in use."""

    version: int
    source: str
    model: LinearModel


_loaded: dict[bytes, LinearModel] = {}  # by the seal, which stands for the bytes


def _read() -> dict[str, Learned]:
    found = list(SuggestionModel.objects.on())
    seals = {pk: bytes(seal) for pk, seal in ModelWeights.objects.filter(pk__in=found).values_list("pk", "seal")}
    for gone in _loaded.keys() - set(seals.values()):
        del _loaded[gone]
    for row in found:
        if seals.get(row.pk) not in _loaded:
            _load(row)
    return {
        row.target: Learned(row.version, row.source, _loaded[seals[row.pk]])
        for row in found
        if seals.get(row.pk) in _loaded
    }


def _load(row: SuggestionModel) -> None:
    """Read the row's weights; what cannot be read proposes nothing, and stops nobody."""
    for weights in ModelWeights.objects.filter(pk=row.pk):
        try:
            _loaded[bytes(weights.seal)] = opened(weights)
        except ValueError as error:
            log.error("suggestion_model_not_read", model=str(row), reason=str(error))


_in_use = Kept(_read, SuggestionModel)


def in_use(target: Target) -> Learned | None:
    """The model that proposes at present; None if none is on, or its bytes are not ours."""
    return _in_use().get(target)


def guesses(target: Target, sample: Sample, limit: int = 3) -> tuple[Learned, list[Guess]] | None:
    """What the model in use proposes, with the model; None if there is none."""
    learned = in_use(target)
    return (learned, learned.model.guess(sample, limit)) if learned else None


def sealed(model: SuggestionModel, arrays: bytes) -> ModelWeights:
    """The bytes with our seal on them, bound to this version."""
    return ModelWeights(model=model, arrays=arrays, seal=_seal(model.pk, arrays))


def opened(weights: ModelWeights) -> LinearModel:
    """The stored model. Raises BadModel for bytes that were not sealed here for this version, or do not fit."""
    from cases.linear_model import BadModel, LinearModel  # 50 MB: for processes that answer with a model

    arrays = bytes(weights.arrays)
    if not hmac.compare_digest(bytes(weights.seal), _seal(weights.pk, arrays)):
        raise BadModel("its seal is not ours")
    return LinearModel.from_bytes(arrays)


def _seal(pk: int, arrays: bytes) -> bytes:
    key = derived_key(base64.b64decode(settings.BLIND_INDEX_KEY, validate=True), "suggestion models")
    return hmac.digest(key, b"%d\n" % pk + hashlib.sha256(arrays).digest(), "sha256")
