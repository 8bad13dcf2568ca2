"""What a unit has in hand, most pressing first, each row worked off in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cases import handling, in_hand, saved_views, worklists
from cases.forms.handling import ViewForm
from cases.models import Assignment, AssignmentState, SavedView, Urgency
from cases.pages.worklist_rows import rows
from cases.worklist_filters import Filters, places_and_subjects
from hotline.acts import Invalid, Refusal
from hotline.guards import acting, requires
from hotline.pages.performing import go, perform, version_of, whole
from hotline.roles import UNIT, Capability

PAGE = "worklist"
BULK_LIMIT = 100


@require_GET
@requires(Capability.CASE_READ)
def worklist(request: HttpRequest) -> HttpResponse:
    """One of the unit's lists, filtered, a page of it."""
    at, by, query = timezone.now(), acting(request), request.GET
    filters = Filters.read(query)
    page = worklists.read(
        by,
        at=at,
        slug=query.get("list", ""),
        filters=filters,
        after=query.get("after", ""),
        before=query.get("before", ""),
    )
    kept = _kept(page.worklist.slug, filters)
    views = _views(request, kept)
    context = {
        "now": at,
        "page": page,
        "rows": rows(page.rows, by=by, at=at),
        "tabs": _tabs(by, page, filters),
        "chips": _chips(page.worklist.slug, filters),
        "filters": filters,
        "options": _options(),
        "views": views,
        "view_name": _view_name(views, filters),
        "kept": kept,
        "pager": _pager(page, kept),
        "is_unit": by.role in UNIT,
        "view_form": ViewForm(initial={"query": kept}),
    }
    return render(request, "cases/worklist.html", context)


def _address(**given: str) -> str:
    query = QueryDict(mutable=True)
    query.update({key: value for key, value in given.items() if value})
    return query.urlencode()


def _kept(slug: str, filters: Filters) -> str:
    return _address(list=slug, **filters.chosen())


def _tabs(by: Any, page: worklists.Page, filters: Filters) -> list[dict[str, Any]]:
    """Each list with its count, which is the length of what opens; only what is there is coloured."""
    return [
        {
            "title": w.title,
            "url": f"?{_kept(w.slug, filters)}",
            "count": page.counts[w.slug],
            "level": w.level if page.counts[w.slug] else "",
            "current": w.slug == page.worklist.slug,
        }
        for w in in_hand.worklists_for(by)
    ]


def _options() -> dict[str, Any]:
    districts, subjects = places_and_subjects()
    states = (AssignmentState.DISPATCHED, AssignmentState.HANDLING)
    return {
        "region": [(r.code, r.label) for r in districts],
        "category": [(c.code, c.label) for c in subjects],
        "state": [(s.value, s.label) for s in states],
        "urgency": Urgency.choices,
    }


def _chips(slug: str, filters: Filters) -> list[dict[str, str]]:
    """What narrows the list, each with the way to be rid of it."""
    titles = {
        "region": _("Area"),
        "category": _("Subject"),
        "state": _("State"),
        "urgency": _("Urgency"),
        "q": _("Words"),
    }
    chosen, options = filters.chosen(), _options()
    return [
        {
            "words": f"{titles[name]}: {dict(options.get(name, [])).get(value, value)}",
            "url": "?" + _address(list=slug, **{k: v for k, v in chosen.items() if k != name}),
        }
        for name, value in chosen.items()
    ]


def _views(request: HttpRequest, kept: str) -> list[dict[str, Any]]:
    own = SavedView.objects.filter(owner=acting(request).user_id, page=PAGE).order_by("name")
    return [{"view": view, "url": f"?{view.query}", "current": view.query == kept} for view in own]


def _view_name(views: list[dict[str, Any]], filters: Filters) -> str:
    named = next((item["view"].name for item in views if item["current"]), "")
    return named or (_("filtered") if filters.chosen() else _("time left on my leg"))


def _pager(page: worklists.Page, kept: str) -> dict[str, str]:
    words = _("%(first)s–%(last)s of %(total)s") % {"first": page.first, "last": page.last, "total": page.total}
    return {
        "words": words if page.rows else "",
        "previous_url": f"?{kept}&before={page.before}" if page.before else "",
        "next_url": f"?{kept}&after={page.after}" if page.after else "",
    }


def _home(request: HttpRequest) -> str:
    """Back to the list the act was made from."""
    back = request.POST.get("back", "")
    return reverse("cases:worklist") + (back if back.startswith("?") else "")


@require_POST
@requires(Capability.ASSIGNMENT_WORK)
def sign_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one row off where it stands."""
    at, by = timezone.now(), acting(request)
    reach = Assignment.objects.visible_to(by).select_related("case")
    row = get_object_or_404(reach, pk=pk)
    return perform(
        request,
        lambda: handling.sign(row, by=by, at=at, version=version_of(request)),
        then=lambda _case: _home(request),
        said=_("%(number)s was signed off.") % {"number": row.case.number},
    )


@require_POST
@requires(Capability.ASSIGNMENT_WORK)
def sign_rows(request: HttpRequest) -> HttpResponse:
    """Sign the chosen rows off, each with the version it was seen at; tell which were not, and why."""
    at, by = timezone.now(), acting(request)
    versions = dict(_chosen(value) for value in request.POST.getlist("chosen")[:BULK_LIMIT])
    reach = Assignment.objects.visible_to(by).select_related("case").order_by("pk")
    chosen = [(row, versions[row.pk]) for row in reach.filter(pk__in=versions)]
    _tell(request, handling.sign_together(chosen, by=by, at=at))
    return go(request, _home(request))


def _chosen(value: str) -> tuple[int, int]:
    """A ticked box: which assignment, and the version of its case."""
    pk, _colon, version = value.partition(":")
    return whole(pk) or 0, whole(version) or 0


def _tell(request: HttpRequest, results: list[tuple[Assignment, Refusal | None]]) -> None:
    refused = [(row, refusal) for row, refusal in results if refusal is not None]
    n = len(results) - len(refused)
    if n:
        messages.success(request, ngettext("%(n)s case signed off.", "%(n)s cases signed off.", n) % {"n": n})
    if refused:
        reasons = "; ".join(f"{row.case.number}: {refusal}" for row, refusal in refused)
        messages.warning(request, _("%(n)s not signed off. %(why)s") % {"n": len(refused), "why": reasons})
    if not results:
        messages.warning(request, _("Nothing was chosen."))


@require_POST
@requires(Capability.CASE_READ)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filters under a name."""
    at, by = timezone.now(), acting(request)
    form = ViewForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Give the view a name of at most 40 characters."), field="name")
    given = form.cleaned_data
    return perform(
        request,
        lambda: saved_views.save_view(PAGE, by=by, at=at, **given),
        then=lambda view: f"{reverse('cases:worklist')}?{view.query}",
        said=_("The view was saved."),
    )


@require_POST
@requires(Capability.CASE_READ)
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of one's own views."""
    at, by = timezone.now(), acting(request)
    view = get_object_or_404(SavedView, pk=pk, owner=by.user_id, page=PAGE)
    return perform(
        request,
        lambda: saved_views.delete_view(view, by=by, at=at),
        then=lambda _none: reverse("cases:worklist"),
        said=_("The view was deleted."),
    )
