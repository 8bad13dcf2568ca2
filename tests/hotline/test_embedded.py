"""The embedded servers: started once by whoever comes first, stopped by whoever leaves last."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from hotline.embedded import Embedded, EmbeddedError, default_root

HOLD = """
import pathlib, sys
from hotline.embedded import Embedded
servers = Embedded(pathlib.Path(sys.argv[1]), "hotline", fast=True)
servers.ensure()
print("ready", flush=True)
sys.stdin.readline()
"""
pytestmark = pytest.mark.slow


@pytest.fixture
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as directory:
        yield Path(directory) / "servers"


def hold(root: Path) -> subprocess.Popen[bytes]:
    """Another process that uses the servers until its input ends. It runs under LC_ALL=C, as bare machines do."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env={**os.environ, "LC_ALL": "C"},
    )


def is_ready(process: subprocess.Popen[bytes]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == b"ready\n"


def ask(servers: Embedded, question: str) -> object:
    with psycopg2.connect(host=str(servers.run_dir), user="hotline", dbname="hotline") as connection:
        cursor = connection.cursor()
        cursor.execute(question)
        row = cursor.fetchone()
        assert row is not None
        return row[0]


def test_the_first_starts_them_and_the_last_stops_them(root: Path) -> None:
    holders = [hold(root) for _ in range(3)]
    assert all(is_ready(process) for process in holders)
    servers = Embedded(root, "hotline", fast=True)
    for process in holders:
        assert ask(servers, "select 1") == 1
        process.communicate(b"\n")
    with pytest.raises(psycopg2.OperationalError):
        ask(servers, "select 1")
    assert not servers.valkey.socket.exists()


def test_a_killed_user_does_not_keep_them_running(root: Path) -> None:
    killed = hold(root)
    assert is_ready(killed)
    killed.kill()
    killed.communicate()
    last = hold(root)
    assert is_ready(last)
    last.communicate(b"\n")
    with pytest.raises(psycopg2.OperationalError):
        ask(Embedded(root, "hotline", fast=True), "select 1")


def test_killed_servers_come_up_again(root: Path) -> None:
    servers = Embedded(root, "hotline", fast=True)
    first, second = hold(root), None
    try:
        assert is_ready(first)
        ask(servers, "create table kept (); select 1")
        os.kill(int((servers.postgres.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(0.2)
        second = hold(root)
        assert is_ready(second)
        assert ask(servers, "select 1") == 1
    finally:
        for process in filter(None, (first, second)):
            process.communicate(b"\n")


def test_chinese_text_has_trigrams_whatever_the_machines_locale(root: Path) -> None:
    process = hold(root)
    try:
        assert is_ready(process)
        servers = Embedded(root, "hotline", fast=True)
        ask(servers, "create extension pg_trgm; select 1")
        assert ask(servers, "select cardinality(show_trgm('路灯不亮'))") == 5
    finally:
        process.communicate(b"\n")


def test_a_directory_of_somebody_else_is_refused(root: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a directory away")
    root.mkdir()
    os.chown(root, 12345, 12345)
    with pytest.raises(EmbeddedError, match="belongs to another user"):
        Embedded(root, "hotline").ensure()


def test_a_path_too_long_for_a_socket_still_works() -> None:
    servers = Embedded(Path("/tmp") / ("x" * 100), "hotline")
    assert len(os.fsencode(servers.valkey.socket)) < 108


def test_the_place_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_VAR_DIR", "/tmp/elsewhere")
    assert default_root(settings.BASE_DIR, "hotline") == Path("/tmp/elsewhere")
