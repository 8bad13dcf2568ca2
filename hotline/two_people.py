"""The moves of what two people stand for. They are parts of verbs, which check the right and keep the row locked."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Membership, TwoPeople, TwoPeopleState

WHY_LIMIT = 300
P = TypeVar("P", bound=TwoPeople)


def locked(thing: P) -> P:
    """The row as it is now, kept from others until the verb ends."""
    return type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)


def check_draft(thing: TwoPeople) -> None:
    """Raises NotNow if it cannot be changed any more."""
    if thing.state != TwoPeopleState.DRAFT:
        raise NotNow(_("It is no draft any more: %(state)s.") % {"state": thing.get_state_display()})


def propose(thing: TwoPeople, *, by: Membership, at: datetime) -> None:
    """A draft becomes what somebody else decides on; who proposes it stands for it."""
    check_draft(thing)
    thing.state, thing.proposed_by_id, thing.proposed_at, thing.returned_why = (
        TwoPeopleState.PROPOSED,
        by.user_id,
        at,
        "",
    )


def approve(thing: TwoPeople, *, by: Membership, at: datetime) -> None:
    """Raises NotNow unless it awaits approval, NotAllowed for the person who proposed it."""
    _check_awaits(thing)
    if thing.proposed_by_id == by.user_id:
        raise NotAllowed(_("You proposed this; somebody else must approve it."))
    thing.state, thing.approved_by_id, thing.approved_at = TwoPeopleState.APPROVED, by.user_id, at


def send_back(thing: TwoPeople, *, why: str) -> None:
    """It is a draft again, with the reason. Raises Invalid without one, NotNow unless it awaits approval."""
    _check_awaits(thing)
    if not (why := why.strip()):
        raise Invalid(_("Say why it is sent back; whoever wrote it reads it."), field="why")
    if len(why) > WHY_LIMIT:
        raise Invalid(_("The reason has at most %(n)s characters.") % {"n": WHY_LIMIT}, field="why")
    thing.state, thing.returned_why = TwoPeopleState.DRAFT, why


def drop(thing: TwoPeople) -> None:
    """It comes to nothing. Raises NotNow once it was approved, or dropped before."""
    if thing.state not in (TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED):
        raise NotNow(_("It was decided before: %(state)s.") % {"state": thing.get_state_display()})
    thing.state = TwoPeopleState.DROPPED


def _check_awaits(thing: TwoPeople) -> None:
    if thing.state != TwoPeopleState.PROPOSED:
        raise NotNow(_("It does not await approval: %(state)s.") % {"state": thing.get_state_display()})
