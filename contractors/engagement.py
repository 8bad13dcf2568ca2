"""Which contract an act belongs to, and until when people may act for a contractor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from contractors.models import Contract, Employment
from hotline.acts import Invalid
from hotline.models import Membership, Organisation, User
from hotline.models.people import MembershipQuerySet


def contract_at(organisation: Organisation | int, at: datetime) -> Contract | None:
    """The one contract of a contractor that was in force at that moment."""
    body = organisation if isinstance(organisation, int) else organisation.pk
    return Contract.objects.in_force(at).filter(organisation=body).first()


def attributed(acts: Any, *, organisation: str = "organisation", at: str = "at") -> Any:
    """A query set of acts, each with ``under``: the contract in force for its organisation at that second, or None."""
    contract = Contract.objects.signed().filter(organisation=OuterRef(organisation), term__contains=OuterRef(at))
    return acts.annotate(under=Subquery(contract.values("pk")[:1]))


def check_may_hold(user: User, organisation: Organisation, since: datetime) -> None:
    """Raises Invalid where a contractor has no contract then, or the person is not employed under it.

    What is given for longer than both allow is no error: the database cuts it, and lengthens it with the contract.
    """
    if organisation.kind != Organisation.Kind.CONTRACTOR or _covered(user, organisation, since):
        return
    if contract_at(organisation, since) is None:
        raise Invalid(_("%(name)s has no contract at that time.") % {"name": organisation.label}, field="organisation")
    raise Invalid(
        _("%(name)s is not employed by %(body)s at that time.") % {"name": user.label, "body": organisation.label},
        field="organisation",
    )


def _covered(user: User, organisation: Organisation, since: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT isempty(contractors_bound(%s, %s, %s))",
            [user.pk, organisation.pk, DateTimeTZRange(since, None)],
        )
        return bool(cursor.fetchone()[0])


def with_access(organisation: Organisation | int, at: datetime) -> MembershipQuerySet:
    """Who may act for a contractor at that moment."""
    return Membership.objects.current(at).filter(organisation=organisation).select_related("user")


def without_employment(organisation: Organisation | int, at: datetime) -> MembershipQuerySet:
    """Of those, whom no employment on record covers."""
    known = Employment.objects.employed(at).filter(contract__organisation=organisation)
    return with_access(organisation, at).exclude(user__in=known.values("user"))
