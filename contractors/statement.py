"""The statement of a month: all that both sides sign, as one text that is the same for the same thing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from contractors.assessing import canonical, sha256
from contractors.models import Assessment, ClauseResult, Objection, PaperSignature

ACCOUNT = ("base", "fixed", "performance", "earned", "marks", "full_marks", "due", "calls")


def digest(assessment: Assessment) -> str:
    """SHA-256 over the whole statement, rulings and signatures included; printed on the document."""
    return sha256(text(assessment))


def text(assessment: Assessment) -> str:
    results = assessment.results.select_related("clause").order_by("clause__position", "clause__pk")
    objections = assessment.objections.exclude(state="withdrawn").order_by("pk")
    adjustments = assessment.settles.order_by("pk").values("pk", "amount", "why", "assessment__month")
    signatures = ("contractor_signed_by_id", "contractor_signed_at", "office_signed_by_id", "office_signed_at")
    paper: PaperSignature | None = getattr(assessment, "paper", None)
    return canonical(
        {
            "contract": assessment.contract.number,
            "month": assessment.month,
            "terms": [assessment.terms.version, assessment.terms_digest],
            "inputs": [assessment.frozen_at, assessment.inputs_digest],
            "account": {name: getattr(assessment, name) for name in ACCOUNT},
            "clauses": [_clause(result) for result in results],
            "objections": [_objection(objection) for objection in objections],
            "adjustments": list(adjustments),
            "payable": payable(assessment),
            "signed": {name: getattr(assessment, name) for name in signatures},
        }
        | ({"signed_on_paper": _paper(paper)} if paper else {})  # others keep the digest they had
    )


def adjusted(assessment: Assessment) -> Decimal:
    """What earlier months are adjusted by in this statement."""
    return sum((entry.amount for entry in assessment.settles.all()), Decimal("0.00"))


def payable(assessment: Assessment) -> Decimal:
    """The month's due with the adjusting entries it settles."""
    return assessment.due + adjusted(assessment)


def _clause(result: ClauseResult) -> dict[str, Any]:
    said = ("numerator", "denominator", "n", "excluded", "scored", "met", "marks", "effect", "rows_digest", "set_aside")
    return {"clause": result.clause.number} | {name: getattr(result, name) for name in said}


def _objection(objection: Objection) -> dict[str, Any]:
    said = ("result_id", "words", "claimed", "state", "granted", "ruling", "ruled_by_id", "ruled_at")
    return {name: getattr(objection, name) for name in said}


def _paper(paper: PaperSignature) -> dict[str, Any]:
    pages = paper.files.order_by("pk").values_list("name", "sha256")
    return {"received_at": paper.received_at, "received_from": paper.received_from, "pages": list(pages)}
