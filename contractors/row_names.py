"""What a row is called: a name that people can write into an objection, one a line or several beside each other."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils import timezone

PLAIN = re.compile(r"[\w.:/-]+", re.ASCII)  # as nearly all are: not looked at any closer
APART = re.compile(r"[\s,，、;；]+")


def named(text: str) -> list[str]:
    """Rows as people write or paste them: on lines, or separated by commas or spaces."""
    return [ref for ref in APART.split(text) if ref]


def nameable(name: str) -> str:
    """The name, if it would be read back as itself."""
    if PLAIN.fullmatch(name):
        return name
    return name if name.isprintable() and not APART.search(name) else ""


def moment(at: datetime) -> str:
    """To the minute, in local time."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"
