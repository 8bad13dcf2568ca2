"""Running time: a clock for each leg of a case, with its due time, its pauses and what is to happen next."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from cases.models.assignment import Assignment
from cases.models.case import Case
from cases.models.deadline_policy import ClockKind, DeadlinePolicy, LimitUnit


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> ClockQuerySet:
        return self.filter(stopped_at__isnull=True)

    def due_to_act(self, at: datetime) -> ClockQuerySet:
        """Clocks whose next step has come."""
        return self.filter(next_action_at__lte=at)


class Clock(models.Model):
    """One limit under way. The amount and unit are frozen from the policy; later policies never rewrite them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="clocks")
    kind = models.CharField(max_length=8, choices=ClockKind.choices)
    policy = models.ForeignKey(DeadlinePolicy, models.PROTECT, related_name="clocks", db_index=False)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=11, choices=LimitUnit.choices)
    round = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True, help_text="the limit of the part above, within which this one ends")
    extended = models.PositiveIntegerField(default=0, help_text="added by extensions, in the limit's unit")
    extensions = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    next_action_at = models.DateTimeField(null=True)
    stage = models.PositiveSmallIntegerField(default=0, help_text="steps fired so far")
    card = models.CharField(max_length=6, blank=True, help_text="yellow or red, once shown")
    met_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ClockKind.values), name="clock_kind"),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="clock_forwards"),
            models.CheckConstraint(
                condition=Q(not_after__isnull=True) | Q(due_at__lte=F("not_after")), name="clock_within_the_one_above"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(next_action_at__isnull=True), name="clock_stopped_is_silent"
            ),
            models.CheckConstraint(condition=Q(met_at__isnull=True) | Q(stopped_at__isnull=False), name="clock_met"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(stopped_at__isnull=True, assignment__isnull=True),
                name="clock_case_kind_once",
            ),
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=Q(stopped_at__isnull=True, assignment__isnull=False),
                name="clock_assignment_kind_once",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "due_at", "id"], name="clock_by_due"),
            models.Index(fields=["next_action_at", "id"], name="clock_next", condition=Q(next_action_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}"

    def is_late(self, at: datetime) -> bool:
        """Was the limit missed? Decided by event times, never by when a timer ran."""
        return (self.met_at or self.stopped_at or at) > self.due_at


class ClockPause(models.Model):
    """A stretch during which a pausable clock stands still: a suspension, up to its review date."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")), name="pause_forwards"
            ),
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at__isnull=True), name="pause_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.started_at}"
