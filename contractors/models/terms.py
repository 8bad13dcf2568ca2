"""What was agreed in a contract, version by version: seats, prices, payment. An amendment is the next version."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contractors.models.contract import Contract
from hotline.models import Membership, TwoPeople, TwoPeopleState, User
from hotline.roles import CONTRACTOR, Capability


class PriceModel(models.TextChoices):
    """What is paid for."""

    LUMP_SUM = "lump_sum", _("lump sum")
    SEAT_MONTH = "seat_month", _("per seat and month")
    ANSWERED_CALL = "answered_call", _("per answered call")
    MIXED = "mixed", _("mixed")


class TermsQuerySet(models.QuerySet["Terms"]):
    def visible_to(self, membership: Membership) -> TermsQuerySet:
        """The government side reads drafts too; a contractor what was signed with it."""
        if not membership.can(Capability.CONTRACT_READ):
            return self.none()
        own = self.filter(state=TwoPeopleState.APPROVED, contract__organisation=membership.organisation_id)
        return own if membership.role in CONTRACTOR else self

    def in_force(self, at: datetime) -> TermsQuerySet:
        """The latest approved version whose first day has come, of each contract; whatever the contract's term."""
        begun = self.filter(state=TwoPeopleState.APPROVED, valid_from__lte=timezone.localdate(at))
        return begun.order_by("contract", "-valid_from", "-version").distinct("contract")

    def unfinished(self) -> TermsQuerySet:
        return self.filter(state__in=[TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED])


class Terms(TwoPeople):
    """One version of what was agreed. Written as a draft, it binds once a second person has signed for the office.

    Money is in yuan. ``amount`` is for the contract's term as first signed, at what this version agrees on. The price
    of a month is split by ``performance_share`` percent into a fixed part and one that is paid by the score.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="terms", db_index=False)
    version = models.PositiveSmallIntegerField(help_text="1 is the contract as signed; each amendment adds one")
    note = models.CharField(max_length=200, blank=True, help_text="What the amendment changes, and why")
    valid_from = models.DateField(help_text="An amendment holds from the first day of a month on")
    ends_on = models.DateField(null=True, blank=True, help_text="New last day of the contract, if it changes")
    price_model = models.CharField(max_length=13, choices=PriceModel.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    seats = models.PositiveIntegerField()
    staff_per_seat = models.DecimalField(max_digits=4, decimal_places=2, default=2)
    seat_price = models.DecimalField(max_digits=12, decimal_places=2, default=0, help_text="Per seat and month")
    call_price = models.DecimalField(max_digits=10, decimal_places=4, default=0, help_text="Per answered call")
    performance_share = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    payment_plan = models.JSONField()
    objection_days = models.PositiveSmallIntegerField(default=7, help_text="Working days the contractor has to object")
    ruling_days = models.PositiveSmallIntegerField(default=4, help_text="Working days the office has to rule then")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    objects = TermsQuerySet.as_manager()

    class Meta(TwoPeople.Meta):
        abstract = False
        constraints = (
            *TwoPeople.Meta.constraints,
            models.UniqueConstraint(fields=["contract", "version"], name="terms_version"),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state__in=["draft", "proposed"]), name="terms_one_draft"
            ),
            models.CheckConstraint(condition=Q(price_model__in=PriceModel.values), name="terms_price_model"),
            models.CheckConstraint(
                condition=Q(version=1) | Q(valid_from__day=1), name="terms_from_the_first_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, seat_price__gte=0, call_price__gte=0, staff_per_seat__gt=0),
                name="terms_amounts",
            ),
            models.CheckConstraint(
                condition=Q(performance_share__gte=0, performance_share__lte=100), name="terms_performance_share"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} v{self.version}"

    @property
    def amendment(self) -> int:
        """0 is the contract as signed first."""
        return self.version - 1

    @property
    def fixed_share(self) -> Decimal:
        return 100 - self.performance_share

    @property
    def is_signed(self) -> bool:
        return self.state == TwoPeopleState.APPROVED
