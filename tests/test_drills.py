"""Drills of ``bin/check``, each in small: the same code, a town of its own, fewer of everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SMALL = {
    "kill_workers": "--n 100 --kills 3 --p99 90 --longest 120 --timekeepers 2 --workers 0 --beats 0",
    "redis_gone": "--n 100 --troubles 4 --longest-stop 2 --away 1 --longest 120 --timekeepers 1 --workers 1",
}
if os.environ.get("EVERY_DRILL"):  # as ``bin/check at_length`` asks for
    SMALL |= {
        "retries": "--n 20 --times 6 --webs 2 --abreast 2",
        "races": "--n 10 --writers 4 --webs 1",
        "one_message": "--n 40 --kills 2 --patience 1 --timekeepers 2 --workers 0 --beats 0",
        "postgres_killed": "--kills 3 --writers 4",
        "beats": "--scenes 1 --seconds 3 --gap 60",
        "stolen_dump": "--n 60 --http 4 --codec 0",
        "rotate_keys": "--rows 2000 --kills 0 --before 1 --slower 1000",
        "tampering": "--n 3 --entries 2000 --rounds 1 --seconds 2 --writers 2 --kills 2 --slower 1000",
        "restore": "--cases 50 --writers 3 --seconds 3 --within 600",
    }


CHECK = [sys.executable, "-m", "bench.check"]


def run(*arguments: str, **environment: str) -> None:
    outside = {key: value for key, value in os.environ.items() if key != "PYTEST_VERSION"}  # nothing is left out
    done = subprocess.run(
        [*CHECK, *arguments],
        cwd=settings.BASE_DIR,
        env=outside | environment,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The town in which all drills begin, each in a copy."""
    path = str(tmp_path_factory.mktemp("town"))
    run("--pattern", path)
    return path


@pytest.mark.slow
@pytest.mark.xdist_group("drills")
@pytest.mark.parametrize("name", SMALL)
def test_the_drill_holds(name: str, tmp_path: Path, pattern: str) -> None:
    run(name, *SMALL[name].split(), "--unkept", APP_VAR_DIR=str(tmp_path), TOWN_PATTERN=pattern)
