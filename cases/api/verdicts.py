"""What citizens say: their answers, and the queue of those still to be called. Their own links are not an API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import surveys
from cases.api.case_shapes import CaseRow, row
from cases.api.given import CallbackGiven
from cases.api.listing import listed
from cases.api.queries import FeedbackAsked, Listed
from cases.models import Case, Feedback, Satisfaction, Survey, in_reach
from cases.surveys import Verdict
from hotline.api.answers import carry_out, kept
from hotline.api.endpoint import Endpoint, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.api.words import Coded, Person, choice, moment, named, person
from hotline.guards import acting
from hotline.roles import Capability


class FeedbackShape(TypedDict):
    """One answer. A changed answer is a new one; the old one stays, with the time it was replaced."""

    id: int
    case: str
    round: int
    source: Coded
    unit: Coded | None
    contacted: bool | None
    solved: bool
    satisfaction: int | None
    satisfaction_label: str
    agent_satisfaction: int | None
    comment: str
    at: datetime
    by: Person | None
    superseded_at: datetime | None


class CallbackShape(TypedDict):
    """A citizen to call and ask. The number is seen by ``reveal``, with the reason ``callback``."""

    id: UUID
    case: str
    title: str
    round: int
    unit: Coded | None
    citizen: str
    asked_at: datetime
    until: datetime
    attempts: int


class FeedbackList(Endpoint):
    capability = Capability.FEEDBACK_READ

    @extend_schema(
        operation_id="feedback_list",
        summary="What citizens answered, latest first",
        parameters=[FeedbackAsked],
        responses={200: page(FeedbackShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(FeedbackAsked, request)
        reach = Case.objects.visible_to(acting(request))
        rows = Feedback.objects.readable_by(acting(request)).filter(case__in=reach).select_related("case", "by")
        if given["case"]:
            rows = rows.filter(case__number=given["case"])
        if "unit" in given:
            rows = rows.filter(unit=given["unit"])
        if "source" in given:
            rows = rows.filter(source=given["source"])
        if "since" in given:
            rows = rows.filter(at__gte=given["since"])
        return listed(rows, Order("at", descending=True), given, _feedback)


class Callbacks(Endpoint):
    capability = Capability.CALLBACK_MAKE

    @extend_schema(
        operation_id="callbacks_list",
        summary="Citizens to call back, longest waiting first",
        parameters=[Listed],
        responses={200: page(CallbackShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(Listed, request)
        reach = Case.objects.visible_to(acting(request))
        rows = Survey.objects.to_call().filter(case__in=reach).select_related("case__citizen")
        return listed(rows.annotate(tries=Count("attempts")), Order("sent_at"), given, _callback)


class CallbackResult(Endpoint):
    capability = Capability.CALLBACK_MAKE

    @extend_schema(
        operation_id="callback_result",
        summary="Record one callback, reached or not, and the citizen's verdict",
        parameters=[KEY],
        request=CallbackGiven,
        responses={200: schema(CaseRow), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        by, at = acting(request), timezone.now()
        rows = Survey.objects.filter(in_reach(by))
        survey = rows.select_related("case__citizen").filter(pk=pk).first()
        if survey is None:
            raise Http404
        given = read(CallbackGiven, request)
        verdict = _verdict(given)
        return carry_out(
            lambda: surveys.call_back(
                survey, by=by, at=at, result=given["result"], verdict=verdict, note=given["note"]
            ),
            lambda case: kept(row(case, by, at), version=case.version),
        )


def _verdict(given: dict[str, Any]) -> Verdict | None:
    """The answers, if any was given; whether one is needed is the verb's to say."""
    if given["solved"] is None:
        return None
    return Verdict(**{name: given[name] for name in ("solved", "contacted", "satisfaction", "comment")})


def _feedback(said: Feedback) -> FeedbackShape:
    return {
        "id": said.pk,
        "case": said.case.number,
        "round": said.round,
        "source": choice(said, "source"),
        "unit": named(said.unit),
        "contacted": said.contacted,
        "solved": said.solved,
        "satisfaction": said.satisfaction,
        "satisfaction_label": str(Satisfaction(said.satisfaction).label) if said.satisfaction else "",
        "agent_satisfaction": said.agent_satisfaction,
        "comment": said.comment,
        "at": moment(said.at),
        "by": person(said.by),
        "superseded_at": moment(said.superseded_at),
    }


def _callback(survey: Any) -> CallbackShape:
    citizen = survey.case.citizen
    return {
        "id": survey.pk,
        "case": survey.case.number,
        "title": survey.case.title,
        "round": survey.round,
        "unit": named(survey.case.unit),
        "citizen": citizen.masked_name if citizen else "",
        "asked_at": moment(survey.sent_at),
        "until": moment(survey.expires_at),
        "attempts": survey.tries,
    }
