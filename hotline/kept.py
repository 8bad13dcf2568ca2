"""Values that every request needs and nobody changes twice a day: each process reads them at most every half minute.

A change in this process counts at once, in the others within ``SECONDS``. What must hold at the moment of writing is a
constraint of the database, never a kept value.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

SECONDS = 30.0
T = TypeVar("T")
_everything: list[Kept[Any]] = []


class Kept(Generic[T]):
    """What ``read`` returns, until it is old or one of the models is saved or deleted here."""

    def __init__(self, read: Callable[[], T], *models: type[Model]) -> None:
        self.read = read
        self.models = models
        self._value: tuple[float, T] | None = None
        for model in models:
            for signal in (post_save, post_delete):
                signal.connect(self.forget, sender=model)
        _everything.append(self)

    def __call__(self) -> T:
        kept = self._value
        if kept is None or kept[0] < time.monotonic():
            kept = self._value = (time.monotonic() + SECONDS, self.read())
        return kept[1]

    def forget(self, **_signal: Any) -> None:
        """Ask again next time."""
        self._value = None


def everything() -> Iterator[Kept[Any]]:
    """All that this process keeps."""
    yield from _everything
