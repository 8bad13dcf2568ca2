"""The form in which a year's notice of holidays and make-up days is entered, for another person to approve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hotline.calendar_versions import Day, days_of, known_notice, target_of
from hotline.forms import YearForm
from hotline.guards import requires
from hotline.models import Calendar, CalendarYear
from hotline.pages.approvals import propose_or_try
from hotline.roles import Capability
from hotline.rulebook import today

SUBJECT = "calendar_year"


@require_http_methods(["GET", "POST"])
@requires(Capability.PROPOSAL_MAKE)
def propose(request: HttpRequest) -> HttpResponse:
    """The notice of ``?year`` for ``?calendar``: as it is approved, or as far as it is known beforehand."""
    on, code, given = today(timezone.now()), request.GET.get("calendar", ""), request.GET.get("year", "")
    calendars = Calendar.objects.order_by("pk")
    calendar = get_object_or_404(calendars, code=code) if code else calendars[0]
    year = int(given) if len(given) == 4 and given.isdecimal() and 1949 <= int(given) <= 2999 else on.year + 1
    approved = CalendarYear.objects.filter(calendar=calendar, year=year, state=CalendarYear.State.APPROVED).first()
    days, warning = (days_of(calendar, year), "") if approved else known_notice(year)
    initial = {"days": "\n".join(map(_line, days)), "source": approved.source if approved else ""}
    form = YearForm(request.POST or None, first=on, initial=initial)
    context = {
        "title": f"{calendar.label} · {year}",
        "warning": warning,
        "back": f"{reverse('hotline:calendar')}?calendar={calendar.code}&year={year}",
    }
    return propose_or_try(request, SUBJECT, target_of(calendar, year), form, "hotline/propose_year.html", context)


def _line(day: Day) -> str:
    on, kind, name, english = day
    return f"{on} {kind} {name}" + (f" | {english}" if english else "")
