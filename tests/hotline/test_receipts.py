"""Receipts: what the carrier reports of a message later, once or again, early or late."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from hotline.delivery import deliver_next
from hotline.models import AuditEntry, Message
from hotline.receipts import note_receipt
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def message() -> Message:
    """What Mrs Li was sent when her request was registered."""
    a_case()
    deliver_next(MONDAY)
    return Message.objects.get(channel="sms")


def unanswered(message: Message) -> Message:
    """The same while the gateway's answer stays out: it may have sent it, and is to be asked again."""
    Message.objects.filter(pk=message.pk).update(
        state="waiting", sent_at=None, perhaps_sent=True, next_attempt_at=MONDAY + timedelta(seconds=10)
    )
    return Message.objects.get(pk=message.pk)


def report(message: Message, receipt: str, **more: Any) -> Message:
    later = MONDAY + timedelta(minutes=1)
    note_receipt(message, by=member("telephony"), at=later, receipt=receipt, **more)
    return Message.objects.get(pk=message.pk)


def test_it_is_noted_with_its_time_and_reason(message: Message) -> None:
    noted = report(message, "undelivered", reason="number not in service")
    assert (noted.receipt, noted.receipt_reason, noted.state) == ("undelivered", "number not in service", "sent")
    assert noted.receipt_at == MONDAY + timedelta(minutes=1)


@pytest.mark.parametrize("order", sorted(set(permutations(["delivered", "delivered", "undelivered", "undelivered"]))))
def test_that_it_arrived_is_the_last_word_in_whatever_order_reports_come(message: Message, order: tuple[str]) -> None:
    for receipt in order:
        message = report(message, receipt)
    assert message.receipt == "delivered"


def test_what_has_arrived_is_not_sent_again_because_an_answer_stayed_out(message: Message) -> None:
    noted = report(unanswered(message), "delivered")
    assert (noted.state, noted.next_attempt_at) == ("sent", None)
    assert not deliver_next(MONDAY + timedelta(hours=1))


def test_what_did_not_arrive_goes_on_being_tried(message: Message) -> None:
    noted = report(unanswered(message), "undelivered")
    assert (noted.state, noted.next_attempt_at) == ("waiting", MONDAY + timedelta(seconds=10))


def test_what_was_never_sent_has_no_receipt() -> None:
    a_case()
    told = Api("telephony").post("receipts/", {"message": str(Message.objects.get().pk), "receipt": "delivered"})
    assert (told.status, told.body["errors"][0]["field"]) == (422, "message")
    assert Message.objects.get().state == "waiting"


def test_the_carrier_learns_neither_words_nor_number(message: Message) -> None:
    told = Api("telephony").post("receipts/", {"message": str(message.pk), "receipt": "delivered"})
    assert told.status == 200
    assert set(told.body) == {"message", "receipt", "receipt_at"}
    assert AuditEntry.objects.filter(act="receipts.note_receipt").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"receipt": "delivered"}, "message"),
        ({"message": str(uuid4()), "receipt": "delivered"}, "message"),
        ({"message": "no id", "receipt": "delivered"}, "message"),
        ({"receipt": "read"}, "receipt"),
    ],
)
def test_a_report_of_nothing_known_is_refused_by_its_field(message: Message, given: Any, field: str) -> None:
    told = Api("telephony").post("receipts/", {"message": str(message.pk), **given} if field == "receipt" else given)
    assert told.status == 400
    assert field in {error["field"] for error in told.body["errors"]}
    assert Message.objects.get(pk=message.pk).receipt == ""


@pytest.mark.parametrize("username", ["wang", "zhou", "sun", "jiang"])
def test_nobody_else_reports(message: Message, username: str) -> None:
    told = Api(username).post("receipts/", {"message": str(message.pk), "receipt": "undelivered"})
    assert told.status == 403


def test_the_outbox_shows_what_did_not_arrive(message: Message) -> None:
    report(message, "undelivered", reason="number not in service")
    page = client_of("zhou").get("/outbox/").content.decode()
    assert "did not arrive" in page
    assert "number not in service" in page
