"""The reasons that may be chosen now."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api import queries
from cases.api.listing import listed
from cases.models import Reason
from hotline.api.endpoint import Endpoint, asked
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, page
from hotline.api.words import Coded, choice, moment
from hotline.roles import Capability


class ReasonShape(TypedDict):
    """A reason in force. ``needs_words``: a note, or what proves it, must go with it. No ``begins_at``: since ever."""

    kind: Coded
    code: str
    name: str
    name_en: str
    label: str
    position: int
    needs_words: bool
    begins_at: datetime | None
    ends_at: datetime | None


class Reasons(Endpoint):
    capability = Capability.DIRECTORY_READ

    @extend_schema(
        operation_id="reasons_list",
        summary="Reasons in force now, in the order in which they are offered; of all kinds, kind by kind",
        parameters=[queries.ReasonsAsked],
        responses={200: page(ReasonShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(queries.ReasonsAsked, request)
        rows = Reason.objects.in_force(timezone.now())
        if "kind" in given:
            return listed(rows.filter(kind=given["kind"]), Order("position"), given, _reason)
        return listed(rows, Order("kind"), given, _reason)


def _reason(row: Reason) -> ReasonShape:
    return {
        "kind": choice(row, "kind"),
        "code": row.code,
        "name": row.name,
        "name_en": row.name_en,
        "label": row.label,
        "position": row.position,
        "needs_words": row.needs_words,
        "begins_at": moment(row.begins_at),
        "ends_at": moment(row.ends_at),
    }
