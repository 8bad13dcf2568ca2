"""What people let the public read: cases retold, and names of hot topics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import hot_topics
from cases.models import Case, HotTopic
from hotline.acts import Invalid
from hotline.form_fields import ReturnForm
from hotline.guards import acting, requires
from hotline.identifiers import parse_case_number
from hotline.models import TwoPeopleState
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from oversight import public_topics, typical_cases
from oversight.forms import NewTypicalCaseForm, TypicalCaseForm
from oversight.models import TopicName, TypicalCase


@require_GET
@requires(Capability.PUBLICATION_READ)
def publication(request: HttpRequest) -> HttpResponse:
    """Typical cases, the latest first, and beside them last night's topics with what the public may read of them."""
    by = acting(request)
    rows = TypicalCase.objects.visible_to(by).exclude(state=TwoPeopleState.DROPPED)
    listed = page_of(
        rows.select_related("case", "written_by", "approved_by"),
        "written_at",
        request.GET.get(PARAMETER, ""),
        descending=True,
    )
    released = list(TopicName.objects.select_related("released_by").order_by("name"))
    known = {name.name for name in released}
    worded = public_topics.wordings(known)
    _run, topics = hot_topics.shown(Case.objects.visible_to(by))
    context = {
        "rows": listed.rows,
        "pager": pager(request.GET, listed, ""),
        "released": [{"name": name, "worded": worded.get(name.name, [])} for name in released],
        "words_limit": public_topics.WORDS_LIMIT,
        "topics": [topic for topic in topics if topic.name[:60] not in known],
        "writes": by.can(Capability.PUBLICATION_WRITE),
    }
    return render(request, "oversight/publication.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PUBLICATION_WRITE)
def write(request: HttpRequest) -> HttpResponse:
    """Begin to retell a case."""
    by, at = acting(request), timezone.now()
    if request.method == "GET":
        return _editor(request, NewTypicalCaseForm(initial={"number": request.GET.get("case", "")}))
    form = NewTypicalCaseForm(request.POST)

    def act() -> TypicalCase:
        case = Case.objects.visible_to(by).filter(number=parse_case_number(form.cleaned_data["number"]) or "").first()
        if case is None:
            raise Invalid(_("There is no such case within your reach."), field="number")
        return typical_cases.write(case, form.given(), by=by, at=at)

    said = _("The draft is kept.")
    return submitted(request, form, lambda: _done(request, act, said), lambda: _editor(request, form))


def _found(request: HttpRequest, pk: int) -> TypicalCase:
    rows = TypicalCase.objects.visible_to(acting(request))
    return get_object_or_404(rows.select_related("case", "written_by", "proposed_by", "approved_by"), pk=pk)


@require_GET
@requires(Capability.PUBLICATION_READ)
def typical_case(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to write on, or what the public reads, with who does what next."""
    one = _found(request, pk)
    return _editor(request, _form_of(request, one), one)


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a draft as it is written now."""
    by, at, one, form = acting(request), timezone.now(), _found(request, pk), TypicalCaseForm(request.POST)
    act = lambda: typical_cases.revise(one, form.given(), by=by, at=at)  # noqa: E731
    said = _("The draft is kept.")
    return submitted(request, form, lambda: _done(request, act, said), lambda: _editor(request, form, one))


def _form_of(request: HttpRequest, one: TypicalCase) -> TypicalCaseForm | None:
    writes = acting(request).can(Capability.PUBLICATION_WRITE)
    return TypicalCaseForm.of(one) if writes and one.state == TwoPeopleState.DRAFT else None


def _editor(
    request: HttpRequest, form: TypicalCaseForm | None, one: TypicalCase | None = None, back: ReturnForm | None = None
) -> HttpResponse:
    by = acting(request)
    context: dict[str, Any] = {"form": form, "draft": one}
    if one is not None:
        decides = by.can(Capability.PUBLICATION_APPROVE)
        context |= {
            "decides": decides and one.state == TwoPeopleState.PROPOSED,
            "may_withdraw": one.is_published and by.can(Capability.PUBLICATION_WITHDRAW),
            "own": by.user_id in (one.proposed_by_id, one.written_by_id),
            "back": back or ReturnForm(),
        }
    wrong = any(given is not None and given.errors for given in (form, back))
    return render(request, "oversight/typical_case.html", context, status=422 if wrong else 200)


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), _found(request, pk)
    return _done(request, lambda: typical_cases.propose(one, by=by, at=at), _("Proposed; somebody else approves it."))


@require_POST
@requires(Capability.PUBLICATION_APPROVE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), _found(request, pk)
    return _done(request, lambda: typical_cases.approve(one, by=by, at=at), _("Approved. The public reads it now."))


@require_POST
@requires(Capability.PUBLICATION_APPROVE)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), _found(request, pk)
    return _with_reason(
        request, one, lambda why: typical_cases.send_back(one, by=by, at=at, why=why), _("Sent back as a draft.")
    )


@require_POST
@requires(Capability.PUBLICATION_WITHDRAW)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), _found(request, pk)
    said = _("Taken from the public page.")
    return _with_reason(request, one, lambda why: typical_cases.withdraw(one, by=by, at=at, because=why), said)


def _with_reason(request: HttpRequest, one: TypicalCase, act: Callable[[str], TypicalCase], said: str) -> HttpResponse:
    form = ReturnForm(request.POST)
    return submitted(
        request,
        form,
        lambda: _done(request, lambda: act(form.cleaned_data["why"]), said),
        lambda: _editor(request, None, one, back=form),
    )


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, one = acting(request), timezone.now(), _found(request, pk)
    return _to_list(request, lambda: typical_cases.drop(one, by=by, at=at), _("The draft was dropped."))


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def release_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the public read topics of this name."""
    by, at = acting(request), timezone.now()
    _run, topics = hot_topics.shown(Case.objects.visible_to(by))
    topic = get_object_or_404(HotTopic, pk=pk if pk in {one.pk for one in topics} else None)
    name_en = request.POST.get("name_en", "")
    act = lambda: public_topics.release(topic, by=by, at=at, name_en=name_en)  # noqa: E731
    return _to_list(request, act, _("The public may read it now."))


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def reword_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """What the public reads in the place of the machine's words."""
    by, at, name = acting(request), timezone.now(), get_object_or_404(TopicName, pk=pk)
    act = lambda: public_topics.reword(name, request.POST.get("words", ""), by=by, at=at)  # noqa: E731
    return _to_list(request, act, _("The public reads these words now."))


@require_POST
@requires(Capability.PUBLICATION_WRITE)
def withdraw_topic(request: HttpRequest, pk: int) -> HttpResponse:
    by, at, name = acting(request), timezone.now(), get_object_or_404(TopicName, pk=pk)
    act = lambda: public_topics.withdraw(name, by=by, at=at)  # noqa: E731
    return _to_list(request, act, _("Taken from the public page."))


def _to_list(request: HttpRequest, act: Callable[[], Any], said: str) -> HttpResponse:
    then = reverse("oversight:publication")
    return perform(request, act, then=lambda _made: then, said=said)


def _done(request: HttpRequest, act: Callable[[], TypicalCase], said: str) -> HttpResponse:
    return perform(request, act, then=lambda one: reverse("oversight:typical_case", args=[one.pk]), said=said)
