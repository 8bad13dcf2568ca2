"""Carrying the outbox out, one message a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast

from hotline.models import Message
from hotline.privacy import DecryptionError
from hotline.providers import Delivery, carried_channels, provider_for

log = structlog.get_logger(__name__)

SHOWN_AT_ONCE = 500
MAX_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=1)


@transaction.atomic
def deliver_next(at: datetime) -> bool:
    """Claim one due message and carry it out; the row stays locked until its fate is known and committed.

    A worker that dies meanwhile leaves it waiting: the next one sends it again with the same id, by which the gateway
    drops the repeat. What needs no carrier goes in one statement. False if nothing was due.
    """
    if show(at):
        return True
    due = Message.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=at)
    message = due.order_by("next_attempt_at").first()
    if message is None:
        return False
    try:
        fate = provider_for(message)(message)
    except DecryptionError:  # its key is gone or its row was tampered with: it must not hold up the others
        fate = Delivery(provider_for(message).__name__, error="cannot be decrypted", final=True)
    _note(message, fate, at)
    return True


def show(at: datetime) -> int:
    """Mark as sent what nobody carries: in-app notices, and what is only shown on the outbox page; returns how many."""
    due = Message.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=at)
    due = due.exclude(channel__in=carried_channels())
    in_app = When(channel=Message.Channel.IN_APP, then=Value("in_app"))
    return Message.objects.filter(pk__in=due.values("pk")[:SHOWN_AT_ONCE]).update(
        state=Message.State.SENT,
        sent_at=at,
        attempts=F("attempts") + 1,
        provider=Case(in_app, default=Value("visible")),
        provider_id=Cast("pk", CharField()),
        next_attempt_at=None,
    )


def _note(message: Message, delivery: Delivery, at: datetime) -> None:
    message.attempts += 1
    message.provider, message.provider_id = delivery.provider, delivery.provider_id
    message.last_error = delivery.error[:200]
    if delivery.ok:
        message.state, message.sent_at, message.next_attempt_at = Message.State.SENT, at, None
    elif delivery.final or message.attempts >= MAX_ATTEMPTS:
        message.state, message.next_attempt_at = Message.State.FAILED, None
        log.error("message_given_up", message=str(message.pk), error=delivery.error)
    else:
        message.next_attempt_at = at + min(LONGEST_WAIT, timedelta(seconds=5 * 2**message.attempts))
    message.save(
        update_fields=[
            "attempts", "provider", "provider_id", "last_error", "state", "sent_at", "next_attempt_at",
        ]
    )  # fmt: skip
