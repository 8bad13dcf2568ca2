"""What the citizen says: the survey the system sends, the callback it queues, the verdict that comes."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.reason import ReasonKind, reason_words
from hotline.identifiers import uuid7
from hotline.models import Membership, Message, Organisation, User
from hotline.privacy import MaskedCharField, MaskedTextField
from hotline.roles import Capability


class SurveyState(models.TextChoices):
    SENT = "sent", _("awaiting the citizen")
    ANSWERED = "answered", _("answered")
    CALLBACK = "callback", _("to be called back")
    EXPIRED = "expired", _("not answered")
    DECLINED = "declined", _("not wanted")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def due(self, at: datetime) -> SurveyQuerySet:
        """Surveys to remind of, or whose window is over."""
        ready = Q(next_action_at__lte=at) | Q(state=SurveyState.CALLBACK, expires_at__lte=at)
        return self.filter(ready, ended_at__isnull=True).order_by("sent_at", "id")

    def to_call(self) -> SurveyQuerySet:
        """The callback queue, longest waiting first."""
        return self.filter(state=SurveyState.CALLBACK).order_by("sent_at", "id")


class Survey(models.Model):
    """The system's question after one round. The link's token is kept as a hash and works once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="surveys")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=SurveyState.choices)
    digest = models.BinaryField(max_length=32, null=True, unique=True)
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    next_action_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SurveyState.values), name="survey_state"),
            models.UniqueConstraint(fields=["case", "round"], name="survey_once_a_round"),
        ]
        indexes = [
            models.Index(fields=["next_action_at", "id"], name="survey_due", condition=Q(next_action_at__isnull=False)),
            models.Index(fields=["sent_at", "id"], name="survey_callbacks", condition=Q(state="callback")),
            models.Index(fields=["ended_at"], name="survey_by_end", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round} {self.state}"


class CallbackAttempt(models.Model):
    """One try to reach the citizen by telephone; failures are kept with their reason."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    result = models.CharField(max_length=12)
    note = MaskedCharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.result}"

    @property
    def result_label(self) -> str:
        """In the words it was recorded with."""
        return reason_words(ReasonKind.CALLBACK, self.result, self.at)


class FeedbackSource(models.TextChoices):
    LINK = "link", _("citizen's link")
    CONTRACTOR_CALLBACK = "contractor", _("contractor's callback")
    OFFICE_CALLBACK = "office", _("callback by the office")
    INDEPENDENT_CALLBACK = "independent", _("independent callback")
    IMPORTED = "imported", _("imported")


class Satisfaction(models.IntegerChoices):
    VERY_DISSATISFIED = 1, _("Very dissatisfied")
    DISSATISFIED = 2, _("Dissatisfied")
    BASICALLY = 3, _("Basically satisfied")
    SATISFIED = 4, _("Satisfied")
    VERY_SATISFIED = 5, _("Very satisfied")


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def readable_by(self, membership: Membership) -> FeedbackQuerySet:
        """Without independent answers for whoever may not know which rounds were drawn for them."""
        if membership.can(Capability.INDEPENDENT_READ):
            return self
        return self.exclude(source=FeedbackSource.INDEPENDENT_CALLBACK)

    def independent(self) -> FeedbackQuerySet:
        return self.filter(source=FeedbackSource.INDEPENDENT_CALLBACK)

    def ordinary(self) -> FeedbackQuerySet:
        """What came of the system's own asking, by link or by a callback."""
        return self.exclude(source=FeedbackSource.INDEPENDENT_CALLBACK)

    def standing(self) -> FeedbackQuerySet:
        """The answers that count: those not replaced by a later one from the same source."""
        return self.filter(superseded_at__isnull=True)


class Feedback(models.Model):
    """One answer. A changed answer is a new row, and the old one is kept; an independent one never changes.

    ``satisfaction`` is with the handling; the independent callback asks of the agent who took the call besides.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="feedback")
    survey = models.ForeignKey(Survey, models.PROTECT, null=True, related_name="feedback", db_index=False)
    round = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12, choices=FeedbackSource.choices)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    contacted = models.BooleanField(null=True)
    solved = models.BooleanField()
    satisfaction = models.PositiveSmallIntegerField(choices=Satisfaction.choices, null=True)
    agent_satisfaction = models.PositiveSmallIntegerField(choices=Satisfaction.choices, null=True)
    comment = MaskedTextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    superseded_at = models.DateTimeField(null=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(source__in=FeedbackSource.values), name="feedback_source"),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="feedback_satisfaction",
            ),
            models.CheckConstraint(
                condition=Q(agent_satisfaction__isnull=True)
                | Q(source="independent", agent_satisfaction__gte=1, agent_satisfaction__lte=5),
                name="feedback_agent_satisfaction",
            ),
            models.UniqueConstraint(
                fields=["case", "round", "source"],
                condition=Q(superseded_at__isnull=True),
                name="feedback_one_standing",
            ),
        ]
        indexes = [models.Index(fields=["at", "id"], name="feedback_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round} {self.source}"
