"""What binds only once two people stand for it: one proposes, another approves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.models.people import User


class TwoPeopleState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("awaiting approval")
    APPROVED = "approved", _("approved")
    DROPPED = "dropped", _("dropped")


class TwoPeople(models.Model):
    """Written as a draft, proposed by one person, approved by another; the moves are in ``hotline.two_people``.

    A model that inherits it inherits ``Meta`` too, for the constraints.
    """

    state = models.CharField(max_length=8, choices=TwoPeopleState.choices, default=TwoPeopleState.DRAFT)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.CharField(max_length=300, blank=True, help_text=_("Why it was sent back last"))

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint] | tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=Q(state__in=TwoPeopleState.values), name="%(class)s_state"),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="%(class)s_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False)
                | Q(~Q(state="approved"), approved_at__isnull=True, approved_by__isnull=True),
                name="%(class)s_approved_at",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="%(class)s_two_people",
                violation_error_message=_("Whoever proposes it does not approve it."),
            ),
        )

    @property
    def status_tone(self) -> str:
        """How loud the state is shown."""
        return {"approved": "done", "proposed": "act"}.get(self.state, "")
