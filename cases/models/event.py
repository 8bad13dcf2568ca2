"""What happened to a case: append-only, the raw material of history, audit and every measure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.assignment import Assignment
from cases.models.case import Case
from hotline.models import Organisation, User


class EventKind(models.TextChoices):
    REGISTERED = "registered", _("registered")
    EDITED = "edited", _("record changed")
    ANSWERED = "answered", _("answered directly")
    REFUSED = "refused", _("not accepted")
    HANDED_OVER = "handed_over", _("handed over")
    LINE_ASKED = "line_asked", _("emergency line asked to take it")
    LINE_REFUSED = "line_refused", _("refused by the emergency line")
    DISPATCHED = "dispatched", _("dispatched")
    HANDED_DOWN = "handed_down", _("given to a unit beneath")
    INVOLVED = "involved", _("co-organiser added")
    COPIED = "copied", _("copied for supervision")
    RECALLED = "recalled", _("taken back from a unit beneath")
    OPENED = "opened", _("first opened by the unit")
    SIGNED = "signed", _("signed off")
    CONTACTED = "contacted", _("citizen contacted")
    NOTED = "noted", _("note")
    PROGRESS = "progress", _("progress told to the citizen")
    REPLIED = "replied", _("reply submitted")
    SENT_BACK = "sent_back", _("reply sent back")
    ACCEPTED = "accepted", _("reply accepted")
    PART_ACCEPTED = "part_accepted", _("reply accepted by the unit above")
    PART_SENT_BACK = "part_sent_back", _("reply sent back by the unit above")
    SURVEYED = "surveyed", _("citizen asked")
    REMINDED = "reminded", _("citizen reminded")
    CALLBACK_TRIED = "callback_tried", _("callback attempted")
    RATED = "rated", _("citizen's verdict")
    REHANDLING = "rehandling", _("sent to re-handling")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")
    WITHDRAWN = "withdrawn", _("withdrawn")
    BOUNCE_ASKED = "bounce_asked", _("return asked for")
    BOUNCE_GRANTED = "bounce_granted", _("return granted")
    BOUNCE_REJECTED = "bounce_rejected", _("return rejected")
    EXTENSION_ASKED = "extension_asked", _("extension asked for")
    EXTENSION_GRANTED = "extension_granted", _("extension granted")
    EXTENSION_REJECTED = "extension_rejected", _("extension rejected")
    DISPUTED = "disputed", _("referred to the arbiter")
    DISPUTE_SETTLED = "dispute_settled", _("dispute ruled on")
    SUSPENSION_ASKED = "suspension_asked", _("suspension asked for")
    SUSPENSION_REJECTED = "suspension_rejected", _("suspension rejected")
    SUSPENDED = "suspended", _("suspended")
    EXCLUSION_ASKED = "exclusion_asked", _("exclusion asked for")
    EXCLUSION_REJECTED = "exclusion_rejected", _("exclusion rejected")
    EXCLUDED = "excluded", _("excluded from the rates")
    CLOSING_ASKED = "closing_asked", _("closing without contact asked for")
    CLOSING_REJECTED = "closing_rejected", _("closing without contact rejected")
    CLOSED_UNREACHED = "closed_unreached", _("answered without contact")
    REFUSAL_UPHELD = "refusal_upheld", _("refusal upheld")
    REFUSAL_OVERTURNED = "refusal_overturned", _("refusal overturned")
    DECISION_APPROVED = "decision_approved", _("first approval given")
    DECISION_WITHDRAWN = "decision_withdrawn", _("request taken back")
    URGED = "urged", _("urged")
    SUPERVISED = "supervised", _("under supervision")
    SUMMONED = "summoned", _("summoned")
    CIRCULATED = "circulated", _("named in a circular")
    EXPLAINED = "explained", _("supervision answered")
    SETTLED = "settled", _("answer to the supervision accepted")
    YELLOW = "yellow", _("yellow card")
    RED = "red", _("red card")
    ESCALATED = "escalated", _("escalated")
    PAUSED = "paused", _("clock paused")
    RESUMED = "resumed", _("handling resumed")
    REVEALED = "revealed", _("identity viewed")
    JOINED = "joined", _("joined to a group")
    LEFT = "left", _("taken out of a group")
    LEADS = "leads", _("main case of a group")
    SEALED = "sealed", _("confidentiality changed")
    RECUSED = "recused", _("stood aside")
    RECUSAL_LIFTED = "recusal_lifted", _("recusal lifted")
    ATTACHED = "attached", _("file added")
    IMPORTED = "imported", _("imported")


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    def of(self, case: Case) -> CaseEventQuerySet:
        """The case's own events. The lower bound on the time lets the database skip older partitions."""
        return self.filter(case=case, at__gte=case.registered_at - timedelta(minutes=5))

    def between(self, start: datetime, end: datetime) -> CaseEventQuerySet:
        return self.filter(at__gte=start, at__lt=end)

    def latest_first(self) -> CaseEventQuerySet:
        return self.order_by("-at", "-id")


class CaseEvent(models.Model):
    """Who did what to the case, as what, when, from which status to which, and why.

    Partitioned by month on ``at`` (see the migration), so its real key is (id, at); triggers refuse changes.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, db_index=False, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12, blank=True)
    why = models.TextField(blank=True)
    payload = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0, help_text="the case's version after it")

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "cases_caseevent"

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.at:%Y-%m-%d %H:%M:%S}"
