"""Sealing: everything that was committed, once, whoever seals, whoever is killed, and however late it came."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from pytest_django import Settings

from hotline import health, schedule, seals
from hotline.audit_chain import Seal, lines_of
from hotline.audit_checking import check_now
from hotline.journals import JOURNALS
from hotline.models import AuditEntry, AuditSeal, Heartbeat
from hotline.seal_files import Disagreement, SealFiles
from tests.people import local
from tests.stories import a_case

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = """
INSERT INTO hotline_auditentry (at, act, object_type, object_id, result, reason, request_id, details)
VALUES (now(), 'tests.written', '', '', 'ok', %s, '', '{}') RETURNING id
"""
ALL_ENDED = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > max(xid) FROM hotline_auditentry
"""
NOON = local("2026-11-26 12:00")
MOST_WRITTEN = 300


@pytest.fixture(autouse=True)
def _outside(settings: Settings, tmp_path: Path) -> None:
    settings.AUDIT_SEALS_DIR = tmp_path / "outside"


@contextmanager
def another() -> Iterator[psycopg2.extensions.connection]:
    """Somebody else's connection."""
    other = psycopg2.connect(**connection.get_connection_params())
    try:
        yield other
    finally:
        other.close()


def written(by: psycopg2.extensions.connection, reason: str = "") -> int:
    with by.cursor() as cursor:
        cursor.execute(ENTRY, [reason])
        return int(cursor.fetchone()[0])


def all_have_ended() -> None:
    """Wait for whoever in this cluster began to write before what is written by now: tests beside these do."""
    end, ended = time.monotonic() + 300, False
    while not ended:
        assert time.monotonic() < end, "somebody is writing for five minutes"
        with connection.cursor() as cursor:
            cursor.execute(ALL_ENDED)
            (ended,) = cursor.fetchone()
        time.sleep(0.05)


def sealed() -> Counter[int]:
    """How often each audit entry stands in a seal."""
    found: Counter[int] = Counter()
    for line in AuditSeal.objects.order_by("number").values_list("line", flat=True):
        seal = Seal.read(line.encode())
        assert seal
        found.update(
            int(one.partition(":")[0]) for one in seal.journals.get("hotline_auditentry", (0, "", ""))[2].split()
        )
    return found


def once_each() -> None:
    """Every entry is in one seal, all is whole, and outside lies what the database has."""
    assert sealed() == Counter(AuditEntry.objects.values_list("pk", flat=True))
    found = check_now()
    assert next(found.sentences()) == "whole"
    assert found.whole
    assert found.check.unsealed == 0
    assert [*lines_of(django_settings.AUDIT_SEALS_DIR)] == [
        seal.line.encode() for seal in AuditSeal.objects.order_by("number")
    ]


def test_acts_and_their_events_are_sealed_together() -> None:
    a_case()
    assert seals.seal_new() >= 2
    found = check_now()
    assert found.whole
    assert all(found.check.entries[journal] > 0 for journal in JOURNALS)
    once_each()
    assert seals.seal_new() == 0  # nothing new, no seal
    assert AuditSeal.objects.count() == 1


def test_what_is_committed_late_is_sealed_late_and_holds_nobody_up() -> None:
    with another() as slow, another() as slower:
        early, earlier = written(slow), written(slower)
        a_case()
        seals.seal_new()
        assert early not in sealed()
        assert sealed().keys() >= set(AuditEntry.objects.values_list("pk", flat=True))
        slow.commit()
        seals.seal_new()
        assert early in sealed()
        assert earlier not in sealed()
        a_case()
        seals.seal_new()
        slower.commit()
    seals.seal_new()
    once_each()
    assert AuditSeal.objects.count() == 4


def test_what_is_undone_is_never_sealed() -> None:
    with another() as undone:
        gone = written(undone)
        a_case()
        seals.seal_new()
        undone.rollback()
    a_case()
    seals.seal_new()
    assert gone not in sealed()
    once_each()


def test_a_long_backlog_is_cut_where_everything_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "ENTRIES_AT_ONCE", 5)
    with another() as writer:
        for n in range(23):
            written(writer)
            if n % 3 == 0:
                writer.commit()
        writer.commit()
    all_have_ended()
    seals.seal_new()
    assert AuditSeal.objects.count() >= 3
    once_each()


def test_many_sealers_at_once_seal_everything_once() -> None:
    over = threading.Event()

    def write(_n: int) -> None:
        with another() as writer:
            for _entry in range(MOST_WRITTEN):  # on a slow machine sealers would never be done with what writers add
                if over.is_set():
                    return
                written(writer)
                time.sleep(0.002)
                writer.commit()

    def seal(_n: int) -> int:
        try:
            return sum(seals.seal_new() for _ in range(8))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as writers, ThreadPoolExecutor(4) as sealers:
        at_work = [writers.submit(write, n) for n in range(3)]
        by_all = sum(sealers.map(seal, range(4)))
        over.set()
        for one in at_work:
            one.result()
    rest = seals.seal_new()
    assert by_all + rest == AuditEntry.objects.count()
    once_each()


def test_a_sealer_that_was_killed_before_it_wrote_outside_is_made_up_for() -> None:
    a_case()
    seals._seal_some(NOON)  # the database has it; then the process is gone
    assert not [*SealFiles(django_settings.AUDIT_SEALS_DIR).lines()]
    a_case()
    seals.seal_new()
    once_each()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_line_that_was_begun_outside_is_finished(share: float) -> None:
    a_case()
    seals.seal_new()
    a_case()
    seals._seal_some(NOON)
    line = AuditSeal.objects.get(number=2).line.encode()
    [file] = Path(django_settings.AUDIT_SEALS_DIR).glob("seals-*.jsonl")
    with file.open("ab") as broken_off:
        broken_off.write(line[: round(share * len(line))])
    seals.seal_new()
    once_each()


@pytest.mark.slow
def test_sealers_killed_at_any_moment_leave_a_whole_trail() -> None:
    """Real processes, really killed, while entries are written."""
    program = "import django; django.setup(); from hotline import seals\nwhile True: seals.seal_new()"
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "hotline.settings", "DATABASE_URL": address}
    environment |= {"AUDIT_SEALS_DIR": str(django_settings.AUDIT_SEALS_DIR)}
    with another() as writer:
        for life in range(4):
            sealer = subprocess.Popen([sys.executable, "-c", program], env=environment, cwd=django_settings.BASE_DIR)
            before, until = AuditSeal.objects.count(), time.monotonic() + 60
            while AuditSeal.objects.count() < before + 3 and time.monotonic() < until:
                written(writer)
                writer.commit()
            time.sleep(life * 0.007)
            sealer.send_signal(signal.SIGKILL)
            sealer.wait()
    seals.seal_new()
    assert AuditSeal.objects.count() >= 12
    once_each()


def test_a_machine_that_begins_later_gets_all_seals_and_that_is_on_record(settings: Settings, tmp_path: Path) -> None:
    a_case()
    seals.seal_new()
    settings.AUDIT_SEALS_DIR = tmp_path / "second machine"
    seals.seal_new()
    once_each()
    assert AuditEntry.objects.filter(act="seals.begin_outside", details__seals=1).exists()


def test_nothing_is_sealed_over_a_seal_that_was_changed(caplog: pytest.LogCaptureFixture) -> None:
    a_case()
    seals.seal_new()
    _change_seals("UPDATE hotline_auditseal SET line = replace(line, 'seal', 'Seal')")
    a_case()
    with pytest.raises(Disagreement):
        seals.seal_new()
    assert schedule.seal_audit() == 0
    assert AuditSeal.objects.count() == 1


def test_nothing_is_sealed_after_the_end_was_cut() -> None:
    for _ in range(3):
        a_case()
        seals.seal_new()
    _change_seals("DELETE FROM hotline_auditseal WHERE number = 3")
    with pytest.raises(Disagreement, match="the database has none"):
        seals.seal_new()


def test_a_seal_of_somebody_elses_is_not_continued(settings: Settings) -> None:
    a_case()
    seals.seal_new()
    settings.AUDIT_KEY = "b" * 43 + "="
    a_case()
    with pytest.raises(Disagreement, match="not signed with a key of ours"):
        seals.seal_new()


def test_the_key_may_change_if_the_one_before_is_known(settings: Settings) -> None:
    a_case()
    seals.seal_new()
    settings.AUDIT_KEYS_BEFORE, settings.AUDIT_KEY = [seals.public_key()], "b" * 43 + "="
    a_case()
    seals.seal_new()
    once_each()


def test_a_database_that_counts_anew_is_not_sealed_but_reported() -> None:
    """As after pg_dump and pg_restore into a new server, whose transactions begin at the beginning."""
    a_case()
    far = seals.Moment(10**15)
    line = seals.seal_line(
        1, NOON, far, [seals.Unsealed(1, "hotline_auditentry", 1, b"x" * 32)], "0" * 64, seals.private_key()
    )
    AuditSeal.objects.create(number=1, line=line)
    with pytest.raises(Disagreement, match="counts its transactions anew"):
        seals.seal_new()


def test_an_entry_that_claims_a_transaction_to_come_is_not_sealed_but_found() -> None:
    a_case()
    with connection.cursor() as cursor:
        cursor.execute(ENTRY.replace("(at,", "(xid, at,").replace("(now(),", "(99999999999, now(),"), ["vorgemerkt"])
    seals.seal_new()
    found = check_now()
    assert found.check.unsealed == 1
    assert [spot.what for spot in found.spots] == ["future"]


def test_whether_it_is_sealed_is_a_sign_of_life() -> None:
    assert health.audit_seals(NOON).says
    a_case()
    seals.seal_new()
    now = Heartbeat.objects.get(name=seals.SEALED).at
    assert health.audit_seals(now).level == health.Level.OK


def test_lines_go_to_the_file_of_their_day_and_never_to_an_earlier_one(tmp_path: Path) -> None:
    files = SealFiles(tmp_path / "days")
    with files.held():
        files.append([("2026-03-01", b"1"), ("2026-03-01", b"2"), ("2026-03-03", b"3")], b"")
        files.append([("2026-03-02", b"4")], b"")  # the clock was set back
    assert [*files.lines()] == [b"1", b"2", b"3", b"4"]
    assert files.end().line == b"4"
    assert sorted(path.name for path in files.directory.glob("*.jsonl")) == [
        "seals-2026-03-01.jsonl",
        "seals-2026-03-03.jsonl",
    ]


def _change_seals(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hotline_auditseal DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE hotline_auditseal ENABLE TRIGGER USER")
