"""Fetching within the person's reach: what is hidden is not there, in the very same words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from cases import workflow
from cases.models import Assignment, Call, Case, CaseQuerySet, HandOver, HandOverState, LadderStep
from cases.own_part import own_part
from hotline.acts import Invalid, NotNow
from hotline.api.answers import if_match
from hotline.guards import acting
from hotline.identifiers import parse_case_number
from hotline.models import Membership


class Doing(TypedDict):
    """What every verb on a case is given besides its own words."""

    by: Membership
    at: datetime
    version: int | None


def doing(request: Request) -> Doing:
    return {"by": acting(request), "at": timezone.now(), "version": if_match(request)}


def case_for(request: Request, number: str, cases: CaseQuerySet | None = None) -> Case:
    """The case with that number. Raises Http404, also where it is somebody else's."""
    parsed = parse_case_number(number)
    reach = (cases if cases is not None else Case.objects.all()).visible_to(acting(request))
    case = reach.filter(number=parsed).first() if parsed else None
    if case is None:
        raise Http404
    return case


def assignment_for(case: Case, given: dict[str, Any], how: Doing) -> Assignment:
    """The part of the person's unit in the case: the one named, else the one that is to be done."""
    mine = Assignment.objects.visible_to(how["by"]).filter(case=case).select_related("case")
    if named := given.pop("assignment", None):
        found = mine.filter(pk=named).first()
        if found is None:
            raise Invalid(_("Your unit has no such assignment in this case."), field="assignment")
        return found
    found = own_part(mine.active(), how["by"])
    if found is None:
        workflow.check_version(case, how["version"])  # had it one when the person looked? Then what changed is told
        raise NotNow(_("Your unit has no part in this case now."))
    return found


def part_for(case: Case, given: dict[str, Any], how: Doing) -> Assignment:
    """The part named, which stands one tier below one of the person's own unit. Raises Invalid."""
    named = given.pop("part")
    above = Assignment.objects.visible_to(how["by"]).filter(case=case)
    found = Assignment.objects.filter(pk=named, parent__in=above).select_related("case").first()
    if found is None:
        raise Invalid(_("No unit below yours has such a part in this case."), field="part")
    return found


def hand_over_for(case: Case, how: Doing) -> HandOver:
    """What an emergency line was asked and has not answered yet. Raises NotNow, Stale."""
    found = HandOver.objects.filter(case=case, state=HandOverState.OFFERED).select_related("case").first()
    if found is None:
        workflow.check_version(case, how["version"])
        raise NotNow(_("No line is asked to take this case now."), allowed=workflow.allowed_moves(case))
    return found


def step_for(case: Case, given: dict[str, Any], how: Doing) -> LadderStep:
    """The step of the case's ladder that is meant. Raises Invalid for one that is not within reach."""
    seen = LadderStep.objects.visible_to(how["by"]).select_related("case")
    found = seen.filter(case=case, pk=given.pop("step")).first()
    if found is None:
        raise Invalid(_("There is no such step in this case."), field="step")
    return found


def call_for(given: dict[str, Any], by: Membership) -> Call | None:
    """The call a registration belongs to. Raises Invalid for one that is not within reach."""
    platform_id = given.pop("call", "")
    if not platform_id:
        return None
    call = Call.objects.visible_to(by).filter(platform_id=platform_id).first()
    if call is None:
        raise Invalid(_("There is no such call."), field="call")
    return call
