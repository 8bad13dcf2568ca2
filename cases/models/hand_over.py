"""Handing an emergency over to the line it belongs to, and what that line says to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, EmergencyLine
from hotline.models import User
from hotline.privacy import MaskedCharField, MaskedTextField


class HandOverState(models.TextChoices):
    OFFERED = "offered", _("the line has not said yet")
    ACCEPTED = "accepted", _("accepted by the line")
    REFUSED = "refused", _("refused by the line")
    DROPPED = "dropped", _("no longer asked for")


class HandOver(models.Model):
    """Asked of a line once. Until the line accepts, the case stays with whoever answered first (国办发〔2022〕12号)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="hand_overs")
    line = models.CharField(max_length=5, choices=EmergencyLine.choices)
    state = models.CharField(max_length=8, choices=HandOverState.choices, default=HandOverState.OFFERED)
    three_way = models.BooleanField(default=False, help_text=_("The citizen, the hotline and the line spoke together"))
    note = MaskedTextField(blank=True, help_text=_("What was said"))
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    answered_by = MaskedCharField(max_length=60, blank=True, help_text=_("Who spoke for the line: name or seat"))
    answer = MaskedTextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(line__in=EmergencyLine.values), name="handover_line"),
            models.CheckConstraint(condition=Q(state__in=HandOverState.values), name="handover_state"),
            models.CheckConstraint(
                condition=Q(state="offered", answered_at__isnull=True, recorded_by__isnull=True)
                | Q(~Q(state="offered"), answered_at__isnull=False, recorded_by__isnull=False),
                name="handover_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | ~Q(answered_by=""), name="handover_says_who_answered"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="offered"), name="handover_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.line}"
