"""What an agent sees of the own work: calls of the day, the load of the week, and the way to schedule and marks."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Call, Case
from contractors.models import Employment
from hotline.calendar import Period
from hotline.guards import acting, requires
from hotline.pages.shell import address
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability

DAYS = 7


@requires(Capability.OWN_WORK_READ)
@require_GET
def own_work(request: HttpRequest) -> HttpResponse:
    """The own calls only, the latest first, and the last seven days in numbers."""
    by, at = acting(request), timezone.now()
    first = timezone.localdate(at) - timedelta(days=DAYS - 1)
    since = Period.days(first, first).start
    calls = Call.objects.visible_to(by).filter(agent=by.user_id)
    week = calls.filter(offered_at__gte=since).order_by().annotate(day=TruncDate("offered_at")).values("day")
    load = week.annotate(
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        talk=Sum(F("ended_at") - F("answered_at"), filter=Q(answered_at__isnull=False)),
    )
    taken = Case.objects.filter(taken_by=by.user_id, taken_by_organisation=by.organisation_id, registered_at__gte=since)
    cases = dict(
        taken.order_by()
        .annotate(day=TruncDate("registered_at"))
        .values("day")
        .annotate(n=Count("pk"))
        .values_list("day", "n")
    )
    known = {row["day"]: row for row in load}
    days = []
    for n in range(DAYS):
        on = timezone.localdate(at) - timedelta(days=n)
        row = known.get(on, {"answered": 0, "talk": None})
        days.append({"on": on, "answered": row["answered"], "talk": row["talk"], "cases": cases.get(on, 0)})
    found = page_of(calls.select_related("case"), "offered_at", request.GET.get(PARAMETER, ""), descending=True)
    for call in found.rows:
        call.talk = call.ended_at - call.answered_at if call.ended_at and call.answered_at else None  # type: ignore[attr-defined]
    context = {
        "rows": found.rows,
        "days": days,
        "employment": Employment.objects.employed(at).filter(user=by.user_id).select_related("contract").first(),
        "schedule_url": address("contractors:own_shifts"),
        "marks_url": address("contractors:own_marks"),
        "pager": pager(request.GET, found, ""),
    }
    return render(request, "contractors/own_work.html", context)
