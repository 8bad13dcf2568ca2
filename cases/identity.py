"""Seeing who the citizen is: masked by default, shown for a reason, for a few minutes, and never unlogged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from cases import reasons, verbatim, workflow
from cases.models import Case, Citizen, EventKind, ReasonKind, Reveal
from cases.permissions import check, may_see_identity, something_to_reveal
from hotline import outbox
from hotline.acts import NotAllowed, NotNow, verb
from hotline.models import Membership, User
from hotline.privacy import shown
from hotline.roles import Capability, Role

SHOWN_FOR = timedelta(minutes=5)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@verb
def reveal(case: Case, *, by: Membership, at: datetime, reason: str, note: str = "") -> Reveal:
    """Show the citizen's identity to this person for five minutes. Limited per hour and day; event and entry stay.

    The value is read only after this act, with its audit entry, was committed. Whoever comes to a limit is reported.
    """
    check(by, Capability.IDENTITY_REVEAL, case)
    if not may_see_identity(by, case):
        raise NotAllowed(_("The citizen asked for confidentiality; the identity is not open to your role."))
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotAllowed(_("This case is not within your reach."))
    if not something_to_reveal(case):
        raise NotNow(_("The citizen left no name or number."))
    reasons.chosen(ReasonKind.REVEAL, reason, at, missing=_("Choose why you need to see it."))
    keep_to_the_limits(by, at)
    look = show(case, by=by, at=at, reason=reason, note=note)
    workflow.append(case, EventKind.REVEALED, by=by, at=at, why=note[:200], payload={"reason": reason})
    return look


def show(case: Case, *, by: Membership, at: datetime, reason: str, note: str = "") -> Reveal:
    """Open the identity to this person for five minutes, inside an act that may."""
    return Reveal.objects.create(
        case=case, by_id=by.user_id, reason=reason, note=note[:200], at=at, until=at + SHOWN_FOR
    )


def keep_to_the_limits(by: Membership, at: datetime) -> None:
    """Raises NotNow beyond a limit; the look that reaches one is reported, in the same act, to the supervisors."""
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)  # of parallel looks each sees those before it
    before = Reveal.objects.filter(by_id=by.user_id).aggregate(
        hour=models.Count("id", models.Q(at__gt=at - HOUR)), day=models.Count("id", models.Q(at__gt=at - DAY))
    )
    if before["hour"] >= settings.REVEALS_PER_HOUR:
        sentence = _("You have viewed %(n)s identities within an hour, which is the limit. Ask your supervisor.")
        raise NotNow(sentence % {"n": before["hour"]})
    if before["day"] >= settings.REVEALS_PER_DAY:
        sentence = _("You have viewed %(n)s identities within a day, which is the limit. Ask your supervisor.")
        raise NotNow(sentence % {"n": before["day"]})
    if before["hour"] + 1 == settings.REVEALS_PER_HOUR or before["day"] + 1 == settings.REVEALS_PER_DAY:
        who = {"name": by.user.name, "staff_number": by.user.staff_number, "organisation": by.organisation.name}
        outbox.post(outbox.notice("looked_often", at=at, to_role=Role.SUPERVISOR, words=who | {"n": before["day"] + 1}))


def shown_to(case: Case, *, by: Membership, at: datetime) -> Reveal | None:
    """The reveal that is still open for this person, if any."""
    return Reveal.objects.filter(case=case, by_id=by.user_id, at__lte=at, until__gt=at).order_by("-at").first()


class Identity(TypedDict):
    """Who the citizen is, and what was said with numbers in it."""

    name: str
    phone: str
    address: str
    said: list[str]


def in_full(case: Case) -> Identity:
    """For whom it was revealed, and for nobody else."""
    citizen = case.citizen or Citizen()
    return {
        "name": shown(citizen, "name"),
        "phone": shown(citizen, "phone"),
        "address": shown(citizen, "address"),
        "said": verbatim.words_of(case),
    }
