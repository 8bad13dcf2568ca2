"""Approved answers, each kept by the unit that owns the matter."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.category import Category
from hotline.identifiers import uuid7
from hotline.models import Membership, Organisation, TwoPeople, TwoPeopleState, User
from hotline.roles import OFFICE, OVERSIGHT, UNIT, Capability
from hotline.wording import in_language


class KnowledgeQuerySet(models.QuerySet["KnowledgeArticle"]):
    def visible_to(self, membership: Membership) -> KnowledgeQuerySet:
        """What was approved is for all who read answers; what is not yet, for its unit, the office and oversight."""
        if not membership.can(Capability.KNOWLEDGE_READ):
            return self.none()
        if membership.role in OFFICE | OVERSIGHT:
            return self
        approved = Q(state=TwoPeopleState.APPROVED)
        if membership.role in UNIT:
            return self.filter(approved | Q(unit__path__startswith=membership.organisation.path))
        return self.filter(approved)

    def kept_by(self, membership: Membership) -> KnowledgeQuerySet:
        """Those the person writes: a unit its own and those of units below it, the office's editors all."""
        if not membership.can(Capability.KNOWLEDGE_WRITE):
            return self.none()
        return self.filter(unit__path__startswith=membership.organisation.path) if membership.role in UNIT else self

    def unfinished(self) -> KnowledgeQuerySet:
        return self.filter(state__in=[TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED])

    def current(self) -> KnowledgeQuerySet:
        """The latest approved version of each, run out or not."""
        return self.filter(state=TwoPeopleState.APPROVED, replaced_at__isnull=True)

    def to_remind_of(self, on: Any) -> KnowledgeQuerySet:
        """Those whose unit has not been told yet that they have run out, or are to be looked at again."""
        over = Q(valid_until__lte=on, expiry_told_at__isnull=True)
        return self.current().filter(over | Q(review_on__lte=on, reminded_at__isnull=True))

    def in_force(self, on: Any) -> KnowledgeQuerySet:
        """The version to answer from: approved, not replaced, not run out."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=on), approved_at__isnull=False, replaced_at__isnull=True
        )


class KnowledgeArticle(TwoPeople):
    """One version of one answer. A change is a new version; the old one stays for the cases that quoted it."""

    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    body_en = models.TextField(blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="knowledge")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    written_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True, help_text=_("When its unit looks whether it is still right"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    expiry_told_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    bigrams = SearchVectorField(null=True, editable=False)

    objects = KnowledgeQuerySet.as_manager()

    class Meta(TwoPeople.Meta):
        abstract = False
        constraints = (
            *TwoPeople.Meta.constraints,
            models.UniqueConstraint(fields=["key", "version"], name="knowledge_version"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(replaced_at__isnull=True, approved_at__isnull=False),
                name="knowledge_current",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=["draft", "proposed"]), name="knowledge_one_draft"
            ),
        )
        indexes = (GinIndex(fields=["bigrams"], name="knowledge_bigrams"),)

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def title_label(self) -> str:
        """In the reader's language; the Chinese one where there is no English."""
        return in_language(self.title, self.title_en)

    @property
    def body_label(self) -> str:
        return in_language(self.body, self.body_en)

    def is_in_force(self, on: Any) -> bool:
        """May it be quoted on that day?"""
        over = self.replaced_at is not None or (self.valid_until is not None and self.valid_until <= on)
        return self.state == TwoPeopleState.APPROVED and not over


class KnowledgeFile(models.Model):
    """A form or picture that belongs to an answer; versions share it. The name is for reading, the stored one ours."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    articles = models.ManyToManyField(KnowledgeArticle, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Quotation(models.Model):
    """A case answered from a version of an article. The event says so too; this finds the cases of a version."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="quotation")
    article = models.ForeignKey(KnowledgeArticle, models.PROTECT, related_name="quotations", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["article", "-at"], name="quotation_of_article"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.article_id}"
