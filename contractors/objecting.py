"""The contractor objects to a clause, within the limit, itself or on paper; somebody else rules, with the system's own
recomputation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases.attachments import Upload
from cases.permissions import check
from contractors import assessing, assessments, month_notices, papers
from contractors.models import Assessment, ClauseResult, Objection, ObjectionFile, ObjectionState, PaperObjection
from contractors.rulings import recomputation, rulings
from hotline import outbox
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

WORDS_LIMIT, CLAIMED_LIMIT = 2000, 5000


@verb
def object_to(
    result: ClauseResult,
    *,
    by: Membership,
    at: datetime,
    words: str,
    claimed: Sequence[str] = (),
    uploads: Sequence[Upload] = (),
) -> Objection:
    """Object to a clause: these rows should be left out or, with none named, it should not be scored this month.

    Raises NotNow after the limit, Invalid for rows that the figure was not counted from.
    """
    check(by, Capability.ASSESSMENT_OBJECT)
    assessment = assessments.locked(result.assessment)
    assessments.check_own(assessment, by)
    if not assessment.takes_objections(at):
        raise NotNow(_("The limit to object has passed, or your side has signed."))
    return _entered(assessment, result, by, at, words, claimed, uploads)


@verb
def record_paper(
    result: ClauseResult,
    *,
    by: Membership,
    at: datetime,
    received_at: datetime,
    received_from: str,
    words: str,
    claimed: Sequence[str] = (),
    uploads: Sequence[Upload] = (),
) -> Objection:
    """Record an objection that came on paper, with the paper itself: for a contractor whose access has ended with its
    contract. What counts for the limit is when the paper came in. Whoever records it does not rule on it.

    Raises NotNow while the contractor can object itself, after the limit, or once a side has signed.
    """
    check(by, Capability.ASSESSMENT_RUN)
    assessment = assessments.locked(result.assessment)
    if papers.has_access(assessment, Capability.ASSESSMENT_OBJECT, at):
        raise NotNow(_("The contractor has access still, and objects itself."))
    papers.check_received(assessment, received_at, at)
    if not assessment.takes_objections(received_at) or assessment.office_signed_at:
        raise NotNow(_("The paper came after the limit to object, or a side has signed."))
    received_from = papers.signer(received_from)
    papers.check_there(uploads)
    objection = _entered(assessment, result, by, at, words, claimed, uploads)
    PaperObjection.objects.create(objection=objection, received_at=received_at, received_from=received_from)
    return objection


def _entered(
    assessment: Assessment, result: ClauseResult, by: Membership, at: datetime, words: str, claimed: Sequence[str],
    uploads: Sequence[Upload],
) -> Objection:  # fmt: skip
    words = clean_text(words)
    if not words or len(words) > WORDS_LIMIT:
        raise Invalid(_("Say in up to %(n)s characters what is wrong.") % {"n": WORDS_LIMIT}, field="words")
    if assessment.objections.waiting().filter(result=result).exists():
        raise NotNow(_("An objection to this clause awaits its ruling."))
    claimed = _rows_named(result, claimed)
    files = papers.checked(uploads)
    objection = Objection(
        assessment=assessment, result=result, words=words, claimed=claimed, made_by_id=by.user_id, made_at=at
    )
    objection.recomputed = recomputation(assessment, result, claimed)
    objection.save(force_insert=True)
    papers.keep(files, ObjectionFile, objection=objection)
    outbox.post(month_notices.objected(objection, assessment, by=by, at=at))
    return objection


@verb
def take_back(objection: Objection, *, by: Membership, at: datetime) -> Objection:
    """The contractor does not object any more."""
    check(by, Capability.ASSESSMENT_OBJECT)
    assessment = assessments.locked(objection.assessment)
    assessments.check_own(assessment, by)
    objection = _waiting(objection)
    objection.state = ObjectionState.WITHDRAWN
    objection.save(update_fields=["state"])
    return objection


@verb
def rule(
    objection: Objection, *, by: Membership, at: datetime, ruling: str, granted: Sequence[str] | None = None,
    upheld: bool = True,
) -> Objection:  # fmt: skip
    """Rule on it: reject it, uphold it, or uphold it for the ``granted`` rows alone. The month is reckoned anew from
    what was frozen. Raises NotAllowed for whoever ran the assessment."""
    check(by, Capability.ASSESSMENT_RULE)
    assessment = assessments.locked(objection.assessment)
    if by.user_id == assessment.run_by_id:
        raise NotAllowed(_("You ran this assessment; somebody else must rule on the objection."))
    objection = _waiting(objection)
    ruling = clean_text(ruling)
    if not ruling or len(ruling) > WORDS_LIMIT:
        raise Invalid(
            _("Give the grounds of the ruling in up to %(n)s characters.") % {"n": WORDS_LIMIT}, field="ruling"
        )
    objection.granted = _granted(objection, granted) if upheld else []
    objection.state = _outcome(objection, upheld)
    objection.ruling, objection.ruled_by_id, objection.ruled_at = ruling, by.user_id, at
    objection.save()
    if upheld:
        reckon_anew(assessment)
    outbox.post(month_notices.ruled(objection, assessment, by=by, at=at))
    return objection


def reckon_anew(assessment: Assessment) -> None:
    """The month from its frozen rows without those that rulings left out, within a verb."""
    granted, aside = rulings(assessment)
    computed = assessing.from_frozen(assessment, granted=granted, set_aside=aside)
    results = list(assessment.results.order_by("clause__position", "clause__pk"))
    assessments.write_account(assessment, computed)
    assessments.write_outcomes(results, computed)
    assessment.save()
    for result in results:
        result.set_aside = result.pk in aside
        result.save()


def _rows_named(result: ClauseResult, claimed: Sequence[str]) -> list[str]:
    named = list(dict.fromkeys(text for ref in claimed if (text := clean_text(ref))))
    if len(named) > CLAIMED_LIMIT:
        raise Invalid(_("Name up to %(n)s rows.") % {"n": CLAIMED_LIMIT}, field="claimed")
    counted = {line.split("\t", 1)[0] for line in result.canonical.splitlines() if not line.endswith("x")}
    if unknown := [ref for ref in named if ref not in counted]:
        raise Invalid(
            _("%(ref)s is not among what this figure was counted from (%(n)s such).")
            % {"ref": unknown[0][:40], "n": len(unknown)},
            field="claimed",
        )
    return named


def _granted(objection: Objection, granted: Sequence[str] | None) -> list[str]:
    if granted is None:
        return objection.claimed
    chosen = list(dict.fromkeys(text for ref in granted if (text := clean_text(ref))))
    if not chosen or not set(chosen) <= set(objection.claimed):
        raise Invalid(_("Grant rows that the contractor named."), field="granted")
    return chosen


def _outcome(objection: Objection, upheld: bool) -> ObjectionState:
    if not upheld:
        return ObjectionState.REJECTED
    return ObjectionState.UPHELD if len(objection.granted) == len(objection.claimed) else ObjectionState.PARTLY


def _waiting(objection: Objection) -> Objection:
    found = Objection.objects.select_for_update(of=("self",)).select_related("result__clause").get(pk=objection.pk)
    if not found.is_waiting:
        raise NotNow(_("It was decided before: %(state)s.") % {"state": found.get_state_display()})
    return found
