"""A town to put under strain: real servers of its own, the demo city's ground, and programs that can be killed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from hotline.management.commands.run_demo import answers, commands
from hotline.programs import on_its_own

BECOME_SUBREAPER = 36  # prctl's PR_SET_CHILD_SUBREAPER: a killed server is our child to bury, or it stays a zombie
START_SECONDS = 60
STOP_SECONDS = 20


@dataclass
class Program:
    """One running process group."""

    name: str
    process: subprocess.Popen[bytes]
    address: str = ""

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL the whole group, as a dying machine would."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Town:
    """PostgreSQL, Valkey and programs on them. ``with town() as here`` opens and clears it."""

    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    programs: list[Program] = field(default_factory=list)

    @property
    def root(self) -> Path:
        root: Path = settings.EMBEDDED.root
        return root

    def web(self, port: int = 0) -> Program:
        """A web process that answers by the time this returns. The same port may be used again after a kill."""
        port = port or free_port()
        address = f"http://127.0.0.1:{port}"
        program = self.start("web", commands("127.0.0.1", port)["web"], address=address)
        until(lambda: answers(f"{address}/health/live"), f"an answer from {address}")
        return program

    def timekeeper(self) -> Program:
        return self.start("timekeeper", commands("", 0)["timekeeper"])

    def worker(self) -> Program:
        return self.start("worker", commands("", 0)["worker"])

    def beat(self, number: int = 1) -> Program:
        """One of any number of beats, each with a timetable file of its own."""
        command = commands("", 0)["beat"]
        command[command.index("--schedule") + 1] += f"-{number}"
        return self.start("beat", command)

    def start(self, name: str, command: list[str], *, address: str = "") -> Program:
        log = (self.root / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command,
            preexec_fn=on_its_own,
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        program = Program(name, process, address)
        self.programs = [p for p in self.programs if p.alive] + [program]
        return program

    def kill_postgres(self) -> None:
        """kill -9 of the postmaster; its back ends follow. ``start_servers`` brings it back."""
        pid = int((settings.EMBEDDED.postgres.data / "postmaster.pid").read_text().split()[0])
        kill_server(pid)
        connections.close_all()

    def valkey_pid(self) -> int:
        client = socket.socket(socket.AF_UNIX)
        with contextlib.closing(client):
            client.connect(str(settings.EMBEDDED.valkey.socket))
            client.sendall(b"INFO server\r\n")
            told = client.recv(65536).decode()
        return next(int(line.partition(":")[2]) for line in told.splitlines() if line.startswith("process_id:"))

    def keep_commit_times(self) -> None:
        """From now on PostgreSQL can tell when a row was committed: ``pg_xact_commit_timestamp(xmin)``."""
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET track_commit_timestamp = on")
        connections.close_all()
        settings.EMBEDDED.postgres.stop()
        self.start_servers()

    def start_servers(self) -> None:
        """Whichever of PostgreSQL and Valkey does not run is started."""
        settings.EMBEDDED.ensure()

    def close(self) -> None:
        for program in self.programs:
            program.process.terminate()
        for program in self.programs:
            program.stop()
        connections.close_all()
        settings.EMBEDDED.release()


@contextlib.contextmanager
def town(*, ground: bool = True) -> Iterator[Town]:
    """A migrated town with the demo city's people, places and rules, and no case yet; without ``ground`` as it stands
    there."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1)
    here = Town()
    here.start_servers()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        if ground:
            call_command("load_demo", ground=True)
        yield here
    finally:
        here.close()


def kill_server(pid: int) -> None:
    """kill -9 and bury."""
    os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def until(look: Callable[[], object], what: str, seconds: float = START_SECONDS) -> None:
    """Wait until ``look`` sees something."""
    deadline = time.monotonic() + seconds
    while not look():
        if time.monotonic() > deadline:
            raise TimeoutError(f"no {what} after {seconds:.0f} s")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
