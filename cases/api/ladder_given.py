"""What clients send about the steps of the supervision ladder."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.given import optional, text
from cases.models import Rung
from hotline.api.endpoint import Given


class SuperviseGiven(Given):
    """A summons needs a supervision before it, a circular a summons."""

    rung = serializers.ChoiceField(choices=[r for r in Rung.choices if r[0] != Rung.URGE])
    words = text(1000)


class AnswerStepGiven(Given):
    step = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    words = text(2000)


class SettleStepGiven(Given):
    step = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    finding = optional(500)
