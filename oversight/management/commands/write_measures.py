from typing import Any

from django.core.management.base import BaseCommand

from oversight.measure_list import document, place


class Command(BaseCommand):
    help = "Write docs/measures.md from the definitions."

    def handle(self, **options: Any) -> None:
        place().write_text(document(), encoding="utf-8")
