"""Web, timekeeper, worker and beat of this machine in one foreground command; Ctrl-C stops it all."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

from hotline.programs import on_its_own

Programs = dict[str, list[str]]
Running = dict[str, subprocess.Popen[bytes]]
HALF_TOLD = 3  # what load_demo returns for a story that was broken off
STOP_SECONDS = 20
READY_SECONDS = 120  # a laptop that does other things beside takes its time


class Command(BaseCommand):
    help = "Run the demo city: migrate, load it once, start web, timekeeper, worker and beat"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--cases", type=int, help="about how many cases the story tells of, else as load_demo does")

    def handle(self, *args: Any, host: str, port: int, cases: int | None, **options: Any) -> None:
        refuse_busy_port(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        load_ground()
        settings.EMBEDDED.root.mkdir(parents=True, exist_ok=True)
        stopping: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _frame: stopping.append(received))
        programs = commands(host, port, cases)
        environment = {**os.environ, "SITE_URL": os.environ.get("SITE_URL", f"http://{host}:{port}")}
        running = start({name: programs.pop(name) for name in ("web", "story")}, environment)
        try:
            self.watch(running, programs, environment, f"http://{host}:{port}/", stopping)
        finally:
            stop(running)

    def watch(
        self, running: Running, later: Programs, environment: dict[str, str], address: str, stopping: list[int]
    ) -> None:
        """Say when pages are served; wait for Ctrl-C; give up when a process ends by itself.

        The story of the last months is told beside the pages; who works by the clock starts when it is told, so that
        nothing of the past is taken for late.
        """
        announced = False
        deadline = time.monotonic() + READY_SECONDS
        while not stopping:
            if "story" in running and running["story"].poll() == 0:
                del running["story"]
                running |= start(later, environment)
                self.stdout.write("  Everything runs.\n")
                self.stdout.flush()
            for name, process in running.items():
                if process.poll() is not None:
                    raise CommandError(f"The {name} process ended by itself (exit code {process.returncode}).")
            if not announced and answers(address):
                announced = True
                self.stdout.write(f"\n  The hotline is at {address}  (Ctrl-C stops everything)\n")
                if "story" in running:
                    self.stdout.write("  Its last three months are being written meanwhile; that takes a minute.\n")
                self.stdout.flush()
            if not announced and time.monotonic() > deadline:
                raise CommandError(f"No page at {address} after {READY_SECONDS} seconds.")
            time.sleep(0.1)
        self.stdout.write("Stopping ...")


def load_ground() -> None:
    """Places, people and rules. A story that was broken off the last time is begun again in an empty database."""
    try:
        call_command("load_demo", ground=True)
    except CommandError as error:
        if error.returncode != HALF_TOLD or not settings.STANDALONE:
            raise
        name = connection.settings_dict["NAME"]
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"')
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_demo", ground=True)


def refuse_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} at {host} cannot be used ({error.strerror}). Another one: bin/demo --port {port + 1}"
            ) from error


def commands(host: str, port: int, cases: int | None = None) -> Programs:
    programs = Path(sys.executable).parent
    told = ["--cases", str(cases)] if cases is not None else []
    web = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "64"]
    celery = [str(programs / "celery"), "--quiet", "--app", "hotline"]
    worker = ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = ["--schedule", str(settings.EMBEDDED.root / "beat"), "--pidfile=", "--loglevel", "WARNING"]
    return {
        "web": [str(programs / "granian"), *web, "--log-level", "error", "hotline.wsgi:application"],
        "story": [sys.executable, str(settings.BASE_DIR / "manage.py"), "load_demo", *told],
        "timekeeper": [sys.executable, str(settings.BASE_DIR / "manage.py"), "keep_time"],
        "worker": [*celery, "worker", *worker],
        "beat": [*celery, "beat", *beat],
    }


def start(programs: Programs, environment: dict[str, str]) -> Running:
    return {
        name: subprocess.Popen(command, preexec_fn=on_its_own, cwd=settings.BASE_DIR, env=environment)
        for name, command in programs.items()
    }


def answers(address: str) -> bool:
    """Whether the web server answers at all; any page will do."""
    try:
        urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def stop(running: Running) -> None:
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
