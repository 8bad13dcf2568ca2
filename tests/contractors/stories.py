"""Contracts brought to a state through the verbs: Song of the hotline office writes them, Yan signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contractors import contracting
from contractors.agreed import ContractGiven, TermsGiven
from contractors.models import Contract, Terms
from tests.people import local, member, unit

SIGNED = local("2025-12-15 10:00")
YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}


def words(**given: Any) -> ContractGiven:
    """Jia answers the first lot in 2026."""
    usual = ContractGiven(unit("JIA"), "YZ-HW-2026-01", ["一标段"], tender_reference="YZCG-2025-118", **YEAR)
    return replace(usual, **given)


def terms(**given: Any) -> TermsGiven:
    """120 seats, 1,380,000 yuan a month, 30 % of it by the score, paid by quarter."""
    return replace(TermsGiven(Decimal("16560000.00"), 120, performance_share=Decimal(30)), **given)


def drafted(*, at: datetime = SIGNED, by: str = "song", agreed: TermsGiven | None = None, **given: Any) -> Terms:
    return contracting.draft(words(**given), agreed or terms(), by=member(by), at=at)


def proposed(draft: Terms | None = None, *, at: datetime = SIGNED, **given: Any) -> Terms:
    return contracting.propose(draft or drafted(at=at, **given), by=member("song"), at=at)


def signed(draft: Terms | None = None, *, at: datetime = SIGNED, **given: Any) -> Contract:
    """Signed by Yan: a contract in force from its first day on."""
    return contracting.sign(proposed(draft, at=at, **given), by=member("yan"), at=at).contract


def amended(contract: Contract, *, at: datetime, valid_from: date, by: str = "song", **given: Any) -> Terms:
    """Its next terms, signed: what is not given stays as it was."""
    draft = contracting.amend(contract, by=member(by), at=at, valid_from=valid_from, note="座席调整")
    agreed = replace(
        TermsGiven(draft.amount, draft.seats, performance_share=draft.performance_share), valid_from=valid_from, **given
    )
    draft = contracting.revise(draft, agreed, by=member(by), at=at)
    return contracting.sign(contracting.propose(draft, by=member(by), at=at), by=member("yan"), at=at)
