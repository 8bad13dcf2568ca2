"""The supervision ladder: each step a numbered paper with an addressee, a limit to answer, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.assignment import Assignment
from cases.models.case import OPEN, Case, in_reach
from cases.models.clock import Clock
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedTextField
from hotline.roles import UNIT


class Rung(models.TextChoices):
    """From the mildest up. The last two are issued by a person, never by the clock."""

    URGE = "urge", gettext_lazy("urging")
    SUPERVISE = "supervise", gettext_lazy("supervision")
    SUMMONS = "summons", gettext_lazy("summons talk")
    CIRCULAR = "circular", gettext_lazy("circular")


RUNGS = list(Rung)
BY_A_PERSON = (Rung.SUMMONS, Rung.CIRCULAR)


class RungState(models.TextChoices):
    OPEN = "open", gettext_lazy("awaiting an answer")
    ANSWERED = "answered", gettext_lazy("answered")
    ACCEPTED = "accepted", gettext_lazy("answer accepted")
    CLIMBED = "climbed", gettext_lazy("gone on to a higher step")


UNSETTLED = (RungState.OPEN, RungState.ANSWERED)


class LadderStepQuerySet(models.QuerySet["LadderStep"]):
    def visible_to(self, by: Membership) -> LadderStepQuerySet:
        """Those of the cases within reach; a unit sees its own and those of units below it."""
        seen = self.filter(in_reach(by))
        return seen.filter(unit__path__startswith=by.organisation.path) if by.role in UNIT else seen

    def of(self, case: Case) -> LadderStepQuerySet:
        return self.filter(case=case)

    def unsettled(self) -> LadderStepQuerySet:
        """Not accepted and not climbed from. An urge is over with its case."""
        return self.filter(~Q(rung=Rung.URGE) | Q(case__status__in=OPEN), state__in=UNSETTLED)

    def awaited(self) -> LadderStepQuerySet:
        return self.unsettled().filter(state=RungState.OPEN)

    def late(self, at: datetime) -> LadderStepQuerySet:
        return self.awaited().filter(due_at__lt=at)


class LadderStep(models.Model):
    """One step, e.g. 督办〔2026〕17号. ``issued_by`` is empty where the clock or the citizen's verdict issued it."""

    rung = models.CharField(max_length=9, choices=Rung.choices)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="ladder")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+", db_index=False)
    clock = models.ForeignKey(Clock, models.PROTECT, null=True, related_name="+", db_index=False)
    limit_due_at = models.DateTimeField(null=True, help_text="when the clock was due that issued it")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    words = MaskedTextField(blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RungState.choices, default=RungState.OPEN)
    answer = MaskedTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    finding = MaskedTextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = LadderStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="ladder_rung"),
            models.CheckConstraint(condition=Q(state__in=RungState.values), name="ladder_state"),
            models.CheckConstraint(
                condition=~Q(rung__in=[r.value for r in BY_A_PERSON]) | Q(issued_by__isnull=False),
                name="ladder_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True) & ~Q(state__in=["answered", "accepted"])
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(state="open"),
                name="ladder_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered"], settled_at__isnull=True, settled_by__isnull=True)
                | Q(state__in=["accepted", "climbed"], settled_at__isnull=False),
                name="ladder_settled",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(settled_by__isnull=False) & ~Q(settled_by=F("answered_by")),
                name="ladder_two_people",
            ),
            models.UniqueConstraint(fields=["rung", "year", "serial"], name="ladder_number"),
            models.UniqueConstraint(
                fields=["clock", "rung", "limit_due_at"],
                condition=Q(clock__isnull=False),
                name="ladder_once_a_limit",
            ),
        ]
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="ladder_latest"),
            models.Index(fields=["unit", "-issued_at", "-id"], name="ladder_of_unit"),
            models.Index(fields=["due_at", "id"], name="ladder_awaited", condition=Q(state__in=["open", "answered"])),
        ]

    def __str__(self) -> str:
        return f"{self.rung} {self.year}/{self.serial}"

    @property
    def number(self) -> str:
        """As it is written on paper: 督办〔2026〕17号."""
        return number_words(self.rung, self.year, self.serial)

    @property
    def height(self) -> int:
        return RUNGS.index(Rung(self.rung))

    @property
    def facts(self) -> dict[str, int | str]:
        """What the event that goes with it keeps."""
        return {"rung": str(self.rung), "year": self.year, "serial": self.serial}

    def is_late(self, at: datetime) -> bool:
        return (self.answered_at or at) > self.due_at


def number_words(rung: str, year: int, serial: int) -> str:
    return _("%(rung)s %(year)s no. %(serial)s") % {"rung": Rung(rung).label, "year": year, "serial": serial}


class LadderSerial(models.Model):
    """The last number given on a rung in a year. Taken last of all in an act, so that nobody waits long for it."""

    rung = models.CharField(max_length=9, choices=Rung.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rung", "year"], name="ladder_serial_once")]

    def __str__(self) -> str:
        return f"{self.rung} {self.year} {self.last}"
