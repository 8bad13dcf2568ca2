"""Keeping a backup: the receiver always runs, a base is made when one is due, new files are copied as they come."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import psycopg2
from django.conf import settings

from hotline.backup import BackupError
from hotline.backup.files import NewFiles
from hotline.backup.fingerprints import fingerprints
from hotline.backup.server import NAME, Server, verify
from hotline.backup.shelf import About, Base, Shelf, stamp

PATIENCE = 10.0  # seconds that work waits for a backup known to be gone; then calls come first
AGAIN = 0.3  # seconds until a receiver that ended is started again
LOOK = 0.5
FILES_EVERY = 3.0
RETRY = timedelta(minutes=10)  # after a base that could not be made
STOP_SECONDS = 10

Say = Callable[[str], None]
Clock = Callable[[], datetime]


class Receiver:
    """pg_receivewal, started again whenever it ends."""

    def __init__(self, server: Server, shelf: Shelf, clock: Clock) -> None:
        self.server = server
        self.shelf = shelf
        self.clock = clock
        self.line = ""
        self.log = shelf.root / "receiver.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._tried = 0.0

    def keep_running(self) -> bool:
        """Start it if it does not run. True when a new line began: what follows it needs a base of its own."""
        if (self._process and self._process.poll() is None) or time.monotonic() - self._tried < AGAIN:
            return False
        self._tried = time.monotonic()
        timeline = self.server.timeline()
        kept = self.server.keep_for_us()
        latest = self.shelf.latest_line(timeline) if kept else None
        began, self.line = latest is None, latest or self.shelf.new_line(timeline, self.clock())
        where = ("-D", str(self.shelf.wal / self.line), "--slot", NAME, "--status-interval=2")
        self._process = self.server.start("pg_receivewal", *where, "--synchronous", "--no-loop", log=self.log)
        return began

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()


class Keeper:
    def __init__(self, server: Server, shelf: Shelf, *, every: timedelta, keep: int, say: Say, clock: Clock) -> None:
        self.server = server
        self.shelf = shelf
        self.every = every
        self.keep = keep
        self.say = say
        self.clock = clock
        self.receiver = Receiver(server, shelf, clock)
        self.files = NewFiles(Path(settings.MEDIA_ROOT), shelf.files)
        self._files_trouble = ""
        self._waited_for: bool | None = None  # whether work waits for us; None: not known yet
        self._streamed = time.monotonic()  # when the receiver was last seen attached
        self._base_due = True
        self._next_base = clock()
        self._making: Future[Base] | None = None
        self._copying: subprocess.Popen[bytes] | None = None

    def run(self, stopping: Callable[[], bool]) -> None:
        """Until told to stop. Then nobody waits for us any more."""
        self.server.require_same_version()
        with self.shelf.taken(), ThreadPoolExecutor(1) as beside:
            self.shelf.clear_unfinished()
            looked = 0.0
            try:
                while not stopping():
                    self.look(beside)
                    if time.monotonic() - looked > FILES_EVERY:
                        self.copy_files()
                        looked = time.monotonic()
                    time.sleep(LOOK)
            finally:
                self.let_go()

    def once(self) -> None:
        """One copy of database and files, which stands for itself."""
        self.server.require_same_version()
        with self.shelf.taken():
            self.shelf.clear_unfinished()
            base = self.make_base()
            self.server.leave_sign(self.clock())
            self.say(f"Copied and verified: {base.path}, and {self.files.copy()} files.")

    def look(self, beside: ThreadPoolExecutor) -> None:
        try:
            self._base_due |= self.receiver.keep_running()
            self.settle(self.server.streams())
        except psycopg2.Error:  # the server is away: there is nothing to wait for, and it will be back
            self._streamed = time.monotonic()
            return
        if self._making and self._making.done():
            self.told_of(self._making)
            self._making = None
        if not self._making and self._waited_for and (self._base_due or self.clock() >= self._next_base):
            self._base_due = False
            self._making = beside.submit(self.make_base, self.receiver.line)

    def settle(self, streams: bool) -> None:
        """Have work wait for us while we can take it, and only then."""
        now = time.monotonic()
        if streams:
            self._streamed = now
            if not self._waited_for:
                self.server.wait_for_us(True)
                self.say("Receiving every change: what is acknowledged from now on is on this disk too.")
            self._waited_for = True
        elif self._waited_for is not False and now - self._streamed > PATIENCE:
            self.server.wait_for_us(False)
            self._waited_for = False
            self.say(
                f"ALARM: the backup has taken nothing for {PATIENCE:.0f} seconds (see {self.receiver.log}). Work goes "
                "on, but what is acknowledged now is on the database's disk only, until this is mended."
            )

    def copy_files(self) -> None:
        try:
            self.files.copy()
        except OSError as error:
            if str(error) != self._files_trouble:
                self.say(f"ALARM: files cannot be copied: {error}")
            self._files_trouble = str(error)
        else:
            self._files_trouble = ""

    def told_of(self, made: Future[Base]) -> None:
        try:
            base = made.result()
        except (BackupError, psycopg2.Error, OSError) as error:
            self._next_base = self.clock() + RETRY
            self.say(f"ALARM: {error}")
            return
        self.server.leave_sign(self.clock())
        self._next_base = self.clock() + self.every
        self.say(f"Copied and verified: {base.path}. It can be restored to any later moment received.")
        if gone := self.shelf.prune(self.keep, self.receiver.line):
            self.say(f"Forgotten, being older than the newest {self.keep}: {', '.join(gone)}.")

    def make_base(self, line: str = "") -> Base:
        """A verified copy of the whole database; a copy that fails is not kept."""
        began, name = time.monotonic(), stamp(self.clock())
        base, log = Base(self.shelf.base / name), self.shelf.root / "copying.log"
        size = self.server.ask("SELECT pg_size_pretty(sum(pg_database_size(oid))) FROM pg_database")
        self.say(f"Copying the database ({size}) ...")
        options = ("--checkpoint=fast", "--wal-method=stream", "--label=hotline")
        self._copying = self.server.start("pg_basebackup", "-D", str(base.path), *options, log=log)
        if self._copying.wait():
            told = log.read_text(errors="replace").strip()
            raise BackupError(f"No copy of the database was made; older ones are kept. PostgreSQL said: {told}")
        if wrong := verify(self.server.programs, base.path):
            raise BackupError(f"The copy {base.path} is not sound and does not count: {wrong}")
        self.shelf.finish(base, About(line, fingerprints()))
        self.say(f"  took {time.monotonic() - began:.0f} s")
        return base

    def let_go(self) -> None:
        try:
            self.server.wait_for_us(False)
            self.say("Stopped. What is acknowledged from now on is on the database's disk only.")
        except psycopg2.Error:
            self.say("Stopped; the database does not answer. Once it does, work waits until bin/backup runs again.")
        self.receiver.stop()
        if self._copying:
            self._copying.terminate()
