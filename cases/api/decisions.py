"""Requests for a ruling: the list, and ruling on them. ``If-Match`` is the version of the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import decisions
from cases.api.case_shapes import CaseRow, row
from cases.api.decision_shapes import NAMED, DecisionShape, OutlookShape, decision, outlook_shape
from cases.api.given import Nothing
from cases.api.listing import listed
from cases.api.queries import DecisionsAsked, PreviewAsked
from cases.api.reach import Doing, doing
from cases.api.requests import GrantGiven, RejectGiven
from cases.models import Case, Decision
from cases.previews import outlook
from cases.procedures import turn_of
from hotline.api.answers import carry_out, kept
from hotline.api.endpoint import Endpoint, Given, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import IF_MATCH, KEY, MOVE_FAILURES, READ_FAILURES, failures, page, schema
from hotline.guards import acting
from hotline.roles import Capability

Rule = Callable[[Decision, dict[str, Any], Doing], Case]


class Decisions(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="decisions_list",
        summary="What was asked for and needs a ruling, longest waiting first",
        parameters=[DecisionsAsked],
        responses={200: page(DecisionShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(DecisionsAsked, request)
        rows = Decision.objects.visible_to(acting(request)).select_related("case", *NAMED)
        if given["mine"]:
            rows = rows.filter(turn_of(acting(request)))
        if given["state"] != "all":
            rows = rows.filter(state=given["state"])
        if "kind" in given:
            rows = rows.filter(kind=given["kind"])
        if given["case"]:
            rows = rows.filter(case__number=given["case"])
        return listed(rows, Order("asked_at"), given, lambda asked_for: decision(asked_for, asked_for.case))


class Preview(Endpoint):
    capability = Capability.DECISION_READ

    @extend_schema(
        operation_id="decision_preview",
        summary="What a ruling would do to the case and its limits, before it is made",
        parameters=[PreviewAsked],
        responses={200: schema(OutlookShape), **READ_FAILURES, **failures(409, 422)},
    )
    def get(self, request: Request, pk: int) -> Response:
        given, found = asked(PreviewAsked, request), _within_reach(request, pk)
        seen = outlook(
            found,
            by=acting(request),
            at=timezone.now(),
            grant=given["act"] == "grant",
            unit=given.get("unit"),
            final=given["final"],
        )
        return Response(outlook_shape(seen))


class Grant(Endpoint):
    capability = Capability.DECISION_READ

    @extend_schema(
        operation_id="decision_grant",
        summary="Say yes; where two people must, the second yes takes effect",
        parameters=[KEY, IF_MATCH],
        request=GrantGiven,
        responses={200: schema(CaseRow), **MOVE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _rule(request, pk, GrantGiven, lambda it, given, how: decisions.grant(it, **given, **how))


class Reject(Endpoint):
    capability = Capability.DECISION_READ

    @extend_schema(
        operation_id="decision_reject",
        summary="Say no, and why",
        parameters=[KEY, IF_MATCH],
        request=RejectGiven,
        responses={200: schema(CaseRow), **MOVE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _rule(request, pk, RejectGiven, lambda it, given, how: decisions.reject(it, **given, **how))


class TakeBack(Endpoint):
    capability = Capability.DECISION_ASK

    @extend_schema(
        operation_id="decision_take_back",
        summary="Take your unit's own request back before it is ruled on",
        parameters=[KEY, IF_MATCH],
        request=Nothing,
        responses={200: schema(CaseRow), **MOVE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _rule(request, pk, Nothing, lambda it, _given, how: decisions.take_back_request(it, **how))


def _within_reach(request: Request, pk: int) -> Decision:
    related = ("assignment__unit", "assignment__case", "case__citizen")
    found = Decision.objects.visible_to(acting(request)).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _rule(request: Request, pk: int, kind: type[Given], rule: Rule) -> HttpResponse:
    found = _within_reach(request, pk)
    how, given = doing(request), read(kind, request)
    return carry_out(
        lambda: rule(found, given, how),
        lambda after: kept(row(after, how["by"], how["at"]), version=after.version),
    )
