"""Cases: the list, registration with its four outcomes, one case, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import intake, search
from cases.api import case_shapes as shapes
from cases.api.given import AnsweredGiven, HandedOverGiven, RefusedGiven, RegistrationGiven
from cases.api.listing import listed
from cases.api.queries import CasesAsked, Listed
from cases.api.reach import call_for, case_for
from cases.discretion import events_for
from cases.models import Call, Case, CaseQuerySet
from cases.readership import looked
from cases.registration import Registration
from hotline.api.answers import Kept, carry_out, kept
from hotline.api.endpoint import Endpoint, Given, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.guards import acting
from hotline.roles import Capability

LATEST = Order("registered_at", descending=True)
Register = Callable[[Registration, dict[str, Any]], Case]


class Cases(Endpoint):
    capability = {"GET": Capability.CASE_READ, "POST": Capability.CASE_REGISTER}

    @extend_schema(
        operation_id="cases_list",
        summary="Cases within your reach, latest first",
        description="`q` needs the capability case.search; looking up a telephone number is logged.",
        parameters=[CasesAsked],
        responses={200: page(shapes.CaseRow), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        by, at = acting(request), timezone.now()
        given = asked(CasesAsked, request)
        if q := given.pop("q", ""):
            if not by.can(Capability.CASE_SEARCH):
                raise PermissionDenied
            found = search.find(q, by=by, at=at).prefetch_related("citizen")  # of those shown, not of thousands of hits
        else:
            found = shapes.with_names(Case.objects.visible_to(by))
        rows = narrowed(found, given, at)
        return listed(rows, LATEST, given, lambda case: shapes.row(case, by, at))

    @extend_schema(
        operation_id="case_register",
        summary="Register a request",
        parameters=[KEY],
        request=RegistrationGiven,
        responses={201: schema(shapes.CaseRow), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        return _take(request, RegistrationGiven, lambda given, more: intake.register(given, **more))


class Answered(Endpoint):
    capability = Capability.CASE_ANSWER

    @extend_schema(
        operation_id="case_answered",
        summary="Register a request that was answered in the course of the contact",
        parameters=[KEY],
        request=AnsweredGiven,
        responses={201: schema(shapes.CaseRow), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        return _take(request, AnsweredGiven, lambda given, more: intake.answer_directly(given, **more))


class Refused(Endpoint):
    capability = Capability.CASE_REFUSE

    @extend_schema(
        operation_id="case_refused",
        summary="Register a request that is not accepted",
        parameters=[KEY],
        request=RefusedGiven,
        responses={201: schema(shapes.CaseRow), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        return _take(request, RefusedGiven, lambda given, more: intake.refuse(given, **more))


class HandedOver(Endpoint):
    capability = Capability.CASE_HAND_OVER

    @extend_schema(
        operation_id="case_handed_over",
        summary="Register an emergency that was handed over to another line",
        parameters=[KEY],
        request=HandedOverGiven,
        responses={201: schema(shapes.CaseRow), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        return _take(request, HandedOverGiven, lambda given, more: intake.hand_over(given, **more))


class OneCase(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="case_read",
        summary="One case with its clocks, assignments, replies and decisions; its ETag is its version",
        responses={200: schema(shapes.CaseDetail), **READ_FAILURES},
    )
    def get(self, request: Request, number: str) -> Response:
        wide = Case.objects.select_related("citizen", "taken_by")
        case = case_for(request, number, wide)
        by, at = acting(request), timezone.now()
        looked(case, by=by, at=at)
        body = shapes.detail(case, by, at)
        return Response(body, headers={"ETag": f'"{case.version}"'})


class Events(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="case_events",
        summary="What happened to a case, earliest first",
        parameters=[Listed],
        responses={200: page(shapes.EventShape), **READ_FAILURES},
    )
    def get(self, request: Request, number: str) -> Response:
        given = asked(Listed, request)
        by = acting(request)
        events = events_for(by, case_for(request, number)).select_related("by")
        return listed(events, Order("at"), given, lambda happened: shapes.event(happened, by))


def narrowed(cases: CaseQuerySet, given: dict[str, Any], at: Any) -> CaseQuerySet:
    """The list's filters; each is a column with an index behind it."""
    if given["open"] is not None:
        cases = cases.open() if given["open"] else cases.ended()
    if given["overdue"]:
        cases = cases.overdue(at)
    for name in ("status", "kind", "urgency", "channel"):
        if name in given:
            cases = cases.filter(**{name: given[name]})
    for name in ("category", "region", "unit"):
        if name in given:
            below = type(given[name]).objects.filter(path__startswith=given[name].path)
            cases = cases.filter(**{f"{name}__in": below.values("pk")})
    if "registered_from" in given:
        cases = cases.filter(registered_at__gte=given["registered_from"])
    if "registered_until" in given:
        cases = cases.filter(registered_at__lt=given["registered_until"])
    return cases


def _take(request: Request, kind: type[Given], verb: Register) -> HttpResponse:
    """Register by one of the intake verbs; what is not of the request itself goes to the verb."""
    by, at = acting(request), timezone.now()
    given = read(kind, request)
    call: Call | None = call_for(given, by)
    citizen, unit = given.pop("citizen", {}), given["proposed_unit"]
    facts = {name: given.pop(name) for name in list(given) if name in Registration.__dataclass_fields__}
    registration = Registration(**facts, **citizen, routing={"chosen": unit.code} if unit else {})

    def tell(case: Case) -> Kept:
        location = reverse("cases:api:case", args=[case.number])
        return kept(shapes.row(case, by, at), status=201, version=case.version, location=location)

    return carry_out(lambda: verb(registration, {**given, "by": by, "at": at, "call": call}), tell)
