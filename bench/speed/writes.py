"""The writes: a case taken down, dispatched, signed off; and what is measured by itself: outbox, limits, import."""

from __future__ import annotations

import csv
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from bench.speed import gauges, loading
from bench.speed.city import City
from bench.speed.client import Request
from bench.speed.doors import CSRF
from bench.speed.job import Job
from bench.speed.measure import Bench
from bench.town import Town, until
from cases import escalation
from cases.models import Case
from hotline.bell import silence
from hotline.models import Message, Region

INTAKE = {"req/s c=8": 400, "p95 c=8": 25, "p95 c=1": 10, "SQL": 10, "CPU": 4, "WAL": 8192}
INTAKE_PAGE = {"req/s c=8": 400, "p95 c=8": 25, "SQL": 10}
MOVE = {"req/s c=8": 350, "p95 c=8": 25, "SQL": 8}
REACHED = {"reached": True, "how": "phone"}
AT_ONCE = 100_000
MOVES_READY = 5_000
WORKER_STARTS = 8  # seconds
_numbers = itertools.count(int(time.time()) % 10**6 * 1000)


def _given(city: City) -> Iterator[dict[str, object]]:
    regions = dict(Region.objects.values_list("pk", "code"))
    for n, said in zip(_numbers, itertools.cycle(city.sayings)):
        yield {
            "words": said.words.replace("{n}", str(n)), "title": said.title, "kind": "complaint",
            "channel": "phone", "category": said.category_code, "region": regions[said.region], "place": said.place,
            "name": "李女士", "phone": f"139{n % 10**8:08d}", "unit": said.unit_code,
        }  # fmt: skip


def intake(city: City) -> Iterator[Request]:
    for given in _given(city):
        citizen = {"name": given.pop("name"), "phone": given.pop("phone")}
        body = {**given, "citizen": citizen, "proposed_unit": given["unit"]}
        del body["unit"]
        yield Request("/api/v1/cases/", "POST", json.dumps(body).encode(), {"Idempotency-Key": str(uuid4())})


def intake_page(city: City) -> Iterator[Request]:
    more = {"outcome": "propose", "urgency": "ordinary", "callback_wish": "phone", "confidential": ""}
    for given in _given(city):
        form = {**given, **more, "page": uuid4().hex, "idempotency_key": str(uuid4()), "csrfmiddlewaretoken": CSRF}
        yield Request("/console/register/", "POST", urlencode(form).encode())


def moves(fate: str, move: str, body: Mapping[str, object]) -> Callable[[City], Iterator[Request]]:
    """One move on each of many cases that stand right before it, all of one unit."""

    def requests(city: City) -> Iterator[Request]:
        ready = loading.more(city, fate, MOVES_READY)
        rows = Case.objects.filter(pk__gte=ready[0], pk__lte=ready[-1]).order_by("pk")
        known = list(rows.values_list("number", "version"))
        return (_move(number, version, move, body) for number, version in known)

    return requests


def _move(number: str, version: int, move: str, body: Mapping[str, object]) -> Request:
    headers = {"Idempotency-Key": str(uuid4()), "If-Match": f'"{version}"'}
    return Request(f"/api/v1/cases/{number}/{move}/", "POST", json.dumps(body).encode(), headers)


WRITES = [
    Job("intake", "register a case, JSON", "wang", intake, INTAKE, floor="insert"),
    Job(
        "intake-page",
        "register a case, page",
        "wang",
        intake_page,
        {"req/s c=8": 400, "p95 c=8": 25, "SQL": 10},
        page=True,
        floor="insert",
    ),
    Job("sign", "sign off", "sun", moves("dispatched", "sign", {}), MOVE, floor="insert"),
    Job("dispatch", "dispatch", "zhou", moves("registered", "dispatch", {"unit": "CGJ"}), MOVE, floor="insert"),
    Job(
        "contact",
        "record a contact",
        "sun",
        moves("handling", "contact", REACHED),
        MOVE,
        floor="insert",
    ),
]


DUE_AGAIN = """
UPDATE cases_clock SET stopped_at = NULL, met_at = NULL, breached_at = NULL, stage = 0, next_action_at = due_at
WHERE id IN (
    SELECT DISTINCT ON (case_id) id FROM cases_clock k WHERE kind = 'promise' AND stopped_at IS NOT NULL AND NOT EXISTS
        (SELECT FROM cases_clock r WHERE r.case_id = k.case_id AND r.kind = 'promise' AND r.stopped_at IS NULL)
    ORDER BY case_id LIMIT %s)
"""


def drained(bench: Bench, here: Town, city: City) -> dict[str, float]:
    """Cases registered by eight clients until everything they led to is done, a worker beside."""
    worker = here.worker()
    time.sleep(WORKER_STARTS)
    headers = bench.doors.headers("wang", False)
    began = time.perf_counter()
    done = bench.drive(bench.web, intake(city), 8, 1_000, headers)
    until(lambda: not _due().exists(), "an empty outbox", 300)
    seconds = time.perf_counter() - began
    worker.stop()
    return {"drained/s": round(len(done.times) / seconds, 1), "registered/s": round(done.per_second, 1)}


def _due() -> QuerySet[Message]:
    return Message.objects.filter(state=Message.State.WAITING, next_attempt_at__lte=timezone.now())


def scan(bench: Bench, _here: Town, city: City) -> dict[str, float]:
    """So many limits due at once, acted on one batch after the other by one worker."""
    due = min(AT_ONCE, city.total // 2)
    with connection.cursor() as cursor:
        cursor.execute(DUE_AGAIN, [due])
        cursor.execute("SELECT count(*) FROM cases_clock WHERE next_action_at <= now()")
        due = cursor.fetchone()[0]
        cursor.execute("VACUUM ANALYZE cases_clock")
    before, began, fired, at = gauges.read(bench.web.process.pid), time.perf_counter(), 0, timezone.now()
    with silence():
        while fired < due and (n := escalation.fire_batch(at)):
            fired += n
    seconds = time.perf_counter() - began
    cost = gauges.read(bench.web.process.pid).since(before)
    return {
        "steps/s": round(fired / seconds), "seconds": round(seconds * 100_000 / max(fired, 1), 1),
        "WAL": round(cost.wal / max(fired, 1)), "steps": fired,
    }  # fmt: skip


MAPPING = """
source = "bench"
[columns]
number = "号"
title = "标题"
words = "内容"
registered_at = "来电时间"
closed_at = "办结时间"
category = "分类"
region = "街道"
place = "地址"
name = "姓名"
phone = "电话"
reply = "答复"
kind = "类型"
[values.kind]
"投诉" = "complaint"
"""


def imported(_bench: Bench, here: Town, city: City) -> dict[str, float]:
    """A table of old cases through the import command, in a process of its own."""
    rows = min(40_000, max(10_000, city.total // 10))
    with tempfile.TemporaryDirectory() as place:
        mapping, file = Path(place, "mapping.toml"), Path(place, "cases.csv")
        mapping.write_text(MAPPING, encoding="utf-8")
        _write_csv(file, city, rows)
        began = time.perf_counter()
        manage = str(settings.BASE_DIR / "manage.py")
        command = [sys.executable, manage, "import_cases", str(file), "--mapping", str(mapping), "--by", "sysadmin"]
        done = subprocess.run(command, env=here.environment, capture_output=True, text=True)
        seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(done.stderr or done.stdout)
    most = float(done.stdout.rpartition("peak memory ")[2].split()[0])
    return {"rows/s": round(rows / seconds), "MB": most, "rows": rows}


def _write_csv(file: Path, city: City, rows: int) -> None:
    names = dict(Region.objects.values_list("pk", "name"))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(
            ["号", "标题", "内容", "来电时间", "办结时间", "分类", "街道", "地址", "姓名", "电话", "答复", "类型"]
        )
        for n, said in zip(range(rows), itertools.cycle(city.sayings)):
            words = said.words.replace("{n}", str(n))
            writer.writerow([
                f"B{next(_numbers)}", said.title, words, f"2025-{n % 12 + 1:02}-{n % 28 + 1:02} 09:{n % 60:02}",
                f"2025-{n % 12 + 1:02}-{n % 28 + 1:02} 17:00", "", names[said.region], said.place, "王先生",
                f"136{next(_numbers) % 10**8:08d}", "已处理。", "投诉",
            ])  # fmt: skip


def disk(bench: Bench, _here: Town, city: City) -> dict[str, float]:
    """What a case and its first events take on disk, indexes included."""
    headers, n = bench.doors.headers("wang", False), 1_000
    before = _size()
    done = bench.drive_all(intake(city), n, headers)
    return {"disk": round((_size() - before) / len(done.times))}


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r'")
        return int(cursor.fetchone()[0])


SPECIAL = [
    Job("disk", "disk a case takes with its first events, bytes", "wang", targets={"disk": 6144}, alone=disk),
    Job("drained", "register cases until their messages are gone", "wang", targets={"drained/s": 200}, alone=drained),
    Job("import", "import through validation", "sysadmin", targets={"rows/s": 2_000, "MB": 300}, alone=imported),
    Job("scan", "limits due at once, acted on", "", targets={"steps/s": 3_000, "seconds": 40}, alone=scan),
]
