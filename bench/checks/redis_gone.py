"""Without Valkey limits are acted on and requests taken: it is killed, flushed, stopped and filled while clocks run.

Twenty times in turn: kill -9, FLUSHALL, SIGSTOP for up to a minute, no memory left. Meanwhile two programs register
requests over HTTP. At the end beat, broker and workers must have found each other again. (A Celery worker to which a
full broker says no ends itself; it is started again, as docker-compose.yml's restart policy does.)
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from django.conf import settings
from django.utils import timezone
from redis import Redis

from bench.calling import Line, Person
from bench.clocks import come_due, judge, judge_lateness, wait_for_all
from bench.crew import Crew, crew_arguments, names
from bench.errands import registering
from bench.people import hire
from bench.report import Report, percentile
from bench.town import Town, kill_server, town, until
from cases.models import Case
from hotline.agreed_time import database_time
from hotline.models import Heartbeat

LONGEST_STOP, SHORTEST_STOP = 60.0, 20.0
PAUSE = 3.0  # between troubles, in which Valkey is well
BACK_SECONDS = 90


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--troubles", type=int, default=20)
    parser.add_argument("--longest-stop", type=float, default=LONGEST_STOP, help="seconds")
    crew_arguments(parser, timekeepers=2, workers=2, beats=1)
    parser.add_argument("--away", type=float, default=5, help="seconds for which it is killed or full")
    parser.add_argument("--longest", type=float, default=10, help="seconds late, at most")


def run(options: Namespace, report: Report) -> None:
    rng = random.Random(report.seed)
    troubles = schedule(options, rng)
    seconds = sum(length + PAUSE for _trouble, length in troubles)
    with town() as here, ThreadPoolExecutor(2) as pool:
        here.keep_commit_times()
        here.environment["API_RATE"] = "1000000/min"
        crew, web = Crew(here, names(options)), here.web()
        crew.wait_until_at_work()
        callers = hire("agent", "JIA", 2, at=timezone.now())
        due = come_due(options.n, seconds, rng)
        time.sleep(max(0.0, (min(due.values()) - database_time()).total_seconds()))
        over = threading.Event()
        intake = [pool.submit(register, caller, web.address, over, rng.random()) for caller in callers]
        try:
            for trouble, length in troubles:
                trouble(here, length)
                time.sleep(PAUSE)
                crew.revive()
        finally:
            over.set()
        wait_for_all(max(due.values()))
        judge_lateness(report, judge(report, due), p99=options.longest, longest=options.longest)
        tell_intake(report, options.longest, [answer for caller in intake for answer in caller.result()])
        report.figure("of the crew that ended by themselves and were started again", len(crew.ended))
        report.figure("seconds until beat, broker and workers were well again", back(crew), at_most=BACK_SECONDS)


def schedule(options: Namespace, rng: random.Random) -> list[tuple[Callable[[Town, float], None], float]]:
    """Every kind in turn, with how long it lasts."""
    longest = options.longest_stop
    kinds: list[tuple[Callable[[Town, float], None], Callable[[], float]]] = [
        (killed, lambda: options.away),
        (flushed, lambda: 0.0),
        (stopped, lambda: rng.uniform(min(SHORTEST_STOP, longest), longest)),
        (full, lambda: options.away),
    ]
    return [(trouble, length()) for trouble, length in islice(cycle(kinds), options.troubles)]


def killed(here: Town, seconds: float) -> None:
    kill_server(here.valkey_pid())
    time.sleep(seconds)
    here.start_servers()


def flushed(_here: Town, _seconds: float) -> None:
    valkey().flushall()


def stopped(here: Town, seconds: float) -> None:
    pid = here.valkey_pid()
    os.kill(pid, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(pid, signal.SIGCONT)


def full(_here: Town, seconds: float) -> None:
    valkey().config_set("maxmemory", 1)
    time.sleep(seconds)
    valkey().config_set("maxmemory", 0)


def valkey() -> Redis:
    return Redis(unix_socket_path=str(settings.EMBEDDED.valkey.socket))


def register(caller: Person, address: str, over: threading.Event, chance: float) -> list[tuple[int, float]]:
    """Status and seconds of each request, five a second."""
    rng = random.Random(chance)
    line = Line([address], rng)
    told: list[tuple[int, float]] = []
    while not over.wait(0.2):
        phone, key = f"138{rng.randrange(10**8):08}", f"{rng.getrandbits(128):032x}"
        began = time.monotonic()
        answer = line.send(registering(caller, f"{caller.name} {len(told)}", phone, key=key, by_page=False))
        told.append((answer.status, time.monotonic() - began))
    return told


def tell_intake(report: Report, longest: float, told: list[tuple[int, float]]) -> None:
    registered = sum(status == 201 for status, _seconds in told)
    report.figure("requests registered meanwhile", registered)
    report.figure("requests not registered at the first try", len(told) - registered, exactly=0)
    cases = Case.objects.filter(title__startswith="agent-").count()
    report.figure("cases of registered requests", cases, exactly=registered)
    took = [seconds for _status, seconds in told]
    report.figure("registering p99, seconds", percentile(took, 0.99))
    report.figure("registering max, seconds", max(took, default=0.0), at_most=longest / 2)


def back(crew: Crew) -> float:
    """How long until a ring went through beat, broker and worker again."""
    began, asked = time.monotonic(), database_time()
    fresh = Heartbeat.objects.filter(name="beat", at__gt=asked)
    until(lambda: not crew.revive() and fresh.exists(), "sign of life from the workers", BACK_SECONDS * 2)
    return time.monotonic() - began
