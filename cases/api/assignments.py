"""What units have in hand."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import handling
from cases.api.assignment_shapes import AssignmentRow, assignment_row
from cases.api.given import Nothing
from cases.api.listing import listed
from cases.api.queries import AssignmentsAsked
from cases.models import Assignment
from hotline.api.endpoint import Endpoint, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.guards import acting
from hotline.models import Organisation
from hotline.roles import Capability

PRESSING = Order("leg_due_at")
LATEST = Order("dispatched_at", descending=True)
NAMED = ("case", "handler", "signed_by", "dispatched_by")


class Assignments(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="assignments_list",
        summary="Assignments of your unit and those below it; of all units for office and oversight",
        parameters=[AssignmentsAsked],
        responses={200: page(AssignmentRow), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        at, given = timezone.now(), asked(AssignmentsAsked, request)
        rows = Assignment.objects.visible_to(acting(request)).select_related(*NAMED)
        if given["overdue"]:
            rows = rows.overdue(at)
        if given["state"] == "to_do":
            rows = rows.to_do()
        elif given["state"] != "all":
            rows = rows.filter(state=given["state"])
        if "unit" in given:
            rows = rows.filter(unit__in=Organisation.objects.within(given["unit"]).values("pk"))
        if given["case"]:
            rows = rows.filter(case__number=given["case"])
        order = PRESSING if given["state"] == "to_do" else LATEST
        return listed(rows, order, given, lambda part: assignment_row(part, at))


class Opened(Endpoint):
    capability = Capability.ASSIGNMENT_WORK

    @extend_schema(
        operation_id="assignment_opened",
        summary="Say that somebody of the unit has looked at the case; only the first time leaves a trace",
        request=Nothing,
        responses={200: schema(AssignmentRow), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> Response:
        by, at = acting(request), timezone.now()
        rows = Assignment.objects.visible_to(by).select_related(*NAMED)
        part = rows.filter(pk=pk).first()
        if part is None:
            raise Http404
        read(Nothing, request)
        handling.mark_opened(part, by=by, at=at)
        part.opened_at = part.opened_at or at
        return Response(assignment_row(part, at))
