"""Connecting telephone platforms, and giving them new secrets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cases.models import CallPlatform
from cases.permissions import check
from hotline.acts import Invalid, verb
from hotline.models import Membership
from hotline.roles import Capability
from hotline.webhooks import new_secret

OVERLAP = timedelta(hours=24)  # so long the earlier secret counts too, so that no call is lost while it is changed


class Connected(NamedTuple):
    """A platform, and the secret that nobody will see again."""

    platform: CallPlatform
    secret: str


@verb
def connect(acting: Membership, *, by: Membership, at: datetime, code: str) -> Connected:
    """Let a telephone platform report its calls, in the name of a connected system's membership.

    Raises Invalid, NotAllowed.
    """
    check(by, Capability.INTEGRATION_MANAGE)
    if not acting.can(Capability.CALL_RECORD):
        raise Invalid(_("Only a connected system reports calls."), field="membership")
    if not code or slugify(code) != code or len(code) > 40:
        raise Invalid(_("A code is made of small letters, digits and hyphens."), field="code")
    if CallPlatform.objects.filter(code=code).exists():
        raise Invalid(_("There is a platform with this code already."), field="code")
    secret = new_secret()
    platform = CallPlatform(code=code, membership=acting, secret=secret, changed_at=at)
    platform.save()
    return Connected(platform, secret)


@verb
def give_new_secret(platform: CallPlatform, *, by: Membership, at: datetime, at_once: bool = False) -> Connected:
    """Give it another secret. The earlier one counts for a day more, unless it was lost: ``at_once``."""
    check(by, Capability.INTEGRATION_MANAGE)
    row = CallPlatform.objects.select_for_update().get(pk=platform.pk)
    row.earlier_secret, row.earlier_until = (None, None) if at_once else (row.secret, at + OVERLAP)
    row.secret, row.changed_at = new_secret(), at
    row.save()
    return Connected(row, row.secret)


@verb
def disconnect(platform: CallPlatform, *, by: Membership, at: datetime) -> CallPlatform:
    """Take no more reports from it. Doing so twice changes nothing."""
    check(by, Capability.INTEGRATION_MANAGE)
    CallPlatform.objects.filter(pk=platform.pk, ended_at__isnull=True).update(ended_at=at)
    platform.refresh_from_db()
    return platform
