"""The second factor: a code from the person's telephone, or a recovery code kept on paper. Each works once.

The device's row is locked while a code is judged, so of any number of parallel submissions one gets through.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import qrcode
from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from qrcode.image.svg import SvgPathImage

from hotline.models import Authenticator, Membership, User
from hotline.roles import GOVERNMENT, PLATFORM

RECOVERY_CODES = 10


@dataclass(frozen=True)
class Judged:
    """What became of a code; after too many wrong ones, when the next may be tried."""

    right: bool
    wait_seconds: int = 0
    recovery: bool = False


def must_have_one(memberships: list[Membership]) -> bool:
    """Government and platform roles must; whoever has one is asked for it whatever the role."""
    return settings.SECOND_FACTOR_REQUIRED and any(m.role in GOVERNMENT | PLATFORM for m in memberships)


def has_one(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, confirmed=True).exists())


def prepared(user: User) -> Authenticator:
    """The device being set up. Its secret stays the same until it is confirmed, however often the page is opened."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        device, _made = Authenticator.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


def secret_words(device: Authenticator) -> str:
    """The secret for typing in by hand, in groups of four."""
    return " ".join(device.secret[i : i + 4] for i in range(0, len(device.secret), 4))


def picture(device: Authenticator) -> SafeString:
    """The QR code as SVG. Drawn by ourselves from hexadecimal and our own names, hence safe."""
    drawn = BytesIO()
    qrcode.make(device.config_url, image_factory=SvgPathImage, border=2).save(drawn)
    text = drawn.getvalue().decode()
    return SafeString(text[text.index("<svg") :])


def confirm(user: User, code: str, *, at: datetime) -> list[str] | None:
    """Take the new device into use if the code is right, and give recovery codes; None if it is wrong."""
    with transaction.atomic():
        device = Authenticator.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None or not device.verify_token(_plain(code)):
            return None
        Authenticator.objects.filter(user=user, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        return _fresh_recovery_codes(user)


def judge(user: User, code: str, *, at: datetime) -> Judged:
    """A code of the device or a recovery code, by its shape; either is used up by being right."""
    plain = _plain(code)
    kind, typed = (Authenticator, plain) if len(plain) <= 8 else (StaticDevice, _recovery_digest(plain))
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            return Judged(right=False)
        allowed, why_not = device.verify_is_allowed()
        if not allowed:
            wait = (why_not or {}).get("locked_until", at) - at
            return Judged(right=False, wait_seconds=max(1, int(wait.total_seconds()) + 1))
        return Judged(right=device.verify_token(typed), recovery=kind is StaticDevice)


def _fresh_recovery_codes(user: User) -> list[str]:
    """New codes instead of the old; only their digests are kept."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_recovery_digest(code)) for code in codes)
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes]


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _recovery_digest(code: str) -> str:
    """80 random bits need no slow hash; 64 of the digest's are what the column holds."""
    return hashlib.sha256(code.encode()).hexdigest()[:16]
