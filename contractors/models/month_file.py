"""Files that belong to a month: what proves an objection, the paper it was signed on."""

from __future__ import annotations

from django.db import models

from hotline.identifiers import uuid7


class MonthFile(models.Model):
    """The name is for reading; the content lies sealed under the key (``cases.sealed_files``)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
