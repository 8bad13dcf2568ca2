"""What Django keeps of a request (its language, time zone, the prefix of addresses), kept by thread alone.

Django keeps it so that coroutines may share a thread; every look then takes 25 times as long, and a page looks a
thousand times. Ours are served by threads: decision 2.
"""

from __future__ import annotations

import threading
from types import ModuleType

from asgiref.local import Local
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

KEPT: tuple[tuple[ModuleType, str], ...] = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (base, "_prefixes"),
    (base, "_urlconfs"),
)


def keep_by_thread() -> None:
    """Before the first request. Raises TypeError where Django keeps it in another way than is known here."""
    for module, name in KEPT:
        kept = getattr(module, name)
        if not isinstance(kept, Local | threading.local):
            raise TypeError(f"{module.__name__}.{name} is not kept as it was.")
        if isinstance(kept, Local):
            setattr(module, name, threading.local())
