"""The case: one request of one citizen, from registration to its last closing."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models.category import Category, Channel
from cases.models.citizen import Citizen
from hotline.models import Membership, Organisation, Region, User
from hotline.privacy import MaskedCharField, MaskedTextField
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, UNIT, Capability, Role


class Status(models.TextChoices):
    """Where a case stands. Whose hands each means, and the moves between them, are in ``cases.workflow``."""

    REGISTERED = "registered", _("registered")
    DISPATCHED = "dispatched", _("awaiting sign-off")
    DISPUTED = "disputed", _("in dispute")
    HANDLING = "handling", _("in handling")
    REPLIED = "replied", _("awaiting review")
    VERIFYING = "verifying", _("awaiting the citizen")
    REHANDLING = "rehandling", _("in re-handling")
    SUSPENDED = "suspended", _("suspended")
    CLOSED = "closed", _("closed")
    REFUSED = "refused", _("not accepted")
    HANDED_OVER = "handed_over", _("handed over")
    WITHDRAWN = "withdrawn", _("withdrawn")


ENDED = frozenset({Status.CLOSED, Status.REFUSED, Status.HANDED_OVER, Status.WITHDRAWN})
OPEN = frozenset(Status) - ENDED
OWED = OPEN - {Status.VERIFYING}  # an accepted reply has kept the promise; the citizen is only asked about it
HANDLED = frozenset({Status.HANDLING, Status.REHANDLING})
WITH_UNIT = HANDLED | {Status.DISPATCHED}


class Kind(models.TextChoices):
    CONSULTATION = "consultation", _("Consultation")
    HELP = "help", _("Request for help")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of a violation")
    SUGGESTION = "suggestion", _("Suggestion")
    THANKS = "thanks", _("Thanks")
    OTHER = "other", _("Other")


class Urgency(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    URGENT = "urgent", _("Urgent")
    EMERGENCY = "emergency", _("Emergency")


class CallbackWish(models.TextChoices):
    PHONE = "phone", _("By telephone")
    SMS = "sms", _("By SMS")
    NONE = "none", _("Not wanted")


class Outcome(models.TextChoices):
    """How an ended case ended."""

    ANSWERED = "answered", _("answered directly")
    SOLVED = "solved", _("solved, says the citizen")
    UNRATED = "unrated", _("closed without a rating")
    UNSOLVED = "unsolved", _("closed unsolved")
    IMPORTED = "imported", _("closed before this system")
    REFUSED = "refused", _("not accepted")
    HANDED_OVER = "handed_over", _("handed over")
    WITHDRAWN = "withdrawn", _("withdrawn by the citizen")


class EmergencyLine(models.TextChoices):
    POLICE = "110", _("110 police")
    FIRE = "119", _("119 fire")
    AMBULANCE = "120", _("120 ambulance")
    TRAFFIC = "122", _("122 traffic accidents")
    ABOVE = "above", _("platform above")


def in_reach(membership: Membership, key: str = "case") -> Q:
    """Rows whose case is within a person's reach, by the column that names it: ``visible_to`` for what hangs on cases.

    Whoever sees every case but a few is not made to go through all of them.
    """
    from cases.models.recusal import kept_from

    if membership.can(Capability.CASE_READ) and membership.role in OFFICE | OVERSIGHT:
        return ~kept_from(membership, key)
    return Q(**{f"{key}__in": Case.objects.visible_to(membership)})


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, membership: Membership) -> CaseQuerySet:
        """The one scope behind lists, detail, search, counts, exports and the API."""
        from cases.models.recusal import kept_from

        if not membership.can(Capability.CASE_READ):
            return self.none()
        return self._of_role(membership).exclude(kept_from(membership))

    def _of_role(self, membership: Membership) -> CaseQuerySet:
        """What the role reaches. A contractor's people take a confidential case in, and then never see it again."""
        if membership.role in OFFICE | OVERSIGHT:
            return self
        if membership.role in CONTRACTOR:
            return self.filter(taken_by_organisation=membership.organisation_id, confidential=False)
        if membership.role == Role.INTEGRATION:
            return self.filter(taken_by_organisation=membership.organisation_id)
        if membership.role in UNIT:
            return self.handled_within(membership.organisation)
        if membership.role == Role.ARBITER:
            return self.filter(status=Status.DISPUTED)
        return self.none()

    def handled_within(self, organisation: Organisation) -> CaseQuerySet:
        """Cases that are or were assigned to the organisation or to one below it."""
        from cases.models.assignment import Assignment

        below = Organisation.objects.within(organisation).values("pk")
        return self.filter(Exists(Assignment.objects.filter(case=OuterRef("pk"), unit__in=below)))

    def by_themselves(self) -> CaseQuerySet:
        """Without those that are answered with the main case of a group."""
        return self.filter(group__isnull=True)

    def open(self) -> CaseQuerySet:
        return self.filter(status__in=OPEN)

    def ended(self) -> CaseQuerySet:
        return self.filter(status__in=ENDED)

    def owed(self) -> CaseQuerySet:
        """Cases whose answer is still owed: open, and not only waiting for the citizen's verdict."""
        return self.filter(status__in=OWED)

    def overdue(self, at: datetime) -> CaseQuerySet:
        """Cases still owed an answer after the time promised to the citizen."""
        return self.owed().filter(promise_due_at__lt=at)

    def due_between(self, start: datetime, end: datetime) -> CaseQuerySet:
        return self.filter(promise_due_at__gte=start, promise_due_at__lt=end)

    def latest_first(self) -> CaseQuerySet:
        return self.order_by("-registered_at", "-id")


class Case(models.Model):
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    channel = models.ForeignKey(Channel, models.PROTECT, db_index=False)
    upstream_platform = models.CharField(max_length=40, blank=True)
    upstream_number = models.CharField(max_length=60, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, null=True, db_index=False)
    place = MaskedCharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    title = MaskedCharField(max_length=120)
    words = MaskedTextField()
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.ORDINARY)
    confidential = models.BooleanField(default=False)
    subject_unit = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text="the body complained of; a confidential case is kept from it",
    )
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="cases")
    callback_wish = models.CharField(max_length=6, choices=CallbackWish.choices, default=CallbackWish.PHONE)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    taken_by_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, db_index=False, related_name="taken_cases"
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.REGISTERED)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    hops = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="+")
    proposed_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="+")
    routing = models.JSONField(default=dict, help_text="what was suggested, why, how surely, and what was chosen")
    group = models.ForeignKey(
        "cases.CaseGroup",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="cases",
        help_text="it is answered with that group's main case",
    )
    promise_due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False, help_text="a deadline ran over a year not approved yet")
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    first_closed_at = models.DateTimeField(null=True)
    last_closed_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="case_kind"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="case_urgency"),
            models.CheckConstraint(
                condition=Q(status__in=sorted(ENDED), last_closed_at__isnull=False) & ~Q(outcome="")
                | Q(status__in=sorted(OPEN), outcome=""),
                name="case_ended_says_how",
            ),
            models.CheckConstraint(
                condition=Q(first_closed_at__isnull=True) | Q(last_closed_at__gte=models.F("first_closed_at")),
                name="case_closing_order",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(WITH_UNIT)) | Q(unit__isnull=False), name="case_unit"
            ),
            models.UniqueConstraint(
                fields=["upstream_platform", "upstream_number"],
                condition=~Q(upstream_number=""),
                name="case_upstream_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-registered_at", "-id"], name="case_latest"),
            models.Index(fields=["taken_by_organisation", "-registered_at", "-id"], name="case_contractor"),
            models.Index(fields=["status", "-registered_at", "-id"], name="case_by_status"),
            models.Index(fields=["unit", "-registered_at", "-id"], name="case_by_unit"),
            models.Index(fields=["category", "-registered_at", "-id"], name="case_by_category"),
            models.Index(fields=["region", "-registered_at", "-id"], name="case_by_region"),
            models.Index(
                fields=["promise_due_at", "id"], name="case_due_while_open", condition=Q(status__in=sorted(OPEN))
            ),
            models.Index(fields=["citizen", "-registered_at"], name="case_by_citizen"),
            models.Index(fields=["group", "id"], name="case_by_group", condition=Q(group__isnull=False)),
            models.Index(fields=["subject_unit"], name="case_confidential", condition=Q(confidential=True)),
            models.Index(
                fields=["last_closed_at", "id"], name="case_by_closing", condition=Q(last_closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def status_tone(self) -> str:
        """How loud the status is shown: ``done`` once ended, ``act`` while somebody works on it."""
        if self.status in ENDED:
            return "done"
        return "act" if self.status in (Status.HANDLING, Status.REHANDLING, Status.REPLIED) else ""


class CaseText(models.Model):
    """The case's words, cut into bigrams for search. Apart from the case, so that a move rewrites no text index."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="text")
    bigrams = SearchVectorField()
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["bigrams"], name="casetext_bigrams")]

    def __str__(self) -> str:
        return str(self.pk)
