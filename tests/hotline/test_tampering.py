"""Somebody with every right in the database, triggers switched off, changes the audit trail: it is found and named."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import translation
from pytest_django import Settings

from bench.forging import FORGERS_KEY
from hotline import audit_words, journals, seals
from hotline.audit_chain import SAYS, Fault, Seal, leaf_hash
from hotline.audit_checking import SPOTS, Found, check_now
from hotline.journal_guards import WeakSpot, weak_spots
from hotline.models import AuditEntry, AuditSeal
from tests.stories import MONDAY, a_case, dispatched

ENTRIES, EVENTS = journals.JOURNALS
Tampering = Callable[[int, int], set[tuple[str, str, int]]]


@pytest.fixture
def sealed(transactional_db: None, settings: Settings, tmp_path: Path) -> list[int]:
    """Three seals over what Wang and Zhou did; the ids of the audit entries, the earliest first."""
    settings.AUDIT_SEALS_DIR = tmp_path / "outside"
    a_case()
    seals.seal_new()
    dispatched()
    seals.seal_new()
    a_case(at=MONDAY + timedelta(hours=1))
    seals.seal_new()
    assert check_now().whole
    return list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))


def by_superuser(*statements: str) -> None:
    """With the triggers off while it lasts, so that nothing shows afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)


def named(found: Found) -> set[tuple[str, int]]:
    """What is wrong, and with which entry, or else which seal."""
    return {(fault.what, fault.entry or fault.seal) for fault in found.check.faults}


def test_the_one_who_tampers_is_really_one_who_may_do_everything(sealed: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == (True,)


def test_another_word_in_an_entry_is_found(sealed: list[int]) -> None:
    by_superuser(f"UPDATE hotline_auditentry SET reason = '已改' WHERE id = {sealed[1]}")
    assert named(check_now()) == {("changed", sealed[1])}


def test_no_column_of_an_entry_can_be_changed_unseen(sealed: list[int]) -> None:
    others = {"actor_id": "NULL", "membership_id": "NULL", "organisation_id": "NULL", "ip": "'10.9.8.7'"}
    others |= {"details": """details || '{"x": 1}'""", "result": "'failed'"}
    of_entry = f"WHERE id = {sealed[0]}"
    by_superuser(f"CREATE TABLE kept AS SELECT * FROM hotline_auditentry {of_entry}")
    for column in (c for c in journals.JOURNALS[ENTRIES] if c not in ("xid", "id", "at")):
        by_superuser(f"UPDATE hotline_auditentry SET {column} = {others.get(column, repr('x'))} {of_entry}")
        assert named(check_now()) == {("changed", sealed[0])}, column
        by_superuser(f"UPDATE hotline_auditentry SET {column} = (SELECT {column} FROM kept) {of_entry}")
    assert check_now().whole


def test_an_entry_moved_to_another_time_and_month_is_found(sealed: list[int]) -> None:
    by_superuser(f"UPDATE hotline_auditentry SET at = at - interval '40 days' WHERE id = {sealed[0]}")
    assert named(check_now()) == {("changed", sealed[0])}


def test_an_entry_given_to_another_transaction_is_found(sealed: list[int]) -> None:
    by_superuser(
        f"UPDATE hotline_auditentry SET xid = (SELECT max(xid) FROM hotline_auditentry) WHERE id = {sealed[0]}"
    )
    assert named(check_now()) == {("removed", sealed[0]), ("added", sealed[0])}


def test_an_entry_taken_out_is_found(sealed: list[int]) -> None:
    by_superuser(f"DELETE FROM hotline_auditentry WHERE id = {sealed[2]}")
    assert named(check_now()) == {("removed", sealed[2])}


def test_an_event_of_a_case_is_covered_as_well(sealed: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM cases_caseevent")
        (event,) = cursor.fetchone()
    by_superuser(f"UPDATE cases_caseevent SET at = at - interval '1 hour' WHERE id = {event}")
    [fault] = check_now().check.faults
    assert fault == Fault("changed", 1, EVENTS, event)


def test_an_entry_slipped_in_is_found(sealed: list[int]) -> None:
    columns = ", ".join(c for c in journals.JOURNALS[ENTRIES] if c != "id")
    by_superuser(
        f"INSERT INTO hotline_auditentry (id, {columns})"
        f" SELECT 99000, {columns} FROM hotline_auditentry WHERE id = {sealed[0]}"
    )
    found = check_now()
    assert named(found) == {("added", 99000)}
    assert [spot.what for spot in found.spots] == ["numbering"]  # and the id was never given out


def test_two_entries_that_exchanged_their_contents_are_found(sealed: list[int]) -> None:
    a, b = sealed[0], sealed[-1]
    by_superuser(
        f"UPDATE hotline_auditentry SET act = 'first' WHERE id = {a}",
        f"UPDATE hotline_auditentry SET id = CASE id WHEN {a} THEN 90000 ELSE {a} END WHERE id IN ({a}, {b})",
        f"UPDATE hotline_auditentry SET id = {b} WHERE id = 90000",
    )
    assert {("changed", a)} <= named(check_now()) or {("removed", a), ("removed", b)} <= named(check_now())


def test_a_tail_cut_off_with_its_seal_is_found(sealed: list[int]) -> None:
    last = Seal.read(AuditSeal.objects.get(number=3).line.encode())
    assert last
    gone = [int(one.partition(":")[0]) for one in last.journals[ENTRIES][2].split()]
    by_superuser(
        "DELETE FROM hotline_auditseal WHERE number = 3",
        f"DELETE FROM hotline_auditentry WHERE id >= {min(gone)}",
    )
    found = named(check_now())
    assert ("cut", 3) in found
    assert {("removed", entry) for entry in gone} <= found


def rewritten(upto: Any = None) -> None:
    """Every seal made anew over what the entries are now, each rightly chained, with a key of the forger's."""
    before, lines = "0" * 64, []
    with journals.as_of_now():
        rows = {name: [*journals.lines(name)] for name in journals.JOURNALS}
    for seal in [Seal.read(one.line.encode()) for one in AuditSeal.objects.order_by("number")]:
        assert seal
        its = [
            seals.Unsealed(said["xid"], name, said["id"], leaf_hash(line))
            for name, lines_of in rows.items()
            for line in lines_of
            if _lists(seal, name, (said := json.loads(line))["id"])
        ]
        moment = seals.Moment(seal.end, tuple(sorted(seal.running)))
        line = seals.seal_line(seal.number, MONDAY, moment, sorted(its), before, FORGERS_KEY)
        read = Seal.read(line.encode())
        assert read
        before = read.hash
        lines.append((seal.number, line))
    by_superuser(*(f"UPDATE hotline_auditseal SET line = '{line}' WHERE number = {number}" for number, line in lines))


def _lists(seal: Seal, journal: str, entry: int) -> bool:
    return any(one.partition(":")[0] == str(entry) for one in seal.journals.get(journal, (0, "", ""))[2].split())


def test_a_trail_rewritten_as_a_whole_is_found_by_the_seals_outside(sealed: list[int]) -> None:
    by_superuser(f"UPDATE hotline_auditentry SET reason = '已改' WHERE id = {sealed[1]}")
    rewritten()
    found = named(check_now())
    assert {("differs", 1), ("differs", 2), ("differs", 3), ("changed", sealed[1])} <= found


def test_a_trail_rewritten_as_a_whole_is_found_by_the_key_where_nothing_lies_outside(sealed: list[int]) -> None:
    by_superuser(f"UPDATE hotline_auditentry SET reason = '已改' WHERE id = {sealed[1]}")
    rewritten()
    for file in Path(django_settings.AUDIT_SEALS_DIR).glob("*.jsonl"):
        file.unlink()
    found = check_now()
    assert {fault.what for fault in found.check.faults} == {"foreign"}
    assert [spot.what for spot in found.spots] == ["nothing_outside"]


def test_a_seal_changed_in_the_database_is_found(sealed: list[int]) -> None:
    by_superuser('UPDATE hotline_auditseal SET line = replace(line, \'"at":"20\', \'"at":"19\') WHERE number = 2')
    assert named(check_now()) == {("differs", 2)}


# -- The guards


GUARDS: dict[str, tuple[str, str]] = {
    "trigger off": ("ALTER TABLE hotline_auditentry DISABLE TRIGGER refuse_change", "trigger_off"),
    "trigger off in one month": (
        "ALTER TABLE hotline_auditentry_2026_03 DISABLE TRIGGER refuse_truncate",
        "trigger_off",
    ),
    "all triggers off": ("ALTER TABLE hotline_auditseal DISABLE TRIGGER ALL", "trigger_off"),
    "trigger gone": ("DROP TRIGGER refuse_change ON cases_caseevent", "trigger_gone"),
    "trigger with a condition": (
        (
            "DROP TRIGGER refuse_change ON hotline_auditseal; CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON"
            " hotline_auditseal FOR EACH ROW WHEN (false) EXECUTE FUNCTION hotline_refuse_change()"
        ),
        "trigger_off",
    ),
    "trigger of another's": (
        (
            "CREATE TRIGGER mine BEFORE INSERT ON hotline_auditentry FOR EACH ROW EXECUTE FUNCTION"
            " suppress_redundant_updates_trigger()"
        ),
        "trigger_more",
    ),
    "another function": (
        (
            "CREATE OR REPLACE FUNCTION hotline_refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RETURN COALESCE(NEW, OLD); END'"
        ),
        "function",
    ),
    "a right given away": ("GRANT UPDATE ON hotline_auditentry TO PUBLIC", "granted"),
    "a right on one month": ("GRANT DELETE, TRUNCATE ON hotline_auditentry_2026_03 TO pg_monitor", "granted"),
    "a rule": ("CREATE RULE nothing AS ON INSERT TO hotline_auditseal DO INSTEAD NOTHING", "rule"),
    "rows hidden": ("ALTER TABLE hotline_auditentry_2026_03 ENABLE ROW LEVEL SECURITY", "hidden"),
    "triggers off for everybody": ("SET LOCAL session_replication_role = replica", "replica"),
    "transactions not numbered": ("ALTER TABLE hotline_auditentry ALTER xid SET DEFAULT 7", "default"),
    "numbers set back": ("SELECT setval(pg_get_serial_sequence('hotline_auditentry', 'id'), 1)", "numbering"),
}


@pytest.mark.django_db
def test_a_database_as_the_migrations_made_it_is_guarded() -> None:
    a_case()
    assert [spot for spot in weak_spots() if spot.what != "future"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("how", GUARDS)
def test_a_guard_that_was_taken_away_is_missed(how: str) -> None:
    statement, what = GUARDS[how]
    a_case()
    a_case()
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert what in {spot.what for spot in weak_spots()}


@pytest.mark.django_db
@pytest.mark.parametrize("journal", journals.JOURNALS)
def test_every_column_of_a_journal_is_sealed(journal: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [journal])
        assert {name for (name,) in cursor.fetchall()} == set(journals.JOURNALS[journal])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_whatever_may_be_found_has_words_in_both_languages(language: str) -> None:
    with translation.override(language):
        assert audit_words.FAULTS.keys() == SAYS.keys()
        assert audit_words.SPOTS.keys() == SPOTS.keys()
        told = [audit_words.of_fault(Fault(what, 2, ENTRIES, 7)) for what in SAYS]
        told += [audit_words.of_spot(WeakSpot(what, ENTRIES, "refuse_change")) for what in SPOTS]
        assert len(set(told)) == len(told)
    assert str(Fault("changed", 2, ENTRIES, 7)) == f"{ENTRIES} entry 7 of seal 2 was changed after it was sealed"


# -- The commands


def test_the_command_says_whole_and_ends_well(sealed: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    told = capsys.readouterr().out
    assert told.startswith("whole\n")
    assert "seals: 3; as outside: 3, all of 1 of 1 days" in told


def test_the_command_names_what_is_wrong_and_ends_badly(sealed: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    by_superuser(f"DELETE FROM hotline_auditentry WHERE id = {sealed[2]}")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hotline_auditentry DISABLE TRIGGER refuse_change")
    with pytest.raises(CommandError):
        call_command("verify_audit")
    told = capsys.readouterr().out
    assert f"hotline_auditentry entry {sealed[2]} of seal 2 was sealed and is gone" in told
    assert "NOT AS SET UP: hotline_auditentry its trigger refuse_change is switched off or changed" in told


def verified(export: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", str(django_settings.BASE_DIR / "bin" / "verify_audit"), str(export)]
    outside = ["--outside", str(django_settings.AUDIT_SEALS_DIR)]
    return subprocess.run([*program, *outside], capture_output=True, text=True, timeout=60)


def test_an_export_can_be_checked_without_us(sealed: list[int], tmp_path: Path) -> None:
    export = tmp_path / "export"
    call_command("export_audit", str(export), by="shen", stdout=StringIO())
    assert sorted(path.name for path in export.iterdir()) == ["export.json", f"{ENTRIES}.jsonl", "seals.jsonl"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in export.iterdir()} == {0o600}
    assert AuditEntry.objects.filter(act="export_audit").count() == 1
    a_case()
    seals.seal_new()  # outside goes on after the export was made
    done = verified(export)
    assert (done.returncode, done.stderr) == (0, "")
    assert "cases_caseevent: " in done.stdout
    assert "not looked at" in done.stdout


def test_an_export_of_a_changed_trail_is_not_whole(sealed: list[int], tmp_path: Path) -> None:
    by_superuser(f"UPDATE hotline_auditentry SET reason = '已改' WHERE id = {sealed[1]}")
    rewritten()
    call_command("export_audit", str(tmp_path / "export"), "--events", by="shen", stdout=StringIO())
    done = verified(tmp_path / "export")
    assert done.returncode == 1
    assert f"{ENTRIES} entry {sealed[1]} of seal 2 was changed after it was sealed" in done.stdout


@pytest.mark.parametrize("who", ["wang", "sysadmin", "yan", "nobody"])
def test_only_auditors_have_an_export_made(who: str, transactional_db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no auditor"):
        call_command("export_audit", str(tmp_path / "export"), by=who)
    assert not (tmp_path / "export").exists()
