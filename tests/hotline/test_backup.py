"""Backups: what is kept, what is missing, by which keys it can be read. ``bin/check restore`` is the whole drill."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from cases.attachments import Upload, attach, missing_files, path_of
from cases.models import AttachmentKind
from hotline import health
from hotline.backup import BackupError, restoring
from hotline.backup.afterwards import encrypted_fields, unreadable
from hotline.backup.files import NewFiles, copy_file
from hotline.backup.fingerprints import fingerprints, require
from hotline.backup.shelf import SEGMENT, About, Base, Shelf, following, segment_of
from hotline.keyring import Keyring
from hotline.models import Heartbeat
from tests.people import member
from tests.stories import MONDAY, a_case

LINE = "00000001-2026-03-09T000000Z"


def numbered(n: int) -> str:
    return f"{1:08X}{0:08X}{n:08X}"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "backup")
    with shelf.taken():
        (shelf.wal / LINE).mkdir()
    return shelf


def receive(shelf: Shelf, *numbers: int, growing: bool = True) -> None:
    for n in numbers:
        last = ".partial" if growing and n == max(numbers) else ""
        with (shelf.wal / LINE / f"{numbered(n)}{last}").open("wb") as file:
            file.truncate(SEGMENT)


def a_base(shelf: Shelf, name: str, first: int, keys: dict[str, str] | None = None) -> Base:
    base = Base(shelf.base / name)
    (base.path / "pg_wal").mkdir(parents=True)
    ranges = [{"Timeline": 1, "Start-LSN": f"0/{first * SEGMENT + 40:X}", "End-LSN": f"0/{first * SEGMENT + 99:X}"}]
    (base.path / "backup_manifest").write_text(json.dumps({"WAL-Ranges": ranges}))
    (base.path / "pg_wal" / numbered(first)).touch()
    shelf.finish(base, About(LINE, keys or {}))
    return base


def test_a_position_lies_in_its_segment() -> None:
    assert segment_of(1, "0/2000028") == numbered(2)
    assert segment_of(3, "1A/FF000000") == "000000030000001A000000FF"
    assert following("000000030000001A000000FF") == "000000030000001B00000000"


def test_a_segment_that_is_missing_or_cut_short_is_named(shelf: Shelf) -> None:
    base = a_base(shelf, "2026-03-09T010000Z", 2)
    receive(shelf, 2, 3, 4, 5, 6)
    assert shelf.missing(base) == []
    (shelf.wal / LINE / numbered(4)).unlink()
    os.truncate(shelf.wal / LINE / numbered(5), SEGMENT // 2)
    assert shelf.missing(base) == [numbered(4), numbered(5)]


def test_without_the_lost_segment_nothing_is_touched_unless_the_loss_is_accepted(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "verify", lambda _programs, _base: "")
    monkeypatch.setattr(restoring, "major_version", lambda _programs: 18)
    base = a_base(shelf, "2026-03-09T010000Z", 2)
    (base.path / "PG_VERSION").write_text("18\n")
    (base.path / "postgresql.auto.conf").write_text("synchronous_standby_names = 'hotline_backup'\nwork_mem = '8MB'\n")
    receive(shelf, 2, 3, 5)
    with pytest.raises(BackupError, match=numbered(4)):
        restoring.look_over(shelf, base, tmp_path, accept_loss=False)
    restoring.look_over(shelf, base, tmp_path, accept_loss=True)
    data = tmp_path / "server" / "data"
    restoring.lay_out(shelf, base, data, at=MONDAY, say=lambda _sentence: None)
    assert sorted(path.name for path in (data / "pg_wal").iterdir()) == [numbered(2), numbered(3)]
    set_here = (data / "postgresql.auto.conf").read_text()
    assert "work_mem" in set_here
    assert "synchronous_standby_names" not in set_here  # nobody receives yet: the first act would wait for ever


def test_what_was_in_the_databases_place_is_kept(shelf: Shelf, tmp_path: Path) -> None:
    base = a_base(shelf, "2026-03-09T010000Z", 2)
    (base.path / "postgresql.auto.conf").touch()
    data = tmp_path / "server" / "data"
    data.mkdir(parents=True)
    (data / "precious").touch()
    restoring.lay_out(shelf, base, data, at=MONDAY, say=lambda _sentence: None)
    assert (tmp_path / "server" / "data.before-2026-03-09T020000Z" / "precious").exists()


def test_old_copies_are_forgotten_with_the_changes_only_they_needed(shelf: Shelf) -> None:
    for day, first in ((7, 2), (8, 4), (9, 6)):
        a_base(shelf, f"2026-03-0{day}T010000Z", first)
    receive(shelf, 2, 3, 4, 5, 6, 7)
    (shelf.wal / "00000001-2026-03-01T000000Z").mkdir()
    (shelf.wal / "00000002-2026-03-10T000000Z").mkdir()
    assert shelf.prune(2, receiving="00000002-2026-03-10T000000Z") == ["2026-03-07T010000Z"]
    assert [base.name for base in shelf.bases()] == ["2026-03-08T010000Z", "2026-03-09T010000Z"]
    kept = sorted(path.name for path in (shelf.wal / LINE).iterdir())
    assert kept == [numbered(4), numbered(5), numbered(6), f"{numbered(7)}.partial"]
    assert sorted(path.name for path in shelf.wal.iterdir()) == [LINE, "00000002-2026-03-10T000000Z"]


def test_an_unfinished_copy_does_not_count(shelf: Shelf) -> None:
    (shelf.base / "2026-03-09T010000Z").mkdir()
    assert shelf.bases() == []
    shelf.clear_unfinished()
    assert list(shelf.base.iterdir()) == []


def test_two_backups_into_one_directory_are_refused(shelf: Shelf) -> None:
    with shelf.taken(), pytest.raises(BackupError, match="Another bin/backup"), shelf.taken():
        pass


def test_a_backup_is_read_with_its_keys_only(settings: Settings) -> None:
    kept = fingerprints()
    require(kept)
    assert not any(value in json.dumps(kept) for value in (*settings.FIELD_KEYS.values(), settings.BLIND_INDEX_KEY))
    settings.FIELD_KEYS = {"1": Keyring.fresh().field_keys["1"]}
    with pytest.raises(BackupError, match="FIELD_KEYS 2 is missing, FIELD_KEYS 1 is another key"):
        require(kept)


@pytest.mark.django_db
def test_what_cannot_be_read_after_a_restore_is_told(settings: Settings) -> None:
    a_case(name="李女士")
    fields = {str(field): field for field in encrypted_fields()}
    name = fields["cases.Citizen.name"]
    assert list(unreadable(name)) == []
    settings.FIELD_KEYS = {key: Keyring.fresh().field_keys["1"] for key in settings.FIELD_KEYS}
    assert "cases_citizen.name cannot be read" in next(unreadable(name))


@pytest.mark.django_db
def test_a_file_that_is_missing_after_a_restore_is_told_with_its_case(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = a_case()
    kept = attach(case, Upload("a.txt", b"words"), by=member("wang"), at=MONDAY, kind=AttachmentKind.CREDENTIAL)
    assert list(missing_files()) == []
    path_of(kept).unlink()
    assert case.number in next(missing_files())


def test_only_new_and_newly_sealed_files_are_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "media", tmp_path / "files"
    (source / "attachments" / "ab").mkdir(parents=True)
    (source / "attachments" / "ab" / "one").write_bytes(b"first")
    (source / "attachments" / "ab" / "two.part").write_bytes(b"unfinished")
    files = NewFiles(source, target)
    assert (files.copy(), files.copy()) == (1, 0)
    (source / "attachments" / "ab" / "one.new").write_bytes(b"sealed anew")
    (source / "attachments" / "ab" / "one.new").rename(source / "attachments" / "ab" / "one")
    assert files.copy() == 1
    assert (target / "attachments" / "ab" / "one").read_bytes() == b"sealed anew"
    assert not copy_file(source / "gone", target / "gone")


@pytest.mark.django_db
def test_the_sign_of_life_tells_a_backup_that_stands(settings: Settings) -> None:
    now = timezone.now()
    assert health.backup(now).level == "ok"  # none is expected here
    settings.BACKUPS_EXPECTED = True
    assert "never been one" in health.backup(now).says
    Heartbeat.objects.create(name="backup", at=now - timedelta(hours=1))
    assert "one disk only" in health.backup(now).says
