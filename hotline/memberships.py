"""Roles given and taken: a membership is granted for a period and ended, never deleted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership, Organisation, User
from hotline.people import check, check_reason
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, PLATFORM, UNIT, Role

FITTING: dict[str, frozenset[Role]] = {
    Organisation.Kind.OFFICE: OFFICE | OVERSIGHT,
    Organisation.Kind.UNIT: UNIT,
    Organisation.Kind.CONTRACTOR: CONTRACTOR,
    Organisation.Kind.ARBITER: frozenset({Role.ARBITER}),
    Organisation.Kind.PLATFORM: PLATFORM | {Role.INTEGRATION},
}
"""Which roles there are in which kind of organisation."""
NEVER = timedelta(microseconds=1)  # a period may not be empty: what was called off ends as it begins


@verb
def grant(
    user: User,
    *,
    by: Membership,
    at: datetime,
    organisation: Organisation,
    role: str,
    since: datetime | None = None,
    until: datetime | None = None,
    because: str,
) -> Membership:
    """Give somebody a role in an organisation, from ``since`` (now) until ``until`` (until it is ended).

    Raises Invalid for a role that does not fit the organisation, a period that has begun, one in which the person
    holds the role already or, as to platform administrators, any other, or a contractor without a contract then.
    """
    check(user, by)
    check_reason(because)
    user = User.objects.select_for_update().get(pk=user.pk)  # of two grants at once the later sees the earlier
    if not user.is_active:
        raise NotNow(_("This account is closed."))
    if role not in FITTING[organisation.kind]:
        raise Invalid(
            _("There is no %(role)s in an organisation of this kind (%(kind)s).")
            % {"role": Role(role).label if role in Role.values else role, "kind": organisation.get_kind_display()},
            field="role",
        )
    if not organisation.is_active(timezone.localdate(since or at)):
        raise Invalid(_("This organisation does not take part at that time."), field="organisation")
    if since and since < at:
        raise Invalid(_("A role begins now or later. Leave the field empty for now."), field="since")
    if until and until <= (since or at):
        raise Invalid(_("A role ends after it began."), field="until")
    import_string(settings.ROLES_BOUND_BY)(user, organisation, since or at)
    given = Membership(user=user, organisation=organisation, role=role, valid=DateTimeTZRange(since or at, until))
    try:
        given.validate_constraints()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="role") from None
    given.save()
    given.refresh_from_db(fields=["valid", "given"])  # a contract may end it earlier
    return given


@verb
def end(
    membership: Membership, *, by: Membership, at: datetime, until: datetime | None = None, because: str
) -> Membership:
    """End a role now or at ``until``. Its rights are gone with the next request from then on, and so are its keys.

    A role that has not begun is called off. Raises NotNow if it is over already, Invalid if it would last longer.
    """
    check(membership.user, by)
    check_reason(because)
    membership = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
    begins, ends, when = membership.valid.lower, membership.valid.upper, until or at
    if ends and ends <= at:
        raise NotNow(_("This role has ended already."))
    if when < at:
        raise Invalid(_("A role ends now or later. Leave the field empty for now."), field="until")
    if ends and when >= ends:
        raise Invalid(_("The role ends earlier than that already. Give it anew for a further time."), field="until")
    membership.valid = DateTimeTZRange(begins, max(when, begins + NEVER))
    membership.save(update_fields=["valid"])
    return membership
