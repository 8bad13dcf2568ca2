"""What clients send about cases of the same matter, and about whom a case is kept from."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.given import optional, text
from cases.linking import AT_ONCE
from cases.registration import TITLE_LIMIT
from hotline.api.endpoint import Given
from hotline.api.fields import Code, Shelved
from hotline.models import User
from hotline.shelf import ORGANISATIONS


class SeenGiven(Given):
    """A case, and the version you saw; without it the case is taken as it is."""

    number = text(20)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True, default=None)


class JoinGiven(Given):
    cases = serializers.ListField(child=SeenGiven(), max_length=AT_ONCE)
    title = optional(TITLE_LIMIT)


class LeaveGiven(Given):
    cases = serializers.ListField(child=SeenGiven(), max_length=AT_ONCE)
    why = text()


class AnswerGroupGiven(Given):
    """``words`` as everybody will read them, else those of the reply; who is left out is answered differently."""

    words = optional(5000)
    left_out = serializers.ListField(child=text(20), max_length=AT_ONCE, required=False, default=list)


class PublicWordsGiven(Given):
    words = text(5000)


class SealGiven(Given):
    """Leave the body out to name none."""

    confidential = serializers.BooleanField()
    subject_unit = Shelved(ORGANISATIONS, required=False, allow_null=True, default=None)
    why = text(200)


class RecuseGiven(Given):
    """Yourself, if nobody is named by username."""

    person = Code(slug_field="username", queryset=User.objects.all(), required=False, allow_null=True, default=None)
    why = text(200)


class LiftGiven(Given):
    person = Code(slug_field="username", queryset=User.objects.all())
    why = text(200)
