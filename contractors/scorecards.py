"""Scorecards are written as versions, and bind once a second person has approved them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from cases.deadlines import local_date
from cases.permissions import check
from contractors.models import About, Scorecard, ScorecardItem
from hotline import two_people
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership, TwoPeopleState
from hotline.roles import Capability

WHOLE = 100
ITEMS_LIMIT, NOTE_LIMIT, NAME_LIMIT = 40, 200, 120


@dataclass(frozen=True)
class ItemGiven:
    """One line as somebody writes it; without a weight it is fatal."""

    code: str
    name: str
    about: str
    weight: int = 0
    fatal: bool = False
    name_en: str = ""


@dataclass(frozen=True)
class CardGiven:
    note: str
    pass_mark: int
    valid_from: date
    items: Sequence[ItemGiven]


@verb
def write(given: CardGiven, *, by: Membership, at: datetime) -> Scorecard:
    """Begin a new version as a draft. One is written at a time."""
    check(by, Capability.SCORECARD_WRITE)
    if Scorecard.objects.filter(state__in=[TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED]).exists():
        raise NotNow(_("Somebody is writing a new scorecard already."))
    version = (Scorecard.objects.aggregate(latest=Max("version"))["latest"] or 0) + 1
    card = Scorecard(version=version)
    _fill(card, given, by=by, at=at)
    return card


@verb
def revise(card: Scorecard, given: CardGiven, *, by: Membership, at: datetime) -> Scorecard:
    """Change a draft."""
    card = _draft_of(card, by)
    card.items.all().delete()
    _fill(card, given, by=by, at=at)
    return card


@verb
def propose(card: Scorecard, *, by: Membership, at: datetime) -> Scorecard:
    """Put a draft before whoever approves scorecards."""
    card = _draft_of(card, by)
    two_people.propose(card, by=by, at=at)
    card.save()
    return card


@verb
def approve(card: Scorecard, *, by: Membership, at: datetime) -> Scorecard:
    """From its first day on samples are drawn with it. Raises NotAllowed for whoever proposed it."""
    check(by, Capability.SCORECARD_APPROVE)
    card = two_people.locked(card)
    if card.state == TwoPeopleState.PROPOSED and card.valid_from < local_date(at):
        raise NotNow(_("Its first day is over. Send it back for another date."))
    two_people.approve(card, by=by, at=at)
    card.save()
    return card


@verb
def send_back(card: Scorecard, *, by: Membership, at: datetime, why: str) -> Scorecard:
    """It is a draft again; whoever proposed it reads why."""
    check(by, Capability.SCORECARD_APPROVE)
    card = two_people.locked(card)
    two_people.send_back(card, why=why)
    card.save()
    return card


@verb
def drop(card: Scorecard, *, by: Membership, at: datetime) -> Scorecard:
    """The draft comes to nothing."""
    check(by, Capability.SCORECARD_WRITE)
    card = two_people.locked(card)
    two_people.drop(card)
    card.save()
    return card


def _draft_of(card: Scorecard, by: Membership) -> Scorecard:
    check(by, Capability.SCORECARD_WRITE)
    card = two_people.locked(card)
    two_people.check_draft(card)
    return card


def _fill(card: Scorecard, given: CardGiven, *, by: Membership, at: datetime) -> None:
    if not (note := " ".join(given.note.split())):
        raise Invalid(_("Say what it is, or what it changes."), field="note")
    if given.valid_from < local_date(at):
        raise Invalid(_("Its first day is over. A rule is never changed backwards."), field="valid_from")
    if not 1 <= given.pass_mark <= WHOLE:
        raise Invalid(_("The pass mark lies between 1 and 100."), field="pass_mark")
    _check_items(given.items)
    if len(note) > NOTE_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": NOTE_LIMIT}, field="note")
    card.note, card.pass_mark, card.valid_from = note, given.pass_mark, given.valid_from
    card.written_by_id, card.written_at = by.user_id, at
    card.save()
    ScorecardItem.objects.bulk_create(
        ScorecardItem(
            scorecard=card,
            position=position,
            code=item.code,
            name=item.name,
            name_en=item.name_en,
            weight=0 if item.fatal else item.weight,
            fatal=item.fatal,
            about=item.about,
        )
        for position, item in enumerate(given.items, start=1)
    )


def _check_items(items: Sequence[ItemGiven]) -> None:
    if not items or len(items) > ITEMS_LIMIT:
        raise Invalid(_("A scorecard has between 1 and %(n)s lines.") % {"n": ITEMS_LIMIT}, field="items")
    codes = [item.code for item in items]
    if len(set(codes)) < len(codes) or not all(codes):
        raise Invalid(_("Every line has a code of its own."), field="items")
    for item in items:
        if not item.name.strip() or item.about not in About.values:
            raise Invalid(_("“%(code)s” wants a name, and what it is about.") % {"code": item.code}, field="items")
        if max(len(item.name), len(item.name_en)) > NAME_LIMIT:
            sentence = _("“%(code)s”: a name has at most %(n)s characters.")
            raise Invalid(sentence % {"code": item.code, "n": NAME_LIMIT}, field="items")
        if not item.fatal and not 1 <= item.weight <= WHOLE:
            raise Invalid(_("“%(name)s” wants a weight.") % {"name": item.name}, field="items")
    whole = sum(item.weight for item in items if not item.fatal)
    if whole != WHOLE:
        raise Invalid(_("The weights add up to %(n)s; they must add up to 100.") % {"n": whole}, field="items")
