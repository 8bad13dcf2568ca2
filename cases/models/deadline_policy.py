"""The rules of time: how long each leg may take, and what happens before and after it is due."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Kind, Urgency
from cases.models.category import Category, Channel
from hotline.models import Proposal, Region, User
from hotline.roles import Role


class ClockKind(models.TextChoices):
    """Which leg a clock measures. PROMISE is the citizen's own and pauses for nobody."""

    PROMISE = "promise", _("promise to the citizen")
    DISPATCH = "dispatch", _("dispatch by the hotline")
    SIGN = "sign", _("sign-off")
    CONTACT = "contact", _("first contact")
    HANDLE = "handle", _("handling")
    REVIEW = "review", _("review of the reply")
    DECISION = "decision", _("ruling")
    VERDICT = "verdict", _("citizen's verdict")


class LimitUnit(models.TextChoices):
    MINUTE = "minute", _("minute")
    HOUR = "hour", _("hour")
    DAY = "day", _("day")
    WORKING_DAY = "working_day", _("working day")


class DeadlinePolicyQuerySet(models.QuerySet["DeadlinePolicy"]):
    def in_force(self, on: Any) -> DeadlinePolicyQuerySet:
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


class DeadlinePolicy(models.Model):
    """A limit for one kind of clock, for the cases it fits. The most specific one in force is frozen on the clock.

    A version is never rewritten, only ended by the next: triggers refuse it, and a proposal nobody else approved.
    Versions without a proposal came with the installation.
    """

    clock = models.CharField(max_length=8, choices=ClockKind.choices)
    kind = models.CharField(max_length=14, choices=Kind.choices, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, blank=True)
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    upstream_platform = models.CharField(max_length=40, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=11, choices=LimitUnit.choices)
    pausable = models.BooleanField(default=False)
    max_extensions = models.PositiveSmallIntegerField(default=0)
    max_extension = models.PositiveIntegerField(
        default=0, help_text=_("Most that one extension may add, in the limit's unit")
    )
    max_total_extension = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Most that all extensions together may add; empty: each its most")
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True, help_text=_("The rule or document it comes from"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DeadlinePolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="policy_amount"),
            models.CheckConstraint(condition=Q(clock__in=ClockKind.values), name="policy_clock"),
            models.CheckConstraint(condition=Q(unit__in=LimitUnit.values), name="policy_unit"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="policy_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.amount} {self.unit}"

    @property
    def extension_cap(self) -> int:
        """The most that all extensions together may add, in the limit's unit."""
        if self.max_total_extension is not None:
            return self.max_total_extension
        return self.max_extensions * self.max_extension


class EscalationAct(models.TextChoices):
    YELLOW = "yellow", _("yellow card")
    RED = "red", _("red card")
    URGE = "urge", _("urge")
    SUPERVISE = "supervise", _("supervision")
    SUMMONS = "summons", _("summons talk")
    CIRCULAR = "circular", _("circular")
    REMIND = "remind", _("reminder")
    EXPIRE = "expire", _("expiry")


class EscalationStep(models.Model):
    """What happens at an offset from the due time: negative before it, zero at it, positive after it."""

    policy = models.ForeignKey(DeadlinePolicy, models.CASCADE, related_name="steps")
    offset = models.IntegerField()
    unit = models.CharField(max_length=11, choices=LimitUnit.choices)
    act = models.CharField(max_length=9, choices=EscalationAct.choices)
    to_role = models.CharField(max_length=20, choices=Role.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "act"], name="step_once"),
            models.CheckConstraint(condition=Q(act__in=EscalationAct.values), name="step_act"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.offset:+d} {self.unit}"
