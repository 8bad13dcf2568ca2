from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from hotline import schema


class Command(BaseCommand):
    help = "Write hotline/schema.sql, with which new databases begin, from what the migrations make. Takes a minute."

    def handle(self, **options: Any) -> None:
        schema.PLACE.write_text(schema.made_by_migrations(connection), encoding="utf-8")
