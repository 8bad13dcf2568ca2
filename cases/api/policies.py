"""The rules of time in force."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api import queries
from cases.api.listing import listed
from cases.deadlines import local_date
from cases.models import DeadlinePolicy, EscalationStep
from hotline.api.endpoint import Endpoint, asked
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, page
from hotline.api.words import Coded, choice, choice_or_none, named
from hotline.roles import Capability


class StepShape(TypedDict):
    """What happens at an offset from the due time: negative before it."""

    act: Coded
    offset: int
    unit: Coded
    to_role: str


class PolicyShape(TypedDict):
    """A time limit and the cases it fits: an empty trait fits all."""

    id: int
    clock: Coded
    kind: Coded | None
    urgency: Coded | None
    channel: Coded | None
    category: Coded | None
    region: Coded | None
    upstream_platform: str
    amount: int
    unit: Coded
    pausable: bool
    max_extensions: int
    max_extension: int
    valid_from: date
    valid_until: date | None
    source: str
    steps: list[StepShape]


class Policies(Endpoint):
    capability = Capability.POLICY_READ

    @extend_schema(
        operation_id="policies_list",
        summary="Time limits in force today, with what happens before and after they are due",
        parameters=[queries.PoliciesAsked],
        responses={200: page(PolicyShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(queries.PoliciesAsked, request)
        rows = DeadlinePolicy.objects.in_force(local_date(timezone.now())).prefetch_related("steps")
        if "clock" in given:
            rows = rows.filter(clock=given["clock"])
        return listed(rows, Order("valid_from"), given, _policy)


def _policy(rule: DeadlinePolicy) -> PolicyShape:
    return {
        "id": rule.pk,
        "clock": choice(rule, "clock"),
        "kind": choice_or_none(rule, "kind"),
        "urgency": choice_or_none(rule, "urgency"),
        "channel": named(rule.channel),
        "category": named(rule.category),
        "region": named(rule.region),
        "upstream_platform": rule.upstream_platform,
        "amount": rule.amount,
        "unit": choice(rule, "unit"),
        "pausable": rule.pausable,
        "max_extensions": rule.max_extensions,
        "max_extension": rule.max_extension,
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
        "source": rule.source,
        "steps": [_step(step) for step in rule.steps.all()],
    }


def _step(step: EscalationStep) -> StepShape:
    return {
        "act": choice(step, "act"),
        "offset": step.offset,
        "unit": choice(step, "unit"),
        "to_role": step.to_role,
    }
