"""Typical cases (典型案例): somebody retells a case for the public, another approves it, and it can be taken back.

A case kept in confidence is never retold. Numbers of people and the name, telephone and address on record are refused
in the text; what no rule finds (a shop's name, a nickname) is what the second person reads for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import ENDED, Case
from cases.permissions import check
from hotline import two_people
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.masking import mask_own_name, mask_text
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability
from oversight.models import TypicalCase

TITLE_LIMIT, WORDS_LIMIT = 80, 2000


@dataclass(frozen=True)
class Told:
    """What the public is to read; English where somebody wrote it."""

    title: str
    words: str
    title_en: str = ""
    words_en: str = ""


@verb
def write(case: Case, told: Told, *, by: Membership, at: datetime) -> TypicalCase:
    """Begin a draft about a finished case. Raises NotAllowed for one in confidence, NotNow for one that is open."""
    check(by, Capability.PUBLICATION_WRITE)
    case = Case.objects.visible_to(by).get(pk=case.pk)
    _check_may_be_told(case)
    if TypicalCase.objects.filter(case=case, withdrawn_at__isnull=True).exclude(state="dropped").exists():
        raise NotNow(_("This case is told already, or somebody is writing about it."))
    draft = TypicalCase(case=case, written_by_id=by.user_id, written_at=at)
    return _put(draft, told)


@verb
def revise(draft: TypicalCase, told: Told, *, by: Membership, at: datetime) -> TypicalCase:
    """Write a draft anew. Raises NotNow if it is no draft any more."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = two_people.locked(draft)
    two_people.check_draft(kept)
    kept.written_by_id, kept.written_at = by.user_id, at
    return _put(kept, told)


@verb
def propose(draft: TypicalCase, *, by: Membership, at: datetime) -> TypicalCase:
    """Put a draft before somebody else."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = two_people.locked(draft)
    _check_may_be_told(kept.case)
    two_people.propose(kept, by=by, at=at)
    kept.save()
    return kept


@verb
def approve(draft: TypicalCase, *, by: Membership, at: datetime) -> TypicalCase:
    """Let the public read it. Raises NotAllowed for whoever wrote or proposed it, or if it was sealed meanwhile."""
    check(by, Capability.PUBLICATION_APPROVE)
    kept = two_people.locked(draft)
    _check_may_be_told(kept.case)
    if kept.written_by_id == by.user_id:
        raise NotAllowed(_("You wrote this; somebody else must approve it."))
    two_people.approve(kept, by=by, at=at)
    kept.save()
    return kept


@verb
def send_back(draft: TypicalCase, *, by: Membership, at: datetime, why: str) -> TypicalCase:
    """Make it a draft again, with the reason."""
    check(by, Capability.PUBLICATION_APPROVE)
    kept = two_people.locked(draft)
    two_people.send_back(kept, why=why)
    kept.save()
    return kept


@verb
def drop(draft: TypicalCase, *, by: Membership, at: datetime) -> TypicalCase:
    """Give a draft up. Raises NotNow once it was approved."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = two_people.locked(draft)
    two_people.drop(kept)
    kept.save()
    return kept


@verb
def withdraw(told: TypicalCase, *, by: Membership, at: datetime, because: str) -> TypicalCase:
    """Take it from the public page, at any time and by one person. Raises NotNow if it is not on it."""
    check(by, Capability.PUBLICATION_WITHDRAW)
    kept = two_people.locked(told)
    if not kept.is_published:
        raise NotNow(_("It is not on the public page: %(state)s.") % {"state": kept.status_words})
    because = clean_text(because)
    if not because or len(because) > two_people.WHY_LIMIT:
        raise Invalid(
            _("Say why it is withdrawn, in at most %(n)s characters.") % {"n": two_people.WHY_LIMIT}, field="why"
        )
    kept.withdrawn_by_id, kept.withdrawn_at, kept.withdrawn_why = by.user_id, at, because
    kept.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
    return kept


def _check_may_be_told(case: Case) -> None:
    if case.confidential:
        raise NotAllowed(_("This case is kept in confidence and is never told to the public."))
    if case.status not in ENDED:
        raise NotNow(_("Only a finished case is told to the public."))


def _put(draft: TypicalCase, told: Told) -> TypicalCase:
    given = {name: clean_text(getattr(told, name)) for name in ("title", "words", "title_en", "words_en")}
    _check_length(given["title"], "title", TITLE_LIMIT)
    _check_length(given["words"], "words", WORDS_LIMIT)
    if bool(given["title_en"]) != bool(given["words_en"]):
        raise Invalid(_("In English give both, the title and the text, or neither."), field="words_en")
    for name, text in given.items():
        _check_names_nobody(draft.case, text, name)
        setattr(draft, name, text)
    draft.save()
    return draft


def _check_length(text: str, field: str, limit: int) -> None:
    if len(text) < 2 or len(text) > limit:
        raise Invalid(_("Write two to %(n)s characters.") % {"n": limit}, field=field)


def _check_names_nobody(case: Case, text: str, field: str) -> None:
    """Raises Invalid for numbers of any kind, the citizen's name and address, the place, the case's number. It does not
    say which of them, so that nobody finds out a name by trying."""
    citizen = case.citizen
    known = [case.number, case.place, (citizen and citizen.address) or ""]
    named = citizen is not None and mask_own_name(text, citizen.name or "") != text
    if named or mask_text(text) != text or any(len(one) > 3 and one in text for one in known):
        raise Invalid(
            _(
                "Something in it would tell who it was. Leave out names, addresses, exact places and every telephone,"
                " identity, card and case number."
            ),
            field=field,
        )
