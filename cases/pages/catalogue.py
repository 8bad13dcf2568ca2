"""The dispatch catalogue: what holds today, and the versions that change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases import cataloguing
from cases.catalogue_preview import preview
from cases.deadlines import local_date
from cases.forms.catalogue import LineForm, VersionForm, usable_categories
from cases.models import Case, CatalogueChange, CatalogueEntry, CatalogueVersion
from cases.naming import full_label
from cases.pages.queues import units
from hotline.form_fields import ReturnForm
from hotline.guards import acting, requires
from hotline.models import TwoPeopleState
from hotline.pages.performing import perform, submitted, whole
from hotline.paging import PARAMETER, page_of, pager
from hotline.plain_text import clean_text
from hotline.roles import OFFICE, Capability
from hotline.shelf import REGIONS

SHOWN = 200
OPEN_STATES = (TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED)


@require_GET
@requires(Capability.CATALOGUE_READ)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The lines that hold today by category and place; words narrow them."""
    on, q = local_date(timezone.now()), clean_text(request.GET.get("q", ""))[:100]
    past = bool(request.GET.get("all"))
    rows = CatalogueEntry.objects.all() if past else CatalogueEntry.objects.in_force(on)
    found = list(in_order(_with_words(rows, q))[: SHOWN + 1])
    for row in found:
        row.holds = row.valid_from <= on and (row.valid_until is None or row.valid_until > on)
        row.place = full_label(row.region) if row.region else ""
        row.asleep = not row.unit.is_active(on)
    context = {"rows": found[:SHOWN], "more": len(found) > SHOWN, "q": q, "past": past, "shown": SHOWN}
    return render(request, "cases/catalogue.html", context)


def _with_words(rows: QuerySet[CatalogueEntry, CatalogueEntry], text: str) -> QuerySet[CatalogueEntry, CatalogueEntry]:
    """Lines in which each word names the category, the place, the unit, the source or the number."""
    for word in text.split():
        names = ("category__full_name", "region__name", "unit__name", "copy_to__name", "source")
        english = ("category__full_name_en", "region__name_en", "unit__name_en", "copy_to__name_en", "unit__initials")
        asked = Q(*((f"{name}__icontains", word) for name in (*names, *english)), _connector=Q.OR)
        number = whole(word)
        rows = rows.filter(asked | Q(serial=number) if number is not None and number < 2**31 else asked)
    return rows


def in_order(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Lines as a catalogue is read: by category, then from the city down to the street."""
    return rows.prefetch_related("co_organisers").order_by("category__path", "region__path", "channel", "kind", "pk")


@requires(Capability.CATALOGUE_READ)
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Versions, the latest first, and the form that begins one."""
    return _versions(request)


def _versions(request: HttpRequest, form: VersionForm | None = None) -> HttpResponse:
    reach = CatalogueVersion.objects.visible_to(acting(request))
    rows = reach.select_related("created_by", "proposed_by", "approved_by")
    found = page_of(rows, "created_at", request.GET.get(PARAMETER, ""), descending=True)
    form = form or VersionForm(initial={"valid_from": local_date(timezone.now())})
    context = {"rows": found.rows, "pager": pager(request.GET, found, ""), "form": form}
    edits = acting(request).can(Capability.CATALOGUE_EDIT)
    return render(
        request, "cases/catalogue_versions.html", context | {"edits": edits}, status=422 if form.errors else 200
    )


@requires(Capability.CATALOGUE_EDIT)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a version."""
    form, at, by = VersionForm(request.POST), timezone.now(), acting(request)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: cataloguing.draft(by=by, at=at, **form.cleaned_data),
            then=lambda version: reverse("cases:catalogue_version", args=[version.pk]),
            said=_("The draft was begun. Add the lines it changes."),
        ),
        lambda: _versions(request, form),
    )


@requires(Capability.CATALOGUE_READ)
@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its changes line by line, what they would have changed, and what may be done with it."""
    found = _found(request, pk)
    form = None
    if found.state == TwoPeopleState.DRAFT and acting(request).can(Capability.CATALOGUE_EDIT):
        form = LineForm.of(found, _line_named(request, found))
    return _version(request, found, form)


def _found(request: HttpRequest, pk: int) -> CatalogueVersion:
    reach = CatalogueVersion.objects.visible_to(acting(request))
    return get_object_or_404(reach.select_related("created_by", "proposed_by", "approved_by"), pk=pk)


def _line_named(request: HttpRequest, found: CatalogueVersion) -> CatalogueChange | CatalogueEntry | None:
    """The change or the line in force that the form begins from, if the address names one."""
    change, entry = whole(request.GET.get("change", "")), whole(request.GET.get("entry", ""))
    if change is not None:
        return in_order(found.changes.all()).filter(pk=change).first()
    return in_order(CatalogueEntry.objects.all()).filter(pk=entry).first() if entry is not None else None


def _version(
    request: HttpRequest, found: CatalogueVersion, form: Form | None = None, back: ReturnForm | None = None
) -> HttpResponse:
    by, on = acting(request), local_date(timezone.now())
    changes = list(in_order(found.changes.all()))
    was = before(found, changes)
    for change in changes:
        change.was = was.get(change.key)
        change.place = full_label(change.region) if change.region else ""
    open_still = found.state in OPEN_STATES
    context: dict[str, Any] = {
        "version": found,
        "changes": changes,
        "form": form,
        "back": back or ReturnForm(),
        "edits": found.state == TwoPeopleState.DRAFT and by.can(Capability.CATALOGUE_EDIT),
        "drops": open_still and by.can(Capability.CATALOGUE_EDIT),
        "decides": found.state == TwoPeopleState.PROPOSED and by.can(Capability.CATALOGUE_APPROVE),
        "own": found.proposed_by_id == by.user_id,
        "preview": preview(found, on) if open_still and changes else None,
        "reaches": by.role in OFFICE,
    }
    if form is not None:
        context |= {"units": units(timezone.now()), "categories": usable_categories(), "regions": _regions()}
    wrong = any(given is not None and given.errors for given in (form, back))
    return render(request, "cases/catalogue_version.html", context, status=422 if wrong else 200)


def _regions() -> list[str]:
    return [full_label(region) for region in REGIONS.all()]


def before(found: CatalogueVersion, changes: list[CatalogueChange]) -> dict[Any, CatalogueEntry]:
    """What held for the same cases before the version, by key."""
    same = CatalogueEntry.objects.filter(category__in={change.category_id for change in changes})
    if found.state == TwoPeopleState.APPROVED:
        same = same.filter(valid_until=found.valid_from).exclude(version=found)
    else:
        same = same.in_force(found.valid_from)
    return {entry.key: entry for entry in in_order(same)}


@requires(Capability.CATALOGUE_EDIT)
@require_POST
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a line to a draft, or change it."""
    found, at, by = _found(request, pk), timezone.now(), acting(request)
    form = LineForm(request.POST, on=found.valid_from)
    return submitted(
        request,
        form,
        lambda: _done(
            request, found, lambda: cataloguing.put(found, form.line(), by=by, at=at), _("The line is in the draft.")
        ),
        lambda: _version(request, found, form),
    )


@requires(Capability.CATALOGUE_EDIT)
@require_POST
def take_out(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """Leave a line out of a draft again."""
    found, at, by = _found(request, pk), timezone.now(), acting(request)
    act = lambda: cataloguing.take_out(found, by=by, at=at, change=change)  # noqa: E731
    return _done(request, found, act, _("The line was taken out of the draft."))


@requires(Capability.CATALOGUE_EDIT)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft before those who approve."""
    found, at, by = _found(request, pk), timezone.now(), acting(request)
    said = _("Proposed. It holds once somebody else has approved it.")
    return _done(request, found, lambda: cataloguing.propose(found, by=by, at=at), said)


@requires(Capability.CATALOGUE_EDIT)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a version come to nothing."""
    found, at, by = _found(request, pk), timezone.now(), acting(request)
    return _done(request, found, lambda: cataloguing.drop(found, by=by, at=at), _("The version was dropped."))


@requires(Capability.CATALOGUE_APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a version hold."""
    found, at, by = _found(request, pk), timezone.now(), acting(request)
    act = lambda: cataloguing.approve(found, by=by, at=at)  # noqa: E731
    return _done(request, found, act, _("Approved: the catalogue changes on the version's day."))


@requires(Capability.CATALOGUE_APPROVE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a version a draft again, with the reason."""
    found, at, by, form = _found(request, pk), timezone.now(), acting(request), ReturnForm(request.POST)
    return submitted(
        request,
        form,
        lambda: _done(
            request,
            found,
            lambda: cataloguing.send_back(found, by=by, at=at, why=form.cleaned_data["why"]),
            _("Sent back to its proposer."),
        ),
        lambda: _version(request, found, back=form),
    )


def _done(request: HttpRequest, found: CatalogueVersion, act: Callable[[], Any], said: str) -> HttpResponse:
    return perform(request, act, then=lambda _v: reverse("cases:catalogue_version", args=[found.pk]), said=said)


@requires(Capability.CATALOGUE_EDIT)
@require_GET
def moved_cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases of last month that a version would have routed differently, the latest first."""
    found, by = _found(request, pk), acting(request)
    shown = preview(found, local_date(timezone.now()))
    cases = page_of(
        shown.cases(Case.objects.visible_to(by)), "registered_at", request.GET.get(PARAMETER, ""), descending=True
    )
    for case in cases.rows:
        case.before, case.after = shown.shift(case)  # type: ignore[attr-defined]
    words = _("%(shown)s of %(n)s") % {"shown": len(cases.rows), "n": shown.n}
    context = {"version": found, "preview": shown, "rows": cases.rows, "pager": pager(request.GET, cases, words)}
    return render(request, "cases/catalogue_moved.html", context)
