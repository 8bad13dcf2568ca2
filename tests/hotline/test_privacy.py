"""Personal data in the database: what is sealed cannot be moved or changed, and old keys keep reading."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker, Settings

from hotline.field_codec import Sm4Gcm, check_field_encryption, seal, unseal
from hotline.identifiers import uuid7
from hotline.privacy import (
    DecryptionError,
    EncryptedJSONField,
    EncryptedTextField,
    Sealed,
    needs_rotation,
)

OLD, NEW, INDEX = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    settings.FIELD_KEYS = {"1": OLD}
    settings.FIELD_KEY_CURRENT = "1"
    settings.BLIND_INDEX_KEY = INDEX
    settings.FIELD_CIPHER = "AES-256-GCM"


# The token


@given(st.binary(), st.text())
def test_what_was_sealed_opens_at_its_place(plaintext: bytes, place: str) -> None:
    assert unseal(seal(plaintext, place), place) == plaintext


@pytest.mark.parametrize(
    "elsewhere", ["cases_citizen|phone|b", "cases_citizen|name|a", "cases_call|phone|a", "cases_citizen|phone|", ""]
)
def test_a_token_moved_elsewhere_does_not_open(elsewhere: str) -> None:
    token = seal(b"+8613800006021", "cases_citizen|phone|a")
    with pytest.raises(DecryptionError):
        unseal(token, elsewhere)


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_a_token_with_any_bit_flipped_or_any_end_cut_does_not_open(cipher: str, settings: Settings) -> None:
    settings.FIELD_CIPHER = cipher
    token = seal("李小明".encode(), "here")
    for bit in range(len(token) * 8):
        flipped = bytearray(token)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DecryptionError):
            unseal(bytes(flipped), "here")
    for length in range(len(token)):
        with pytest.raises(DecryptionError):
            unseal(token[:length], "here")


def test_the_same_value_is_never_sealed_twice_alike() -> None:
    assert len({seal(b"same", "here") for _ in range(1000)}) == 1000


def test_a_row_sealed_with_an_old_key_stays_readable_and_is_due_for_rotation(settings: Settings) -> None:
    old = seal(b"old", "here")
    assert not needs_rotation(old)
    settings.FIELD_KEYS = {"1": OLD, "2": NEW}
    settings.FIELD_KEY_CURRENT = "2"
    assert unseal(old, "here") == b"old"
    assert needs_rotation(old)
    assert not needs_rotation(seal(unseal(old, "here"), "here"))


def test_a_row_whose_key_was_thrown_away_is_an_error(settings: Settings) -> None:
    old = seal(b"old", "here")
    settings.FIELD_KEYS, settings.FIELD_KEY_CURRENT = {"2": NEW}, "2"
    with pytest.raises(DecryptionError, match="'1'"):
        unseal(old, "here")


def test_changing_the_cipher_leaves_old_rows_readable(settings: Settings) -> None:
    aes = seal(b"value", "here")
    settings.FIELD_CIPHER = "SM4-GCM"
    sm4 = seal(b"value", "here")
    assert unseal(aes, "here") == unseal(sm4, "here") == b"value"
    assert needs_rotation(aes)
    assert not needs_rotation(sm4)


def test_sm4_gcm_is_that_of_rfc_8998() -> None:
    key, nonce = bytes.fromhex("0123456789abcdeffedcba9876543210"), bytes.fromhex("00001234567800000000abcd")
    plaintext = bytes.fromhex("aa" * 8 + "bb" * 8 + "cc" * 8 + "dd" * 8 + "ee" * 8 + "ff" * 8 + "ee" * 8 + "aa" * 8)
    known = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    expected = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert Sm4Gcm(key).encrypt(nonce, plaintext, known) == expected
    assert Sm4Gcm(key).decrypt(nonce, expected, known) == plaintext


def test_without_sm4_nothing_is_stored_in_another_cipher(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_args: Any) -> bytes:
        raise UnsupportedAlgorithm("no SM4 here")

    monkeypatch.setattr(Sm4Gcm, "encrypt", unsupported)  # an OpenSSL built without it, as some distributions ship
    settings.FIELD_CIPHER = "SM4-GCM"
    with pytest.raises(ImproperlyConfigured, match="SM4-GCM"):
        seal(b"value", "here")
    assert [problem.id for problem in check_field_encryption()] == ["hotline.E003"]


def test_the_deploy_check_names_bad_keys(settings: Settings) -> None:
    assert check_field_encryption() == []
    settings.FIELD_KEYS = {"1": "c2hvcnQ="}
    assert [problem.id for problem in check_field_encryption()] == ["hotline.E001"]
    settings.FIELD_KEYS = {"1": INDEX}
    assert "hotline.E002" in [problem.id for problem in check_field_encryption()]
    settings.FIELD_KEYS, settings.FIELD_CIPHER = {"1": OLD}, "ROT13"
    assert [problem.id for problem in check_field_encryption()] == ["hotline.E003"]


# The fields


@pytest.fixture(scope="module")
def caller(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """A table of its own, so that these tests are about the field and nothing else."""
    with isolate_apps("hotline"):

        class Caller(models.Model):  # noqa: DJ008
            id = models.UUIDField(primary_key=True, default=uuid7)
            name = EncryptedTextField()
            phone = EncryptedTextField(null=True)
            notes = EncryptedJSONField(null=True)

            class Meta:
                app_label = "hotline"
                db_table = "test_privacy_caller"

    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Caller)
        yield Caller
        with connection.schema_editor() as editor:
            editor.delete_model(Caller)


@pytest.mark.django_db
def test_a_row_reads_back_what_was_saved(caller: Any) -> None:
    li = caller.objects.create(name="李小明", phone="+8613800006021", notes={"会": ["说", 1]})
    assert li.name == "李小明"
    read = caller.objects.get(pk=li.pk)
    assert (read.name, read.phone, read.notes) == ("李小明", "+8613800006021", {"会": ["说", 1]})
    assert caller.objects.create(name="").name == ""
    assert caller.objects.filter(phone__isnull=True).count() == 1


@pytest.mark.django_db
def test_the_database_holds_no_plain_text(caller: Any) -> None:
    li = caller.objects.create(name="李小明", phone="+8613800006021")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM test_privacy_caller WHERE id = %s", [li.pk])
        for column in cursor.fetchone():
            assert "李小明".encode() not in bytes(column)
            assert b"13800006021" not in bytes(column)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "instead",
    [
        "(SELECT phone FROM test_privacy_caller WHERE id <> %(li)s)",
        "name",
        "set_bit(phone, 120, 1 - get_bit(phone, 120))",
        "'plain'::bytea",
    ],
    ids=["another row's", "another column's", "one bit flipped", "plain text"],
)
def test_a_value_moved_or_changed_in_the_database_is_an_error(caller: Any, instead: str) -> None:
    li = caller.objects.create(name="李小明", phone="+8613800006021")
    caller.objects.create(name="王芳", phone="+8613900001234")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE test_privacy_caller SET phone = {instead} WHERE id = %(li)s", {"li": li.pk})
    robbed = caller.objects.get(pk=li.pk)
    with pytest.raises(DecryptionError):
        _ = robbed.phone


@pytest.mark.django_db
def test_deferring_refreshing_and_bulk_creation_work(caller: Any) -> None:
    rows = caller.objects.bulk_create([caller(name=f"名{n}", phone=f"+861380000{n:04d}") for n in range(20)])
    deferred = caller.objects.defer("phone").get(pk=rows[7].pk)
    assert "phone" in deferred.get_deferred_fields()
    assert deferred.phone == "+8613800000007"
    stale = caller.objects.get(pk=rows[7].pk)
    deferred.phone = "+8613911112222"
    deferred.save(update_fields=["phone"])
    assert stale.phone == "+8613800000007"
    stale.refresh_from_db()
    assert stale.phone == "+8613911112222"
    assert stale.name == "名7"


@pytest.mark.django_db
def test_values_give_the_token_and_the_field_opens_it(caller: Any) -> None:
    li = caller.objects.create(name="李小明")
    token = caller.objects.values_list("name", flat=True).get(pk=li.pk)
    assert isinstance(token, Sealed)
    assert caller._meta.get_field("name").unseal(token, li.pk) == "李小明"


@pytest.mark.django_db
def test_update_may_erase(caller: Any) -> None:
    li = caller.objects.create(name="李小明", phone="+8613800006021")
    caller.objects.filter(pk=li.pk).update(phone=None)
    li.refresh_from_db()
    assert li.phone is None


@pytest.mark.django_db
def test_update_refuses_plain_text(caller: Any) -> None:
    li = caller(name="李小明", phone="+8613800006021")
    with pytest.raises(TypeError, match="save"):
        caller.objects.filter(pk=li.pk).update(phone="+8613911112222")
    with pytest.raises(TypeError, match="save"):
        caller.objects.bulk_update([li], ["phone"])


@pytest.mark.django_db
def test_an_encrypted_column_can_be_asked_only_whether_it_is_empty(caller: Any) -> None:
    with pytest.raises(FieldError):
        caller.objects.filter(phone="+8613800006021").exists()
    with pytest.raises(FieldError):
        caller.objects.filter(phone__contains="138").exists()


def test_a_model_whose_key_comes_from_the_database_is_refused() -> None:
    with isolate_apps("hotline"):

        class Numbered(models.Model):  # noqa: DJ008
            name = EncryptedTextField()

            class Meta:
                app_label = "hotline"

        assert "primary key" in str(Numbered._meta.get_field("name").check()[0].hint)
        with pytest.raises(ImproperlyConfigured):
            Numbered._meta.get_field("name").pre_save(Numbered(name="李小明"), True)


def test_tokens_stay_small() -> None:
    assert len(seal(b"", "here")) == 3 + 1 + 12 + 16
