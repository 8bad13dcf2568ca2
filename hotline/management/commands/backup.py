"""Keep a backup: everything acknowledged is on a second disk. Runs until Ctrl-C."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from hotline.backup import BackupError
from hotline.backup.keeping import Keeper
from hotline.backup.server import Server
from hotline.backup.shelf import Shelf

KEYS_APART = (
    "The keys are not in it: keep FIELD_KEYS, BLIND_INDEX_KEY and SECRET_KEY (for the demo: keys.json) in another "
    "place. Without them the backup cannot be read."
)


def default_directory() -> Path:
    return Path(os.environ.get("BACKUPS") or settings.BASE_DIR / "var" / "backups")


class Command(BaseCommand):
    help = "Copy the database once a day, receive every change as it happens, and copy the files"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="on another disk than the database (var/backups)")
        parser.add_argument("--every", type=float, default=24, metavar="HOURS", help="between two copies (24)")
        parser.add_argument("--keep", type=int, default=7, metavar="N", help="how many copies are kept (7)")
        parser.add_argument("--once", action="store_true", help="one copy, then end; what comes later is not in it")
        parser.add_argument("--let-go", action="store_true", help="let work go on that waits for a backup that is gone")

    def handle(self, *args: Any, directory: Path | None, every: float, keep: int, **options: Any) -> None:
        shelf, server = Shelf(directory or default_directory()), Server()
        if keep < 1:
            raise CommandError("--keep must be 1 or more.")
        keeper = Keeper(server, shelf, every=timedelta(hours=every), keep=keep, say=self.say, clock=timezone.now)
        try:
            if options["let_go"]:
                server.wait_for_us(False)
                self.say("Work goes on. What is acknowledged from now on is on the database's disk only.")
                return
            self.say(f"Backup into {shelf.root}. {KEYS_APART}")
            if options["once"]:
                keeper.once()
                return
            stopping: list[int] = []
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, lambda received, _frame: stopping.append(received))
            keeper.run(lambda: bool(stopping))
        except BackupError as error:
            raise CommandError(str(error)) from error

    def say(self, sentence: str) -> None:
        self.stdout.write(f"{timezone.localtime():%H:%M:%S} {sentence}")
        self.stdout.flush()
