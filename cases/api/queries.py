"""What lists may be asked for. A filter that does not exist is refused, not ignored."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.models import (
    AssignmentState,
    Category,
    Channel,
    ClockKind,
    DecisionKind,
    DecisionState,
    FeedbackSource,
    Kind,
    ReasonKind,
    Rung,
    RungState,
    Status,
    Urgency,
)
from cases.search import QUERY_LIMIT
from hotline.api.endpoint import Given
from hotline.api.fields import Code, Moment
from hotline.api.pagination import DEFAULT_LIMIT, MAX_LIMIT
from hotline.models import Message, Organisation, Region, TwoPeopleState


def code_of(model: Any, **options: Any) -> Code:
    return Code(queryset=model.objects.all(), required=False, **options)


def word(**options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=QUERY_LIMIT, required=False, **options)


class Listed(Given):
    """Every long list: how many rows, and after which."""

    cursor = serializers.CharField(max_length=400, required=False, allow_blank=True, default="")
    limit = serializers.IntegerField(min_value=1, max_value=MAX_LIMIT, default=DEFAULT_LIMIT)


class CasesAsked(Listed):
    """``region``, ``category`` and ``unit`` include what lies below them. ``q`` is a number, a telephone or words."""

    q = word()
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    open = serializers.BooleanField(required=False, allow_null=True, default=None)
    overdue = serializers.BooleanField(required=False, default=False)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    urgency = serializers.ChoiceField(choices=Urgency.choices, required=False)
    channel = code_of(Channel)
    category = code_of(Category)
    region = code_of(Region)
    unit = code_of(Organisation)
    registered_from = Moment(required=False)
    registered_until = Moment(required=False)


class GroupCasesAsked(Listed):
    status = serializers.ChoiceField(choices=Status.choices, required=False)


class AssignmentsAsked(Listed):
    """Without ``state``: what is to do, most pressing first. With one, or ``all``: the latest first."""

    state = serializers.ChoiceField(choices=["to_do", "all", *AssignmentState.values], default="to_do")
    unit = code_of(Organisation)
    case = word(default="")
    overdue = serializers.BooleanField(required=False, default=False)


class DecisionsAsked(Listed):
    state = serializers.ChoiceField(choices=["all", *DecisionState.values], default=DecisionState.ASKED)
    kind = serializers.ChoiceField(choices=DecisionKind.choices, required=False)
    case = word(default="")
    mine = serializers.BooleanField(
        required=False, default=False, help_text="Only those that wait for your ruling, or your approval"
    )


class PreviewAsked(Given):
    """The ruling as it would be made."""

    act = serializers.ChoiceField(choices=["grant", "reject"], default="grant")
    unit = code_of(Organisation)
    final = serializers.BooleanField(required=False, default=False)


class LadderAsked(Listed):
    state = serializers.ChoiceField(choices=["all", *RungState.values], default="all")
    rung = serializers.ChoiceField(choices=Rung.choices, required=False)
    case = word(default="")


class CallsAsked(Listed):
    case = word(default="")
    live = serializers.BooleanField(required=False, default=False)
    offered_from = Moment(required=False)
    offered_until = Moment(required=False)


class FeedbackAsked(Listed):
    case = word(default="")
    unit = code_of(Organisation)
    source = serializers.ChoiceField(choices=FeedbackSource.choices, required=False)  # type: ignore[assignment]
    since = Moment(required=False)


class OrganisationsAsked(Listed):
    """``under`` gives an organisation and all below it."""

    kind = serializers.ChoiceField(choices=Organisation.Kind.choices, required=False)
    under = code_of(Organisation)


class RegionsAsked(Listed):
    level = serializers.ChoiceField(choices=Region.Level.choices, required=False)
    under = code_of(Region)


class CategoriesAsked(Listed):
    under = code_of(Category)


class ReasonsAsked(Listed):
    kind = serializers.ChoiceField(choices=ReasonKind.choices, required=False)


class PoliciesAsked(Listed):
    clock = serializers.ChoiceField(choices=ClockKind.choices, required=False)


class KnowledgeAsked(Listed):
    q = word()
    category = code_of(Category)
    unit = code_of(Organisation)


class CatalogueAsked(Listed):
    category = code_of(Category)
    region = code_of(Region)
    unit = code_of(Organisation)


class VersionsAsked(Listed):
    state = serializers.ChoiceField(choices=TwoPeopleState.choices, required=False)


class ReportsAsked(Listed):
    """``open`` leaves those out that were settled."""

    open = serializers.BooleanField(required=False, default=False)
    unit = code_of(Organisation)


class MessagesAsked(Listed):
    state = serializers.ChoiceField(choices=Message.State.choices, required=False)
    channel = serializers.ChoiceField(choices=Message.Channel.choices, required=False)
    case = word(default="")
