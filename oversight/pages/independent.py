"""The two sources side by side: progress of the blind sample, the gap with its interval, the pairs, the draws."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from cases import blind_draw, independent_drawing
from cases.independent_rules import percents_of
from cases.models import FeedbackSource, IndependentDraw, RoundResult, Satisfaction
from hotline.guards import acting, requires
from hotline.models import Organisation
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability
from oversight import independent as board
from oversight.independent import Look


def _look(request: HttpRequest) -> Look:
    """As the address says; unknown days are the usual ones, an unknown organisation is not there."""
    given = request.GET.get("days", "")
    days = int(given) if given in map(str, board.DAYS) else board.DAYS[1]
    named = {name: _organisation(request.GET.get(name, "")) for name in ("contractor", "unit")}
    return Look(acting(request), timezone.now(), days, **named)


def _organisation(code: str) -> Organisation | None:
    return get_object_or_404(Organisation, code=code) if code else None


def _spans(request: HttpRequest, look: Look) -> list[dict[str, Any]]:
    return [
        {
            "url": address(request.GET, days=str(n), **{PARAMETER: ""}),
            "words": ngettext("%(n)s day", "%(n)s days", n) % {"n": n},
            "chosen": n == look.days,
        }
        for n in board.DAYS
    ]


@require_GET
@requires(Capability.INDEPENDENT_READ)
def independent(request: HttpRequest) -> HttpResponse:
    """How far the sample is, how far the two sources lie apart, for whom, and what was drawn of late."""
    look = _look(request)
    whole = board.whole(look)
    context = {
        "look": look,
        "spans": _spans(request, look),
        "contractors": Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path"),
        "progress": board.progress(look),
        "whole": whole,
        "by_contractor": board.by_contractor(look),
        "by_unit": board.by_unit(look),
        "draws": board.latest_draws(look),
        "minimum_n": settings.MINIMUM_N,
        "coefficient": settings.BASICALLY_SATISFIED_COEFFICIENT,
    }
    return render(request, "oversight/independent.html", context)


@require_GET
@requires(Capability.INDEPENDENT_READ)
def independent_pairs(request: HttpRequest) -> HttpResponse:
    """Case by case what either source says; each opens."""
    look, which = _look(request), request.GET.get("which", "all")
    if which not in board.WHICH:
        raise Http404(which)
    rows = board.pairs(look, which)
    n = rows.order_by().count()
    found = page_of(rows, "pair_at", request.GET.get(PARAMETER, ""), descending=True)
    for row in found.rows:
        row.words = _words(row)
    words = _("%(shown)s of %(n)s") % {"shown": len(found.rows), "n": f"{n:,}"}
    named = {"all": _("All pairs"), "differ": _("The two differ"), "worse": _("Solved only by the ordinary answer")}
    context = {
        "look": look,
        "spans": _spans(request, look),
        "which": which,
        "tabs": [
            {"slug": slug, "words": named[slug], "url": address(request.GET, which=slug, **{PARAMETER: ""})}
            for slug in board.WHICH
        ],
        "rows": found.rows,
        "n": n,
        "pager": pager(request.GET, found, words),
    }
    return render(request, "oversight/independent_pairs.html", context)


def _words(row: Any) -> dict[str, Any]:
    """What either side said, in words."""

    def of(satisfaction: int | None) -> Any:
        return Satisfaction(satisfaction).label if satisfaction else ""

    return {
        "source": FeedbackSource(row.pair_ordinary_source).label,
        "ordinary": of(row.pair_ordinary_satisfaction),
        "independent": of(row.pair_satisfaction),
        "agent": of(row.pair_agent_satisfaction),
    }


@require_GET
@requires(Capability.INDEPENDENT_READ)
def independent_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One day's draw: all it depended on. While somebody of it is still to be called, the seed and the frame stay
    closed, for together they say who is in the sample; their hashes do not change any more."""
    found = get_object_or_404(IndependentDraw, pk=pk)
    over = independent_drawing.is_over(found)
    context = {
        "draw": found,
        "over": over,
        "seed_hash": blind_draw.hash_of(found.seed),
        "strata": _strata(found),
        "again": independent_drawing.is_as_drawn(found) if over and "again" in request.GET else None,
    }
    return render(request, "oversight/independent_draw.html", context)


def _strata(found: IndependentDraw) -> list[dict[str, Any]]:
    """Of each stratum: how many rounds there were, what share was to be drawn, how many were."""
    there: dict[str, int] = {}
    for line in blind_draw.lines_of(found.frame):
        there[line.stratum] = there.get(line.stratum, 0) + 1
    drawn: dict[str, int] = {}
    for stratum in found.callbacks.values_list("stratum", flat=True):
        drawn[stratum] = drawn.get(stratum, 0) + 1
    percents = percents_of(found.rules)
    return [
        {
            "label": stratum.label,
            "there": there.get(stratum.value, 0),
            "percent": percents[stratum.value],
            "drawn": drawn.get(stratum.value, 0),
        }
        for stratum in RoundResult
    ]


@require_GET
@requires(Capability.INDEPENDENT_READ)
def independent_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame as it was frozen, to draw from it again anywhere; once everybody of it was called."""
    found = get_object_or_404(IndependentDraw, pk=pk)
    if not independent_drawing.is_over(found):
        raise Http404("frame")
    response = HttpResponse(found.frame, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="independent-{found.day:%Y-%m-%d}.txt"'
    return response
