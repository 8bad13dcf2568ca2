"""Those who carry messages out of the house. Each takes one message and says what became of it."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException
from typing import NamedTuple

from django.conf import settings

from hotline.models import Message

LONGEST_ANSWER = 10_000
NEVER_REACHED = (ConnectionRefusedError, socket.gaierror)


class Delivery(NamedTuple):
    """What a provider said: its own id, or why not; whether to try again; whether it may have sent it all the same."""

    provider: str
    provider_id: str = ""
    error: str = ""
    final: bool = False
    unsure: bool = False

    @property
    def ok(self) -> bool:
        return not self.error


def http_gateway(message: Message) -> Delivery:
    """POST to the city's SMS gateway. ``Idempotency-Key`` is the message's id, by which the gateway drops repeats.

    4xx (but 408, 409, 425, 429) is final; anything else is tried again later. What was refused was not sent; of what
    was answered otherwise or not at all we are unsure.
    """
    request = urllib.request.Request(  # noqa: S310 - the address is the operator's own setting
        settings.SMS_GATEWAY_URL,
        data=json.dumps({"id": str(message.pk), "to": message.address, "text": message.body}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
            "Idempotency-Key": str(message.pk),
        },
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.SMS_TIMEOUT_SECONDS) as response:  # noqa: S310
            said = json.loads(response.read(LONGEST_ANSWER) or b"{}")
            if response.length:
                raise HTTPException("the answer was cut off")
        return Delivery("http", str(said.get("id", ""))[:80] if isinstance(said, dict) else "")
    except urllib.error.HTTPError as error:
        final = 400 <= error.code < 500 and error.code not in (408, 409, 425, 429)
        unsure = error.code >= 500 and error.code != HTTPStatus.SERVICE_UNAVAILABLE
        return Delivery("http", error=f"HTTP {error.code}", final=final, unsure=unsure)
    except (OSError, ValueError, HTTPException) as error:
        why = getattr(error, "reason", error)
        return Delivery("http", error=type(why).__name__, unsure=not isinstance(why, NEVER_REACHED))


def carried_channels() -> list[str]:
    """The channels for which there is a carrier. The rest is read where it is: in the inbox, on the outbox page."""
    return [Message.Channel.SMS] if settings.SMS_PROVIDER == "http" else []


def provider_for(message: Message) -> Callable[[Message], Delivery]:
    """Who carries it. Raises ValueError for a channel without a carrier."""
    if message.channel in carried_channels():
        return http_gateway
    raise ValueError(f"nobody carries {message.channel}")
