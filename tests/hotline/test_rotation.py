"""Keys are changed while the house works: whatever is read stays readable, and nothing is left under the old key."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from cases import attachments, intake
from cases.attachments import Upload
from cases.models import Attachment, Citizen, Draft, Verbatim
from hotline.keyring import Keyring
from hotline.models import Message
from hotline.rotation import Progress, left_under, seal_anew, sealed_tables
from tests.people import member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db
KEYS = {key: base64.b64encode(bytes([n]) * 32).decode() for n, key in enumerate("12", start=1)}


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> None:
    settings.FIELD_KEYS, settings.FIELD_KEY_CURRENT, settings.MEDIA_ROOT = KEYS, "1", tmp_path


def a_town_under_the_old_key() -> None:
    case = a_case(words="请回电 13911112222", name="陈晓燕", phone="13800006021", address="建设街 18 号")
    intake.open_draft(by=member("wang"), at=MONDAY, fields={"phone": "13911112222"})
    photo = Upload("说明.txt", "现场说明".encode())
    attachments.attach(case, photo, by=member("wang"), at=MONDAY, kind="credential")


def read_everything() -> list[object]:
    citizen, file = Citizen.objects.get(phone_index__isnull=False), Attachment.objects.get()
    return [
        (citizen.name, citizen.phone, citizen.address),
        Draft.objects.get().fields,
        [row.said for row in Verbatim.objects.all()],
        sorted(m.body for m in Message.objects.all()),
        attachments.content_of(file, by=member("zhou"), at=MONDAY),
    ]


def test_everything_is_sealed_with_the_new_key_and_reads_as_before(settings: Settings) -> None:
    a_town_under_the_old_key()
    before = read_everything()
    settings.FIELD_KEY_CURRENT = "2"
    assert set(left_under("1")) >= {"cases_citizen", "cases_draft", "cases_verbatim", "AttachmentFiles"}
    call_command("rotate_keys", rest=0)
    assert left_under("1") == {}
    settings.FIELD_KEYS = {"2": KEYS["2"]}  # the old one is thrown away
    assert read_everything() == before


def test_it_changes_the_cipher_too(settings: Settings) -> None:
    a_town_under_the_old_key()
    before, settings.FIELD_CIPHER = read_everything(), "SM4-GCM"
    done = seal_anew(rest=0).done
    assert read_everything() == before
    assert done > 4
    assert seal_anew(rest=0).done == 0


def test_a_key_is_not_given_up_while_something_is_sealed_with_it(settings: Settings) -> None:
    a_town_under_the_old_key()
    with pytest.raises(CommandError, match="in force"):
        call_command("rotate_keys", revoke="1")
    settings.FIELD_KEY_CURRENT = "2"
    with pytest.raises(CommandError, match="1 in cases_citizen"):
        call_command("rotate_keys", revoke="1")
    call_command("rotate_keys", rest=0)
    call_command("rotate_keys", revoke="1")


def test_whoever_was_stopped_goes_on_where_the_work_stopped(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.rotation.BATCH", 3)
    citizens = Citizen.objects.bulk_create(Citizen(name=f"陈{n}", created_at=MONDAY) for n in range(10))
    settings.FIELD_KEY_CURRENT = "2"

    def killed(progress: Progress) -> None:
        if progress.place == "cases_citizen":
            raise KeyboardInterrupt

    for _kill in range(3):
        with pytest.raises(KeyboardInterrupt):
            seal_anew(rest=0, tell=killed)
    assert left_under("1") == {"cases_citizen": 1}
    assert seal_anew(rest=0).done == 1
    assert {c.name for c in Citizen.objects.all()} == {c.name for c in citizens}


def test_it_goes_through_a_table_in_small_stretches(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.rotation.BATCH", 3)
    monkeypatch.setattr("hotline.rotation.STRETCH", 4)
    citizens = Citizen.objects.bulk_create(Citizen(name=f"陈{n}", created_at=MONDAY) for n in range(23))
    settings.FIELD_KEY_CURRENT = "2"
    assert seal_anew(rest=0).done == len(citizens)
    assert left_under("1") == {}
    assert {c.name for c in Citizen.objects.all()} == {c.name for c in citizens}


def test_what_cannot_be_opened_is_named_and_left_as_it_is(settings: Settings) -> None:
    good, bad = (Citizen.objects.create(name=name, created_at=MONDAY) for name in ("陈", "李"))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_citizen SET name = set_bit(name, 200, 1 - get_bit(name, 200)) WHERE id = %s", [bad.pk]
        )
    settings.FIELD_KEY_CURRENT = "2"
    with pytest.raises(CommandError, match="1 are left"):
        call_command("rotate_keys", rest=0)
    assert left_under("1") == {"cases_citizen": 1}
    assert Citizen.objects.get(pk=good.pk).name == "陈"


@pytest.mark.django_db(transaction=True)
def test_a_row_somebody_writes_is_passed_over_and_taken_later(settings: Settings) -> None:
    """Another session holds the row; the batch does not wait for it."""
    held = Citizen.objects.create(name="陈", created_at=MONDAY)
    free = Citizen.objects.create(name="李", created_at=MONDAY)
    settings.FIELD_KEY_CURRENT = "2"
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cases_citizen WHERE id = %s FOR UPDATE", [held.pk])
        asked = []

        def tell(progress: Progress) -> None:
            if progress.place == "cases_citizen":
                asked.append(left_under("1"))
                other.rollback()  # the writer is done after the first batch

        seal_anew(rest=0, tell=tell)
    other.close()
    assert asked[0] == {"cases_citizen": 1}
    assert left_under("1") == {}
    assert {c.name for c in Citizen.objects.filter(pk__in=[held.pk, free.pk])} == {"陈", "李"}


def test_every_encrypted_column_is_known_to_it() -> None:
    known = {f"{sealed.table}.{column.column}" for sealed in sealed_tables() for column in sealed.columns}
    assert known >= {
        "cases_citizen.name", "cases_citizen.phone", "cases_citizen.address", "cases_call.caller", "cases_draft.fields",
        "cases_replydraft.fields", "cases_verbatim.said", "hotline_message.address", "hotline_message.body",
    }  # fmt: skip


def test_a_key_kept_in_a_file_is_turned_and_given_up(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    first = Keyring.kept_in(path)
    turned = first.turned(Keyring.fresh().field_keys["1"]).keep(path)
    assert (turned.field_key_current, set(turned.field_keys)) == ("2", {"1", "2"})
    assert Keyring.kept_in(path) == turned
    assert turned.field_keys["1"] == first.field_keys["1"]
    assert set(turned.without("1").keep(path).field_keys) == {"2"}
    assert json.loads(path.read_text())["blind_index_key"] == first.blind_index_key


def test_a_file_of_keys_is_read_by_the_release_before_which_knows_no_key_of_the_audit_trail(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    Keyring.kept_in(path)
    assert set(json.loads(path.read_text())) == {"secret_key", "field_keys", "field_key_current", "blind_index_key"}
