"""Work waits for the backup while it can take it, and goes on when it cannot."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from hotline.backup.keeping import Keeper
from hotline.backup.server import Server
from hotline.backup.shelf import Shelf
from hotline.embedded import Embedded

pytestmark = pytest.mark.slow
PATIENT = 300.0  # however busy the machine is


@pytest.fixture
def server() -> Iterator[Server]:
    """A database server of its own, in which acknowledged means written."""
    with tempfile.TemporaryDirectory() as directory:
        servers = Embedded(Path(directory) / "servers", "hotline")
        servers.ensure()
        server = Server(servers.database())
        server.ask("CREATE TABLE hotline_heartbeat (name text PRIMARY KEY, at timestamptz)")
        server.ask("CREATE TABLE work (done int)")
        yield server
        servers.release()


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
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.backup.keeping.PATIENCE", 1.0)
    monkeypatch.setattr("hotline.backup.server.SILENT_SECONDS", 3)
    said: list[str] = []
    day = timedelta(days=1)
    keeper = Keeper(server, Shelf(tmp_path / "b"), every=day, keep=2, say=said.append, clock=timezone.now)
    over = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(keeper.run, over.is_set)
        try:
            until(lambda: any("Copied and verified" in sentence for sentence in said) or running.done())
            assert server.ask("SHOW synchronous_standby_names") == "hotline_backup"
            os.kill(receiver_of(keeper), signal.SIGSTOP)
            until(lambda: any("ALARM" in sentence for sentence in said))
            assert server.ask("SHOW synchronous_standby_names") == ""
            server.ask("SET synchronous_commit = on; INSERT INTO work VALUES (1)")
            os.kill(receiver_of(keeper), signal.SIGCONT)
            until(lambda: sum("Receiving every change" in sentence for sentence in said) == 2)
            assert server.ask("SHOW synchronous_standby_names") == "hotline_backup"
        finally:
            over.set()
        running.result()
    assert "Stopped" in said[-1]
    assert server.ask("SHOW synchronous_standby_names") == ""
    assert server.ask("SELECT count(*) FROM hotline_heartbeat WHERE name = 'backup'") == 1
