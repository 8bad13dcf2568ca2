"""``bin/check``: list the drills with their last figures, or run one."""

from __future__ import annotations

import importlib
import os
import pkgutil
import random
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from types import ModuleType

import django

from bench import checks
from bench.report import Report, last


def names() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(checks.__path__) if not module.name.startswith("_"))


def promise(name: str) -> str:
    """The first line of the drill's docstring, read without importing it."""
    source = Path(checks.__path__[0], f"{name}.py").read_text(encoding="utf-8")
    return source.split('"""', 2)[1].strip().splitlines()[0]


def show_all() -> None:
    for name in names():
        print(f"{name}: {promise(name)}")
        kept = last(name)
        if kept is None:
            print("    never run")
            continue
        verdict = "held" if kept["held"] else "BROKEN"
        arguments = " ".join(kept["arguments"])
        print(f"    {kept['date']} {verdict}, {kept['seconds']} s, seed {kept['seed']} {arguments}")
        for figure, value in kept["figures"].items():
            print(f"    {figure}: {value}")


def run(name: str, arguments: list[str]) -> int:
    """Run one drill in servers of its own, which are thrown away. Returns the exit code.

    With TOWN_PATTERN they begin as a copy of what ``make_pattern`` left there, which is quicker than making them.
    """
    root = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=os.environ.get("APP_VAR_DIR")))
    if pattern := os.environ.get("TOWN_PATTERN"):
        subprocess.run(["cp", "-a", f"{pattern}/.", root], check=True)
    os.environ |= {"APP_VAR_DIR": str(root), "DJANGO_SETTINGS_MODULE": "hotline.settings", "DEMO": "1"}
    try:
        django.setup()
        return drill(name, importlib.import_module(f"bench.checks.{name}"), arguments)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def make_pattern(root: Path) -> None:
    """A town with nobody at work, its servers stopped, to copy."""
    os.environ |= {"APP_VAR_DIR": str(root), "DJANGO_SETTINGS_MODULE": "hotline.settings", "DEMO": "1"}
    django.setup()
    from bench.town import town  # its models can be imported once Django is set up

    with town():
        pass


def drill(name: str, module: ModuleType, arguments: list[str]) -> int:
    parser = ArgumentParser(prog=f"bin/check {name}", description=module.__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), help="repeats a run")
    parser.add_argument("--unkept", action="store_true", help="do not keep the figures as the last ones")
    module.arguments(parser)
    options = parser.parse_args(arguments)
    print(f"{name}: {promise(name)}\n  seed {options.seed}", flush=True)
    report, began = Report(name, options.seed), time.monotonic()
    module.run(options, report)
    if not options.unkept:
        report.keep(arguments, time.monotonic() - began)
    print("held" if not report.broken else "BROKEN", f"in {time.monotonic() - began:.0f} s")
    return 1 if report.broken else 0


def main(arguments: list[str]) -> int:
    if not arguments:
        show_all()
        return 0
    if arguments[0] == "--pattern":
        make_pattern(Path(arguments[1]))
        return 0
    if arguments[0] not in names():
        print(f"There is no drill {arguments[0]!r}. There are: {', '.join(names())}", file=sys.stderr)
        return 2
    return run(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
