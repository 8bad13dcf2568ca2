"""People and their accounts: found, and added by the security administrator, who acts on everybody but oneself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from axes.models import AccessAttempt
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from hotline import passwords
from hotline.acts import Invalid, NotAllowed, verb
from hotline.models import AuditEntry, Authenticator, Membership, Organisation, User
from hotline.models.people import UserQuerySet
from hotline.roles import GOVERNMENT, PLATFORM, Capability

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")
LONGEST_REASON = 200


class Issued(NamedTuple):
    """An account with a one-time password, and the words nobody will see again."""

    user: User
    raw: str


@dataclass(frozen=True)
class Sought:
    """What a list of people is narrowed to."""

    words: str = ""
    organisation: Organisation | None = None
    role: str = ""
    state: str = ""


def check(user: User | None, by: Membership) -> None:
    """Raises NotAllowed unless a security administrator acts on somebody else."""
    if not by.can(Capability.PEOPLE_MANAGE):
        raise NotAllowed(_("Only a security administrator administers people."))
    if user is not None and by.user_id == user.pk:
        raise NotAllowed(_("Nobody administers oneself. Ask another security administrator."))


def check_reason(because: str) -> None:
    if not because.strip():
        raise Invalid(_("Say why. It is kept in the audit trail."), field="because")
    if len(because) > LONGEST_REASON:
        raise Invalid(_("Say it in %(n)s characters.") % {"n": LONGEST_REASON}, field="because")


def with_state(people: UserQuerySet, *, at: datetime) -> UserQuerySet:
    """Each person with ``has_factor``, ``must_have_factor`` and ``is_locked`` at that moment."""
    own = Membership.objects.current(at).filter(user=OuterRef("pk"))
    return people.annotate(
        has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), confirmed=True)),
        must_have_factor=Exists(own.filter(role__in=GOVERNMENT | PLATFORM)),
        is_locked=Exists(_locks(OuterRef("username"), at)),
    )


def _locks(username: OuterRef, at: datetime) -> QuerySet[AccessAttempt, dict[str, object]]:
    """Addresses from which this name has used up its tries, as axes counts them: over all browsers."""
    lately = AccessAttempt.objects.filter(username=username, attempt_time__gt=at - settings.AXES_COOLOFF_TIME)
    tries = lately.order_by().values("ip_address").annotate(n=Sum("failures_since_start"))
    found: QuerySet[AccessAttempt, dict[str, object]] = tries.filter(n__gte=settings.AXES_FAILURE_LIMIT)
    return found


def find(sought: Sought, *, by: Membership, at: datetime) -> UserQuerySet:
    """The accounts within reach that fit. Organisation and role are those held now, below the organisation too."""
    people = with_state(User.objects.visible_to(by), at=at)
    if sought.words:
        people = people.named(sought.words)
    held = Membership.objects.current(at)
    if sought.organisation:
        held = held.filter(organisation__path__startswith=sought.organisation.path)
    if sought.role:
        held = held.filter(role=sought.role)
    if sought.organisation or sought.role:
        people = people.holding(held)
    return people.filter(in_state(sought.state, at))


def in_state(state: str, at: datetime) -> Q:
    """The condition behind a state's name, on people ``with_state``; any other name is everybody."""
    current = Exists(Membership.objects.current(at).filter(user=OuterRef("pk")))
    states = {
        "working": Q(current),
        "without_role": ~Q(current),
        "locked": Q(is_locked=True),
        "without_factor": Q(must_have_factor=True, has_factor=False),
        "one_time": Q(one_time_until__isnull=False),
    }
    return states.get(state, Q())


def history(user: User) -> QuerySet[AuditEntry]:
    """What was done to an account and its roles, the latest first."""
    roles = [str(pk) for pk in user.memberships.values_list("pk", flat=True)]
    about = Q(object_type=User._meta.label_lower, object_id=str(user.pk))
    about |= Q(object_type=Membership._meta.label_lower, object_id__in=roles)
    return AuditEntry.objects.filter(about).select_related("actor").order_by("-at", "-pk")


@verb
def add(
    *,
    by: Membership,
    at: datetime,
    username: str,
    name: str,
    name_en: str = "",
    staff_number: str = "",
    language: str = "zh-hans",
    because: str,
) -> Issued:
    """Open an account, with a one-time password and no role yet. Raises Invalid for a name taken or unusable."""
    check(None, by)
    check_reason(because)
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Invalid(
            _("A user name begins with a letter; letters a to z, digits, dots and hyphens may follow."),
            field="username",
        )
    if not name.strip():
        raise Invalid(_("Write the name."), field="name")
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose one of the languages."), field="language")
    user = User(
        username=username,
        name=name.strip()[:60],
        name_en=name_en.strip()[:80],
        staff_number=staff_number.strip()[:20],
        language=language,
    )
    return Issued(user, _opened(user, at))


def enrolled(persons: Iterable[tuple[str, str, str, str]]) -> list[User]:
    """Within an act: people by user name, name, English name and staff number, with accounts that open nothing until a
    security administrator issues a password and gives a role. The caller has seen that the names are free."""
    users = [
        User(username=username, name=name[:60], name_en=name_en[:80], staff_number=staff_number[:20])
        for username, name, name_en, staff_number in persons
    ]
    for user in users:
        user.set_unusable_password()
    return User.objects.bulk_create(users)


def _opened(user: User, at: datetime) -> str:
    try:
        with transaction.atomic():
            return passwords.set_one_time(user, at=at)
    except IntegrityError:
        raise Invalid(_("This user name is taken."), field="username") from None
