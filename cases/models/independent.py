"""The independent callback: which rounds were drawn for it, who is calling now, what came of each call.

Who handled a case never learns that it was drawn before it was answered: nothing here is written to the case, its
events or its clocks, and no page of theirs reads these tables.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, in_reach
from cases.models.feedback import Survey
from cases.models.reason import ReasonKind, reason_words
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedCharField
from hotline.roles import Capability


class RoundResult(models.TextChoices):
    """What the system's own asking had brought when the round was drawn: the strata of the draw."""

    CONTRACTOR = "contractor", _("answered to the contractor's callback")
    OTHERWISE = "otherwise", _("answered by link or to the office")
    UNANSWERED = "unanswered", _("not answered")


class IndependentState(models.TextChoices):
    WAITING = "waiting", _("to be called")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")
    NOT_REACHED = "not_reached", _("not reached")
    EXPIRED = "expired", _("expired uncalled")


class IndependentDraw(models.Model):
    """One local day's rounds, and the sample of them. All that the draw depended on is in the row, which triggers
    freeze: ``cases.blind_draw`` says how it is drawn, and whoever has the frame and the seed can draw it again."""

    day = models.DateField(unique=True)
    rules = models.JSONField(help_text="the rules as they stood at the draw; its callbacks keep them")
    seed = models.CharField(max_length=32)
    frame = models.TextField(help_text="every round it was drawn from, a line each: stratum, contractor, key")
    frame_hash = models.CharField(max_length=64, help_text="SHA-256 of the frame")
    frame_size = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class IndependentQuerySet(models.QuerySet["IndependentCallback"]):
    def visible_to(self, membership: Membership) -> IndependentQuerySet:
        """Of what overseers read: callbacks that are over, of cases within reach. Nobody reads the others."""
        if not membership.can(Capability.INDEPENDENT_READ):
            return self.none()
        return self.ended().filter(in_reach(membership))

    def ended(self) -> IndependentQuerySet:
        return self.filter(ended_at__isnull=False)

    def waiting(self) -> IndependentQuerySet:
        return self.filter(ended_at__isnull=True)

    def held_by(self, membership: Membership) -> IndependentQuerySet:
        """The one this person is calling now, if any."""
        return self.waiting().filter(given_to=membership.user_id)

    def to_give(self, at: datetime) -> IndependentQuerySet:
        """Those nobody has in hand and whose time it is, in the order they are given out."""
        due = self.waiting().filter(next_at__lte=at, expires_at__gt=at)
        return due.filter(Q(given_to__isnull=True) | Q(held_until__lte=at)).order_by("next_at", "id")

    def drawn_between(self, first: date, last: date) -> IndependentQuerySet:
        return self.filter(draw__day__gte=first, draw__day__lte=last)


class IndependentCallback(models.Model):
    """One round of one case in the sample. ``position`` is its place in the order of the draw."""

    draw = models.ForeignKey(IndependentDraw, models.PROTECT, related_name="callbacks", db_index=False)
    position = models.PositiveSmallIntegerField()
    stratum = models.CharField(max_length=10, choices=RoundResult.choices)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    survey = models.OneToOneField(Survey, models.PROTECT, related_name="+", help_text="the round that was asked about")
    contractor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=11, choices=IndependentState.choices, default=IndependentState.WAITING)
    next_at = models.DateTimeField(help_text="Not called before")
    expires_at = models.DateTimeField()
    given_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    held_until = models.DateTimeField(null=True, help_text="Then it may be given to somebody else")
    ended_at = models.DateTimeField(null=True)

    objects = IndependentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "position"], name="independent_position"),
            models.UniqueConstraint(
                fields=["given_to"], condition=Q(ended_at__isnull=True), name="independent_one_in_hand"
            ),
            models.CheckConstraint(condition=Q(stratum__in=RoundResult.values), name="independent_stratum"),
            models.CheckConstraint(condition=Q(state__in=IndependentState.values), name="independent_state"),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | Q(~Q(state="waiting"), ended_at__isnull=False),
                name="independent_ended",
            ),
            models.CheckConstraint(
                condition=Q(given_to__isnull=True, held_until__isnull=True)
                | Q(given_to__isnull=False, held_until__isnull=False),
                name="independent_held",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="independent_to_give", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["ended_at", "id"], name="independent_by_end", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}-{self.position:03}"

    @property
    def number(self) -> str:
        """As people call it: D-12-027. It says nothing about the case."""
        return f"D-{self.draw_id}-{self.position:03}"


class IndependentAttempt(models.Model):
    """One try to reach the citizen, with what came of it. Triggers refuse every change."""

    callback = models.ForeignKey(IndependentCallback, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    result = models.CharField(max_length=12)
    note = MaskedCharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.callback_id} {self.result}"

    @property
    def result_label(self) -> str:
        """In the words it was recorded with."""
        return reason_words(ReasonKind.CALLBACK, self.result, self.at)
