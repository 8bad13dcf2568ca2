"""What carriers report of the messages they took."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from cases.api.given import optional
from hotline.api.answers import carry_out, kept
from hotline.api.endpoint import Endpoint, Given, read
from hotline.api.shapes import KEY, WRITE_FAILURES, schema
from hotline.api.words import Coded, choice_or_none, moment
from hotline.guards import acting
from hotline.models import Message
from hotline.receipts import note_receipt
from hotline.roles import Capability


class ReceiptGiven(Given):
    """Whether a message reached its recipient. ``message`` is the id it was sent with."""

    message = serializers.PrimaryKeyRelatedField(
        queryset=Message.objects.filter(channel__in=[Message.Channel.SMS, Message.Channel.EMAIL]),
        pk_field=serializers.UUIDField(),
    )
    receipt = serializers.ChoiceField(choices=Message.Receipt.choices)
    reason = optional(200)


class ReceiptShape(TypedDict):
    """What is known of the message now; not what it says, nor to whom."""

    message: UUID
    receipt: Coded | None
    receipt_at: datetime | None


class Receipts(Endpoint):
    capability = Capability.MESSAGE_REPORT

    @extend_schema(
        operation_id="message_receipt",
        summary="Report whether a message reached its recipient",
        description="A report that comes twice, late or out of order does no harm, with or without Idempotency-Key:"
        " that a message arrived is the last word.",
        parameters=[KEY],
        request=ReceiptGiven,
        responses={200: schema(ReceiptShape), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        by, given = acting(request), read(ReceiptGiven, request)
        return carry_out(lambda: note_receipt(**given, by=by, at=timezone.now()), lambda told: kept(_receipt(told)))


def _receipt(message: Message) -> ReceiptShape:
    return {
        "message": message.pk,
        "receipt": choice_or_none(message, "receipt"),
        "receipt_at": moment(message.receipt_at),
    }
