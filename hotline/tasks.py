"""Work handed off by acts: carrying the outbox out, one message a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from hotline.models import Message
from hotline.providers import Delivery, provider_for

log = structlog.get_logger(__name__)

BATCH = 200
MAX_ATTEMPTS = 8


@shared_task(name="hotline.deliver_messages")
def deliver_messages() -> int:
    """Carry out what is due, until nothing is or a batch is done. Any number of workers may do it at once."""
    sent = 0
    for _turn in range(BATCH):
        if not deliver_next():
            break
        sent += 1
    return sent


def deliver_next() -> bool:
    """Claim one due message and carry it out; the row stays locked until its fate is known and committed.

    A worker that dies meanwhile leaves it waiting: the next one sends it again with the same id, by which the gateway
    drops the repeat. Notices need no carrier and go in one statement.
    """
    now = timezone.now()
    if _publish_notices(now):
        return True
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(next_attempt_at__lte=now)
            .order_by("next_attempt_at")
            .first()
        )
        if message is None:
            return False
        _note(message, provider_for(message)(message))
    return True


def _publish_notices(now: datetime) -> int:
    due = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(channel=Message.Channel.IN_APP, next_attempt_at__lte=now)
        .values("pk")[:500]
    )
    return Message.objects.filter(pk__in=due).update(
        state=Message.State.SENT, sent_at=now, provider="in_app", next_attempt_at=None
    )


def _note(message: Message, delivery: Delivery) -> None:
    now = timezone.now()
    message.attempts += 1
    message.provider, message.provider_id = delivery.provider, delivery.provider_id
    message.last_error = delivery.error[:200]
    if delivery.ok:
        message.state, message.sent_at, message.next_attempt_at = Message.State.SENT, now, None
    elif delivery.final or message.attempts >= MAX_ATTEMPTS:
        message.state, message.next_attempt_at = Message.State.FAILED, None
        log.error("message_given_up", message=str(message.pk), error=delivery.error)
    else:
        message.next_attempt_at = now + min(timedelta(hours=1), timedelta(seconds=5 * 2**message.attempts))
    message.save(
        update_fields=[
            "attempts", "provider", "provider_id", "last_error", "state", "sent_at", "next_attempt_at",
        ]
    )  # fmt: skip
