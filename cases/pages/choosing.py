"""The console's pickers, searched by words or pinyin initials, and the limits that its choices lead to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import IntegerField, Q, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases import deadlines
from cases.models import Case, Category, Channel, ClockKind
from cases.pages.suggestions import Option, typed
from hotline.acts import Invalid
from hotline.guards import acting, requires
from hotline.models import Organisation, Region
from hotline.plain_text import clean_text
from hotline.roles import Capability
from hotline.wording import limit_words

SHOWN = 12


def region_label(region: Region) -> str:
    """东湖区 / 青山街道: the street with its district."""
    above = region.parent
    if above is None or above.level == Region.Level.CITY:
        return region.label
    return f"{above.label} / {region.label}"


def regions(q: str, on: date) -> list[Option]:
    found = Region.objects.select_related("parent").filter(_named(q) | Q(parent__name__icontains=q))
    return [Option(r.code, region_label(r)) for r in found.order_by(_nearness(q), "path")[:SHOWN]]


def categories(q: str, on: date) -> list[Option]:
    """Leaves in force: by their own name, what stands above them, or what citizens call them."""
    found = Category.objects.in_force(on).leaves().filter(_named(q) | Q(full_name__icontains=q) | Q(hints__icontains=q))
    return [Option(c.code, c.full_label) for c in found.order_by(_nearness(q), "path")[:SHOWN]]


def units(q: str, on: date) -> list[Option]:
    found = Organisation.objects.units().active(on).select_related("parent").filter(_named(q))
    return [
        Option(u.code, u.label, reason=u.parent.label if u.parent else "")
        for u in found.order_by(_nearness(q), "path")[:SHOWN]
    ]


def _named(q: str) -> Q:
    """By name, initials or code; by the English name from three letters on, for two are more likely initials."""
    named = Q(name__icontains=q) | Q(initials__icontains=q) | Q(code__iexact=q)
    return named | Q(name_en__icontains=q) if len(q) > 2 else named


def _nearness(q: str) -> SqlCase:
    """Whose name or initials begin like that come first, then those that hold it; English names last."""
    begins = Q(initials__istartswith=q) | Q(name__istartswith=q)
    holds = Q(initials__icontains=q) | Q(name__icontains=q)
    return SqlCase(When(begins, then=0), When(holds, then=1), default=2, output_field=IntegerField())


PICKERS = {"region": regions, "category": categories, "unit": units}


@requires(Capability.CASE_REGISTER)
@require_GET
def pick(request: HttpRequest, what: str) -> HttpResponse:
    """The first options whose name, English name or initials hold what was typed."""
    if what not in PICKERS:
        raise Http404
    q = clean_text(request.GET.get("q", ""))[:40].replace("'", "")
    options = PICKERS[what](q, deadlines.local_date(timezone.now()))
    return render(request, "cases/_console_options.html", {"what": what, "options": options})


@requires(Capability.CASE_REGISTER)
@require_POST
def limits(request: HttpRequest) -> HttpResponse:
    """What will be promised if the case is sent now: nothing is saved."""
    given, by = typed(request), acting(request)
    context: dict[str, Any] = {"unit": given["unit"], "dispatches": by.can(Capability.CASE_DISPATCH)}
    if given["kind"]:
        context |= _promised(given, timezone.now())
    return render(request, "cases/_console_limits.html", context)


def _promised(given: dict[str, Any], at: datetime) -> dict[str, Any]:
    case = Case(
        kind=given["kind"],
        urgency=given["urgency"] or "ordinary",
        channel=given["channel"] or Channel.objects.get(code="phone"),
        category=given["category"],
        region=given["region"],
    )
    try:
        sign = deadlines.start(case, ClockKind.SIGN, at, unit=given["unit"])
        promise = deadlines.start(case, ClockKind.PROMISE, at)
    except Invalid as refusal:
        return {"refusal": str(refusal)}
    return {
        "sign": limit_words(sign.amount, sign.unit),
        "close": limit_words(promise.amount, promise.unit),
        "due_at": promise.due_at,
    }
