"""Work in progress of one person: drafts of records and replies, and saved views of lists."""

from __future__ import annotations

from django.db import models

from cases.models.assignment import Assignment
from cases.models.call import Call
from cases.models.case import Case
from hotline.identifiers import uuid7
from hotline.models import User
from hotline.privacy import EncryptedJSONField, MaskedCharField, shown


class Draft(models.Model):
    """What an agent has typed of a case not registered yet. It has the case's number from its first save."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="drafts", db_index=False)
    fields = EncryptedJSONField()
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """Whose request it is, as far as it was typed."""
        return shown(self, "fields", lambda typed: str(typed.get("name", ""))[:12])


class ReplyDraft(models.Model):
    """What a handler has typed of a reply not submitted yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="drafts", db_index=False)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    fields = EncryptedJSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "owner"], name="replydraft_once")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.owner_id}"


class SavedView(models.Model):
    """A list with its filters, under a name of the person's own."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=20)
    name = MaskedCharField(max_length=40)
    query = MaskedCharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="savedview_name")]

    def __str__(self) -> str:
        return self.name


class Reveal(models.Model):
    """Identity shown in full, once, to one person, for a stated reason and a few minutes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reveals")
    by = models.ForeignKey(User, models.PROTECT, related_name="reveals", db_index=False)
    reason = models.CharField(max_length=20)
    note = MaskedCharField(max_length=200, blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="reveal_by_person")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.case_id}"
