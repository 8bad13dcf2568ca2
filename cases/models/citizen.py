"""Who asks. Everything that identifies a citizen is encrypted; phones are found by blind index."""

from __future__ import annotations

from django.db import models

from hotline.identifiers import uuid7
from hotline.privacy import EncryptedTextField, mask_address, mask_name, mask_phone, opened, shown


class Citizen(models.Model):
    """A person who turned to the hotline. May be unnamed; known again by telephone only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = EncryptedTextField(blank=True, null=True)
    phone = EncryptedTextField(blank=True, null=True)
    address = EncryptedTextField(blank=True, null=True)
    phone_index = models.BinaryField(max_length=32, null=True, unique=True)
    last4_index = models.BinaryField(max_length=32, null=True, db_index=True)
    language = models.CharField(max_length=10, default="zh-hans")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def reached_at(self) -> str:
        """The telephone number, if there is one and it can be opened."""
        return opened(self, "phone") or ""

    @property
    def masked_name(self) -> str:
        return shown(self, "name", mask_name)

    @property
    def masked_phone(self) -> str:
        return shown(self, "phone", mask_phone)

    @property
    def masked_address(self) -> str:
        return shown(self, "address", mask_address)
