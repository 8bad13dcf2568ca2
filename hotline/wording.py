"""The words people use, in their language: "today 10:24", "1 h 6 min left", "5 h late", "4 working days"."""

from datetime import date, datetime
from typing import Any

import phonenumbers
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from hotline.calendar import Unit

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NEAR_DAYS = {0: gettext_lazy("Today"), -1: gettext_lazy("Yesterday"), 1: gettext_lazy("Tomorrow")}


def in_language(chinese: str, english: str) -> str:
    """The words in the reader's language; the Chinese ones where there are no English."""
    return chinese if (get_language() or "").startswith("zh") else english or chinese


def limit_words(n: int, unit: str) -> str:
    """A time limit as people say it: 4 working days, 30 minutes."""
    forms = {
        Unit.MINUTE: ngettext("%(n)s minute", "%(n)s minutes", n),
        Unit.HOUR: ngettext("%(n)s hour", "%(n)s hours", n),
        Unit.DAY: ngettext("%(n)s day", "%(n)s days", n),
        Unit.WORKING_DAY: ngettext("%(n)s working day", "%(n)s working days", n),
    }
    return forms[Unit(unit)] % {"n": n}


def duration_words(seconds: float, *, day: int = DAY) -> str:
    """The two largest units, rounded down. ``day`` is the length of the day meant: a working day for working time."""
    whole = abs(int(seconds))
    days, rest = divmod(whole, day)
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    if days and hours:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if days:
        return _("%(days)d d") % {"days": days}
    if hours and minutes:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    if minutes:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("under a minute")


def remaining_words(seconds: float, *, day: int = DAY) -> str:
    """What is left of a time limit, or by how much it has been passed."""
    words = {"duration": duration_words(seconds, day=day)}
    return _("%(duration)s left") % words if seconds > 0 else _("%(duration)s late") % words


def length_words(seconds: float) -> str:
    """A call's or a recording's length, as a clock shows it: 02:41, 1:02:41."""
    whole = int(seconds)
    hours, minutes, rest = whole // HOUR, whole % HOUR // MINUTE, whole % MINUTE
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def when_words(at: datetime, *, now: datetime | None = None, clock: bool = True) -> str:
    """The moment as seen from now: near days by name, this year without the year."""
    local, here = timezone.localtime(at), timezone.localtime(now or timezone.now())
    day = day_words(local.date(), today=here.date())
    return f"{day} {local:%H:%M}" if clock else day


def day_words(day: date, *, today: date | None = None) -> str:
    today = today or timezone.localdate()
    if near := NEAR_DAYS.get((day - today).days):
        return str(near)
    return date_format(day, pgettext("date format, day and month", "j M") if day.year == today.year else "Y-m-d")


def moment(at: date, *, clock: bool = True) -> SafeString:
    """The moment, or the day, in words that tell on hover exactly when it is. Every time on a page is written so."""
    if isinstance(at, datetime):
        local, words = timezone.localtime(at), when_words(at, clock=clock)
        machine, exact = local.isoformat(timespec="seconds"), f"{local:%Y-%m-%d %H:%M:%S}"
    else:
        machine = exact = at.isoformat()
        words = day_words(at)
    return mark_safe(f'<time datetime="{machine}" title="{exact}">{escape(words)}</time>')  # noqa: S308 - digits


def sentence(words: str, **parts: Any) -> SafeString:
    """A translated sentence with its parts put in, some of which are moments."""
    escaped = {name: conditional_escape(part) for name, part in parts.items()}
    return mark_safe(escape(words) % escaped)  # noqa: S308


def phone_words(phone: str) -> str:
    """A number as it is written and dialled here: 0593 234 5678, 138 0000 6021; another country's with its code."""
    try:
        number = phonenumbers.parse(phone, settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        return phone
    here = phonenumbers.country_code_for_region(settings.PHONE_REGION) == number.country_code
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if here else form.INTERNATIONAL)


def script_words() -> dict[str, str]:
    """What the scripts of static/js say, in the page's language."""
    return {
        "left": _("%(duration)s left"),
        "late": _("%(duration)s late"),
        "dh": _("%(days)d d %(hours)d h"),
        "d": _("%(days)d d"),
        "hm": _("%(hours)d h %(minutes)d min"),
        "h": _("%(hours)d h"),
        "m": _("%(minutes)d min"),
        "under": _("under a minute"),
        "saving": _("Saving…"),
        "saved": _("Saved on the server %(time)s"),
        "offline": _("The network is down. The draft is kept on this device and will be sent by itself."),
        "signedOut": _("You are signed out. The draft stays on this device: sign in again, then open this page."),
        "unsaved": _("Not saved on the server yet. The draft is kept on this device."),
        "conflict": _("Somebody else changed this. Your words are kept on this device, nothing was overwritten."),
        "groupPage": _("This page"),
        "groupList": _("Lists"),
        "groupAll": _("Everywhere"),
        "keySheet": _("Key sheet"),
        "primary": _("The page's main act"),
        "close": _("Close"),
        "down": _("Move down"),
        "up": _("Move up"),
        "open": _("Open"),
        "select": _("Select"),
    }
