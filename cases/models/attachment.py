"""Files that prove something. They are reached through their case only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.reply import Reply
from hotline.identifiers import uuid7
from hotline.models import User
from hotline.privacy import MaskedCharField


class AttachmentKind(models.TextChoices):
    CREDENTIAL = "credential", _("Credential")
    CONTACT_PROOF = "contact_proof", _("Proof of contact")
    HANDLING_PROOF = "handling_proof", _("Proof of handling")
    GROUNDS = "grounds", _("Grounds for a request")


class Attachment(models.Model):
    """One file. The name given by the uploader is kept for reading only; the stored name is ours."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, related_name="attachments")
    kind = models.CharField(max_length=16, choices=AttachmentKind.choices)
    name = MaskedCharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32, db_index=True, help_text="SHA-256 of the content")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=AttachmentKind.values), name="attachment_kind")]
        indexes = [models.Index(fields=["uploaded_at"], name="attachment_of_reply", condition=Q(reply__isnull=False))]

    def __str__(self) -> str:
        return self.name
