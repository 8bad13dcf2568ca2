"""The app on a person's telephone that shows a new code every half minute (RFC 6238)."""

from __future__ import annotations

import base64
import secrets
import time
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from hotline.identifiers import uuid7
from hotline.privacy import EncryptedTextField

STEP_SECONDS = 30
DIGITS = 6
TOLERATED_STEPS = 1


def fresh_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


class Authenticator(ThrottlingMixin, Device):  # type: ignore[misc]
    """Shares a secret with one telephone, sealed: whoever reads the database cannot make codes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secret = EncryptedTextField(default=fresh_secret)
    drift = models.SmallIntegerField(default=0)
    last_step = models.BigIntegerField(default=-1)

    objects: ClassVar[models.Manager[Authenticator]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "confirmed"], name="authenticator_one_of_each")]

    @property
    def key(self) -> bytes:
        return base64.b32decode(self.secret)

    @property
    def config_url(self) -> str:
        """What the QR code tells the app."""
        issuer = settings.OTP_TOTP_ISSUER.replace(":", "")
        told = {"secret": self.secret, "algorithm": "SHA1", "digits": DIGITS, "period": STEP_SECONDS, "issuer": issuer}
        return f"otpauth://totp/{quote(f'{issuer}:{self.user.username}')}?{urlencode(told, quote_via=quote)}"

    def verify_token(self, token: str) -> bool:
        """Whether the code is right. It and all earlier ones are used up by that; a wrong one makes the next wait."""
        allowed, _why_not = self.verify_is_allowed()
        if not allowed:
            return False
        clock: Any = TOTP(self.key, STEP_SECONDS, 0, DIGITS, self.drift)
        clock.time = time.time()
        right = token.isascii() and token.isdecimal() and clock.verify(int(token), TOLERATED_STEPS, self.last_step + 1)
        if right:
            self.last_step, self.drift = clock.t(), clock.drift
            self.throttle_reset(commit=False)
        else:
            self.throttle_increment(commit=False)
        changed = ["last_step", "drift", "throttling_failure_timestamp", "throttling_failure_count"]
        self.save(update_fields=changed)
        return bool(right)

    def get_throttle_factor(self) -> int:
        return 1
