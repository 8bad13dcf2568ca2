"""Work waits for the backup while it can take it, and goes on when it cannot."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from hotline.backup import restoring
from hotline.backup.afterwards import not_replayed
from hotline.backup.keeping import Keeper
from hotline.backup.server import Server
from hotline.backup.shelf import Shelf
from hotline.embedded import Embedded

pytestmark = pytest.mark.slow
PATIENT = 300.0  # however busy the machine is


@pytest.fixture
def servers() -> Iterator[Embedded]:
    """A database server of its own, in which acknowledged means written."""
    with tempfile.TemporaryDirectory() as directory:
        servers = Embedded(Path(directory) / "servers", "hotline")
        servers.ensure()
        server = Server(servers.database())
        server.ask("CREATE TABLE hotline_heartbeat (name text PRIMARY KEY, at timestamptz)")
        server.ask("CREATE TABLE work (done int)")
        yield servers
        servers.release()


@contextmanager
def kept(server: Server, root: Path, said: list[str]) -> Iterator[Keeper]:
    """A backup that has its first copy."""
    day, over = timedelta(days=1), threading.Event()
    keeper = Keeper(server, Shelf(root / "backup"), every=day, keep=2, say=said.append, clock=timezone.now)
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(keeper.run, over.is_set)
        try:
            until(lambda: heard(said, "Copied and verified") or running.done())
            yield keeper
        finally:
            over.set()
        running.result()


def heard(said: list[str], words: str) -> int:
    return sum(words in sentence for sentence in said)


def waited_for(server: Server) -> bool:
    return bool(server.ask("SHOW synchronous_standby_names") == "hotline_backup")


def work(server: Server) -> None:
    """Something that is acknowledged, as everybody's work is."""
    server.ask("SET synchronous_commit = on; INSERT INTO work VALUES (1)")


def until(look: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENT
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def receiver_of(keeper: Keeper) -> int:
    process = keeper.receiver._process
    assert process is not None
    return process.pid


def test_work_goes_on_without_a_backup_that_hangs_and_waits_again_once_it_is_back(
    servers: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.backup.keeping.PATIENCE", 1.0)
    monkeypatch.setattr("hotline.backup.server.SILENT_SECONDS", 3)
    server, said = Server(servers.database()), list[str]()
    with kept(server, tmp_path, said) as keeper:
        assert waited_for(server)
        os.kill(receiver_of(keeper), signal.SIGSTOP)
        until(lambda: heard(said, "ALARM"))
        assert not waited_for(server)
        work(server)
        os.kill(receiver_of(keeper), signal.SIGCONT)
        until(lambda: heard(said, "Receiving every change") == 2)
        assert waited_for(server)
    assert "Stopped" in said[-1]
    assert not waited_for(server)
    assert server.ask("SELECT count(*) FROM hotline_heartbeat WHERE name = 'backup'") == 1


def test_a_killed_database_finds_its_backup_again(servers: Embedded, tmp_path: Path) -> None:
    server, said = Server(servers.database()), list[str]()
    with kept(server, tmp_path, said):
        os.kill(int((servers.postgres.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        until(lambda: not server.answers())
        servers.ensure()
        assert waited_for(server)
        work(server)
    assert not heard(said, "ALARM")
    assert len(Shelf(tmp_path / "backup").bases()) == 1
    assert len(list((tmp_path / "backup" / "wal").iterdir())) == 1  # the same line goes on


def test_a_copy_restored_is_another_history_with_a_copy_of_its_own(servers: Embedded, tmp_path: Path) -> None:
    server, shelf = Server(servers.database()), Shelf(tmp_path / "backup")
    with kept(server, tmp_path, []):
        work(server)
    servers.postgres.stop()
    base = shelf.bases()[-1]
    restoring.lay_out(shelf, base, servers.postgres.data, at=timezone.now(), say=lambda _sentence: None)
    servers.postgres.recover()
    assert (server.ask("SELECT count(*) FROM work"), server.timeline()) == (1, 2)
    assert list(not_replayed(shelf, server)) == []
    with kept(server, tmp_path, []):
        work(server)
    assert [one.about.line[:8] for one in shelf.bases()] == ["00000001", "00000002"]
    assert [shelf.missing(one) for one in shelf.bases()] == [[], []]
