"""Access given back or taken: a lost second factor, a forgotten password, a locked name, sessions left open."""

from __future__ import annotations

from datetime import datetime

from axes.models import AccessAttempt
from django.db.models import F
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice

from hotline import outbox, passwords
from hotline.acts import NotNow, verb
from hotline.models import ApiToken, Authenticator, Membership, User
from hotline.people import Issued, check, check_reason
from hotline.roles import Role

WATCH = (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)  # who is told when an account's protection was lifted


@verb
def reset_second_factor(user: User, *, by: Membership, at: datetime, because: str) -> User:
    """Take a lost telephone out of use; the next sign-in sets up another one.

    Whoever has the telephone may be in already, so sessions and keys for programs end. The person and both kinds of
    administrators who watch over accounts are told. Raises NotNow if there is no second factor.
    """
    user = _held(user, by, because)
    lost, _kinds = Authenticator.objects.filter(user=user).delete()
    codes, _kinds = StaticDevice.objects.filter(user=user).delete()
    if not lost + codes:
        raise NotNow(_("This person has no second factor."))
    _end_sessions(user)
    _revoke_keys(user, at)
    words = {"name": user.name, "username": user.username, "by": by.user.name, "because": because.strip()}
    told = [outbox.notice("second_factor_reset", at=at, to_role=role, words=words, by=by) for role in WATCH]
    outbox.post(outbox.notice("second_factor_reset_own", at=at, to_user=user, words=words, by=by), *told)
    return user


@verb
def issue_password(user: User, *, by: Membership, at: datetime, because: str) -> Issued:
    """Give a new one-time password for a forgotten one. Sessions and keys end with the old; a lock is lifted."""
    user = _held(user, by, because)
    if not user.is_active:
        raise NotNow(_("This account is closed."))
    _forget_tries(user)
    issued = Issued(user, passwords.set_one_time(user, at=at))
    words = {"by": by.user.name, "because": because.strip()}
    outbox.post(outbox.notice("password_issued", at=at, to_user=user, words=words, by=by))
    return issued


@verb
def unlock(user: User, *, by: Membership, at: datetime, because: str) -> User:
    """Forget the failed tries with password and codes, so that the person may try again at once."""
    user = _held(user, by, because)
    _forget_tries(user)
    return user


@verb
def end_sessions(user: User, *, by: Membership, at: datetime, because: str, keys: bool = False) -> User:
    """Sign somebody out everywhere with the next request; with ``keys`` the keys for programs end as well."""
    user = _held(user, by, because)
    _end_sessions(user)
    if keys:
        _revoke_keys(user, at)
    return user


def _held(user: User, by: Membership, because: str) -> User:
    """The account, locked until the act is done; raises NotAllowed and Invalid like every act on people."""
    check(user, by)
    check_reason(because)
    return User.objects.select_for_update().get(pk=user.pk)


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])


def _revoke_keys(user: User, at: datetime) -> None:
    ApiToken.objects.filter(membership__user=user, revoked_at__isnull=True).update(revoked_at=at)


def _forget_tries(user: User) -> None:
    AccessAttempt.objects.filter(username=user.username).delete()
    for devices in (Authenticator.objects, StaticDevice.objects):
        devices.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)
