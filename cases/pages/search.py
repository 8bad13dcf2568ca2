"""Search: one box for number, telephone and words, narrowed by filters; scope and identity as everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.forms.search import SearchFilters
from cases.marking import marked, snippet, sought
from cases.models import Case, CaseQuerySet
from cases.pages.case_list import count_words, promise_left
from cases.pages.queues import units
from cases.search import Asked, capped_count, find, understand
from hotline.acts import Refusal
from hotline.guards import acting, requires
from hotline.masking import mask_text
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.roles import Capability


@require_GET
@requires(Capability.CASE_SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """A number leads to its case; anything else to a list within reach, latest first."""
    at, text = timezone.now(), request.GET.get("q", "").strip()
    filters = SearchFilters(request.GET)
    context: dict[str, Any] = {"q": text, "filters": filters, "units": units(at), "asked": None, "rows": []}
    narrowed = filters.is_valid() and bool(filters.named())
    if not text and not narrowed:
        return render(
            request, "cases/search.html", {**context, "idle": True}, status=200 if filters.is_valid() else 422
        )
    try:
        asked = understand(text) if text else Asked()
        cases = find(text, by=acting(request), at=at) if text else Case.objects.visible_to(acting(request))
        if asked.number and (number := cases.values_list("number", flat=True).first()):
            return HttpResponseRedirect(reverse("cases:case", args=[number]))
    except Refusal as refusal:
        return render(request, "cases/search.html", {**context, "refused": str(refusal)}, status=refusal.status)
    if not filters.is_valid():
        return render(request, "cases/search.html", context, status=422)
    return render(request, "cases/search.html", {**context, **_found(request, cases, asked, filters, at)})


def _found(
    request: HttpRequest, cases: CaseQuerySet, asked: Asked, filters: SearchFilters, at: datetime
) -> dict[str, Any]:
    cases = cases.filter(filters.condition())
    n = capped_count(cases)
    token = request.GET.get(PARAMETER, "")
    found = page_of(cases, "registered_at", token, descending=True)
    words = sought(asked.words)
    for case in found.rows:
        case.left = promise_left(case, at)  # type: ignore[attr-defined]
        if words:
            case.marked_title = marked(case.title, words)  # type: ignore[attr-defined]
            case.snippet = snippet(mask_text(case.words), words)  # type: ignore[attr-defined]
    shown = _("%(shown)s of %(n)s") % {"shown": len(found.rows), "n": count_words(n)}
    clear = address(request.GET.__class__(), q=request.GET.get("q", ""))
    named = filters.named()
    return {
        "asked": asked,
        "rows": found.rows,
        "n_words": count_words(n),
        "named": named,
        "clear": clear,
        "pager": pager(request.GET, found, shown),
    }
