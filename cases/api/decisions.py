"""Requests for a ruling: the list, and ruling on them. ``If-Match`` is the version of the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import decisions
from cases.api.case_shapes import CaseRow, row
from cases.api.decision_shapes import DecisionShape, decision
from cases.api.given import GrantGiven, Nothing, RejectGiven
from cases.api.listing import listed
from cases.api.queries import DecisionsAsked
from cases.api.reach import Doing, doing
from cases.models import Case, Decision
from hotline.api.answers import carry_out, kept
from hotline.api.endpoint import Endpoint, Given, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import IF_MATCH, KEY, MOVE_FAILURES, READ_FAILURES, page, schema
from hotline.guards import acting
from hotline.roles import Capability

Rule = Callable[[Decision, dict[str, Any], Doing], Case]


class Decisions(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="decisions_list",
        summary="Returns and extensions asked for, longest waiting first",
        parameters=[DecisionsAsked],
        responses={200: page(DecisionShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(DecisionsAsked, request)
        rows = Decision.objects.visible_to(acting(request)).select_related(
            "case", "assignment__unit", "proposed_unit", "asked_by"
        )
        if given["state"] != "all":
            rows = rows.filter(state=given["state"])
        if "kind" in given:
            rows = rows.filter(kind=given["kind"])
        if given["case"]:
            rows = rows.filter(case__number=given["case"])
        return listed(rows, Order("asked_at"), given, lambda asked_for: decision(asked_for, asked_for.case))


class Grant(Endpoint):
    capability = Capability.DECISION_RULE

    @extend_schema(
        operation_id="decision_grant",
        summary="Rule for the unit",
        parameters=[KEY, IF_MATCH],
        request=GrantGiven,
        responses={200: schema(CaseRow), **MOVE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _rule(request, pk, GrantGiven, lambda it, given, how: decisions.grant(it, **given, **how))


class Reject(Endpoint):
    capability = Capability.DECISION_RULE

    @extend_schema(
        operation_id="decision_reject",
        summary="Rule against the unit, saying why",
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


def _rule(request: Request, pk: int, kind: type[Given], rule: Rule) -> HttpResponse:
    related = ("assignment__unit", "assignment__case", "case__citizen")
    found = Decision.objects.visible_to(acting(request)).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404
    how, given = doing(request), read(kind, request)
    return carry_out(
        lambda: rule(found, given, how),
        lambda after: kept(row(after, how["by"], how["at"]), version=after.version),
    )
