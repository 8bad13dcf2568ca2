"""An SMS gateway with bad days: a process of its own, which crashes, dawdles, fails and babbles.

``python -m bench.gateway PORT LEDGER SEED PATIENCE [keyed]``; a carrier waits PATIENCE seconds. Each line of the ledger
is one message as the recipient gets it; it is written at the moment of acceptance and survives the process. A keyed
gateway delivers each key once, and answers a repeat as it answered before. Of some messages it reports that they
arrived, once or more often, to RECEIPTS with the key RECEIPTS_KEY (environment); what was taken from it stands in a
ledger of its own. Standard library only, so that it is up again at once.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

CRASH = 70
SLOW, TOO_SLOW = 0.3, 1.2  # of what a carrier waits
REPORTS = {0: 90, 1: 5, 2: 3, 3: 2}  # so often it is reported that a message arrived, of a hundred messages
# What may happen instead of a good answer, in how many of ten thousand requests.
REFUSALS = {500: 60, 503: 60, 429: 60}
BAD_LUCK = {"crash before": 25, "crash after": 25, "slow": 60, "too slow": 5, "babble": 60, "hang up": 60}


class Gateway(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, ledger: Path, seed: str, patience: float, *, keyed: bool) -> None:
        super().__init__(("127.0.0.1", port), _Desk)
        self.ledger, self.keyed, self.chance = ledger, keyed, random.Random(seed)
        self.delays = {"slow": SLOW * patience, "too slow": TOO_SLOW * patience}
        self.guard = threading.Lock()
        self.known = set(accepted(ledger))
        self.to_report: Queue[str] = Queue()
        threading.Thread(target=self.report, daemon=True).start()

    def luck(self) -> str | int:
        """What happens to this request: nothing bad (""), a refusal's status, or a misfortune by name."""
        fates: list[str | int] = ["", *REFUSALS, *BAD_LUCK]
        weights = [*REFUSALS.values(), *BAD_LUCK.values()]
        with self.guard:
            return self.chance.choices(fates, [10_000 - sum(weights), *weights])[0]

    def accept(self, key: str) -> None:
        """One line, written by one system call: what is in the file is what the recipient got."""
        with self.guard:
            if self.keyed and key in self.known:
                return
            self.known.add(key)
            write_down(self.ledger, key)
            for _report in range(self.chance.choices(list(REPORTS), list(REPORTS.values()))[0]):
                self.to_report.put(key)

    def report(self) -> None:
        """Tell what arrived, as often as it was put down for it, in a thread of its own."""
        while True:
            key = self.to_report.get()
            said = json.dumps({"message": key, "receipt": "delivered"}).encode()
            headers = {"Authorization": f"Bearer {os.environ['RECEIPTS_KEY']}", "Content-Type": "application/json"}
            request = urllib.request.Request(os.environ["RECEIPTS"], said, headers)
            with suppress(OSError), urllib.request.urlopen(request, timeout=30):
                write_down(reports_of(self.ledger), key)


class _Desk(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        key, luck = self.headers["Idempotency-Key"], self.server.luck()
        if luck == "crash before":
            os._exit(CRASH)
        if isinstance(luck, int):
            self.answer(luck, b"try later")
            return
        self.server.accept(key)
        if luck == "crash after":
            os._exit(CRASH)
        if luck == "hang up":
            self.connection.close()
            return
        time.sleep(self.server.delays.get(luck, 0.0))
        self.answer(200, b"<html>\xff" if luck == "babble" else json.dumps({"id": f"gw-{key}"}).encode())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        pass


def write_down(ledger: Path, key: str) -> None:
    with ledger.open("ab", buffering=0) as book:
        book.write(f"{key}\n".encode())


def reports_of(ledger: Path) -> Path:
    """Where it stands which reports were taken."""
    return ledger.with_suffix(".reports")


def accepted(ledger: Path) -> list[str]:
    """The keys of all messages as they reached their recipients, in order."""
    return ledger.read_text(encoding="utf-8").split() if ledger.exists() else []


if __name__ == "__main__":
    port, ledger, seed, patience, *more = sys.argv[1:]
    Gateway(int(port), Path(ledger), seed, float(patience), keyed="keyed" in more).serve_forever()
