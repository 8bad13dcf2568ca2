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
NOTICES = 500
MAX_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=1)


@shared_task(name="hotline.deliver_messages")
def deliver_messages() -> int:
    """Carry out what is due, until nothing is or a batch is done. Any number of workers may do it at once."""
    sent = 0
    while sent < BATCH and deliver_next(timezone.now()):
        sent += 1
    return sent


@transaction.atomic
def deliver_next(at: datetime) -> bool:
    """Claim one due message and carry it out; the row stays locked until its fate is known and committed.

    A worker that dies meanwhile leaves it waiting: the next one sends it again with the same id, by which the gateway
    drops the repeat. Notices need no carrier and go in one statement. False if nothing was due.
    """
    if publish_notices(at):
        return True
    due = Message.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=at)
    message = due.order_by("next_attempt_at").first()
    if message is None:
        return False
    _note(message, provider_for(message)(message), at)
    return True


def publish_notices(at: datetime) -> int:
    """Show the in-app notices that are due; returns how many."""
    due = Message.objects.select_for_update(skip_locked=True).filter(
        channel=Message.Channel.IN_APP, next_attempt_at__lte=at
    )
    return Message.objects.filter(pk__in=due.values("pk")[:NOTICES]).update(
        state=Message.State.SENT, sent_at=at, provider="in_app", next_attempt_at=None
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
    message.save()
