"""Programs started by ours."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from datetime import timedelta

from django.conf import settings

NICE = 10  # whoever answers citizens goes first
DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def on_its_own() -> None:
    """Die with the parent even if it is killed; an own session, so that Ctrl-C reaches the child once, from us."""
    os.setsid()
    die_with_parent()


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def apart(*command: str, longest: timedelta) -> bool:
    """Run a command of ours in a process of its own, behind everything else, which takes its memory with it; says
    whether it went well and in time."""
    program = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
    try:
        done = subprocess.run(program, timeout=longest.total_seconds(), check=False, preexec_fn=_low)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _low() -> None:
    die_with_parent()
    os.nice(NICE)
