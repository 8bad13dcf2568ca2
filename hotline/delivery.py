"""Carrying the outbox out, one message at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
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


def lease() -> timedelta:
    """Longer than a carrier takes, to connect and to answer: whoever has not noted the fate by then has died."""
    return timedelta(seconds=3 * settings.SMS_TIMEOUT_SECONDS)


def deliver_next(at: datetime) -> bool:
    """Take one due message and carry it out; False if nothing was due. What needs no carrier goes in one statement.

    Taking it is committed before it leaves, its fate after. A worker that dies in between leaves it to the next, who
    sends it again with the same id, by which the gateway drops the repeat, and marks it as perhaps sent twice.
    """
    if show(at):
        return True
    message = _take(at)
    if message is None:
        return False
    try:
        fate = provider_for(message)(message)
    except DecryptionError:  # its key is gone or its row was tampered with: it must not hold up the others
        fate = Delivery(provider_for(message).__name__, error="cannot be decrypted", final=True)
    _note(message, fate, at)
    return True


@transaction.atomic
def _take(at: datetime) -> Message | None:
    due = Message.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=at)
    message = due.filter(channel__in=carried_channels()).order_by("next_attempt_at").first()
    if message is None:
        return None
    message.perhaps_sent |= message.sending_since is not None
    message.attempts += 1
    message.sending_since, message.next_attempt_at = at, at + lease()
    message.save(update_fields=["perhaps_sent", "attempts", "sending_since", "next_attempt_at"])
    return message


@transaction.atomic
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
    """Write down its fate, unless the time to do so ran out and another has it by now."""
    fate: dict[str, Any] = {"next_attempt_at": None}
    if delivery.ok:
        fate |= {"state": Message.State.SENT, "sent_at": at}
    elif delivery.final or message.attempts >= MAX_ATTEMPTS:
        fate |= {"state": Message.State.FAILED}
        log.error("message_given_up", message=str(message.pk), error=delivery.error)
    else:
        wait = timedelta(seconds=settings.SMS_TIMEOUT_SECONDS) * 2 ** (message.attempts - 1)
        fate["next_attempt_at"] = at + min(LONGEST_WAIT, wait)
    mine = Message.objects.filter(pk=message.pk, state=Message.State.WAITING, sending_since=message.sending_since)
    mine.update(
        provider=delivery.provider,
        provider_id=delivery.provider_id,
        last_error=delivery.error[:200],
        perhaps_sent=message.perhaps_sent or delivery.unsure,
        sending_since=None,
        **fate,
    )
