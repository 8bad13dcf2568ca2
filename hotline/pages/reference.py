"""Looking things up: the working calendar's years, and everything that leaves or left the house."""

from __future__ import annotations

import calendar as months
import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from hotline.calendar import WorkingCalendar
from hotline.calendar_versions import target_of
from hotline.guards import acting, requires
from hotline.identifiers import parse_case_number
from hotline.masking import mask_text
from hotline.models import Calendar, Message, Proposal
from hotline.models.working_calendar import CalendarDay, CalendarYear, working_calendar
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.privacy import retrieval_code
from hotline.roles import Capability

LINK = re.compile(r"(/r/)[\w-]{8,}(/?)")
COUNTED_UP_TO = 999


@require_GET
@requires(Capability.POLICY_READ)
def calendar(request: HttpRequest) -> HttpResponse:
    """A year at a glance: what is worked, what the notice takes out or puts in, and who approved it."""
    today = timezone.localdate()
    known = list(Calendar.objects.order_by("pk"))
    chosen = next((c for c in known if c.code == request.GET.get("calendar")), known[0] if known else None)
    chosen = chosen or get_object_or_404(Calendar, code=request.GET.get("calendar", ""))
    years = list(chosen.years.select_related("approved_by").order_by("year"))
    given = request.GET.get("year", "")
    year = int(given) if len(given) == 4 and given.isdecimal() and 1949 <= int(given) <= 2999 else today.year
    row = next((y for y in years if y.year == year), None)
    approved = row is not None and row.state == CalendarYear.State.APPROVED
    noticed = {day.date: day for day in chosen.days.filter(date__year=year)} if approved else {}
    working = working_calendar(chosen.pk)
    context = {
        "calendars": known,
        "chosen": chosen,
        "years": years,
        "year": year,
        "row": row,
        "approved": approved,
        "months": [month(year, n, working, noticed, today) for n in range(1, 13)],
        "notices": sorted(noticed.values(), key=lambda day: day.date),
        "worked": working.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)),
        "hours": hours_words(chosen),
        "may_propose": acting(request).can(Capability.PROPOSAL_MAKE),
        "proposal": Proposal.objects.waiting().about("calendar_year", target_of(chosen, year)).first(),
    }
    return render(request, "hotline/calendar.html", context)


def month(year: int, n: int, working: WorkingCalendar, noticed: dict[date, CalendarDay], today: date) -> dict[str, Any]:
    """One month as weeks of days, Monday first."""
    weeks = [
        [_cell(day, working, noticed, today) if day.month == n else None for day in week]
        for week in months.Calendar().monthdatescalendar(year, n)
    ]
    return {"name": date_format(date(year, n, 1), pgettext("date format, month", "F")), "weeks": weeks}


def _cell(day: date, working: WorkingCalendar, noticed: dict[date, CalendarDay], today: date) -> dict[str, Any]:
    notice = noticed.get(day)
    kind = notice.kind if notice else "" if working.is_working_day(day) else "off"
    marks = {"holiday": pgettext("calendar", "off"), "makeup": pgettext("calendar", "on")}
    mark = marks[notice.kind] if notice else ""
    return {"day": day, "kind": kind, "mark": mark, "name": notice.label if notice else "", "today": day == today}


def hours_words(chosen: Calendar) -> list[tuple[str, str]]:
    """The week's hours in words, equal neighbours together: Monday to Friday 09:00-12:00, 14:00-18:00."""
    names = [str(date_format(date(2024, 1, 1 + n), "l")) for n in range(7)]
    spans: list[tuple[int, int, str]] = []
    for n, blocks in enumerate(chosen.weekly):
        words = ", ".join(blocks)
        if spans and spans[-1][2] == words:
            spans[-1] = (spans[-1][0], n, words)
        else:
            spans.append((n, n, words))
    return [(names[a] if a == b else f"{names[a]} – {names[b]}", words) for a, b, words in spans if words]


@require_GET
@requires(Capability.OUTBOX_READ)
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages, the latest first: to whom (masked), in which approved words, how far, and what went wrong."""
    state, channel, about = (request.GET.get(name, "").strip() for name in ("state", "channel", "about"))
    rows = Message.objects.not_kept_from(acting(request))
    rows = rows.select_related("template", "author", "to_user", "to_organisation")
    if state in Message.State.values:
        rows = rows.filter(state=state)
    if channel in Message.Channel.values:
        rows = rows.filter(channel=channel)
    if about:
        rows = rows.filter(about=parse_case_number(about) or about)
    found = page_of(rows, "created_at", request.GET.get(PARAMETER, ""), descending=True)
    for message in found.rows:
        message.shown_body = hidden(message)  # type: ignore[attr-defined]
        message.shown_to = recipient(message)  # type: ignore[attr-defined]
    waiting = Message.objects.filter(state=Message.State.WAITING).order_by()[: COUNTED_UP_TO + 1].count()
    base = reverse("hotline:outbox")
    states = [("", _("All"), None), *((s.value, s.label, waiting if s == "waiting" else None) for s in Message.State)]
    context = {
        "rows": found.rows,
        "states": [(s, words, n, address(request.GET, base=base, state=s, page="")) for s, words, n in states],
        "state": state,
        "channel": channel,
        "channels": Message.Channel.choices,
        "about": about,
        "pager": pager(request.GET, found, ""),
    }
    return render(request, "hotline/outbox.html", context)


def hidden(message: Message) -> str:
    """The text without what opens doors: survey links, the citizen's retrieval code, telephone numbers."""
    text = LINK.sub(r"\1…\2", message.words)
    if message.about:
        text = text.replace(retrieval_code(message.about), "******")
    return mask_text(text)


def recipient(message: Message) -> str:
    """A citizen's number masked, or the people of the house it is for."""
    if message.channel != Message.Channel.IN_APP:
        return message.masked_address
    named = [thing.label for thing in (message.to_user, message.to_organisation) if thing is not None]
    return " · ".join([*named, *([str(message.get_to_role_display())] if message.to_role else [])])
