"""The reasons people choose from: rows in the office's words, each in force for a time, changed by two people."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from hotline.kept import Kept
from hotline.models import Bilingual, Proposal


class ReasonKind(models.TextChoices):
    """What the reason is for. Those of requests are called as the kind of the request is."""

    BOUNCE = "bounce", _("Returning a case")
    EXTENSION = "extension", _("Asking for more time")
    DISPUTE = "dispute", _("Referring to the arbiter")
    SUSPENSION = "suspension", _("Suspending a case")
    EXCLUSION = "exclusion", _("Excluding from the rates")
    CLOSING = "closing", _("Answering without contact")
    REFUSAL = "refusal", _("Not accepting a request")
    SEND_BACK = "send_back", _("Sending a reply back")
    UNSOLVED = "unsolved", _("Not fully solved")
    CALLBACK = "callback", _("What came of a call back")
    REVEAL = "reveal", _("Looking at an identity")


# The codes whose meaning the system itself knows: it gives them, or does something else for each. Their words are the
# office's like all others.
class DisputeReason(StrEnum):
    THIRD_HOP = "third_hop"
    NO_TAKER = "no_taker"


class CallbackResult(StrEnum):
    REACHED = "reached"
    WRONG_NUMBER = "wrong_number"
    DECLINED = "declined"


class RevealReason(StrEnum):
    CALLBACK = "callback"


class ReasonQuerySet(models.QuerySet["Reason"]):
    def in_force(self, at: datetime) -> ReasonQuerySet:
        """Those that may be chosen at that moment (half-open)."""
        begun = Q(begins_at__isnull=True) | Q(begins_at__lte=at)
        return self.filter(begun, Q(ends_at__isnull=True) | Q(ends_at__gt=at))


class Reason(Bilingual):
    """One wording of one reason. The next one ends it; what was chosen meanwhile keeps its words, which are found by
    kind, code and moment.

    Triggers refuse every change but the end, an end or a version that nobody approved, and codes nobody worded in the
    rows that carry them. Rows without a proposal came with the installation and begin before everything.
    """

    kind = models.CharField(max_length=12, choices=ReasonKind.choices)
    code = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    needs_words = models.BooleanField(default=False, help_text="a note, or what proves it, must go with it")
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReasonKind.values), name="reason_kind"),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
                name="reason_period",
            ),
            ExclusionConstraint(
                name="reason_versions_apart",
                expressions=[
                    ("kind", "="),
                    ("code", "="),
                    (Func("begins_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField()), "&&"),
                ],
            ),
        ]

    def is_in_force(self, at: datetime) -> bool:
        begun = self.begins_at is None or self.begins_at <= at
        return begun and (self.ends_at is None or self.ends_at > at)


def _read() -> dict[tuple[str, str], list[Reason]]:
    found: dict[tuple[str, str], list[Reason]] = {}
    for row in Reason.objects.order_by(F("begins_at").asc(nulls_first=True), "id"):
        found.setdefault((row.kind, row.code), []).append(row)
    return found


kept_reasons = Kept(_read, Reason)  # of each reason its versions, the earliest first


def reason_at(kind: str, code: str, at: datetime) -> Reason | None:
    """The version of that moment; where it had none yet, or none any more, the nearest."""
    versions = kept_reasons().get((kind, code), [])
    begun = [row for row in versions if row.begins_at is None or row.begins_at <= at]
    return begun[-1] if begun else next(iter(versions), None)


def reason_words(kind: str, code: str, at: datetime) -> str:
    """What the reason was called at that moment, in the reader's language; the code itself where nobody worded it."""
    found = reason_at(kind, code, at) if code else None
    return found.label if found else code
