"""Showing the citizen's identity once, for a reason. What is kept for a repeat of the request is not the identity."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from cases import identity
from cases.api.given import RevealGiven
from cases.api.reach import case_for
from cases.models import Case, Reveal
from hotline.acts import AlreadyAnswered, NotNow, answering
from hotline.api.answers import kept, respond
from hotline.api.endpoint import Endpoint, read
from hotline.api.shapes import KEY, WRITE_FAILURES, schema
from hotline.api.words import moment
from hotline.guards import acting
from hotline.models import Membership
from hotline.roles import Capability


class IdentityShape(TypedDict):
    """The citizen, in full, and what was said with numbers in it, unmasked. Do not keep it beyond ``until``."""

    name: str
    phone: str
    address: str
    said: list[str]
    until: datetime


class RevealIdentity(Endpoint):
    capability = Capability.IDENTITY_REVEAL
    tells_again = False

    @extend_schema(
        operation_id="case_reveal",
        summary="See the citizen's identity for five minutes, for a reason that stays on record",
        description="Limited per hour and day. It changes nothing of the case, so it needs no If-Match.",
        parameters=[KEY],
        request=RevealGiven,
        responses={201: schema(IdentityShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, number: str) -> HttpResponse:
        by, at = acting(request), timezone.now()
        case = case_for(request, number, Case.objects.select_related("citizen"))
        given = read(RevealGiven, request)
        try:
            with answering(lambda reveal: str(reveal.pk)) as context:
                identity.reveal(case, by=by, at=at, **given)
            key = context.answer
        except AlreadyAnswered as before:
            key = before.answer
        return respond(kept(_identity(case, by, at, key), status=201))


def _identity(case: Case, by: Membership, at: datetime, key: str) -> IdentityShape:
    open_still = Reveal.objects.filter(pk=key, by=by.user_id, case=case, until__gt=at).first()
    if open_still is None:
        raise NotNow(_("The time for viewing it is over. Ask again, with a new request key."))
    return {**identity.in_full(case), "until": moment(open_still.until)}
