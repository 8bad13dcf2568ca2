"""The steps of the supervision ladder as a list of their own: which await an answer, which a decision, and all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import LadderStep, Rung, RungState
from cases.models.ladder import LadderStepQuerySet
from hotline.guards import acting, requires
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability

COUNTED_UP_TO = 999
TONES = {RungState.OPEN: "act", RungState.ANSWERED: "act"}


def parts(seen: LadderStepQuerySet, at: datetime) -> list[tuple[str, str, LadderStepQuerySet, str]]:
    """The tabs: slug, title, rows, how pressing."""
    return [
        ("awaited", _("Awaiting an answer"), seen.awaited(), ""),
        ("late", _("Answer overdue"), seen.late(at), "late"),
        ("answered", _("Answered, to be accepted"), seen.unsettled().filter(state=RungState.ANSWERED), "soon"),
        ("all", _("All"), seen, ""),
    ]


@require_GET
@requires(Capability.LADDER_READ)
def ladder(request: HttpRequest) -> HttpResponse:
    """Steps within reach, the latest first."""
    by, at = acting(request), timezone.now()
    seen = LadderStep.objects.visible_to(by)
    rung = request.GET.get("rung", "")
    rung = rung if rung in Rung.values else ""
    seen = seen.filter(rung=rung) if rung else seen
    tabs = parts(seen, at)
    chosen = next((tab for tab in tabs if tab[0] == request.GET.get("list")), tabs[0])
    rows = chosen[2].select_related("case", "issued_by")
    found = page_of(rows, "issued_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "rows": dressed(found.rows, at),
        "chosen": chosen[0],
        "rung": rung,
        "tabs": [_tab(request, slug, label, part, level) for slug, label, part, level in tabs],
        "rungs": [
            ("", _("All steps"), address(request.GET, rung="", page="")),
            *((r.value, r.label, address(request.GET, rung=r.value, page="")) for r in Rung),
        ],
        "counted_up_to": COUNTED_UP_TO,
        "pager": pager(request.GET, found, ""),
        "rules_url": reverse("hotline:rulebooks") if by.can(Capability.PROPOSAL_READ) else "",
    }
    return render(request, "cases/ladder.html", context)


def _tab(request: HttpRequest, slug: str, label: str, part: LadderStepQuerySet, level: str) -> tuple[Any, ...]:
    """A part is counted so far as somebody would act on it; all of them are not counted."""
    n = None if slug == "all" else part.order_by()[: COUNTED_UP_TO + 1].count()
    return slug, label, address(request.GET, base=reverse("cases:ladder"), list=slug, page=""), n, level if n else ""


def dressed(steps: list[LadderStep], at: datetime) -> list[LadderStep]:
    """Each with what a page says of it beside its fields."""
    for step in steps:
        step.tone = TONES.get(RungState(step.state), "done")  # type: ignore[attr-defined]
        step.overdue = step.is_late(at) and step.state in TONES  # type: ignore[attr-defined]
    return steps
