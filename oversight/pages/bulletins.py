"""Bulletins: the list, one with its figures and its way to approval, and the templates they are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.form_fields import ReturnForm
from hotline.guards import acting, requires
from hotline.models import TwoPeopleState
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from oversight import bulletins
from oversight.bulletin_document import sections
from oversight.forms import BulletinForm, CommentForm, TemplateForm
from oversight.models import Bulletin, BulletinTemplate


@require_GET
@requires(Capability.PUBLICATION_READ)
def bulletin_list(request: HttpRequest) -> HttpResponse:
    """The latest first, those that were dropped left out."""
    return _list(request)


def _list(request: HttpRequest, form: BulletinForm | None = None) -> HttpResponse:
    by = acting(request)
    rows = Bulletin.objects.visible_to(by).standing().defer("content").select_related("made_by", "approved_by")
    listed = page_of(rows, "made_at", request.GET.get(PARAMETER, ""), descending=True)
    context: dict[str, Any] = {"rows": listed.rows, "pager": pager(request.GET, listed, "")}
    if by.can(Capability.PUBLICATION_WRITE):
        context |= {"form": form or BulletinForm(), "templates": BulletinTemplate.objects.order_by("pk")}
    return render(request, "oversight/bulletins.html", context, status=422 if form and form.errors else 200)


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def make(request: HttpRequest) -> HttpResponse:
    """Count and freeze a window."""
    by, at, form = acting(request), timezone.now(), BulletinForm(request.POST)

    def act() -> Bulletin:
        return bulletins.make(form.cleaned_data["template"], form.window(at), by=by, at=at)

    said = _("The figures are frozen. Read them, say what they mean, then propose it.")
    return submitted(request, form, lambda: _done(request, act, said), lambda: _list(request, form))


def found(request: HttpRequest, pk: int) -> Bulletin:
    rows = Bulletin.objects.visible_to(acting(request)).select_related("made_by", "proposed_by", "approved_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
@requires(Capability.PUBLICATION_READ)
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """Its figures as they were frozen, and who does what next."""
    return _page(request, found(request, pk))


def _page(
    request: HttpRequest, one: Bulletin, comment: CommentForm | None = None, back: ReturnForm | None = None
) -> HttpResponse:
    by = acting(request)
    writes = by.can(Capability.PUBLICATION_WRITE) and one.state == TwoPeopleState.DRAFT
    decides = by.can(Capability.PUBLICATION_APPROVE) and one.state == TwoPeopleState.PROPOSED
    context = {
        "bulletin": one,
        "sections": sections(one),
        "comment": (comment or CommentForm(initial={"words": one.comment})) if writes else None,
        "back": (back or ReturnForm()) if decides else None,
        "own": by.user_id in (one.proposed_by_id, one.made_by_id),
    }
    wrong = any(form is not None and form.errors for form in (comment, back))
    return render(request, "oversight/bulletin.html", context, status=422 if wrong else 200)


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what the figures mean."""
    by, at, one, form = acting(request), timezone.now(), found(request, pk), CommentForm(request.POST)
    act = lambda: bulletins.comment(one, form.cleaned_data["words"], by=by, at=at)  # noqa: E731
    return submitted(
        request, form, lambda: _done(request, act, _("The comment is kept.")), lambda: _page(request, one, form)
    )


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), found(request, pk)
    return _done(request, lambda: bulletins.propose(one, by=by, at=at), _("Proposed; somebody else approves it."))


@require_POST
@requires(Capability.PUBLICATION_APPROVE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), found(request, pk)
    return _done(request, lambda: bulletins.approve(one, by=by, at=at), _("Approved. Nothing of it changes any more."))


@require_POST
@requires(Capability.PUBLICATION_APPROVE)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one, form = acting(request), timezone.now(), found(request, pk), ReturnForm(request.POST)

    def act() -> Bulletin:
        return bulletins.send_back(one, by=by, at=at, why=form.cleaned_data["why"])

    again = lambda: _page(request, one, back=form)  # noqa: E731
    return submitted(request, form, lambda: _done(request, act, _("Sent back as a draft.")), again)


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), found(request, pk)
    then = reverse("oversight:bulletins")
    act = lambda: bulletins.drop(one, by=by, at=at)  # noqa: E731
    return perform(request, act, then=lambda _dropped: then, said=_("Dropped. Its window may have another."))


@require_http_methods(["GET", "POST"])
@requires(Capability.PUBLICATION_WRITE)
def write_template(request: HttpRequest) -> HttpResponse:
    """A template: its measures, by what, how often."""
    by, at = acting(request), timezone.now()
    if request.method == "GET":
        return _template(request, TemplateForm(initial={"rhythm": "daily", "hour": 0, "in_use": True}))
    form = TemplateForm(request.POST)
    act = lambda: bulletins.write_template(form.given(), by=by, at=at)  # noqa: E731
    return submitted(request, form, lambda: _kept(request, act), lambda: _template(request, form))


@require_http_methods(["GET", "POST"])
@requires(Capability.PUBLICATION_WRITE)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a template for the bulletins to come."""
    by, at, one = acting(request), timezone.now(), get_object_or_404(BulletinTemplate, pk=pk)
    if request.method == "GET":
        return _template(request, TemplateForm.of(one), one)
    form = TemplateForm(request.POST)
    act = lambda: bulletins.revise_template(one, form.given(), by=by, at=at)  # noqa: E731
    return submitted(request, form, lambda: _kept(request, act), lambda: _template(request, form, one))


def _template(request: HttpRequest, form: TemplateForm, one: BulletinTemplate | None = None) -> HttpResponse:
    context = {"form": form, "template": one}
    return render(request, "oversight/bulletin_template.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, act: Callable[[], BulletinTemplate]) -> HttpResponse:
    then = reverse("oversight:bulletins")
    return perform(request, act, then=lambda _template: then, said=_("The template is kept."))


def _done(request: HttpRequest, act: Callable[[], Bulletin], said: str) -> HttpResponse:
    return perform(request, act, then=lambda one: reverse("oversight:bulletin", args=[one.pk]), said=said)
