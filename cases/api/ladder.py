"""The steps of the supervision ladder: the list. Issuing, answering and accepting are moves of the case."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.listing import listed
from cases.api.queries import LadderAsked
from cases.models import LadderStep
from hotline.api.endpoint import Endpoint, asked
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, page
from hotline.api.words import Coded, Person, choice, moment, named, person
from hotline.guards import acting
from hotline.roles import Capability


class LadderShape(TypedDict):
    """A numbered urge, supervision, summons or circular. ``issued_by`` is null where no person issued it."""

    id: int
    number: str
    rung: Coded
    case: str
    case_version: int
    unit: Coded | None
    words: str
    issued_by: Person | None
    issued_at: datetime
    due_at: datetime
    state: Coded
    answer: str
    answered_at: datetime | None
    finding: str
    settled_at: datetime | None
    follows: int | None


class Ladder(Endpoint):
    capability = Capability.LADDER_READ

    @extend_schema(
        operation_id="ladder_list",
        summary="Urges, supervisions, summonses and circulars within reach, latest first",
        parameters=[LadderAsked],
        responses={200: page(LadderShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(LadderAsked, request)
        rows = LadderStep.objects.visible_to(acting(request)).select_related("case", "issued_by")
        if given["state"] != "all":
            rows = rows.filter(state=given["state"])
        if "rung" in given:
            rows = rows.filter(rung=given["rung"])
        if given["case"]:
            rows = rows.filter(case__number=given["case"])
        return listed(rows, Order("issued_at", descending=True), given, step)


def step(it: LadderStep) -> LadderShape:
    return {
        "id": it.pk,
        "number": it.number,
        "rung": choice(it, "rung"),
        "case": it.case.number,
        "case_version": it.case.version,
        "unit": named(it.unit),
        "words": it.words,
        "issued_by": person(it.issued_by),
        "issued_at": moment(it.issued_at),
        "due_at": moment(it.due_at),
        "state": choice(it, "state"),
        "answer": it.answer,
        "answered_at": moment(it.answered_at),
        "finding": it.finding,
        "settled_at": moment(it.settled_at),
        "follows": it.follows_id,
    }
