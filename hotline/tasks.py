"""Work handed off by acts."""

from __future__ import annotations

import time

from celery import shared_task

from hotline.agreed_time import database_time
from hotline.delivery import deliver_next

LONGEST_SECONDS = 20.0


@shared_task(name="hotline.deliver_messages")
def deliver_messages() -> int:
    """Carry out what is due, until nothing is or time is up. Any number of workers may do it at once."""
    sent, began = 0, time.monotonic()
    while time.monotonic() - began < LONGEST_SECONDS and deliver_next(database_time()):
        sent += 1
    return sent
