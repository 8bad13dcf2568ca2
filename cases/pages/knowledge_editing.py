"""Writing answers: a draft beside the version in force, and its way to approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases import knowledge
from cases.deadlines import local_date
from cases.file_types import ACCEPT
from cases.forms.catalogue import usable_categories
from cases.forms.knowledge import ArticleForm, FileForm
from cases.models import KnowledgeArticle, KnowledgeFile
from cases.pages.queues import units
from hotline.acts import Invalid
from hotline.form_fields import ReturnForm
from hotline.guards import acting, requires
from hotline.models import TwoPeopleState
from hotline.pages.performing import perform, submitted
from hotline.roles import UNIT, Capability


@requires(Capability.KNOWLEDGE_WRITE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new answer."""
    by, at = acting(request), timezone.now()
    on = local_date(at)
    if request.method == "GET":
        own = by.organisation.label if by.role in UNIT else ""
        return _editor(request, ArticleForm(on=on, initial={"unit": own}))
    form = ArticleForm(request.POST, on=on)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: knowledge.write(form.given(), by=by, at=at),
            then=_draft_page,
            said=_("The draft is kept. Read it through, then propose it."),
        ),
        lambda: _editor(request, form),
    )


def _editor(
    request: HttpRequest,
    form: ArticleForm | None,
    draft: KnowledgeArticle | None = None,
    file_form: FileForm | None = None,
    back: ReturnForm | None = None,
) -> HttpResponse:
    by = acting(request)
    context: dict[str, Any] = {"form": form, "draft": draft, "file_form": file_form or FileForm(), "accept": ACCEPT}
    if form is not None:
        context |= {"units": units(timezone.now()), "categories": usable_categories()}
    if draft is not None:
        now = KnowledgeArticle.objects.current().filter(key=draft.key).select_related("approved_by").first()
        context |= {
            "now": now,
            "files": list(draft.files.order_by("uploaded_at")),
            "back": back or ReturnForm(),
            "decides": draft.state == TwoPeopleState.PROPOSED and by.can(Capability.KNOWLEDGE_APPROVE),
            "own": draft.proposed_by_id == by.user_id,
        }
    wrong = any(given is not None and given.errors for given in (form, file_form, back))
    return render(request, "cases/knowledge_draft.html", context, status=422 if wrong else 200)


def _draft_page(article: KnowledgeArticle) -> str:
    return reverse("cases:knowledge_draft", args=[article.pk])


def _found(request: HttpRequest, pk: int) -> KnowledgeArticle:
    reach = KnowledgeArticle.objects.kept_by(acting(request)).filter(approved_at__isnull=True)
    return get_object_or_404(reach.select_related("proposed_by", "written_by"), pk=pk)


@requires(Capability.KNOWLEDGE_WRITE)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A version that is not approved yet: to be written, or to be decided on."""
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    on = local_date(at)
    if request.method == "GET":
        written = found.state == TwoPeopleState.DRAFT
        return _editor(request, ArticleForm.of(found, on=on) if written else None, found)
    form = ArticleForm(request.POST, on=on)
    act = lambda: knowledge.revise(found, form.given(), by=by, at=at)  # noqa: E731
    return submitted(
        request, form, lambda: _done(request, act, _("The draft is kept.")), lambda: _editor(request, form, found)
    )


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def write_anew(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the next version of an answer."""
    by, at = acting(request), timezone.now()
    reach = KnowledgeArticle.objects.kept_by(by).filter(key=key)
    article = get_object_or_404(reach.current())
    said = _("A new version was begun. The one in force stays until it is approved.")
    return _done(request, lambda: knowledge.write_anew(article, by=by, at=at), said)


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a draft."""
    by, at, found, form = acting(request), timezone.now(), _found(request, pk), FileForm(request.POST, request.FILES)
    act = lambda: knowledge.add_file(found, form.upload(), by=by, at=at)  # noqa: E731
    then = _draft_page(found)
    return submitted(
        request,
        form,
        lambda: perform(request, act, then=lambda _file: then, said=_("The file was added.")),
        lambda: _editor(request, ArticleForm.of(found, on=local_date(at)), found, file_form=form),
    )


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def take_file_out(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    """Leave a file out of a draft."""
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    kept = get_object_or_404(KnowledgeFile.objects.filter(articles=found), pk=file)
    act = lambda: knowledge.take_file_out(found, kept, by=by, at=at)  # noqa: E731
    return _done(request, act, _("The file was taken out of the draft."))


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft before the office's editors."""
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    said = _("Proposed. It is in force once somebody else has approved it.")
    return _done(request, lambda: knowledge.propose(found, by=by, at=at), said)


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a draft come to nothing."""
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    act = lambda: knowledge.drop(found, by=by, at=at)  # noqa: E731
    then = reverse("cases:knowledge_work")
    return perform(request, act, then=lambda _article: then, said=_("The draft was dropped."))


@requires(Capability.KNOWLEDGE_APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a version be in force."""
    by, at, found = acting(request), timezone.now(), _found(request, pk)
    then = reverse("cases:knowledge_article", args=[found.key])
    act = lambda: knowledge.approve(found, by=by, at=at)  # noqa: E731
    return perform(request, act, then=lambda _article: then, said=_("Approved: it may be quoted from now on."))


@requires(Capability.KNOWLEDGE_APPROVE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a version a draft again, with the reason."""
    by, at, found, form = acting(request), timezone.now(), _found(request, pk), ReturnForm(request.POST)
    act = lambda: knowledge.send_back(found, by=by, at=at, why=form.cleaned_data["why"])  # noqa: E731
    return submitted(
        request,
        form,
        lambda: _done(request, act, _("Sent back to its proposer.")),
        lambda: _editor(request, None, found, back=form),
    )


@requires(Capability.KNOWLEDGE_WRITE)
@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """The unit's word on an answer in force: still right, or withdrawn."""
    by, at = acting(request), timezone.now()
    reach = KnowledgeArticle.objects.kept_by(by).filter(key=key)
    article = get_object_or_404(reach.current())
    then = reverse("cases:knowledge_article", args=[key])
    if request.POST.get("act") == "withdraw":
        act, said = knowledge.withdraw, _("Withdrawn: it cannot be quoted any more.")
    elif request.POST.get("act") == "confirm":
        act, said = knowledge.confirm, _("Confirmed. You will be reminded to look at it again.")
    else:
        raise Invalid(_("Say whether it is still right, or withdrawn."))
    return perform(request, lambda: act(article, by=by, at=at), then=lambda _article: then, said=said)


def _done(request: HttpRequest, act: Callable[[], KnowledgeArticle], said: str) -> HttpResponse:
    return perform(request, act, then=_draft_page, said=said)
