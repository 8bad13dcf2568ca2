"""The outbox: everything that leaves the house, written in the act's own transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from hotline.identifiers import uuid7
from hotline.models.organisation import Bilingual, Organisation
from hotline.models.people import Membership, User
from hotline.models.proposal import Proposal
from hotline.privacy import EncryptedTextField, mask_phone, shown
from hotline.roles import Role


class MessageTemplate(Bilingual):
    """Approved words. A message keeps the version it was made from; versions are never edited, only retired.

    The one that is not retired may begin later: until then the one before, retired on that day, is in force.
    """

    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    body = models.TextField()
    body_en = models.TextField(blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True, help_text="empty: since the installation")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="template_version"),
            models.UniqueConstraint(fields=["key"], condition=Q(retired_at__isnull=True), name="template_current"),
        ]


IN_APP = Q(channel="in_app", state="sent")
UNREAD, READ = IN_APP & Q(read_at__isnull=True), IN_APP & Q(read_at__isnull=False)
ROLE_ALONE = Q(to_organisation__isnull=True, to_user__isnull=True)


def ways_to(membership: Membership) -> tuple[Q, Q, Q]:
    """The ways by which a notice finds a person: by name, by organisation, by role."""
    role = Q(to_role=membership.role)
    organisation = Q(to_organisation=membership.organisation_id) & (role | Q(to_role=""))
    return Q(to_user=membership.user_id), organisation, role & ROLE_ALONE


class MessageQuerySet(models.QuerySet["Message"]):
    def inbox_of(self, membership: Membership) -> MessageQuerySet:
        """Notices to the person, to the organisation (for this role or any), or to the role wherever it sits."""
        person, organisation, role = ways_to(membership)
        return self.not_kept_from(membership).filter(person | organisation | role, IN_APP)

    def few_unread_of(self, membership: Membership, most: int, *order: str) -> MessageQuerySet:
        """Those of them that nobody has read, at most so many of each way; the first in that order, or any.

        Each way is asked by itself: asked for all in one, PostgreSQL goes through everybody's notices.
        """
        mine = self.not_kept_from(membership).filter(UNREAD)
        first, *others = (mine.filter(way).order_by(*order)[:most] for way in ways_to(membership))
        return first.union(*others).order_by(*order)

    def not_kept_from(self, membership: Membership) -> MessageQuerySet:
        """Without what speaks of things that do not exist for this person; the apps above say which."""
        return self.exclude(import_string(settings.NOTICES_KEPT_FROM)(membership))


class Message(models.Model):
    """One thing to say to one recipient. Delivered at least once; by ``id`` a gateway knows repeats.

    Where it knows none and an answer stayed out, ``perhaps_sent`` says that the recipient may have it twice.
    """

    class Channel(models.TextChoices):
        SMS = "sms", _("SMS")
        EMAIL = "email", _("e-mail")
        IN_APP = "in_app", _("in-app notice")
        WEBHOOK = "webhook", _("webhook")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")

    class Receipt(models.TextChoices):
        DELIVERED = "delivered", _("arrived")
        UNDELIVERED = "undelivered", _("did not arrive")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    template = models.ForeignKey(MessageTemplate, models.PROTECT)
    about = models.CharField(max_length=40, blank=True, help_text=_("Number of the case it speaks of"))
    to_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="notices")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="notices")
    to_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    address = EncryptedTextField(blank=True, null=True)
    body = EncryptedTextField()
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sending_since = models.DateTimeField(null=True, help_text="a carrier has it and has not said what became of it")
    perhaps_sent = models.BooleanField(
        default=False, db_default=False, help_text="an attempt got no answer; the recipient may have it twice"
    )
    sent_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    receipt = models.CharField(
        max_length=11,
        choices=Receipt.choices,
        blank=True,
        default="",
        db_default="",
        help_text="what the carrier reported",
    )
    receipt_at = models.DateTimeField(null=True)
    receipt_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["sms", "email", "in_app", "webhook"]), name="message_channel"
            ),
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed"]), name="message_state"),
            models.CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False)
                | Q(state__in=["sent", "failed"], next_attempt_at__isnull=True),
                name="message_waits_until",
            ),
            models.CheckConstraint(
                condition=Q(receipt="", receipt_at__isnull=True)
                | Q(receipt__in=["delivered", "undelivered"], receipt_at__isnull=False),
                name="message_receipt",
            ),
            models.CheckConstraint(
                condition=Q(channel="in_app", address__isnull=True)
                & (Q(to_user__isnull=False) | Q(to_organisation__isnull=False) | ~Q(to_role=""))
                | Q(address__isnull=False) & ~Q(channel="in_app"),
                name="message_has_recipient",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="message_due", condition=Q(next_attempt_at__isnull=False)),
            models.Index(fields=["-created_at", "-id"], name="message_latest"),
            models.Index(fields=["about"], name="message_about"),
            models.Index(
                fields=["to_organisation", "-created_at"], name="message_inbox", condition=Q(channel="in_app")
            ),
            models.Index(fields=["to_role", "-created_at"], name="message_to_role", condition=IN_APP & ROLE_ALONE),
            # The three ways a notice finds somebody, for the number on every page
            models.Index(fields=["to_user"], name="message_unread", condition=UNREAD),
            models.Index(fields=["to_organisation", "to_role"], name="message_unread_of_unit", condition=UNREAD),
            models.Index(fields=["to_role"], name="message_unread_of_role", condition=UNREAD & ROLE_ALONE),
            # And for the list of what was read
            models.Index(fields=["to_user", "-created_at"], name="message_read", condition=READ),
            models.Index(fields=["to_organisation", "-created_at"], name="message_read_of_unit", condition=READ),
            models.Index(fields=["to_role", "-created_at"], name="message_read_of_role", condition=READ & ROLE_ALONE),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"

    @property
    def masked_address(self) -> str:
        return shown(self, "address", mask_phone)

    @property
    def words(self) -> str:
        return shown(self, "body")
