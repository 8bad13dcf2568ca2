"""What is said about a month: to the contractor's manager, or to the office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.notifications import local_time
from contractors.models import Assessment, Objection
from hotline import outbox
from hotline.models import Membership, Message
from hotline.roles import Role


def shown(assessment: Assessment, *, by: Membership, at: datetime) -> Message:
    """The contractor's manager may object until then."""
    assert assessment.objections_until is not None
    return _to_contractor("month_shown", assessment, by=by, at=at, until=local_time(assessment.objections_until))


def objected(objection: Objection, assessment: Assessment, *, by: Membership, at: datetime) -> Message:
    """The head of the office reads that something is to be ruled on."""
    words = _words(assessment) | {"clause": objection.result.clause.number, "words": objection.words[:100]}
    return outbox.notice("month_objected", at=at, to_role=Role.OFFICE_HEAD, words=words, by=by)


def ruled(objection: Objection, assessment: Assessment, *, by: Membership, at: datetime) -> Message:
    outcome = {"upheld": "成立", "partly": "部分成立", "rejected": "驳回"}[objection.state]
    clause = objection.result.clause.number
    told = {"clause": clause, "outcome": outcome, "ruling": objection.ruling[:100]}
    return _to_contractor("month_ruled", assessment, by=by, at=at, **told)


def locked(assessment: Assessment, *, by: Membership, at: datetime) -> Message:
    return _to_contractor("month_locked", assessment, by=by, at=at, due=f"{assessment.due:,.2f}")


def _to_contractor(key: str, assessment: Assessment, *, by: Membership, at: datetime, **words: Any) -> Message:
    return outbox.notice(
        key,
        at=at,
        to_organisation=assessment.contract.organisation_id,
        to_role=Role.CONTRACTOR_MANAGER,
        words=_words(assessment) | words,
        by=by,
    )


def _words(assessment: Assessment) -> dict[str, Any]:
    return {"month": f"{assessment.month:%Y-%m}", "contract": assessment.contract.number}
