"""Taking in history from elsewhere: one row for each file, so that it can go on where it stopped."""

from __future__ import annotations

from django.db import models

from hotline.models import User


class ImportRun(models.Model):
    """One file read with one mapping. ``rows_done`` is raised in the transaction that took the rows."""

    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of file and mapping")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["digest", "-started_at"], name="import_by_file")]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
