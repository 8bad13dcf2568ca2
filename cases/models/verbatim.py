"""What was said about a case, word for word, where it names a person's number: sealed, and shown like an identity."""

from __future__ import annotations

from django.db import models

from cases.models.case import Case
from hotline.identifiers import uuid7
from hotline.privacy import EncryptedTextField


class Verbatim(models.Model):
    """One text as it was typed. What everybody reads, lists and searches has masks in its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="verbatim")
    said = EncryptedTextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"
