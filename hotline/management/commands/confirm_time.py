"""What a person does after the database's clock jumped and is right now."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from hotline import agreed_time


class Command(BaseCommand):
    help = "Confirm that the database's time is right, so that limits held since a jump of the clock are acted on again"

    def handle(self, *args: Any, **options: Any) -> None:
        agreed_time.confirm()
        now = timezone.localtime(agreed_time.database_time())
        self.stdout.write(f"Confirmed: it is {now:%Y-%m-%d %H:%M:%S}. Limits are acted on again.")
