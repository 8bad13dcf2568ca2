"""What clients may send about the catalogue and the knowledge base."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.given import optional, text
from cases.cataloguing import NOTE_LIMIT
from cases.models import Kind, KnowledgeArticle, ReportKind, ReportOutcome
from cases.shelves import CATEGORIES, CHANNELS
from cases.tables import ROWS_LIMIT
from hotline.api.endpoint import Given
from hotline.api.fields import Code, Day, Shelved
from hotline.shelf import ORGANISATIONS, REGIONS

WORDS = 500


class LineGivenByApi(Given):
    """A line of the catalogue. Without a unit the line for exactly these cases ends."""

    category = Shelved(CATEGORIES)
    region = Shelved(REGIONS, required=False, allow_null=True, default=None)
    channel = Shelved(CHANNELS, required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(choices=[("", ""), *Kind.choices], required=False, default="")
    unit = Shelved(ORGANISATIONS, required=False, allow_null=True, default=None)
    co_organisers = serializers.ListField(child=Shelved(ORGANISATIONS), max_length=20, required=False, default=list)
    copy_to = Shelved(ORGANISATIONS, required=False, allow_null=True, default=None)
    source = optional(120)  # type: ignore[assignment]


class VersionGiven(Given):
    """A version of the catalogue: what it is about, from which day on, and the lines it changes."""

    note = text(NOTE_LIMIT)
    valid_from = Day()
    lines = serializers.ListField(child=LineGivenByApi(), max_length=ROWS_LIMIT, required=False, default=list)


class ReturnGiven(Given):
    why = text(300)


class ReportGiven(Given):
    """``article`` by its key for what is wrong or unclear; ``unit`` for what is missing."""

    kind = serializers.ChoiceField(choices=ReportKind.choices)
    article = Code(
        slug_field="key",
        queryset=KnowledgeArticle.objects.filter(approved_at__isnull=False, replaced_at__isnull=True),
        required=False,
        allow_null=True,
        default=None,
    )
    unit = Shelved(ORGANISATIONS, required=False, allow_null=True, default=None)
    words = text(WORDS)


class SettleGiven(Given):
    outcome = serializers.ChoiceField(choices=[c for c in ReportOutcome.choices if c[0]])
    answer = optional(WORDS)
