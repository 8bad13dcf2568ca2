"""What people who answer miss in the knowledge base or find wrong in it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.knowledge import KnowledgeArticle
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedCharField
from hotline.roles import OFFICE, OVERSIGHT, UNIT, Capability


class ReportKind(models.TextChoices):
    WRONG = "wrong", _("wrong or out of date")
    UNCLEAR = "unclear", _("hard to understand")
    MISSING = "missing", _("missing")


class ReportOutcome(models.TextChoices):
    OPEN = "", _("open")
    CORRECTED = "corrected", _("corrected")
    RIGHT = "right", _("right as it is")
    NOT_OURS = "not_ours", _("no matter for an answer")


class KnowledgeReportQuerySet(models.QuerySet["KnowledgeReport"]):
    def visible_to(self, membership: Membership) -> KnowledgeReportQuerySet:
        """All of them for office and oversight, a unit's own for the unit, one's own for everybody else."""
        if not membership.can(Capability.KNOWLEDGE_REPORT):
            return self.none()
        if membership.role in OFFICE | OVERSIGHT:
            return self
        own = Q(reported_by=membership.user_id)
        if membership.role in UNIT:
            return self.filter(own | Q(unit__path__startswith=membership.organisation.path))
        return self.filter(own)

    def kept_by(self, membership: Membership) -> KnowledgeReportQuerySet:
        """Those about answers the person writes."""
        if not membership.can(Capability.KNOWLEDGE_WRITE):
            return self.none()
        return self.filter(unit__path__startswith=membership.organisation.path) if membership.role in UNIT else self

    def open(self) -> KnowledgeReportQuerySet:
        return self.filter(outcome="")

    def late(self, at: datetime) -> KnowledgeReportQuerySet:
        return self.open().filter(due_at__lt=at)


class KnowledgeReport(models.Model):
    """One report, with a limit for the unit that owns the matter. ``article`` is the version that was looked at."""

    kind = models.CharField(max_length=8, choices=ReportKind.choices)
    article = models.ForeignKey(KnowledgeArticle, models.PROTECT, null=True, blank=True, related_name="reports")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    words = MaskedCharField(max_length=500)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=ReportOutcome.choices, blank=True, default="")
    answer = MaskedCharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = KnowledgeReportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="knowledge_report_kind"),
            models.CheckConstraint(condition=Q(outcome__in=ReportOutcome.values), name="knowledge_report_outcome"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, settled_by__isnull=True)
                | Q(~Q(outcome=""), settled_at__isnull=False, settled_by__isnull=False),
                name="knowledge_report_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(kind="missing"), name="knowledge_report_of_an_article"
            ),
        )
        indexes = (
            models.Index(fields=["unit", "due_at", "id"], name="knowledge_report_open", condition=Q(outcome="")),
            models.Index(fields=["due_at", "id"], name="knowledge_report_due", condition=Q(outcome="")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id} {self.reported_at:%Y-%m-%d}"
