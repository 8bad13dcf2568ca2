"""Keys for programs: each acts as one membership, ends with it, and is shown once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.compiled import Compiled
from hotline.models import ApiToken, Membership
from hotline.roles import Capability

LONGEST = timedelta(days=365)
MOST = 20


class Issued(NamedTuple):
    """A new key: its row, and the words nobody will see again."""

    token: ApiToken
    raw: str


def digest(raw: str) -> bytes:
    return hashlib.sha256(raw.encode()).digest()


@verb
def issue(membership: Membership, *, by: Membership, at: datetime, name: str, days: int) -> Issued:
    """Make a key for one's own membership, for a year at most."""
    if by.pk != membership.pk or not by.can(Capability.SELF_USE):
        raise NotAllowed(_("You can make keys for yourself only."))
    if not (name := name.strip()):
        raise Invalid(_("Write what the key is for."), field="name")
    if not 0 < days <= LONGEST.days:
        raise Invalid(_("A key is valid for %(n)s days at most.") % {"n": LONGEST.days}, field="days")
    if in_force(membership, at=at).count() >= MOST:
        raise NotNow(_("You have %(n)s keys. Revoke one you do not need any more.") % {"n": MOST})
    raw = secrets.token_urlsafe(32)
    expires_at = at + timedelta(days=days)
    token = ApiToken.objects.create(
        membership=membership, name=name[:60], prefix=raw[:8], digest=digest(raw), expires_at=expires_at
    )
    return Issued(token, raw)


@verb
def revoke(token: ApiToken, *, by: Membership, at: datetime) -> ApiToken:
    """End a key now. Ending it twice changes nothing."""
    if token.membership_id != by.pk:
        raise NotAllowed(_("This key belongs to somebody else."))
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)
    token.refresh_from_db()
    return token


def in_force(membership: Membership, *, at: datetime) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(membership=membership, revoked_at__isnull=True, expires_at__gt=at)


_bearer = Compiled(
    lambda digest, now: Membership.objects.acting(now).filter(
        tokens__digest=digest, tokens__revoked_at__isnull=True, tokens__expires_at__gt=now
    ),
    digest=bytes,
    now=datetime,
)


def authenticate_token(raw: str, *, at: datetime | None = None) -> Membership | None:
    """Who acts by this key, if it and the membership are in force; by one query."""
    return _bearer.first(digest=digest(raw), now=at or timezone.now())
