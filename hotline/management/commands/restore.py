"""Put the database and its files back from a backup."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from hotline.backup import BackupError, afterwards, restoring
from hotline.backup.server import Server
from hotline.backup.shelf import Shelf
from hotline.embedded.places import postgres_binaries


class Command(BaseCommand):
    help = "Restore the database to the last change received. What is in its place now is kept aside"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="where bin/backup wrote")
        parser.add_argument("--backup", default="", metavar="NAME", help="not the newest copy but this one")
        parser.add_argument("--data", type=Path, help="the server's data directory, where DATABASE_URL names a server")
        parser.add_argument("--accept-loss", action="store_true", help="restore although later changes are missing")
        parser.add_argument("--check", action="store_true", help="only look at the running database: is all there?")

    def handle(self, *args: Any, directory: Path, backup: str, data: Path | None, **options: Any) -> None:
        began, shelf = time.monotonic(), Shelf(directory)
        try:
            if not options["check"]:
                self.restore(shelf, backup, data, accept_loss=options["accept_loss"])
            if data is None or options["check"]:
                self.check_database(shelf)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.say(f"Done in {time.monotonic() - began:.0f} s.")

    def restore(self, shelf: Shelf, backup: str, data: Path | None, *, accept_loss: bool) -> None:
        if data is None and settings.DATABASE_URL:
            raise BackupError("Name the data directory of the server with --data; it must be stopped.")
        programs, base = postgres_binaries(), restoring.chosen(shelf, backup)
        self.say(f"Looking over {base.path} ...")
        restoring.look_over(shelf, base, programs, accept_loss=accept_loss)
        embedded = settings.EMBEDDED
        if data is None:
            embedded.prepare()
        restoring.lay_out(shelf, base, data or embedded.postgres.data, at=timezone.now(), say=self.say)
        restoring.bring_files(shelf, Path(settings.MEDIA_ROOT), self.say)
        if data is not None:
            self.say("Start the database; it takes in the later changes before it lets anybody connect. Then --check.")
            return
        self.say("The database takes in the later changes ...")
        embedded.postgres.recover()
        embedded.ensure()

    def check_database(self, shelf: Shelf) -> None:
        server = Server()
        if not server.answers():
            raise BackupError("The database does not answer yet.")
        found = list(afterwards.findings(shelf, server))
        for sentence in found:
            self.say(f"ALARM: {sentence}")
        if found:
            raise BackupError("The database runs, but not everything is as it was; see above.")
        self.say("Everything received is in, personal data can be read, every file is there.")

    def say(self, sentence: str) -> None:
        self.stdout.write(f"{timezone.localtime():%H:%M:%S} {sentence}")
        self.stdout.flush()
