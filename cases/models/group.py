"""Cases about one and the same thing: one of them is handled, and its answer is given to everybody who called."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, Status, in_reach
from cases.models.reply import Reply
from hotline.models import Membership, User
from hotline.privacy import MaskedCharField
from hotline.roles import UNIT


class CaseGroupQuerySet(models.QuerySet["CaseGroup"]):
    def visible_to(self, membership: Membership) -> CaseGroupQuerySet:
        """Groups whose main case is within the person's reach."""
        return self.filter(in_reach(membership, "main"))

    def open(self) -> CaseGroupQuerySet:
        return self.filter(ended_at__isnull=True)

    def counted(self, membership: Membership) -> CaseGroupQuerySet:
        """With how many cases hang on the main one, and how many of them still wait for its answer.

        The unit that handles the main case is told of all; others of those that exist for them.
        """
        cases = Case.objects if membership.role in UNIT else Case.objects.visible_to(membership)
        members = cases.filter(group=OuterRef("pk")).order_by().values("group")
        waiting = members.filter(status=Status.REGISTERED)
        n = models.Count("pk")
        return self.annotate(
            members=Coalesce(Subquery(members.annotate(n=n).values("n")), 0),
            waiting=Coalesce(Subquery(waiting.annotate(n=n).values("n")), 0),
        )


class CaseGroup(models.Model):
    """A mass incident. Its cases point here (``Case.group``); the main one does not, and is handled like any other."""

    title = MaskedCharField(max_length=120)
    main = models.ForeignKey(Case, models.PROTECT, related_name="leads")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    objects = CaseGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["main"],
                condition=Q(ended_at__isnull=True),
                name="group_one_of_a_main_case",
                violation_error_message=_("This case is the main case of a group already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="group_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-changed_at", "-id"], name="group_latest")]

    def __str__(self) -> str:
        return f"group {self.pk}"


class GroupAnswerQuerySet(models.QuerySet["GroupAnswer"]):
    def unfinished(self) -> GroupAnswerQuerySet:
        return self.filter(finished_at__isnull=True).order_by("begun_at", "pk")


class GroupAnswer(models.Model):
    """An accepted reply on its way from the main case to the others: begun by a person, carried out by the workers.

    ``left_out`` are the keys of cases that are to be answered differently.
    """

    group = models.ForeignKey(CaseGroup, models.PROTECT, related_name="answers")
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="+", db_index=False)
    words = models.TextField()
    left_out = models.JSONField(default=list)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = GroupAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(finished_at__isnull=True), name="group_answer_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("begun_at")), name="group_answer_order"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} to group {self.group_id}"


class GroupAnswered(models.Model):
    """One case was given the answer; the database lets it be given once."""

    answer = models.ForeignKey(GroupAnswer, models.PROTECT, related_name="given", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "case"], name="group_answered_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}/{self.case_id}"
