"""The auditor's samples: drawn from closed cases by a seed, frozen, and judged case by case."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import check
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability
from oversight import sample_strata
from oversight.models import (
    MOST_CASES,
    AuditedCase,
    AuditSample,
    AuditSampleState,
    AuditVerdict,
    CaseVerdict,
    Fault,
)
from oversight.sample_frames import Frame, as_text, hash_of
from oversight.sample_strata import sizes_of

MOST_IN_A_FRAME = 300_000
TITLE_LIMIT, WHY_LIMIT, NOTE_LIMIT = 120, 300, 1000
SEED = re.compile(r"[0-9A-Za-z._-]{4,64}", re.ASCII)


@verb
def draw(frame: Frame, title: str, wanted: int, *, by: Membership, at: datetime) -> AuditSample:
    """Keep the frame as it is now, with a seed that nobody knew before. Which cases it gives is not shown yet.

    Raises Invalid for no title, a size out of bounds or a frame that is empty or too large.
    """
    check(by, Capability.AUDIT_SAMPLE)
    title = clean_text(title)
    if not title or len(title) > TITLE_LIMIT:
        raise Invalid(_("Say what the sample is for, in at most %(n)s characters.") % {"n": TITLE_LIMIT}, field="title")
    if not 1 <= wanted <= MOST_CASES:
        raise Invalid(_("A sample has 1 to %(n)s cases.") % {"n": MOST_CASES}, field="wanted")
    if frame.last < frame.first:
        raise Invalid(_("The last day lies before the first."), field="last")
    lines = frame.lines(by)
    if not lines:
        raise Invalid(_("No case was closed like that in the period."), field="first")
    if len(lines) > MOST_IN_A_FRAME:
        raise Invalid(_("These are more than %(n)s cases. Choose fewer days.") % {"n": MOST_IN_A_FRAME}, field="first")
    text, seed = as_text(lines), secrets.token_hex(16)
    if frame.strata_by and wanted < (n := len(sizes_of(text))):
        raise Invalid(_("There are %(n)s strata, and each gives one case at least.") % {"n": n}, field="wanted")
    return AuditSample.objects.create(
        title=title,
        drawn_by_id=by.user_id,
        drawn_at=at,
        first=frame.first,
        last=frame.last,
        unit=frame.unit,
        contractor=frame.contractor,
        category=frame.category,
        outcome=frame.outcome,
        strata_by=frame.strata_by,
        wanted=wanted,
        proposed_seed=seed,
        seed=seed,
        frame=text,
        frame_size=len(lines),
        frame_hash=hash_of(text),
    )


@verb
def freeze(sample: AuditSample, seed: str, *, by: Membership, at: datetime) -> AuditSample:
    """Draw by the seed and fix the list for good; ``seed`` is the proposed one, or one made in public, as a lottery's.

    Raises NotNow if it was frozen or dropped before, Invalid for a seed that cannot be typed again.
    """
    kept = _draft(sample, by)
    if not SEED.fullmatch(seed):
        raise Invalid(_("A seed has 4 to 64 letters, digits, dots or dashes."), field="seed")
    drawn = sample_strata.draw(kept.frame, seed, kept.wanted, stratified=bool(kept.strata_by))
    numbers = [one.number for one in drawn]
    keys = dict(Case.objects.filter(number__in=numbers).values_list("number", "pk"))
    AuditedCase.objects.bulk_create(
        AuditedCase(sample=kept, position=n, case_id=keys[one.number], number=one.number, stratum=one.stratum)
        for n, one in enumerate(drawn, start=1)
    )
    kept.seed, kept.list_hash, kept.state = seed, hash_of(as_text(numbers)), AuditSampleState.FROZEN
    kept.settled_by_id, kept.settled_at = by.user_id, at
    kept.save(update_fields=["seed", "list_hash", "state", "settled_by", "settled_at"])
    return kept


@verb
def drop(sample: AuditSample, *, by: Membership, at: datetime, because: str) -> AuditSample:
    """It comes to nothing; the draft stays on the list with the reason."""
    kept = _draft(sample, by)
    if not (why := clean_text(because)) or len(why) > WHY_LIMIT:
        raise Invalid(_("Say why, in at most %(n)s characters.") % {"n": WHY_LIMIT}, field="because")
    kept.state, kept.dropped_why, kept.settled_by_id, kept.settled_at = AuditSampleState.DROPPED, why, by.user_id, at
    kept.save(update_fields=["state", "dropped_why", "settled_by", "settled_at"])
    return kept


@dataclass(frozen=True)
class Given:
    """What is said of a case. ``corrects_why`` only where it corrects what the same auditor said before."""

    verdict: str
    fault: str = ""
    note: str = ""
    corrects_why: str = ""


@verb
def judge(audited: AuditedCase, given: Given, *, by: Membership, at: datetime) -> CaseVerdict:
    """Settle a case of a sample, or correct what one said of it.

    Raises NotAllowed if another auditor settled it or it is out of reach, Invalid where words are missing.
    """
    check(by, Capability.AUDIT_SAMPLE)
    locked = AuditedCase.objects.select_for_update(of=("self",)).get(pk=audited.pk)
    if not Case.objects.visible_to(by).filter(pk=locked.case_id).exists():
        raise NotAllowed(_("This case is not within your reach."))
    before = locked.verdicts.order_by("-serial").first()
    if before is not None and before.by_id != by.user_id:
        raise NotAllowed(_("Another auditor settled this case; only that person corrects it."))
    note, why = clean_text(given.note), clean_text(given.corrects_why)
    _check_words(given, note, why, is_correction=before is not None)
    return CaseVerdict.objects.create(
        audited=locked,
        serial=before.serial + 1 if before else 1,
        at=at,
        by_id=by.user_id,
        organisation_id=by.organisation_id,
        verdict=given.verdict,
        fault=given.fault if given.verdict == AuditVerdict.FAULT else "",
        note=note,
        corrects_why=why if before else "",
    )


def _check_words(given: Given, note: str, why: str, *, is_correction: bool) -> None:
    if given.verdict not in AuditVerdict.values:
        raise Invalid(_("Say whether it is in order."), field="verdict")
    if given.verdict == AuditVerdict.FAULT and given.fault not in Fault.values:
        raise Invalid(_("Choose what was at fault."), field="fault")
    if given.verdict != AuditVerdict.IN_ORDER and not note:
        raise Invalid(_("Write down what was found, or what is to be explained."), field="note")
    if len(note) > NOTE_LIMIT:
        raise Invalid(_("The note has at most %(n)s characters.") % {"n": NOTE_LIMIT}, field="note")
    if is_correction and (not why or len(why) > WHY_LIMIT):
        raise Invalid(
            _("Say why you correct it, in at most %(n)s characters.") % {"n": WHY_LIMIT}, field="corrects_why"
        )


def _draft(sample: AuditSample, by: Membership) -> AuditSample:
    check(by, Capability.AUDIT_SAMPLE)
    kept = AuditSample.objects.select_for_update(of=("self",)).get(pk=sample.pk)
    if kept.state != AuditSampleState.DRAFT:
        raise NotNow(_("This sample is no draft any more: %(state)s.") % {"state": kept.get_state_display()})
    return kept
