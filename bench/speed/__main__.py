"""``bin/bench``: what the hotline takes at several sizes, beside what it may take and what the bare floor takes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bench.speed import servers

FIRST_SEED = 12345


def arguments() -> Namespace:
    parser = ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="numbers of cases, apart by commas")
    parser.add_argument("--only", default="", help="jobs whose names begin with one of these, apart by commas")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each of a job's six rounds lasts")
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    parser.add_argument("--unkept", action="store_true", help="do not keep the figures")
    parser.add_argument("--stay", action="store_true", help="leave the databases of each size behind, and use them")
    return parser.parse_args()


def main() -> int:
    options = arguments()
    missed = 0
    where = os.environ.get("APP_VAR_DIR") or tempfile.gettempdir()
    for size in (int(size) for size in options.sizes.split(",")):
        root = Path(where) / f"bench-{size}" if options.stay else Path(tempfile.mkdtemp(prefix="bench-", dir=where))
        root.mkdir(parents=True, exist_ok=True)
        pid = os.fork()  # settings name one database for a process's life
        if pid == 0:
            os.environ |= {"APP_VAR_DIR": str(root), "DJANGO_SETTINGS_MODULE": "hotline.settings", "DEMO": "1"}
            os.environ |= servers.environment()
            from bench.speed import session

            os._exit(session.run(options, size))
        missed += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0
        if not options.stay:
            shutil.rmtree(root, ignore_errors=True)
    from bench.speed import figures

    figures.show_growth()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
