"""Call records through the import command, beside the bare COPY of as many rows into a bare table."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.speed.city import City
from bench.speed.job import Job
from bench.speed.measure import Bench
from bench.town import Town
from cases.call_importing import COLUMNS

CALLS = 35_000
AGENTS = ("1024", "1025", "1026", "2011", "2012")
MAPPING = """
source = "bench"
prefix = "{prefix}"
[columns]
number = "流水号"
caller = "主叫"
queue = "队列"
agent = "工号"
offered_at = "进线"
answered_at = "接通"
ended_at = "挂断"
hold_seconds = "保持"
wrap_up_seconds = "整理"
"""
HEADING = ("流水号", "主叫", "队列", "工号", "进线", "接通", "挂断", "保持", "整理")


def imported(_bench: Bench, here: Town, _city: City) -> dict[str, float]:
    """In a process of its own: checked, numbers sealed, agents found, written."""
    with tempfile.TemporaryDirectory() as place:
        mapping, file = Path(place, "mapping.toml"), Path(place, "calls.csv")
        mapping.write_text(MAPPING.format(prefix=f"{time.time_ns()}-"), encoding="utf-8")
        write_csv(file, CALLS)
        began = time.perf_counter()
        manage = str(settings.BASE_DIR / "manage.py")
        command = [sys.executable, manage, "import_calls", str(file), "--mapping", str(mapping), "--by", "sysadmin"]
        command += ["--errors", str(Path(place, "refused.csv"))]
        done = subprocess.run(command, env=here.environment, capture_output=True, text=True)
        seconds = time.perf_counter() - began
    if done.returncode or f"{CALLS} taken" not in done.stdout:
        raise RuntimeError(done.stderr or done.stdout)
    bare = copied()
    most = float(done.stdout.rpartition("peak memory ")[2].split()[0])
    rate = float(done.stdout.rpartition(" rows/s")[0].split()[-1])  # as the command tells it, without its own start
    whole = {"seconds with the program's start": round(seconds, 1)}
    return {"rows/s": rate, "MB": most, "rows": CALLS, **whole, "x floor": round(seconds / bare, 1)}


def copied() -> float:
    """Seconds for the same rows by COPY into a table without an index: what no program that reads a file beats."""
    columns = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS floor_call; CREATE TABLE floor_call AS SELECT {columns} FROM cases_call"
                       " WITH NO DATA")  # fmt: skip
        held = io.StringIO()
        cursor.copy_expert(f"COPY (SELECT {columns} FROM cases_call LIMIT {CALLS}) TO STDOUT", held)
        held.seek(0)
        began = time.perf_counter()
        cursor.copy_expert(f"COPY floor_call ({columns}) FROM STDIN", held)
        seconds = time.perf_counter() - began
        cursor.execute("DROP TABLE floor_call")
    return seconds


def write_csv(file: Path, calls: int) -> None:
    """So many calls of the last month but one, nine in ten answered."""
    begin = (timezone.localtime() - timedelta(days=60)).replace(tzinfo=None, microsecond=0)  # the file's own local time
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADING)
        for n in range(calls):
            offered = begin + timedelta(seconds=n * 60 % 2_500_000, milliseconds=n % 1000)
            wait, talk = n * 7 % 40, n * 13 % 400 + 10
            answered = offered + timedelta(seconds=wait)
            found = n % 10 != 0
            ended = answered + timedelta(seconds=talk if found else 0)
            writer.writerow([
                n, f"137{n * 7919 % 10**8:08}", "综合", AGENTS[n % 5] if found else "", offered,
                answered if found else "", ended, n % 30, n % 60 if found else "",
            ])  # fmt: skip


CALL_JOBS = [
    Job("calls", "import call records", "sysadmin", targets={"rows/s": 5_000, "MB": 300}, alone=imported),
]
