"""Signing in, step by step: password, second factor, and as whom. Each step is in the audit trail.

The session knows how far somebody is: after the password it names the user, after the second factor when it was given,
and only then a membership, which alone opens pages (see ``hotline.guards``).
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hotline import audit, passwords, rates, second_factor
from hotline.acts import NotNow
from hotline.guards import LAST_USED, MEMBERSHIP, SINCE, acting
from hotline.models import AuditEntry, Membership, User
from hotline.rates import Rate

SECOND_FACTOR_AT = "second_factor_at"
NEXT = "next"
STEPS_SECONDS = 10 * 60  # between the password and the choice of a role
FAILED = AuditEntry.Result.FAILED
# One name has five tries (see AXES_FAILURE_LIMIT). This holds off whoever tries one password on many names; a call
# centre behind one address stays far below it.
BY_ADDRESS = Rate("sign_in.address", 100, 15 * 60)


def with_password(request: HttpRequest, username: str, password: str, *, at: datetime) -> User | None:
    """The first step. Unknown names and wrong passwords are one and the same answer, after the same work."""
    known = User.objects.filter(username=username).first()
    if rates.take(BY_ADDRESS, rates.caller(request), at=at):
        request.axes_locked_out, request.axes_credentials = True, {"username": username}  # type: ignore[attr-defined]
        audit.record("sign_in.password", by=None, at=at, user=known, result=FAILED, reason="too many from here")
        return None
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        locked = bool(getattr(request, "axes_locked_out", False))
        reason = "locked out" if locked else "wrong name or password"
        audit.record("sign_in.password", by=None, at=at, user=known, result=FAILED, reason=reason)
        return None
    rates.give_back(BY_ADDRESS, rates.caller(request))
    login(request, user)  # a new session key: one fixed beforehand is worth nothing
    for left_over in (MEMBERSHIP, SECOND_FACTOR_AT):
        request.session.pop(left_over, None)
    request.session[SINCE] = request.session[LAST_USED] = at.timestamp()
    audit.record("sign_in.password", by=None, at=at, user=user)
    return user


def waiting(request: HttpRequest, *, at: datetime) -> User | None:
    """Who has given the password and is on the way to a role, or changes roles; None after ten minutes on the way."""
    session = request.session
    membership: Membership | None = getattr(request, "membership", None)
    if membership is not None:
        return membership.user
    if BACKEND_SESSION_KEY not in session or at.timestamp() - float(session.get(SINCE, 0)) > STEPS_SECONDS:
        return None
    user = User.objects.filter(pk=str(session.get(SESSION_KEY)), is_active=True).first()
    same = user and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return user if same else None  # a password that was changed meanwhile opens nothing any more


def memberships_of(user: User, *, at: datetime) -> list[Membership]:
    found = Membership.objects.current(at).filter(user=user).select_related("user", "organisation")
    return list(found.order_by("role", "pk"))


def next_step(request: HttpRequest, user: User, memberships: list[Membership]) -> str:
    """The name of the page on which the person shows or makes what is still wanted; "" if only the role is.

    A second factor one has comes before the new password, so that a one-time password in wrong hands opens nothing;
    one that is to be set up comes after it.
    """
    given = SECOND_FACTOR_AT in request.session
    if not given and second_factor.has_one(user):
        return "hotline:second_factor"
    if user.one_time_until is not None:
        return "hotline:new_password"
    if not given and second_factor.must_have_one(memberships):
        return "hotline:second_factor"  # which leads on to setting it up
    return ""


def with_second_factor(request: HttpRequest, user: User, code: str, *, at: datetime) -> second_factor.Judged:
    judged = second_factor.judge(user, code, at=at)
    act = "sign_in.recovery_code" if judged.recovery else "sign_in.second_factor"
    if judged.right:
        _note_second_factor(request, at)
        audit.record(act, by=None, at=at, user=user)
    else:
        reason = "too many tries" if judged.wait_seconds else "wrong code"
        audit.record(act, by=None, at=at, user=user, result=FAILED, reason=reason)
    return judged


def set_up_second_factor(request: HttpRequest, user: User, code: str, *, at: datetime) -> list[str] | None:
    """Take a new device into use; the recovery codes are told now and never again."""
    codes = second_factor.confirm(user, code, at=at)
    if codes is None:
        audit.record("sign_in.second_factor_setup", by=None, at=at, user=user, result=FAILED, reason="wrong code")
        return None
    _note_second_factor(request, at)
    audit.record("sign_in.second_factor_setup", by=None, at=at, user=user)
    return codes


def choose_password(request: HttpRequest, user: User, new: str, *, at: datetime) -> None:
    """An own password instead of the one-time one. Raises Invalid for an unfit one, NotNow if its time is over."""
    if user.one_time_until is None or user.one_time_until <= at:
        raise NotNow(_("This one-time password is used up. Ask the security administrator for another."))
    with transaction.atomic():
        user = passwords.choose(User.objects.select_for_update().get(pk=user.pk), new)
        audit.record("sign_in.new_password", by=None, at=at, user=user)
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()


def _note_second_factor(request: HttpRequest, at: datetime) -> None:
    request.session.cycle_key()
    request.session[SECOND_FACTOR_AT] = at.timestamp()


def act_as(request: HttpRequest, membership: Membership, *, at: datetime) -> None:
    """The last step: from here on the person acts as this membership."""
    request.session.cycle_key()
    if MEMBERSHIP not in request.session:
        request.session[SINCE] = at.timestamp()
    request.session[MEMBERSHIP] = str(membership.pk)
    request.session[LAST_USED] = at.timestamp()
    audit.record("sign_in.acts_as", by=membership, at=at, thing=membership, details={"role": membership.role})


def out(request: HttpRequest, *, at: datetime) -> None:
    membership: Membership | None = getattr(request, "membership", None)
    if membership is not None:
        audit.record("sign_in.out", by=acting(request), at=at)
    logout(request)


def keep_next(request: HttpRequest) -> None:
    """Remember where the person wanted to go, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        request.session[NEXT] = wanted


def take_next(request: HttpRequest) -> str:
    return str(request.session.pop(NEXT, ""))
