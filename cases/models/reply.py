"""What a unit answers: the facts it states, a public reply, and an internal note kept apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.assignment import Assignment
from cases.models.case import Case
from cases.models.reason import ReasonKind, reason_words
from hotline.models import Organisation, User
from hotline.privacy import MaskedCharField, MaskedTextField


class Truth(models.TextChoices):
    TRUE = "true", _("True")
    PARTLY = "partly", _("Partly true")
    UNTRUE = "untrue", _("Not true")


class Solved(models.TextChoices):
    SOLVED = "solved", _("Solved")
    PARTLY = "partly", _("Partly solved")
    UNSOLVED = "unsolved", _("Not solved")


class ReplyState(models.TextChoices):
    """The lead's reply is reviewed by the hotline and goes to the citizen; any other part's by the unit above it only.

    The two never share a state, so that nothing which looks for the citizen's answer can find a report between units.
    """

    SUBMITTED = "submitted", _("awaiting review")
    ACCEPTED = "accepted", _("accepted")
    SENT_BACK = "sent_back", _("sent back")
    REPORTED = "reported", _("awaiting the unit above")
    TAKEN = "taken", _("accepted by the unit above")
    DECLINED = "declined", _("sent back by the unit above")


BETWEEN_UNITS = frozenset({ReplyState.REPORTED, ReplyState.TAKEN, ReplyState.DECLINED})


class Reply(models.Model):
    """A unit's account of one round. Only ``public_reply`` is ever shown to the citizen."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="replies", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    claim = models.CharField(max_length=6, choices=Truth.choices)
    beyond_powers = models.BooleanField(default=False)
    contacted = models.BooleanField()
    contacted_at = models.DateTimeField(null=True)
    solved = models.CharField(max_length=8, choices=Solved.choices)
    unsolved_reason = models.CharField(max_length=16, blank=True)
    measures = MaskedCharField(max_length=300, blank=True)
    promised_on = models.DateField(null=True)
    internal_note = MaskedTextField(blank=True)
    public_reply = models.TextField()
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ReplyState.choices, default=ReplyState.SUBMITTED)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reviewed_at = models.DateTimeField(null=True)
    review_reason = models.CharField(max_length=12, blank=True)
    review_note = MaskedTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(claim__in=Truth.values), name="reply_claim"),
            models.CheckConstraint(condition=Q(solved__in=Solved.values), name="reply_solved"),
            models.CheckConstraint(condition=Q(state__in=ReplyState.values), name="reply_state"),
            models.CheckConstraint(condition=Q(contacted=False) | Q(contacted_at__isnull=False), name="reply_contact"),
            models.CheckConstraint(
                condition=Q(solved="solved") | ~Q(unsolved_reason=""), name="reply_says_why_unsolved"
            ),
            models.UniqueConstraint(
                fields=["case", "round"], condition=Q(state="submitted"), name="reply_one_under_review"
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="reported"), name="reply_one_report_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["submitted_at", "id"], name="reply_to_review", condition=Q(state="submitted"))]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round}"

    @property
    def between_units(self) -> bool:
        """Is it a report to the unit above, which the citizen never reads?"""
        return self.state in BETWEEN_UNITS

    @property
    def unsolved_reason_label(self) -> str:
        """In the words it was submitted with."""
        return reason_words(ReasonKind.UNSOLVED, self.unsolved_reason, self.submitted_at)

    @property
    def review_reason_label(self) -> str:
        """In the words it was sent back with."""
        return reason_words(ReasonKind.SEND_BACK, self.review_reason, self.reviewed_at or self.submitted_at)
