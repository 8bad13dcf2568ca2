"""The statement of a month as its page, its print and its table show it: lines, stages, who may do what next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from contractors import papers, statement
from contractors.models import Adjustment, Assessment, AssessmentState, ClauseResult, Objection, ObjectionState
from contractors.pages.clause_words import target_words, value_words
from contractors.payments import Payment, payments
from contractors.rulings import if_all_upheld
from hotline.measures import MEASURES, Unit
from hotline.models import Membership
from hotline.roles import CONTRACTOR, Capability


@dataclass
class Line:
    """One clause of the statement."""

    result: ClauseResult
    target: str
    value: str
    marked: bool
    objections: list[Objection] = field(default_factory=list)

    @property
    def is_count(self) -> bool:
        return MEASURES[self.result.clause.measure].unit == Unit.COUNT

    @property
    def latest(self) -> Objection | None:
        return self.objections[-1] if self.objections else None


@dataclass
class Sheet:
    """All of a month for one reader. ``marked`` are the clauses that make the score, ``other`` those on money alone."""

    assessment: Assessment
    by: Membership
    at: datetime

    @cached_property
    def lines(self) -> list[Line]:
        results = self.assessment.results.select_related("clause").defer("rows")
        by_result: dict[int, list[Objection]] = {}
        for objection in self.objections:
            by_result.setdefault(objection.result_id, []).append(objection)
        return [
            Line(
                result,
                target_words(result.clause),
                value_words(result.value, MEASURES[result.clause.measure].unit),
                result.clause.weight > 0,
                by_result.get(result.pk, []),
            )
            for result in results.order_by("clause__position", "clause__pk")
        ]

    @cached_property
    def objections(self) -> list[Objection]:
        """All but those taken back, with their files."""
        own = self.assessment.objections.exclude(state=ObjectionState.WITHDRAWN)
        people = own.select_related("made_by", "ruled_by", "paper", "result__clause").defer("result__rows")
        return list(people.prefetch_related("files").order_by("pk"))

    @property
    def waiting(self) -> list[Objection]:
        return [objection for objection in self.objections if objection.is_waiting]

    @property
    def marked(self) -> list[Line]:
        return [line for line in self.lines if line.marked]

    @property
    def other(self) -> list[Line]:
        return [line for line in self.lines if not line.marked]

    @property
    def own_marks(self) -> Decimal:
        """What clauses with a price of their own for a mark take, besides the performance part."""
        one = self.assessment
        return one.due - one.fixed - one.earned - self.rewards - self.deductions

    @property
    def by_marks(self) -> Decimal:
        return sum((line.result.effect for line in self.marked), Decimal("0.00"))

    @property
    def rewards(self) -> Decimal:
        return sum((max(effect, Decimal(0)) for effect in self._by_themselves), Decimal("0.00"))

    @property
    def deductions(self) -> Decimal:
        return sum((min(effect, Decimal(0)) for effect in self._by_themselves), Decimal("0.00"))

    @property
    def _by_themselves(self) -> list[Decimal]:
        """What clauses without marks add or take; a veto is in the performance part already."""
        return [line.result.effect for line in self.other if line.result.clause.scoring["kind"] != "veto"]

    @cached_property
    def entries(self) -> list[Adjustment]:
        """What earlier months are adjusted by in this statement."""
        return list(self.assessment.settles.select_related("assessment").order_by("pk"))

    @cached_property
    def later(self) -> list[Adjustment]:
        """What was found about this month since it was locked."""
        return list(self.assessment.adjustments.select_related("settled_in").order_by("pk"))

    @cached_property
    def payable(self) -> Decimal:
        return self.assessment.due + sum((entry.amount for entry in self.entries), Decimal("0.00"))

    @cached_property
    def if_upheld(self) -> Decimal | None:
        """What would be payable if every waiting objection were upheld."""
        if not self.waiting:
            return None
        return self.payable - self.assessment.due + if_all_upheld(self.assessment).account.due

    @property
    def per_mark(self) -> Decimal | None:
        full = self.assessment.full_marks
        return (self.assessment.performance / full).quantize(Decimal("0.01")) if full else None

    @cached_property
    def payment(self) -> Payment | None:
        """The payment that this month belongs to."""
        contract, terms = self.assessment.contract, self.assessment.terms
        reach = Assessment.objects.visible_to(self.by).filter(contract=contract).prefetch_related("settles")
        self.months = list(reach.select_related("office_signed_by", "contractor_signed_by", "paper").order_by("month"))
        made = payments(contract, terms, self.months)
        return next((one for one in made if one.first <= self.assessment.month <= one.last), None)

    @cached_property
    def months_of_payment(self) -> list[Assessment]:
        payment = self.payment
        return [one for one in self.months if payment is not None and payment.first <= one.month <= payment.last]

    @property
    def stages(self) -> list[dict[str, str]]:
        """Draft, objections, rulings, signatures: done, now, or to come."""
        one = self.assessment
        open_, waiting = one.takes_objections(self.at), bool(self.waiting)
        until, rule_by = _day(one.objections_until), _day(one.ruling_until)
        now = 0 if one.is_draft else 4 if one.is_locked else 2 if waiting and not open_ else 1 if open_ else 3
        words = [
            _("Drafted %(day)s") % {"day": _day(one.frozen_at)},
            _("Objections until %(day)s") % {"day": until} if until else _("Objections"),
            _("Rulings by %(day)s") % {"day": rule_by} if rule_by else _("Rulings"),
            _("Signed and locked %(day)s") % {"day": _day(one.locked_at)} if one.is_locked else _("Sign and lock"),
        ]
        return [
            {"words": said, "state": "done" if place < now else "cur" if place == now else ""}
            for place, said in enumerate(words)
        ]

    # -- What the reader may do next

    @property
    def may_run(self) -> bool:
        return self.assessment.is_draft and self.by.can(Capability.ASSESSMENT_RUN)

    @property
    def may_object(self) -> bool:
        return self.by.can(Capability.ASSESSMENT_OBJECT) and self.assessment.takes_objections(self.at)

    @cached_property
    def may_record_paper(self) -> bool:
        """For a contractor whose contract is over and who has no access by another; until a side has signed."""
        one = self.assessment
        signed = one.contractor_signed_at or one.office_signed_at
        over = one.state == AssessmentState.SHOWN and not signed and one.contract.term.upper <= self.at
        may = over and self.by.can(Capability.ASSESSMENT_RUN)
        return may and not papers.has_access(one, Capability.ASSESSMENT_OBJECT, self.at)

    @property
    def may_rule(self) -> bool:
        return self.by.can(Capability.ASSESSMENT_RULE) and self.assessment.run_by_id != self.by.user_id

    @property
    def may_sign(self) -> bool:
        one = self.assessment
        if one.state != AssessmentState.SHOWN or self.waiting or not self.by.can(Capability.ASSESSMENT_SIGN):
            return False
        if self.by.role in CONTRACTOR:
            return one.contractor_signed_at is None
        theirs = {one.run_by_id, one.contractor_signed_by_id}
        return not one.takes_objections(self.at) and self.by.user_id not in theirs and one.office_signed_at is None

    @cached_property
    def may_sign_on_paper(self) -> bool:
        """Record the contractor's signature, where one would record its objections; not by who signs for the office."""
        one = self.assessment
        open_ = one.state == AssessmentState.SHOWN and one.contractor_signed_at is None and not self.waiting
        may = open_ and one.contract.term.upper <= self.at and self.by.can(Capability.ASSESSMENT_RUN)
        apart = one.office_signed_by_id != self.by.user_id
        return may and apart and not papers.has_access(one, Capability.ASSESSMENT_SIGN, self.at)

    @property
    def digest(self) -> str:
        return self.assessment.document_digest or statement.digest(self.assessment)


def _day(at: Any) -> str:
    return f"{timezone.localtime(at):%m-%d}" if at else ""
