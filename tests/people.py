"""The people of the tests: members of the demo city, by name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from cases.models import Category, Channel
from hotline.compiled import Compiled
from hotline.models import Membership, Organisation, Region

SHANGHAI = ZoneInfo("Asia/Shanghai")
_acting = Compiled(  # every test asks for several
    lambda name, now: Membership.objects.acting(now).filter(user__username=name), name=str, now=datetime
)


def member(username: str) -> Membership:
    """Wang answers calls for Jia; Zhou dispatches, Wu reviews, Zheng calls back, Yan heads the office; Liu handles for
    urban management, Sun is its clerk, Peng its head; Lin is at water; Jiang supervises, Shen audits, Han is the
    arbiter; ``sysadmin`` runs the platform."""
    return _acting.get(name=username, now=timezone.now())


def unit(code: str = "CGJ") -> Organisation:
    return Organisation.objects.get(code=code)


def category(code: str = "SZ01") -> Category:
    return Category.objects.get(code=code)


def region(name: str = "建设街道") -> Region:
    return Region.objects.get(name=name)


def channel(code: str = "phone") -> Channel:
    return Channel.objects.get(code=code)


def local(text: str) -> datetime:
    """``local("2026-03-12 10:06")``: that moment in Yunzhou."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
