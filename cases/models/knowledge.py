"""Approved answers, each kept by the unit that owns the matter."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from cases.models.category import Category
from hotline.models import Organisation, User
from hotline.wording import in_language


class KnowledgeQuerySet(models.QuerySet["KnowledgeArticle"]):
    def in_force(self, on: Any) -> KnowledgeQuerySet:
        """The version to answer from: approved, not replaced, not run out."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=on), approved_at__isnull=False, replaced_at__isnull=True
        )


class KnowledgeArticle(models.Model):
    """One version of one answer. A change is a new version; the old one stays for the cases that quoted it."""

    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    body_en = models.TextField(blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="knowledge")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    bigrams = SearchVectorField(null=True, editable=False)

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="knowledge_version"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(replaced_at__isnull=True, approved_at__isnull=False),
                name="knowledge_current",
            ),
        ]
        indexes = [GinIndex(fields=["bigrams"], name="knowledge_bigrams")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def title_label(self) -> str:
        """In the reader's language; the Chinese one where there is no English."""
        return in_language(self.title, self.title_en)

    @property
    def body_label(self) -> str:
        return in_language(self.body, self.body_en)
