"""Calls: the list, and what the telephone platform reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.given import CallGiven
from cases.api.listing import listed
from cases.api.queries import CallsAsked
from cases.models import Call, Case
from cases.telephony import CallEvent, record_call
from hotline.api.answers import Kept, carry_out, kept
from hotline.api.endpoint import Endpoint, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.api.words import Coded, Person, choice, moment, named, person
from hotline.guards import acting
from hotline.models import Membership
from hotline.roles import Capability


class CallShape(TypedDict):
    """One contact by telephone, the number masked."""

    id: UUID
    platform_id: str
    direction: Coded
    caller: str
    queue: str
    language: str
    agent: Person | None
    organisation: Coded | None
    offered_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    abandoned: bool
    hold_seconds: int
    wrap_up_seconds: int | None
    case: str | None


class Calls(Endpoint):
    capability = {"GET": Capability.CALL_READ, "POST": Capability.CALL_RECORD}

    @extend_schema(
        operation_id="calls_list",
        summary="Calls within your reach, latest first",
        parameters=[CallsAsked],
        responses={200: page(CallShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        by, given = acting(request), asked(CallsAsked, request)
        rows = Call.objects.visible_to(by).select_related("agent").prefetch_related(known_cases(by))
        if given["case"]:
            rows = rows.filter(case__in=Case.objects.visible_to(by).filter(number=given["case"]))
        if given["live"]:
            rows = rows.filter(answered_at__isnull=False, ended_at__isnull=True)
        if "offered_from" in given:
            rows = rows.filter(offered_at__gte=given["offered_from"])
        if "offered_until" in given:
            rows = rows.filter(offered_at__lt=given["offered_until"])
        return listed(rows, Order("offered_at", descending=True), given, call)

    @extend_schema(
        operation_id="call_report",
        summary="Report what happened to a call",
        description="Calls are known by the platform's own id: a report that comes twice, late or out of order does no"
        " harm, with or without Idempotency-Key.",
        parameters=[KEY],
        request=CallGiven,
        responses={200: schema(CallShape), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        by, given = acting(request), read(CallGiven, request)

        def tell(told: Call) -> Kept:
            prefetch_related_objects([told], known_cases(by))
            return kept(call(told))

        return carry_out(lambda: record_call(CallEvent(**given), by=by, at=timezone.now()), tell)


def known_cases(by: Membership) -> Prefetch[Any]:
    """The case a call led to, where it is within reach; the telephone platform hears of every call, not every case."""
    return Prefetch("case", Case.objects.visible_to(by))


def call(told: Call) -> CallShape:
    return {
        "id": told.pk,
        "platform_id": told.platform_id,
        "direction": choice(told, "direction"),
        "caller": told.masked_caller,
        "queue": told.queue,
        "language": told.language,
        "agent": person(told.agent),
        "organisation": named(told.organisation),
        "offered_at": moment(told.offered_at),
        "answered_at": moment(told.answered_at),
        "ended_at": moment(told.ended_at),
        "abandoned": told.abandoned,
        "hold_seconds": told.hold_seconds,
        "wrap_up_seconds": told.wrap_up_seconds,
        "case": told.case.number if told.case else None,
    }
