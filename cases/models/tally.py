"""Tallies: how often what happened, by day and by what the case is; and the queue of cases to be counted anew.

A row says that ``n`` cases had something on ``day`` and not again before ``until``. So a case counts once in a period,
however often it happened: of its rows in the period only the last reaches to the period's end (decision 33).
"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

NEVER = date(9999, 12, 31)
DIMENSIONS = ("unit", "taken_by", "category", "region", "channel", "kind")
# Which dimensions are kept together, the fewest first; a question is answered from the first that has all it asks for.
GRAINS: tuple[tuple[str, ...], ...] = (
    ("taken_by",),
    ("unit", "taken_by"),
    ("taken_by", "category"),
    ("taken_by", "region"),
    ("taken_by", "channel", "kind"),
    DIMENSIONS,
)


def grain_code(kept: tuple[str, ...]) -> int:
    """The grain's number: PostgreSQL's GROUPING over the dimensions, a bit for each that is summed over."""
    return sum(1 << place for place, name in enumerate(reversed(DIMENSIONS)) if name not in kept)


class Counted(models.IntegerChoices):
    """What is counted. Those with an end of their own say until when it lasted, the others when it came again."""

    REGISTERED = 1
    ANSWERED = 2
    REFUSED = 3
    DUE = 4
    BROKEN = 5
    UNMET = 6
    SIGN_DUE = 7
    SIGN_LATE = 8
    CLOSED = 9
    CLOSED_FIRST = 10
    SENT = 11
    SENT_RETURNED = 12
    EXTENDED = 13
    SENT_OR_EXTENDED = 14
    AGAIN = 15
    CLOSED_OR_AGAIN = 16
    OPEN = 17
    SUSPENDED = 18
    EXCLUDED = 19
    RATED = 20
    SOLVED = 21
    SAID_CONTACT = 22
    CONTACTED = 23
    SAID_SATISFIED = 24
    SATISFIED = 25
    BASICALLY = 26
    SURVEYED = 27
    ASKED = 28
    SURVEY_ANSWERED = 29
    CALLED = 30
    REACHED = 31


class Standing(models.IntegerChoices):
    """Why a case may be left out of a rate: two bits, excluded by a ruling and withdrawn by the citizen."""

    COUNTS = 0
    EXCLUDED = 1
    WITHDRAWN = 2
    BOTH = 3


class Tally(models.Model):
    """One sum. A dimension that is unknown, or summed over in this grain, is 0 or empty."""

    pk = models.CompositePrimaryKey(
        "grain", "what", "day", "until", "standing", "unit", "taken_by", "category", "region", "channel", "kind"
    )
    unit = models.BigIntegerField()
    taken_by = models.BigIntegerField()
    category = models.BigIntegerField()
    region = models.BigIntegerField()
    channel = models.BigIntegerField()
    day = models.DateField()
    until = models.DateField()
    n = models.IntegerField()
    grain = models.SmallIntegerField()
    what = models.SmallIntegerField()
    standing = models.SmallIntegerField()
    kind = models.CharField(max_length=14)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("day")), name="tally_forwards")]

    def __str__(self) -> str:
        return f"{Counted(self.what).name} {self.day}: {self.n}"


class TallyShare(models.Model):
    """What of the tallies is one case's, so that it can be taken away before the case is counted anew."""

    case_id = models.BigIntegerField(primary_key=True)
    unit = models.BigIntegerField()
    taken_by = models.BigIntegerField()
    category = models.BigIntegerField()
    region = models.BigIntegerField()
    channel = models.BigIntegerField()
    standing = models.SmallIntegerField()
    kind = models.CharField(max_length=14)
    whats = ArrayField(models.SmallIntegerField())
    days = ArrayField(models.DateField())
    untils = ArrayField(models.DateField())

    def __str__(self) -> str:
        return str(self.case_id)


class TallyChange(models.Model):
    """A case that an act has changed and the tallies do not know of yet. Written by triggers, in the act's transaction;
    a row is one transaction's own, so that nobody waits for anybody."""

    pk = models.CompositePrimaryKey("case_id", "act")
    case_id = models.BigIntegerField()
    act = models.BigIntegerField(help_text="the number of the transaction")

    def __str__(self) -> str:
        return str(self.case_id)
