"""Work handed off by acts."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from hotline.delivery import deliver_next

BATCH = 200


@shared_task(name="hotline.deliver_messages")
def deliver_messages() -> int:
    """Carry out what is due, until nothing is or a batch is done. Any number of workers may do it at once."""
    sent = 0
    while sent < BATCH and deliver_next(timezone.now()):
        sent += 1
    return sent
