"""What ``bin/test`` asks in part is asked whole: pages and stories in both languages, large files, many complaints.

The same tests, told by their environment to leave nothing out. They need the real data beside the checkout, Chromium.
"""

from __future__ import annotations

import os
import re
import subprocess
from argparse import ArgumentParser, Namespace

from django.conf import settings

from bench.report import Report

TESTS = (
    "tests/test_every_page.py",
    "tests/journeys",
    "tests/test_drills.py",
    "tests/cases/test_import.py",
    "tests/cases/test_never_to_the_subject.py",
    "tests/cases/api/test_groups.py",
    "tests/hotline/slow",
    "tests/test_migrations.py",
    "tests/access/test_blind_sample.py",
    "tests/access/test_one_scope.py",
)
TOLD = re.compile(r"(\d+) (passed|failed|error|skipped)")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--complaints", type=int, default=300, help="confidential complaints, each tried at every door")


def run(options: Namespace, report: Report) -> None:
    whole = {"BOTH_LOOKS": "1", "EVERY_DRILL": "1", "LARGE_FILES": "1", "EVERY_MIGRATION": "1"}
    whole |= {"EVERY_ADDRESS": "1", "JOINED": "300", "CALENDAR_LIMITS": "200000", "COMPLAINTS": str(options.complaints)}
    environment = {name: value for name, value in os.environ.items() if name != "DEMO"} | whole
    done = subprocess.run(
        ["bin/test", "-n", "2", "--dist", "loadgroup", *TESTS],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    print(done.stdout)
    counted = dict.fromkeys(("passed", "failed", "error", "skipped"), 0)
    counted |= {word: int(n) for n, word in TOLD.findall(done.stdout.rstrip().rpartition("\n")[2])}
    report.figure("tests passed", counted["passed"], at_least=1)
    report.figure("tests failed", counted["failed"] + counted["error"], exactly=0)
    report.figure("tests left out", counted["skipped"], exactly=0)
    report.figure("confidential complaints", options.complaints)
