"""Contacts by telephone, as the telephone platform reports them. Nobody types them in."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case
from cases.models.citizen import Citizen
from hotline.identifiers import uuid7
from hotline.models import Membership, Organisation, User
from hotline.privacy import EncryptedTextField, mask_phone, shown
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, Capability, Role


class Direction(models.TextChoices):
    INBOUND = "inbound", _("inbound")
    OUTBOUND = "outbound", _("outbound")


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, membership: Membership) -> CallQuerySet:
        if not membership.can(Capability.CALL_READ):
            return self.none()
        if membership.role in OFFICE | OVERSIGHT or membership.role == Role.INTEGRATION:
            return self
        if membership.role in CONTRACTOR:
            return self.filter(organisation=membership.organisation_id)
        return self.none()

    def live_for(self, user: User) -> CallQuerySet:
        """The calls the agent is on now."""
        return self.filter(agent=user, answered_at__isnull=False, ended_at__isnull=True)


class Call(models.Model):
    """One contact: offered, answered, held, ended or abandoned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    platform_id = models.CharField(max_length=80, unique=True, help_text=_("The telephone platform's own id"))
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.INBOUND)
    caller = EncryptedTextField(blank=True, null=True)
    caller_index = models.BinaryField(max_length=16, null=True, help_text=_("By which a number is found again"))
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="calls", db_index=False)
    queue = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=40, blank=True)
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="calls", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    abandoned = models.BooleanField(default=False)
    in_menu = models.BooleanField(default=False, db_default=False, help_text=_("Ended before a person was asked for"))
    agent_since = models.DateTimeField(null=True, help_text=_("When the platform said whose call it is"))
    held = models.JSONField(default=list, db_default=[], help_text=_("When it was put on hold and taken up again"))
    hold_seconds = models.PositiveIntegerField(default=0)
    wrap_up_seconds = models.PositiveIntegerField(null=True)
    recording = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="calls")
    abusive_at = models.DateTimeField(null=True, help_text=_("When the agent said that the caller is abusive"))

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="call_direction"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=models.F("offered_at")),
                name="call_answered_after_offer",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("offered_at")),
                name="call_ended_after_offer",
            ),
            models.CheckConstraint(
                condition=Q(abandoned=False) | Q(answered_at__isnull=True), name="call_abandoned_unanswered"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | Q(ended_at__isnull=True)
                | Q(ended_at__gte=models.F("answered_at")),
                name="call_ended_after_answer",
            ),
            models.CheckConstraint(
                condition=Q(in_menu=False) | Q(answered_at__isnull=True), name="call_menu_unanswered"
            ),
        ]
        indexes = [
            models.Index(fields=["-offered_at", "-id"], name="call_latest"),
            models.Index(
                fields=["agent"], name="call_live", condition=Q(ended_at__isnull=True, answered_at__isnull=False)
            ),
            models.Index(fields=["agent", "-offered_at"], name="call_by_agent", condition=Q(agent__isnull=False)),
            models.Index(
                fields=["caller_index", "offered_at"], name="call_by_number", condition=Q(caller_index__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.platform_id

    @property
    def masked_caller(self) -> str:
        return shown(self, "caller", mask_phone)

    @property
    def waited(self) -> timedelta | None:
        """How long the caller waited: until the answer, or until they hung up."""
        until = self.answered_at or self.ended_at
        return until - self.offered_at if until else None

    @property
    def talked(self) -> timedelta | None:
        return self.ended_at - self.answered_at if self.answered_at and self.ended_at else None

    @property
    def fate(self) -> str:
        """What became of it, in words."""
        if self.answered_at:
            return str(pgettext_lazy("call", "answered") if self.ended_at else _("on the line"))
        if self.in_menu:
            return str(_("ended in the menu"))
        if self.abandoned:
            return str(_("abandoned by the caller"))
        return str(pgettext_lazy("call", "not answered") if self.ended_at else pgettext_lazy("call", "waiting"))
