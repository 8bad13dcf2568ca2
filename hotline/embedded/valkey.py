"""A Valkey server in a directory."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from pathlib import Path

from hotline.embedded.places import EmbeddedError, valkey_binary

START_SECONDS = 15


class Valkey:
    def __init__(self, root: Path, run_dir: Path, *, fast: bool) -> None:
        self.root = root
        self.socket = run_dir / "valkey.sock"
        self.fast = fast

    def ensure(self) -> None:
        if self._answers():
            return
        self._start()
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Valkey did not start; see {self.root / 'valkey.log'}")
            time.sleep(0.02)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._ask(b"SHUTDOWN NOSAVE" if self.fast else b"SHUTDOWN")

    def _start(self) -> None:
        data = self.root / "valkey"
        data.mkdir(exist_ok=True)
        keep = ["--save", "", "--appendonly", "no"] if self.fast else ["--appendonly", "yes"]
        where = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--dir", str(data)]
        # noeviction: a full broker must refuse, never forget work
        how = ["--daemonize", "yes", "--maxmemory-policy", "noeviction", "--logfile", str(self.root / "valkey.log")]
        command = [str(valkey_binary()), *where, *how, *keep]
        if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
            raise EmbeddedError(f"Valkey did not start; see {self.root / 'valkey.log'}")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self._ask(b"PING").startswith(b"+PONG")
        return False

    def _ask(self, command: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(5)
            client.connect(str(self.socket))
            client.sendall(command + b"\r\n")
            return client.recv(64)
