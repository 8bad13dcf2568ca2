"""The first release: what is installed where an upgrade begins."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from django.conf import settings

COMMIT = "93512e0"
MIGRATIONS = {"hotline": "0003_rate_count", "cases": "0004_measure_indexes"}  # the last of each app


def unpack(into: Path) -> Path:
    """Its code, from the repository's history. Raises CalledProcessError where the history is not here."""
    command = ["git", "archive", COMMIT]
    packed = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(into, filter="data")
    return into
