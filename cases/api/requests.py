"""What clients may send to ask for a ruling, and to make one."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.given import AssignmentMoveGiven, Reasoned, optional, text
from cases.models import ReasonKind
from hotline.api.endpoint import Given
from hotline.api.fields import Day, Shelved
from hotline.models import Organisation
from hotline.shelf import ORGANISATIONS


class BounceGiven(AssignmentMoveGiven):
    reason = Reasoned(ReasonKind.BOUNCE)
    grounds = text()
    evidence = optional(300)
    proposed_unit = Shelved(ORGANISATIONS, Organisation.Kind.UNIT, required=False, allow_null=True, default=None)


class ExtensionGiven(AssignmentMoveGiven):
    """``amount`` is counted in the unit of the handling limit, as the case's clocks tell it."""

    reason = Reasoned(ReasonKind.EXTENSION)
    grounds = text()
    evidence = optional(300)
    amount = serializers.IntegerField(min_value=1, max_value=1_000)


class SuspensionGiven(AssignmentMoveGiven):
    """``told`` is what the citizen reads if it is granted; handling goes on by itself on ``review_on``."""

    reason = Reasoned(ReasonKind.SUSPENSION)
    grounds = text()
    evidence = text(300)
    review_on = Day()
    told = text()


class ExclusionGiven(AssignmentMoveGiven):
    """``evidence`` names what proves it: a document, a picture, a recording."""

    reason = Reasoned(ReasonKind.EXCLUSION)
    grounds = text()
    evidence = text(300)


class ClosingGiven(AssignmentMoveGiven):
    """The tries to reach the citizen are on record; ``told`` is what the citizen reads if it is granted."""

    reason = Reasoned(ReasonKind.CLOSING)
    grounds = text()
    told = text()
    evidence = optional(300)


class DisputeGiven(Given):
    """Why no unit is found, and which one should have it."""

    reason = Reasoned(ReasonKind.DISPUTE)
    grounds = text()
    evidence = optional(300)
    proposed_unit = Shelved(ORGANISATIONS, Organisation.Kind.UNIT, required=False, allow_null=True, default=None)


class GrantGiven(Given):
    """For a return: the unit that gets the case; without one it goes back to the dispatchers. A dispute needs one."""

    ruling = optional()
    unit = Shelved(ORGANISATIONS, required=False, allow_null=True, default=None)


class RejectGiven(Given):
    """``final`` binds the unit: no further return."""

    ruling = text()
    final = serializers.BooleanField(default=False)
