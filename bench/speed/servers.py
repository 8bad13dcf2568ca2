"""The servers under measurement, as the container image starts them, on a PostgreSQL of production's size."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.town import Program, Town, free_port, until
from hotline.management.commands.run_demo import answers

WORKERS = 2
THREADS = 64
DATABASE = (
    "-c max_connections=200 -c shared_buffers=2GB -c effective_cache_size=14GB -c work_mem=32MB -c jit=off"
    " -c synchronous_commit=on -c wal_compression=on -c max_wal_size=8GB -c maintenance_work_mem=512MB"
    " -c checkpoint_timeout=15min -c random_page_cost=1.1 -c shared_preload_libraries=pg_stat_statements"
    " -c pg_stat_statements.track=top -c pg_stat_statements.track_utility=off -c pg_stat_statements.max=10000"
)


def environment() -> dict[str, str]:
    """What the servers are told: as in production, only that no limit stands between the client and the figures."""
    return {
        "EMBEDDED_PG_OPTIONS": DATABASE,
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "INFO"),
        "API_RATE": "100000000/min",
        "MALLOC_ARENA_MAX": "2",
        "STATEMENT_TIMEOUT_SECONDS": "0",
    }


def web(town: Town, application: str = "hotline.wsgi:application", name: str = "web", **told: str) -> Program:
    """Two worker processes; answers by the time this returns."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS),
        "--log-level", "warning", application,
    ]  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    told |= {"STATEMENT_TIMEOUT_SECONDS": "30"}
    town.environment |= told
    program = town.start(name, command, address=address)
    for key in told:
        del town.environment[key]
    until(lambda: answers(f"{address}/health/live"), f"an answer from {address}")
    return program
