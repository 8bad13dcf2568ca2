from typing import Any

from django.core.management.base import BaseCommand

from hotline.rights import document, place


class Command(BaseCommand):
    help = "Write docs/rights.md from the table of roles."

    def handle(self, **options: Any) -> None:
        place().write_text(document(), encoding="utf-8")
