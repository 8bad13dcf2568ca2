"""A stolen dump reads as noise: no name, number or address of a citizen anywhere in what can be carried away.

People are registered by HTTP as in a day's work (calls, drafts, numbers and names typed into the words, notes, looks at
the identity, searches, suggestions, refused and failing requests) and in bulk through the same fields. Then everything
is taken and searched: pg_dump, heap, index and temporary files, WAL, Valkey's files, logs with every statement, media,
sessions.
"""

from __future__ import annotations

import random
import subprocess
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from bench.calling import Line, Person, Request, api, form, look
from bench.people import hire
from bench.report import Report
from bench.seeded import Search, Seeded, crowd, files_under
from bench.town import Town, town, until
from cases import attachments
from cases.attachments import Upload
from cases.models import Call, Case, CaseEvent, Citizen, Verbatim
from hotline.models import Membership, Message, MessageTemplate
from hotline.privacy import blind_index

AT_ONCE = 5_000
PLACE, SUBJECT = "350902001000", "SZ01"
TELLING = ["log_statement = 'all'", "wal_keep_size = '20GB'", "max_wal_size = '20GB'", "log_lock_waits = on"]
CODEC_FIELDS = 20_000


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=100_000, help="people in all")
    parser.add_argument("--http", type=int, default=800, help="of them, registered by HTTP")
    parser.add_argument("--codec", type=int, default=50_000, help="fields a second that the codec must do")


def run(options: Namespace, report: Report) -> None:
    people = crowd(options.n, options.seed)
    with town() as here:
        tell_everything(here)
        day(here, people[: options.http], options, report)
        in_bulk(people[options.http :])
        search = Search(people)
        look_through(here, search, report)
        codec(options.codec, report)
    for where, n in search.found.most_common():
        report.fault(f"{n} × {where}: …{search.examples[where]!r}…")
    report.figure("people seeded", len(people))
    report.figure("MB searched", search.looked_at // 2**20)
    report.figure("found in plain text", search.hits, exactly=0)


def tell_everything(here: Town) -> None:
    """PostgreSQL writes every statement to its log and keeps all WAL; Valkey leaves its file uncompressed."""
    with connection.cursor() as cursor:
        for setting in TELLING:
            cursor.execute(f"ALTER SYSTEM SET {setting}")
        cursor.execute("SELECT pg_reload_conf()")
    here.environment |= {"LOG_LEVEL": "INFO", "REVEALS_PER_HOUR": "1000000", "REVEALS_PER_DAY": "1000000"}
    here.environment |= {"API_RATE": "1000000/min"}


def day(here: Town, people: list[Seeded], options: Namespace, report: Report) -> None:
    at = timezone.now()
    line = Line([here.web().address], random.Random(options.seed))
    here.worker()
    [agent], [officer], [platform] = (
        hire(*who, 1, at=at) for who in (("agent", "JIA"), ("dispatcher", "HOTLINE"), ("integration", "JIA"))
    )
    statuses = [status for n, one in enumerate(people) for status in one_call(line, agent, officer, platform, one, n)]
    failing(line, agent, people[: len(people) // 20 + 1])
    until(lambda: not Message.objects.filter(state="waiting", channel="in_app").exists(), "notices delivered", 120)
    report.figure("requests", len(statuses))
    report.figure("of them refused or failed", sum(status >= 400 for status in statuses))
    report.figure("registered by HTTP", Case.objects.count(), at_least=len(people))


def one_call(line: Line, agent: Person, officer: Person, platform: Person, who: Seeded, n: int) -> list[int]:
    """What one citizen leads to, every place typed into where somebody types a name or a number."""
    said = f"我叫{who.name}，电话 {who.phone[:3]} {who.phone[3:7]} {who.phone[7:]}，家住附近，第 {n} 号楼前井盖缺失。"
    citizen = {"name": who.name, "phone": who.phone, "address": who.address}
    body: dict[str, Any] = {
        "words": said,
        "title": f"{who.name} {who.phone} 反映井盖",
        "kind": "complaint",
        "place": f"{who.phone} 旁",
    }
    body |= {"region": PLACE, "category": SUBJECT, "channel": "phone", "citizen": citizen}
    now = timezone.now().isoformat()
    call = {"platform_id": f"drill-{n}", "act": "offered", "at": now, "caller": who.phone}
    made = line.send(api(agent, "cases/", body, key=f"seeded-{n}"))
    answers = [made.status, line.send(api(platform, "calls/", call)).status]
    if made.status != 201:
        return answers
    number = made.json["number"]
    note = {"words": f"新号码 {who.phone}，找{who.phone}"}
    more: list[Request] = [
        form(agent, "/console/drafts/", {"page": f"page-{n}", "words": said, "name": who.name, "phone": who.phone}),
        form(agent, "/console/suggestions/likely/", {"words": said, "phone": who.phone}),
        form(agent, "/console/suggestions/history/", {"words": said, "phone": who.phone}),
        api(agent, "suggestions/", {"words": said, "phone": who.phone}),
        api(agent, f"cases/{number}/reveal/", {"reason": "contact", "note": f"回拨 {who.phone}"}, key=f"look-{n}"),
        api(officer, f"cases/{number}/note/", note, version=made.version),
        look(officer, f"cases/?q={who.phone}"),
        look(officer, f"cases/{number}/"),
        Request("GET", f"/search/?q={who.phone}", {"Cookie": f"sessionid={officer.session}"}),
        Request("GET", f"/cases/{number}/", {"Cookie": f"sessionid={agent.session}"}),
        form(agent, "/sign-in/", {"username": who.phone, "password": who.name})
        if n % 50 == 0
        else look(agent, "users/me/"),
        api(agent, "cases/", {**body, "kind": who.name, who.phone: who.name}) if n % 10 == 0 else look(agent, "cases/"),
    ]
    return answers + [line.send(request).status for request in more]


def failing(line: Line, agent: Person, people: list[Seeded]) -> None:
    """A table that takes no rows: the statement fails, is logged with its row, and the request ends as a fault."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case ADD CONSTRAINT drill CHECK (id < 0) NOT VALID")
    for who in people:
        citizen = {"name": who.name, "phone": who.phone, "address": who.address}
        body: dict[str, Any] = {"words": f"{who.name} {who.phone}", "title": who.phone, "kind": "complaint"}
        line.send(api(agent, "cases/", body | {"channel": "phone", "citizen": citizen}))
        line.send(
            Request("POST", "/api/v1/cases/", {"Authorization": f"Bearer {agent.token}"}, f"{{{who.phone}".encode())
        )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case DROP CONSTRAINT drill")


def in_bulk(people: list[Seeded]) -> None:
    """The rest, through the same fields that the verbs write."""
    at, wording = timezone.now(), MessageTemplate.objects.get(key="registered", retired_at__isnull=True)
    case = Case.objects.order_by("pk").first()
    assert case is not None
    for who in people[:20]:
        file = Upload(f"{who.phone} 说明.txt", f"{who.name}，电话 {who.phone}，{who.address}".encode())
        attachments.attach(
            case, file, by=Membership.objects.current(at).get(user__username="zhou"), at=at, kind="credential"
        )
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        phones = [f"+86{who.phone}" for who in some]
        Citizen.objects.bulk_create(
            Citizen(
                name=who.name,
                phone=phone,
                address=who.address,
                phone_index=blind_index("citizen.phone", phone),
                last4_index=blind_index("citizen.phone_last4", phone),
                created_at=at,
            )
            for who, phone in zip(some, phones, strict=True)
        )
        if start >= 2 * AT_ONCE:
            continue
        Call.objects.bulk_create(
            Call(platform_id=f"bulk-{start}-{n}", caller=p, offered_at=at) for n, p in enumerate(phones)
        )
        Verbatim.objects.bulk_create(Verbatim(case=case, said=f"{who.name} {who.phone}", at=at) for who in some)
        Message.objects.bulk_create(
            Message(
                channel="sms", template=wording, address=p, body=f"{who.name} {p}", created_at=at, next_attempt_at=at
            )
            for who, p in zip(some, phones, strict=True)
        )


def look_through(here: Town, search: Search, report: Report) -> None:
    """Everything that a thief could take, servers running and stopped."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    dump = here.root / "stolen.sql"
    postgres = settings.EMBEDDED.postgres
    connected = ["-h", str(settings.EMBEDDED.run_dir), "-U", postgres.name, postgres.name]
    subprocess.run([str(postgres._binaries / "pg_dump"), "-f", str(dump), *connected], check=True)
    search.file(dump, "pg_dump")
    temporary_files(search)
    for session in Session.objects.iterator():
        search.text(str(session.get_decoded()), "sessions")
    for event in CaseEvent.objects.iterator():
        search.text(f"{event.why} {event.payload}", "events")
    here.close()
    for path in files_under(here.root):
        if path.name != "keys.json":
            search.file(path, place_of(path, here.root), unpack="valkey" in str(path))
    report.figure("files searched", sum(1 for _path in files_under(here.root)))
    keys = settings.FIELD_KEYS["1"].encode()
    holders = [path.name for path in files_under(here.root) if path.name != "keys.json" and keys in path.read_bytes()]
    report.figure("files with the key, other than its own", len(holders), exactly=0)


def temporary_files(search: Search) -> None:
    """What a sort spills to disk while it lasts."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; SET LOCAL work_mem = '64kB'")
        cursor.execute("DECLARE spilt CURSOR FOR SELECT * FROM cases_citizen ORDER BY md5(id::text)")
        cursor.execute("FETCH 1 FROM spilt")
        for path in files_under(settings.EMBEDDED.postgres.data / "base" / "pgsql_tmp"):
            search.file(path, "temporary files")
        cursor.execute("ROLLBACK")


def place_of(path: Path, root: Path) -> str:
    parts = path.relative_to(root).parts
    if "pg_wal" in parts:
        return "WAL"
    if "base" in parts or "global" in parts:
        return "heap and index files"
    return "/".join(parts[:2]) if path.suffix != ".log" else path.name


def codec(least: int, report: Report) -> None:
    """How fast the fields' codec is, in seconds of one core, in either cipher."""
    field, key = Citizen._meta.get_field("phone"), Citizen().pk
    for cipher in ("AES-256-GCM", "SM4-GCM"):
        with override_settings(FIELD_CIPHER=cipher):
            field.unseal(field.seal("", key), key)
            began = time.process_time()
            tokens = [field.seal("+8613800006021", key) for _ in range(CODEC_FIELDS)]
            sealed = time.process_time()
            for token in tokens:
                field.unseal(token, key)
            opened = time.process_time()
        report.figure(f"fields sealed a second, {cipher}", round(CODEC_FIELDS / (sealed - began)), at_least=least)
        report.figure(f"fields opened a second, {cipher}", round(CODEC_FIELDS / (opened - sealed)), at_least=least)
