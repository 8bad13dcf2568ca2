"""A month assessed: run by the office, put before the contractor, signed by both sides, locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.attachments import Upload
from cases.deadlines import calendar_of
from cases.permissions import check
from contractors import assessing, month_notices, papers, reckoning, statement
from contractors.assessing import Month, Outcome
from contractors.models import (
    Adjustment,
    Assessment,
    AssessmentState,
    ClauseResult,
    Contract,
    PaperSignature,
    PaperSignatureFile,
    Terms,
)
from contractors.scoring import rounded
from hotline import outbox
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.calendar import Period
from hotline.measures import MEASURES
from hotline.models import Membership
from hotline.roles import CONTRACTOR, Capability


@verb
def run(contract: Contract, *, by: Membership, at: datetime, month: date) -> Assessment:
    """Freeze what went in and reckon what every clause comes to. A draft may be run again; nothing else of it stays.

    Of two at once the later waits for the earlier. Raises Invalid for a month that is not over or not the contract's,
    NotNow once the month is before the contractor.
    """
    check(by, Capability.ASSESSMENT_RUN)
    contract = Contract.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=contract.pk)
    _check_month(contract, month, at)
    assessment = Assessment.objects.filter(contract=contract, month=month).first()
    if assessment is not None and not assessment.is_draft:
        raise NotNow(_("This month is before the contractor already; what is found now becomes an adjusting entry."))
    terms = terms_for(contract, month)
    computed = assessing.compute(terms, month)
    assessment = assessment or Assessment(contract=contract, month=month)
    assessment.terms, assessment.run_by_id, assessment.frozen_at = terms, by.user_id, at
    assessment.inputs_digest, assessment.calls = computed.inputs_digest, computed.calls
    assessment.terms_digest = assessing.terms_digest(terms, [outcome.clause for outcome in computed.outcomes])
    write_account(assessment, computed)
    assessment.save()
    assessment.results.all().delete()
    results = [_result(assessment, outcome) for outcome in computed.outcomes]
    write_outcomes(results, computed)
    ClauseResult.objects.bulk_create(results)
    return assessment


@verb
def show(assessment: Assessment, *, by: Membership, at: datetime) -> Assessment:
    """Put it before the contractor, with what earlier months are adjusted by. The limit to object begins."""
    check(by, Capability.ASSESSMENT_RUN)
    assessment = locked(assessment)
    if not assessment.is_draft:
        raise NotNow(_("The contractor has this month already."))
    calendar, terms = calendar_of(), assessment.terms
    assessment.state, assessment.shown_at = AssessmentState.SHOWN, at
    assessment.objections_until = calendar.add_working_days(at, terms.objection_days)
    assessment.ruling_until = calendar.add_working_days(assessment.objections_until, terms.ruling_days)
    assessment.save()
    waiting = Adjustment.objects.filter(assessment__contract=assessment.contract_id, settled_in__isnull=True)
    waiting.update(settled_in=assessment)
    outbox.post(month_notices.shown(assessment, by=by, at=at))
    return assessment


@verb
def sign(assessment: Assessment, *, by: Membership, at: datetime) -> Assessment:
    """Sign for one's side. With both signatures the month is locked, and nothing of it changes any more.

    The contractor signs when it objects to nothing more; the office then, or once the limit to object has passed.
    """
    check(by, Capability.ASSESSMENT_SIGN)
    assessment = _to_sign(assessment)
    if by.role in CONTRACTOR:
        _sign_for_contractor(assessment, by, at)
    else:
        _sign_for_office(assessment, by, at)
    return _signed(assessment, by, at)


@verb
def sign_on_paper(
    assessment: Assessment,
    *,
    by: Membership,
    at: datetime,
    received_at: datetime,
    received_from: str,
    uploads: Sequence[Upload] = (),
) -> Assessment:
    """Record that the contractor signed on paper, with the paper itself: for one whose access has ended with its
    contract. It has signed from when the paper came in; whoever records it does not sign for the office.

    Raises NotNow while the contractor can sign itself or once it has signed, Invalid for a paper from before the
    contractor had the month as it is now.
    """
    check(by, Capability.ASSESSMENT_RUN)
    assessment = _to_sign(assessment)
    if papers.has_access(assessment, Capability.ASSESSMENT_SIGN, at):
        raise NotNow(_("The contractor has access still, and signs itself."))
    if assessment.contractor_signed_at is not None:
        raise NotNow(_("The contractor has signed already."))
    if assessment.office_signed_by_id == by.user_id:
        raise NotAllowed(_("You signed for the office; somebody else must record the contractor's signature."))
    papers.check_received(assessment, received_at, at)
    if assessment.objections.filter(ruled_at__gt=received_at).exists():
        raise Invalid(
            _("An objection was ruled on after that: the paper must be of the month as it is now."), field="received_at"
        )
    received_from = papers.signer(received_from)
    papers.check_there(uploads)
    files = papers.checked(uploads)
    paper = PaperSignature.objects.create(assessment=assessment, received_at=received_at, received_from=received_from)
    papers.keep(files, PaperSignatureFile, signature=paper)
    assessment.contractor_signed_by_id, assessment.contractor_signed_at = by.user_id, received_at
    return _signed(assessment, by, at)


def _to_sign(assessment: Assessment) -> Assessment:
    """The month, kept from others. Raises NotNow if it is not before the contractor or a ruling is awaited."""
    assessment = locked(assessment)
    if assessment.state != AssessmentState.SHOWN:
        raise NotNow(_("There is nothing to sign: %(state)s.") % {"state": assessment.get_state_display()})
    if assessment.objections.waiting().exists():
        raise NotNow(_("An objection awaits its ruling."))
    return assessment


def _signed(assessment: Assessment, by: Membership, at: datetime) -> Assessment:
    """With both signatures it is locked."""
    if assessment.contractor_signed_at and assessment.office_signed_at:
        assessment.state, assessment.locked_at = AssessmentState.LOCKED, at
        assessment.document_digest = statement.digest(assessment)
        outbox.post(month_notices.locked(assessment, by=by, at=at))
    assessment.save()
    return assessment


def _sign_for_contractor(assessment: Assessment, by: Membership, at: datetime) -> None:
    check_own(assessment, by)
    if assessment.contractor_signed_at is not None:
        raise NotNow(_("Your side has signed already."))
    if assessment.office_signed_by_id == by.user_id:
        raise NotAllowed(_("You signed for the office; somebody else must sign for the contractor."))
    assessment.contractor_signed_by_id, assessment.contractor_signed_at = by.user_id, at


def _sign_for_office(assessment: Assessment, by: Membership, at: datetime) -> None:
    if assessment.office_signed_at is not None:
        raise NotNow(_("Your side has signed already."))
    if assessment.run_by_id == by.user_id:
        raise NotAllowed(_("You ran this assessment; somebody else must sign it."))
    if assessment.contractor_signed_by_id == by.user_id:
        raise NotAllowed(_("The contractor's signature is by you; somebody else must sign for the office."))
    if assessment.takes_objections(at):
        raise NotNow(_("The contractor may still object. Sign after it has signed, or once the limit has passed."))
    assessment.office_signed_by_id, assessment.office_signed_at = by.user_id, at


def terms_for(contract: Contract, month: date) -> Terms:
    """The terms a month is assessed by: those in force on its first day within the contract's term."""
    first = max(month, contract.first_day)
    return (
        Terms.objects.in_force(Period.days(first, first).start)
        .select_related("contract__organisation")
        .get(contract=contract)
    )


def locked(assessment: Assessment) -> Assessment:
    """The month as it is now, kept from others until the verb ends; with its contract and terms."""
    found = Assessment.objects.select_for_update(of=("self",)).with_contract().get(pk=assessment.pk)
    found.terms.contract = found.contract
    return found


def check_own(assessment: Assessment, by: Membership) -> None:
    """Raises NotAllowed for another contractor."""
    if by.role in CONTRACTOR and assessment.contract.organisation_id != by.organisation_id:
        raise NotAllowed(_("This is another contractor's month."))


def write_account(assessment: Assessment, computed: Month) -> None:
    account = computed.account
    assessment.base, assessment.fixed, assessment.performance = account.base, account.fixed, account.performance
    assessment.earned, assessment.marks, assessment.full_marks = account.earned, account.marks, account.full
    assessment.due = account.due


def write_outcomes(results: Sequence[ClauseResult], computed: Month) -> None:
    """What every clause came to, into its result; both in the same order."""
    for result, outcome, effect in zip(results, computed.outcomes, computed.account.effects, strict=True):
        value = outcome.figure.value
        result.numerator, result.denominator = outcome.figure.above, outcome.figure.below
        result.n, result.excluded = outcome.figure.n, outcome.figure.excluded
        result.value = None if value is None else rounded(value, 6)
        result.scored, result.met, result.marks = outcome.enough, outcome.scored.met, outcome.scored.marks
        result.effect = effect


def _check_month(contract: Contract, month: date, at: datetime) -> None:
    if contract.signed_at is None:
        raise NotNow(_("The contract is not signed yet."))
    if month not in reckoning.months(contract.first_day, contract.last_day):
        raise Invalid(_("This month lies outside the contract's term."), field="month")
    if at < (Period.month(month.year, month.month).end or at):
        raise Invalid(_("The month is not over yet."), field="month")


def _result(assessment: Assessment, outcome: Outcome) -> ClauseResult:
    return ClauseResult(
        assessment=assessment,
        clause=outcome.clause,
        measure_version=MEASURES[outcome.clause.measure].version,
        rows=outcome.figure.packed,
        rows_digest=outcome.figure.digest,
    )
