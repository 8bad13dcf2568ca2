"""What clients may send about cases: every field by name, nothing else. Verbs judge what it means."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from cases import reasons
from cases.models import (
    CallbackWish,
    EmergencyLine,
    Kind,
    KnowledgeArticle,
    ReasonKind,
    Solved,
    Truth,
    Urgency,
)
from cases.models.call import Direction
from cases.registration import TITLE_LIMIT, WORDS_LIMIT
from cases.shelves import CATEGORIES, CHANNELS
from cases.telephony import CallAct
from hotline.acts import Invalid
from hotline.api.endpoint import Given
from hotline.api.fields import Code, Day, Moment, Shelved
from hotline.models import Organisation
from hotline.shelf import ORGANISATIONS, REGIONS

MANY = 20
LONG = 5_000


class Reasoned(serializers.CharField):
    """The code of a reason in force at this moment. Which there are is a list of its own."""

    def __init__(self, kind: ReasonKind, **options: Any) -> None:
        self.kind = kind
        where = f"Code of a reason in force: `GET /api/v1/reasons/?kind={kind.value}`"
        super().__init__(max_length=30, help_text=where, **options)

    def to_internal_value(self, data: Any) -> str:
        given, at = super().to_internal_value(data), timezone.now()
        try:
            reasons.chosen(self.kind, given, at)
        except Invalid as refusal:
            raise serializers.ValidationError(str(refusal), code="invalid_choice") from None
        return given


def text(limit: int = LONG, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=limit, **options)


def optional(limit: int = LONG) -> serializers.CharField:
    return serializers.CharField(max_length=limit, required=False, allow_blank=True, default="")


def seconds() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=86_400, required=False, allow_null=True, default=None)


class Nothing(Given):
    """The move needs no words."""


class CitizenGiven(Given):
    """Who asks. Somebody may leave no name and no number."""

    name = optional(60)
    phone = optional(40)
    address = optional(200)
    language = serializers.ChoiceField(choices=["zh-hans", "en"], default="zh-hans")


class RegistrationGiven(Given):
    """A request. The place is the place complained of. Regions, categories and units are named by their codes."""

    words = text(WORDS_LIMIT)
    title = text(TITLE_LIMIT)
    kind = serializers.ChoiceField(choices=Kind.choices)
    channel = Shelved(CHANNELS)
    category = Shelved(CATEGORIES, required=False, allow_null=True, default=None)
    region = Shelved(REGIONS, required=False, allow_null=True, default=None)
    place = optional(200)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True, default=None)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True, default=None)
    urgency = serializers.ChoiceField(choices=Urgency.choices, default=Urgency.ORDINARY)
    confidential = serializers.BooleanField(default=False)
    subject_unit = Shelved(
        ORGANISATIONS,
        required=False,
        allow_null=True,
        default=None,
        help_text="The body complained of; a confidential case is kept from it",
    )
    callback_wish = serializers.ChoiceField(choices=CallbackWish.choices, default=CallbackWish.PHONE)
    citizen = CitizenGiven(required=False)
    proposed_unit = Shelved(ORGANISATIONS, Organisation.Kind.UNIT, required=False, allow_null=True, default=None)
    upstream_platform = optional(40)
    upstream_number = optional(60)
    call = serializers.CharField(
        max_length=80, required=False, default="", help_text="The telephone platform's own id of the call"
    )


class AnsweredGiven(RegistrationGiven):
    """A request answered in the course of the contact."""

    answer = text(WORDS_LIMIT)
    article = Code(
        slug_field="key",
        queryset=KnowledgeArticle.objects.filter(approved_at__isnull=False, replaced_at__isnull=True),
        required=False,
        allow_null=True,
        default=None,
        help_text="Key of the knowledge article that was quoted",
    )


class RefusedGiven(RegistrationGiven):
    """A request that is not accepted, with its legal ground and the way the citizen was told to go."""

    ground = Reasoned(ReasonKind.REFUSAL)
    route = text(500)


class HandedOverGiven(RegistrationGiven):
    """An emergency that another line is asked to take. It stays the hotline's until that line accepts it."""

    to = serializers.ChoiceField(choices=EmergencyLine.choices)
    three_way = serializers.BooleanField(default=False)
    note = optional()
    accepted_by = optional(60)


class DispatchGiven(Given):
    unit = Shelved(ORGANISATIONS)
    co_organisers = serializers.ListField(child=Shelved(ORGANISATIONS), max_length=MANY, required=False, default=list)
    copies = serializers.ListField(
        child=Shelved(ORGANISATIONS),
        max_length=MANY,
        required=False,
        default=list,
        help_text="Units that see the case and may urge, and handle nothing; the district above a street always does",
    )
    note = optional()


class WordsGiven(Given):
    words = text()


class WhyGiven(Given):
    why = text()


class NewFactsGiven(Given):
    new_facts = text()


class SendBackGiven(Given):
    reason = Reasoned(ReasonKind.SEND_BACK)
    note = optional()


class RevealGiven(Given):
    reason = Reasoned(ReasonKind.REVEAL)
    note = optional(200)


class AssignmentMoveGiven(Given):
    """``assignment`` is needed only where your unit has several in this case."""

    assignment = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class ContactGiven(AssignmentMoveGiven):
    reached = serializers.BooleanField()
    how = serializers.ChoiceField(choices=[("phone", "phone"), ("visit", "visit"), ("written", "written")])
    note = optional()


class ProgressGiven(AssignmentMoveGiven):
    words = text()


class ReplyGiven(AssignmentMoveGiven):
    """The unit's account. ``public_reply`` is what the citizen reads; ``internal_note`` never leaves the house."""

    claim = serializers.ChoiceField(choices=Truth.choices)
    contacted = serializers.BooleanField()
    contacted_at = Moment(required=False, allow_null=True, default=None)
    solved = serializers.ChoiceField(choices=Solved.choices)
    unsolved_reason = Reasoned(ReasonKind.UNSOLVED, required=False, default="")
    measures = optional(300)
    promised_on = Day(required=False, allow_null=True, default=None)
    beyond_powers = serializers.BooleanField(default=False)
    public_reply = text(WORDS_LIMIT)
    internal_note = optional()


class CallbackGiven(Given):
    """What came of one call; the answers are needed where the citizen was reached."""

    result = Reasoned(ReasonKind.CALLBACK)
    solved = serializers.BooleanField(required=False, allow_null=True, default=None)
    contacted = serializers.BooleanField(required=False, allow_null=True, default=None)
    satisfaction = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True, default=None)
    comment = optional(1_000)
    note = optional(200)


class CallGiven(Given):
    """One report of the telephone platform. Reports may come twice, late or out of order. ``organisation`` is the code
    of the contractor whose queue it is, until an agent is named."""

    platform_id = text(80)
    act = serializers.ChoiceField(choices=CallAct.choices)
    at = Moment()
    direction = serializers.ChoiceField(choices=Direction.choices, default=Direction.INBOUND)
    caller = optional(40)
    queue = optional(40)
    language = optional(40)
    agent = optional(60)
    organisation = optional(20)
    hold_seconds = seconds()
    wrap_up_seconds = seconds()
    recording = optional(200)


class SuggestionsGiven(Given):
    """What has been said so far."""

    words = text(WORDS_LIMIT)
    category = Shelved(CATEGORIES, required=False, allow_null=True, default=None)
    region = Shelved(REGIONS, required=False, allow_null=True, default=None)
    place = optional(200)
    phone = optional(40)
