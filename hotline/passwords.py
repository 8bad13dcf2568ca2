"""Passwords: the one-time ones that a security administrator hands over, and the person's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotline import rates
from hotline.acts import Invalid, NotAllowed, NotNow, Refusal, verb
from hotline.models import Membership, User
from hotline.rates import Rate

ONE_TIME_DAYS = 7
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read for another
TRIES = Rate("password.present", 5, 15 * 60)


class NotLikeThePerson(UserAttributeSimilarityValidator):
    """Django's rule against passwords that resemble their owner, over the fields a person has here."""

    def __init__(self) -> None:
        super().__init__(("username", "name", "name_en", "staff_number"))


def one_time() -> str:
    """Twelve letters in groups of four, 59 random bits: to be read out or written down, and used once."""
    return "-".join("".join(secrets.choice(LETTERS) for _n in range(4)) for _group in range(3))


def set_one_time(user: User, *, at: datetime) -> str:
    """Give an account a one-time password, in the caller's transaction. Nobody will see these words again."""
    raw = one_time()
    user.set_password(raw)
    user.one_time_until = at + timedelta(days=ONE_TIME_DAYS)
    user.save()
    return raw


@contextmanager
def guesses_held_off(by: Membership, *, at: datetime) -> Iterator[None]:
    """Count a try of one's present password: the session may be in other hands. One that was right is given back.

    Raises NotNow after five wrong ones within a quarter of an hour.
    """
    if wait := rates.take(TRIES, str(by.user_id), at=at):
        n = -(-wait // 60)
        words = ngettext(
            "Too many wrong passwords. Try again in %(n)d minute.",
            "Too many wrong passwords. Try again in %(n)d minutes.",
            n,
        )
        raise NotNow(words % {"n": n})
    try:
        yield
    except Refusal as refusal:
        if refusal.field != "present":
            rates.give_back(TRIES, str(by.user_id))
        raise
    rates.give_back(TRIES, str(by.user_id))


@verb
def change(user: User, *, by: Membership, at: datetime, present: str, new: str) -> User:
    """Choose another password for oneself. Sessions elsewhere and keys for programs end with the old one."""
    if by.user_id != user.pk:
        raise NotAllowed(_("Everybody changes the own password only."))
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.check_password(present):
        raise Invalid(_("This is not your present password."), field="present")
    return choose(user, new)


def choose(user: User, new: str) -> User:
    """Set the password the person chose, in the caller's transaction. Raises Invalid with what is wrong with it."""
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="new") from None
    if user.check_password(new):
        raise Invalid(_("Choose a password you did not have before."), field="new")
    user.set_password(new)
    user.one_time_until = None
    user.save()
    return user
