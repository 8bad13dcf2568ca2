"""What clients may send to bring others in: units beneath and beside the one that has a case, and emergency lines."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.given import MANY, AssignmentMoveGiven, Reasoned, optional, text
from cases.models import EmergencyLine, ReasonKind
from hotline.api.endpoint import Given
from hotline.api.fields import Moment, Shelved
from hotline.models import Organisation
from hotline.shelf import ORGANISATIONS


class HandDownGiven(AssignmentMoveGiven):
    """Units beneath yours. ``due_at`` is by when they must be done, if earlier than your own limit."""

    units = serializers.ListField(child=Shelved(ORGANISATIONS, Organisation.Kind.UNIT), min_length=1, max_length=MANY)
    note = optional()
    due_at = Moment(required=False, allow_null=True, default=None)


class InvolveGiven(Given):
    """Units that are to help the lead."""

    units = serializers.ListField(child=Shelved(ORGANISATIONS, Organisation.Kind.UNIT), min_length=1, max_length=MANY)
    note = optional()


class PartGiven(Given):
    """``part`` is the assignment, one tier below one of your unit's, that the move is about."""

    part = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class RecallGiven(PartGiven):
    why = text()


class SendPartBackGiven(PartGiven):
    reason = Reasoned(ReasonKind.SEND_BACK)
    note = optional()


class HandOverGiven(Given):
    """An emergency line is asked to take a case under way. ``accepted_by``: who took it there, if that was at once."""

    line = serializers.ChoiceField(choices=EmergencyLine.choices)
    three_way = serializers.BooleanField(default=False)
    note = optional()
    accepted_by = optional(60)


class LineAcceptedGiven(Given):
    """Who spoke for the line: a name or a seat."""

    answered_by = text(60)
    answer = optional()


class LineRefusedGiven(Given):
    """Who refused, and why."""

    answered_by = text(60)
    answer = text()
