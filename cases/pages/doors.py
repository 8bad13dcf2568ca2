"""What a move on a case page is, whatever it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form

from cases.dossier import Dossier
from cases.pages.case_acts import Given
from hotline.roles import Capability


@dataclass(frozen=True)
class Door:
    """One move: who may make it, why it is closed now ("" if open), the form that asks, the verb that does it."""

    label: Any
    icon: str
    capability: Capability
    why: Callable[[Dossier], str]
    form: Callable[[Dossier, Given], Form]
    act: Callable[[Dossier, Any, int | None], Any]
    said: Any
    key: str = ""
    panel: bool = False  # has a panel of its own instead of a line among the other moves
    button: Any = ""
