"""How often something was tried lately: one row a key. The key is a digest, so the row names nobody."""

from __future__ import annotations

from django.db import models


class RateCount(models.Model):
    """Tries since ``began_at``. Counted by one statement, so that parallel tries cannot slip by."""

    key = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.key[:12]
