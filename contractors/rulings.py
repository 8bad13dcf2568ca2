"""What rulings said about a month, and what they would make of it: reckoned from the frozen rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contractors import assessing
from contractors.assessing import Month
from contractors.models import Assessment, ClauseResult, ObjectionState
from contractors.scoring import rounded


def recomputation(assessment: Assessment, result: ClauseResult, claimed: Sequence[str]) -> dict[str, Any]:
    """What the clause and the month would come to if the objection were upheld; numbers as text."""
    anew = _with(assessment, result, claimed)
    place = next(n for n, one in enumerate(anew.outcomes) if one.clause.pk == result.clause_id)
    told, value = anew.outcomes[place], anew.outcomes[place].figure.value
    return {
        "value": None if value is None else str(rounded(value, 6)),
        "above": str(told.figure.above),
        "below": str(told.figure.below),
        "excluded": told.figure.excluded,
        "scored": told.enough,
        "marks": None if told.scored.marks is None else str(told.scored.marks),
        "effect": str(anew.account.effects[place]),
        "gain": str(anew.account.due - assessment.due),
        "due": str(anew.account.due),
    }


def if_all_upheld(assessment: Assessment) -> Month:
    """What the month would come to if every waiting objection were upheld."""
    granted, aside = rulings(assessment)
    for objection in assessment.objections.waiting():
        if objection.claimed:
            granted.setdefault(objection.result_id, set()).update(objection.claimed)
        else:
            aside.add(objection.result_id)
    return assessing.from_frozen(assessment, granted=granted, set_aside=aside)


def rulings(assessment: Assessment) -> tuple[dict[int, set[str]], set[int]]:
    """The rows that rulings left out, by result, and the results they set aside."""
    granted: dict[int, set[str]] = {}
    for objection in assessment.objections.filter(state__in=["upheld", "partly"]):
        if objection.granted:
            granted.setdefault(objection.result_id, set()).update(objection.granted)
    upheld = assessment.objections.filter(state=ObjectionState.UPHELD, granted=[])
    return granted, set(upheld.values_list("result", flat=True))


def _with(assessment: Assessment, result: ClauseResult, claimed: Sequence[str]) -> Month:
    granted, aside = rulings(assessment)
    if claimed:
        granted.setdefault(result.pk, set()).update(claimed)
    else:
        aside.add(result.pk)
    return assessing.from_frozen(assessment, granted=granted, set_aside=aside)
