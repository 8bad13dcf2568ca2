from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pytest
from django.conf import settings

from tests.browser import BOTH_LOOKS

START_SECONDS = 600  # the city's last months are written, beside whatever else the machine does
STARTED = ("The hotline is at", "Everything runs.")
# Runs what it is handed, a line of JSON each, with nothing kept of what it read before, and says what was printed.
SHELL = """
import contextlib, io, json, sys, traceback
from hotline import kept
for line in sys.stdin:
    for value in kept.everything():
        value.forget()
    said, fault = io.StringIO(), ""
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(line), {})
        except Exception:
            fault = traceback.format_exc()
    print(json.dumps([said.getvalue(), fault]), flush=True)
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Half of the stories are told in Chinese, half in English, and all in both by ``bin/check at_length``."""
    other = [] if BOTH_LOOKS else [item for item in items if _language(item) not in ("", _due(item))]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in set(other)]


def _language(item: pytest.Item) -> str:
    here = item.path.parent == Path(__file__).parent and isinstance(item, pytest.Function)
    return item.callspec.params.get("language", "") if here and hasattr(item, "callspec") else ""


def _due(item: pytest.Item) -> str:
    return ("zh-hans", "en")[crc32(item.originalname.encode()) % 2] if isinstance(item, pytest.Function) else ""


@dataclass
class City:
    """The demo city running in processes of its own, as ``bin/demo`` starts it."""

    url: str
    shell: subprocess.Popen[str]

    def run(self, code: str) -> str:
        """Python in the city's own shell, for what no page does: moving a story back in time, reading a sent SMS."""
        assert self.shell.stdin
        assert self.shell.stdout
        self.shell.stdin.write(f"{json.dumps(code)}\n")
        self.shell.stdin.flush()
        patience = threading.Timer(60, self.shell.kill)
        patience.start()
        answer = self.shell.stdout.readline()
        patience.cancel()
        assert answer, "the city's shell is gone"
        said, fault = json.loads(answer)
        assert not fault, fault
        return str(said).strip()

    def last_sms(self, number: str) -> str:
        """What the citizen's telephone shows last about a case, once it was sent."""
        read = f"""
from hotline.models import Message
sent = Message.objects.filter(about={number!r}, channel="sms", state="sent").order_by("-created_at").first()
print(sent.body if sent else "")"""
        return until(lambda: self.run(read), f"an SMS about {number}")

    def send_now(self) -> None:
        """End the quiet hours for what waits, so that a story told at night goes on."""
        self.run(
            "from hotline.models import Message; from django.utils import timezone;"
            'Message.objects.filter(state="waiting").update(next_attempt_at=timezone.now())'
        )


def until(look: Callable[[], str], what: str, seconds: float = 20) -> str:
    """What ``look`` sees as soon as it sees something."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"no {what} after {seconds} s"
        time.sleep(0.3)
    return seen


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    root = Path(os.environ.get("JOURNEYS_DIR") or tmp_path_factory.mktemp("city"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment |= {"APP_VAR_DIR": str(root), "SITE_URL": f"http://127.0.0.1:{port}"}
    log = (root / "city.log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_demo", "--port", str(port), "--cases", "60"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(process, root / "city.log")
        with _shell(environment) as shell:
            yield City(f"http://127.0.0.1:{port}", shell)
    finally:
        process.terminate()
        process.wait(40)
        log.close()


@contextmanager
def _shell(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """One for all stories: to start one takes longer than most of what it is asked for."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-v", "0", "-c", SHELL]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdin=pipe, stdout=pipe, text=True) as shell:
        yield shell
        assert shell.stdin
        shell.stdin.close()
        shell.wait(20)


def _wait_for(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not all(words in log.read_text() for words in STARTED):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)
