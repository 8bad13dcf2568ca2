"""The review of a refusal: government looks at every request that was not accepted."""

from __future__ import annotations

from datetime import datetime

from cases import deadlines, workflow
from cases.models import Case, Clock, ClockKind, Decision, EventKind, Status
from cases.notifications import citizen_sms, local_time
from hotline import ledger, outbox
from hotline.models import Membership


def uphold(case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, **_more: object) -> Case:
    """The ground fits and the route is right: the refusal stands."""
    facts = {"decision": decision.pk, "ground": decision.reason}
    return workflow.record(case, EventKind.REFUSAL_UPHELD, by=by, at=at, why=ruling, payload=facts)


def overturn(case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str) -> Case:
    """Register the case again. The promise runs as from the first call: a wrong refusal costs the citizen no time."""
    promise = (
        Clock.objects.filter(case=case, kind=ClockKind.PROMISE).select_related("policy").latest("started_at", "pk")
    )
    deadlines.run_on(promise, at=at).save()
    case.promise_due_at, case.provisional = promise.due_at, promise.provisional
    case = workflow.move(
        case,
        "overturn",
        Status.REGISTERED,
        by=by,
        at=at,
        kind=EventKind.REFUSAL_OVERTURNED,
        why=ruling,
        payload={"decision": decision.pk, "ground": decision.reason},
    )
    ledger.add(deadlines.start(case, ClockKind.DISPATCH, at))
    outbox.post(citizen_sms(case, "accepted_after_all", at=at, by=by, due=local_time(promise.due_at)))
    return case
