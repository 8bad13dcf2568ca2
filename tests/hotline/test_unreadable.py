"""A sealed value that was moved or changed: a sentence in its place, and everything beside it as usual."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection, models
from django.utils import timezone
from pytest_django import Settings

from cases import intake, telephony
from cases.models import Call, Citizen, Draft, Status
from cases.telephony import CallEvent
from hotline.delivery import deliver_next
from hotline.field_codec import DecryptionError, seal, unseal
from hotline.models import Message
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import member
from tests.stories import a_case, accepted, dispatched

pytestmark = pytest.mark.django_db
SENTENCE, IN_CHINESE = "Cannot be opened", "无法打开"


def spoil(row: models.Model, column: str) -> None:
    """One bit of it is another now."""
    flipped = f"set_bit({column}, 150, 1 - get_bit({column}, 150))"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = {flipped} WHERE id = %s", [row.pk])


@pytest.mark.parametrize("cipher", ["AES-256-GCM", "SM4-GCM"])
def test_of_ten_thousand_changes_none_is_read_as_something_else(cipher: str, settings: Settings) -> None:
    settings.FIELD_CIPHER = cipher
    chance = random.Random(12345)
    places = [f"cases_citizen|{column}|{uuid.UUID(int=n)}" for n in range(50) for column in ("name", "phone")]
    tokens = {place: seal(f"陈{place[-4:]}".encode(), place) for place in places}
    for _turn in range(5_000):
        place, other = chance.sample(places, 2)
        token = bytearray(tokens[place])
        match chance.randrange(5):
            case 0:
                token[chance.randrange(len(token))] ^= chance.randrange(1, 256)
            case 1:
                token = token[: chance.randrange(len(token))]
            case 2:
                token += chance.randbytes(chance.randrange(1, 20))
            case 3:
                token = bytearray(tokens[other])
            case _:  # the head of one, the rest of another
                cut = chance.randrange(4, len(token))
                token = token[:cut] + bytearray(tokens[other])[cut:]
        if bytes(token) == tokens[place]:
            continue
        with pytest.raises(DecryptionError):
            unseal(bytes(token), place)


def test_a_message_that_cannot_be_opened_leaves_the_outbox_and_the_inbox_readable() -> None:
    at = timezone.now() - timedelta(hours=1)
    cases = [dispatched(at=at, phone=f"1380000602{n}") for n in range(3)]
    while deliver_next(timezone.now()):
        pass
    sms = Message.objects.filter(channel="sms", about=cases[0].number).latest("created_at")
    notice = Message.objects.filter(channel="in_app", about=cases[1].number).latest("created_at")
    for row, columns in ((sms, ["body", "address"]), (notice, ["body"])):
        for column in columns:
            spoil(row, column)
    outbox = client_of("zhou").get("/outbox/").content.decode()
    assert outbox.count(SENTENCE) == 3
    assert cases[2].number in outbox
    assert client_of("sun").get("/inbox/").content.decode().count(SENTENCE) == 1
    assert any(m["address"].startswith(IN_CHINESE) for m in Api("zhou").get("messages/").body["results"])
    assert Api("sun").get("notices/").status == 200


def test_a_citizen_who_cannot_be_opened_leaves_every_list_and_the_case_readable() -> None:
    case, _other = accepted(phone="0593-2345678"), accepted(phone="0593-2345679")
    assert case.citizen is not None
    assert case.status == Status.VERIFYING
    for column in ("name", "phone"):
        spoil(case.citizen, column)
    zheng = client_of("zheng")
    assert SENTENCE in zheng.get("/callbacks/").content.decode()
    assert SENTENCE in zheng.get(f"/cases/{case.number}/").content.decode()
    assert zheng.post(f"/cases/{case.number}/identity/", {"reason": "callback"}, follow=True).status_code == 200
    listed = Api("yan").get("cases/").body["results"]
    assert [row["citizen"]["name"][:4] for row in listed if row["number"] == case.number] == [IN_CHINESE]


def test_who_calls_again_is_registered_and_what_could_not_be_opened_is_mended() -> None:
    case = a_case(phone="13911112222", name="陈晓燕")
    assert case.citizen is not None
    for column in ("name", "phone"):
        spoil(case.citizen, column)
    again = a_case(phone="13911112222", name="陈晓燕")
    assert again.citizen_id == case.citizen_id
    mended = Citizen.objects.get(pk=case.citizen.pk)
    assert (mended.name, mended.phone) == ("陈晓燕", "+8613911112222")


def test_a_record_and_a_call_that_cannot_be_opened_leave_the_console_usable() -> None:
    at = timezone.now()
    wang = member("wang")
    call = telephony.record_call(CallEvent("c-1", "answered", at, caller="13911112222", agent="1024"), by=None, at=at)
    draft = intake.open_draft(by=wang, at=at, fields={"name": "陈晓燕", "words": "路灯不亮"}, call=call)
    spoil(Draft.objects.get(pk=draft.pk), "fields")
    spoil(Call.objects.get(pk=call.pk), "caller")
    console = client_of("wang")
    assert console.get("/console/", follow=True).status_code == 200
    assert console.get(f"/console/drafts/{draft.pk}/").status_code == 200
