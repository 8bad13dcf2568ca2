"""A contract with a contractor: who, which lots, from when until when. What was agreed in it are its terms."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hotline.models import Membership, Organisation, User
from hotline.roles import CONTRACTOR, Capability


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, membership: Membership) -> ContractQuerySet:
        """The government side sees all; a contractor its own once they are signed."""
        if not membership.can(Capability.CONTRACT_READ):
            return self.none()
        return self.signed().of(membership.organisation) if membership.role in CONTRACTOR else self

    def signed(self) -> ContractQuerySet:
        return self.filter(signed_at__isnull=False)

    def of(self, organisation: Organisation) -> ContractQuerySet:
        return self.filter(organisation=organisation)

    def in_force(self, at: datetime | OuterRef) -> ContractQuerySet:
        """Signed, and the moment lies within the term (half-open). At most one of an organisation, and one of a lot."""
        return self.signed().filter(term__contains=at)


class Contract(models.Model):
    """One contract. It binds from its signature on; then nothing of it changes but the end of its term, by new terms.

    Contracts of one organisation do not overlap in time, so that an act of an organisation belongs to one contract. A
    contractor with several lots has them in one contract.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60, unique=True, help_text="As it stands on the paper")
    tender_reference = models.CharField(max_length=80, blank=True)
    term = DateTimeRangeField(help_text="Half-open: from the first second of the first day")
    planned_until = models.DateField(help_text="Last day as signed; amounts are for the term until then")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(term__isempty=False, term__startswith__isnull=False, term__endswith__isnull=False),
                name="contract_term",
            ),
            ExclusionConstraint(
                name="contract_terms_apart",
                expressions=[("organisation", RangeOperators.EQUAL), ("term", RangeOperators.OVERLAPS)],
                condition=Q(signed_at__isnull=False),
                violation_error_message=_("This contractor has another contract in that time."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def first_day(self) -> date:
        return timezone.localdate(self.term.lower)

    @property
    def last_day(self) -> date:
        """The last day of the term, itself within it."""
        return timezone.localdate(self.term.upper - timedelta(microseconds=1))


class ContractLot(models.Model):
    """A lot of the tender that a contract is for. ``term`` is the contract's once it is signed: a trigger copies it,
    so that the database can keep the contracts of one lot apart."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lots")
    lot = models.CharField(max_length=40)
    term = DateTimeRangeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "lot"], name="contract_lot_once"),
            ExclusionConstraint(
                name="contract_lots_apart",
                expressions=[("lot", RangeOperators.EQUAL), ("term", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another contract for this lot runs in that time."),
            ),
        ]

    def __str__(self) -> str:
        return self.lot
