"""Cases about the same thing: groups, joining and taking out, one answer for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import group_answers, linking
from cases.api.case_shapes import CaseRow, row, with_names
from cases.api.linking_given import AnswerGroupGiven, JoinGiven, LeaveGiven, SeenGiven
from cases.api.listing import listed
from cases.api.queries import GroupCasesAsked, Listed
from cases.api.reach import case_for
from cases.models import Burst, Case, CaseGroup, GroupAnswer
from hotline.acts import Invalid, Refusal
from hotline.api.answers import Kept, carry_out, kept
from hotline.api.endpoint import Endpoint, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.api.words import Coded, Person, moment, named, person
from hotline.guards import acting
from hotline.models import Membership
from hotline.roles import Capability


class GroupAnswerShape(TypedDict):
    """One answer for all that waited: how many have it, how many are still to get it."""

    words: str
    by: Person | None
    begun_at: datetime
    finished_at: datetime | None
    given: int
    left: int


class GroupShape(TypedDict):
    """A group. ``members`` hang on the main case, ``waiting`` of them on its answer; ``answer`` is the latest."""

    id: int
    title: str
    main: str
    members: int
    waiting: int
    opened_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    answer: GroupAnswerShape | None


class LinkRefused(TypedDict):
    """A case that stayed as it was, and why; ``changes`` is what happened since the version it was seen at."""

    number: str
    reason: str
    changes: list[Any]


class LinkedShape(TypedDict):
    """What became of each case."""

    group: int
    main: str
    done: list[str]
    refused: list[LinkRefused]


class BurstShape(TypedDict):
    """Many requests alike in a short time around one place."""

    id: int
    category: Coded | None
    region: Coded | None
    n: int
    first_at: datetime
    last_at: datetime
    over_at: datetime | None
    group: int | None


class Groups(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="groups_list",
        summary="Groups whose main case is within your reach, the latest changed first",
        parameters=[Listed],
        responses={200: page(GroupShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        by = acting(request)
        rows = CaseGroup.objects.visible_to(by).counted(by).select_related("main")
        order = Order("changed_at", descending=True)
        return listed(rows, order, asked(Listed, request), lambda group: shape(group, None))


class OneGroup(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="group_read",
        summary="One group, with how far its latest answer has come",
        responses={200: schema(GroupShape), **READ_FAILURES},
    )
    def get(self, request: Request, pk: int) -> Response:
        group = group_for(request, pk)
        latest = GroupAnswer.objects.filter(group=group).select_related("by__user").order_by("-pk").first()
        return Response(shape(group, latest))


class GroupCases(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="group_cases",
        summary="The cases of a group within your reach, earliest first",
        parameters=[GroupCasesAsked],
        responses={200: page(CaseRow), **READ_FAILURES},
    )
    def get(self, request: Request, pk: int) -> Response:
        by, at, given = acting(request), timezone.now(), asked(GroupCasesAsked, request)
        rows = Case.objects.visible_to(by).filter(group=group_for(request, pk))
        if "status" in given:
            rows = rows.filter(status=given["status"])
        return listed(with_names(rows), Order("registered_at"), given, lambda case: row(case, by, at))


class Join(Endpoint):
    capability = Capability.CASE_LINK

    @extend_schema(
        operation_id="case_join",
        summary="Join cases to this one, which leads the group",
        description="What could not be joined is told with its reason; if nothing could, the answer is 409.",
        parameters=[KEY],
        request=JoinGiven,
        responses={200: schema(LinkedShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, number: str) -> HttpResponse:
        by, at = acting(request), timezone.now()
        main, given = case_for(request, number), read(JoinGiven, request)
        chosen = seen(given["cases"], by)
        return carry_out(lambda: linking.join(main, chosen, by=by, at=at, title=given["title"]), told)


class Leave(Endpoint):
    capability = Capability.CASE_LINK

    @extend_schema(
        operation_id="group_leave",
        summary="Take cases out of the group; each waits for its own dispatch",
        parameters=[KEY],
        request=LeaveGiven,
        responses={200: schema(LinkedShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        by, at = acting(request), timezone.now()
        group, given = group_for(request, pk), read(LeaveGiven, request)
        chosen = seen(given["cases"], by)
        return carry_out(lambda: linking.leave(group, chosen, by=by, at=at, why=given["why"]), told)


class Lead(Endpoint):
    capability = Capability.CASE_LINK

    @extend_schema(
        operation_id="group_lead",
        summary="Let another case of the group lead it, while the main case waits or after it ended",
        parameters=[KEY],
        request=SeenGiven,
        responses={200: schema(GroupShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        by, at = acting(request), timezone.now()
        group, given = group_for(request, pk), read(SeenGiven, request)
        ((case, version),) = seen([given], by)

        def tell(after: CaseGroup) -> Kept:
            return kept(shape(CaseGroup.objects.counted(by).select_related("main").get(pk=after.pk), None))

        return carry_out(lambda: linking.choose_main(group, case, by=by, at=at, version=version), tell)


class Answer(Endpoint):
    capability = Capability.REPLY_REVIEW

    @extend_schema(
        operation_id="group_answer",
        summary="Give the main case's accepted reply to all that wait in the group",
        description="The workers carry it out, once for each case; read the group to see how far it has come.",
        parameters=[KEY],
        request=AnswerGroupGiven,
        responses={202: schema(GroupAnswerShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        by, at = acting(request), timezone.now()
        group, given = group_for(request, pk), read(AnswerGroupGiven, request)
        apart = [case for case, _version in seen([{"number": number} for number in given["left_out"]], by)]
        return carry_out(
            lambda: group_answers.begin(group, by=by, at=at, words=given["words"], left_out=apart),
            lambda begun: kept(answer(begun), status=202),
        )


class Bursts(Endpoint):
    capability = Capability.CASE_READ

    @extend_schema(
        operation_id="bursts_list",
        summary="Bursts of requests alike, the latest noticed first",
        parameters=[Listed],
        responses={200: page(BurstShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        rows = Burst.objects.all()
        return listed(rows, Order("noticed_at", descending=True), asked(Listed, request), _burst)


def group_for(request: Request, pk: int) -> CaseGroup:
    """The group, if its main case is within reach. Raises Http404."""
    by = acting(request)
    group = CaseGroup.objects.visible_to(by).counted(by).select_related("main").filter(pk=pk).first()
    if group is None:
        raise Http404
    return group


def seen(given: Sequence[dict[str, Any]], by: Membership) -> list[linking.Seen]:
    """The cases named, each with the version it was seen at. Raises Invalid for one that is not within reach."""
    versions = {one["number"]: one.get("version") for one in given}
    found = {case.number: case for case in Case.objects.visible_to(by).filter(number__in=list(versions))}
    if strange := [number for number in versions if number not in found]:
        raise Invalid(linking.no_such_case(strange[0]), field="cases")
    return [(found[number], version) for number, version in versions.items()]


def told(linked: linking.Linked) -> Kept:
    body: LinkedShape = {
        "group": linked.group.pk,
        "main": linked.main.number,
        "done": [case.number for case in linked.done],
        "refused": [_refused(case, why) for case, why in linked.refused],
    }
    return kept(body)


def _refused(case: Case, why: Refusal) -> LinkRefused:
    return {"number": case.number, "reason": str(why), "changes": why.extra.get("changes", [])}


def shape(group: CaseGroup, latest: GroupAnswer | None) -> GroupShape:
    return {
        "id": group.pk,
        "title": group.title,
        "main": group.main.number,
        "members": group.members,  # type: ignore[attr-defined]
        "waiting": group.waiting,  # type: ignore[attr-defined]
        "opened_at": moment(group.opened_at),
        "changed_at": moment(group.changed_at),
        "ended_at": moment(group.ended_at),
        "answer": answer(latest) if latest else None,
    }


def answer(begun: GroupAnswer) -> GroupAnswerShape:
    return {
        "words": begun.words,
        "by": person(begun.by.user),
        "begun_at": moment(begun.begun_at),
        "finished_at": moment(begun.finished_at),
        "given": begun.given.count(),
        "left": 0 if begun.finished_at else group_answers.left_to_answer(begun),
    }


def _burst(burst: Burst) -> BurstShape:
    return {
        "id": burst.pk,
        "category": named(burst.category),
        "region": named(burst.region),
        "n": burst.n,
        "first_at": moment(burst.first_at),
        "last_at": moment(burst.last_at),
        "over_at": moment(burst.over_at),
        "group": burst.group_id,
    }
