"""Programs started by ours."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def on_its_own() -> None:
    """Die with the parent even if it is killed; an own session, so that Ctrl-C reaches the child once, from us."""
    os.setsid()
    die_with_parent()


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
