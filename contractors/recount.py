"""A month counted again from the events as they are now: the same cents, or what changed since it was frozen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contractors import assessing
from contractors.assessing import Month
from contractors.figures import Figure, ref_of
from contractors.models import Assessment, ClauseResult
from contractors.rulings import rulings

NAMED = 200  # rows of a change that are named; the others are counted


@dataclass(frozen=True)
class Change:
    """How the rows behind one clause differ from the frozen ones."""

    number: str
    came: list[str]
    went: list[str]
    changed: list[str]
    effect_was: Decimal
    effect_is: Decimal

    @property
    def as_json(self) -> dict[str, Any]:
        rows = {"came": self.came, "went": self.went, "changed": self.changed}
        told = {name: {"n": len(refs), "refs": refs[:NAMED]} for name, refs in rows.items()}
        return {"clause": self.number, "was": str(self.effect_was), "is": str(self.effect_is), **told}


@dataclass(frozen=True)
class Recount:
    """The month as it comes to now, beside what was frozen."""

    month: Month
    due_was: Decimal
    inputs_same: bool
    changes: list[Change]

    @property
    def difference(self) -> Decimal:
        return self.month.account.due - self.due_was


def recount(assessment: Assessment) -> Recount:
    """Count again by the same terms and rulings. Changes nothing."""
    granted, aside = rulings(assessment)
    results = list(assessment.results.select_related("clause").order_by("clause__position", "clause__pk"))
    by_clause = {result.clause_id: granted.get(result.pk, set()) for result in results}
    set_aside = {result.clause_id for result in results if result.pk in aside}
    terms = assessment.terms
    terms.contract = assessment.contract
    fresh = assessing.compute(terms, assessment.month, granted=by_clause, set_aside=set_aside)
    changes = []
    for result, outcome, effect in zip(results, fresh.outcomes, fresh.account.effects, strict=True):
        was = Figure(outcome.figure.unit, result.canonical).without(by_clause[result.clause_id])  # as rulings left it
        change = _change(result, was, outcome.figure, effect)
        if change.came or change.went or change.changed:
            changes.append(change)
    same = not changes and fresh.calls == assessment.calls
    return Recount(fresh, assessment.due, same, changes)


def _change(result: ClauseResult, frozen: Figure, fresh: Figure, effect: Decimal) -> Change:
    was, now = ({ref_of(line): line for line in figure.lines} for figure in (frozen, fresh))
    return Change(
        number=result.clause.number,
        came=sorted(now.keys() - was.keys()),
        went=sorted(was.keys() - now.keys()),
        changed=sorted(ref for ref in was.keys() & now.keys() if was[ref] != now[ref]),
        effect_was=result.effect,
        effect_is=effect,
    )
