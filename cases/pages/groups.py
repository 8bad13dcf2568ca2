"""Cases about the same thing: the list of groups and bursts, a group with its cases and its answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cases import bursts, duplicates, group_answers, linking
from cases.discretion import members_told
from cases.models import OPEN, Burst, Case, CaseGroup, GroupAnswer, Status
from cases.readership import looked
from hotline.acts import Invalid, Refusal
from hotline.guards import acting, requires
from hotline.identifiers import parse_case_number
from hotline.models import Membership
from hotline.pages.performing import perform, whole
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import UNIT, Capability

BURSTS_SHOWN = 20
PAGE = 50


@require_GET
@requires(Capability.CASE_READ)
def groups(request: HttpRequest) -> HttpResponse:
    """Bursts that go on now, and the groups, the latest changed first."""
    by = acting(request)
    rows = CaseGroup.objects.open().visible_to(by).counted(by).select_related("main")
    found = page_of(rows, "changed_at", request.GET.get(PARAMETER, ""), descending=True)
    now = Burst.objects.going_on().select_related("group").order_by("-n", "-pk")[:BURSTS_SHOWN]
    context = {"rows": found.rows, "bursts": now, "pager": pager(request.GET, found, "")}
    return render(request, "cases/groups.html", context)


def _group(by: Membership, pk: int) -> CaseGroup:
    reach = CaseGroup.objects.visible_to(by).counted(by)
    return get_object_or_404(reach.select_related("main", "opened_by"), pk=pk)


@require_GET
@requires(Capability.CASE_READ)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """The main case, who waits with it, and how far an answer has come."""
    by = acting(request)
    found = _group(by, pk)
    looked(found.main, by=by, at=timezone.now())
    return _show(request, found)


def _show(request: HttpRequest, found: CaseGroup, refusal: Refusal | None = None) -> HttpResponse:
    by = acting(request)
    page = page_of(members_told(by, found), "registered_at", request.GET.get(PARAMETER, ""), size=PAGE)
    reply = group_answers.reply_of(found)
    context = {
        "group": found,
        "main": found.main,
        "rows": page.rows,
        "links": by.role not in UNIT,
        "reply": reply,
        "words": request.POST.get("words", reply.public_reply if reply else ""),
        "why": request.POST.get("why", ""),
        "chosen": request.POST.getlist("case"),
        "may_link": by.can(Capability.CASE_LINK),
        "may_answer": by.can(Capability.REPLY_REVIEW),
        "new_main": found.main.status == Status.REGISTERED or not found.main.is_open,
        "pager": pager(request.GET, page, ""),
        "refusal": refusal,
        **_progress(found),
    }
    return render(request, "cases/group.html", context, status=refusal.status if refusal else 200)


def _progress(found: CaseGroup) -> dict[str, Any]:
    """The answer on its way, or the last one."""
    last = GroupAnswer.objects.filter(group=found).select_related("by__user").order_by("-pk").first()
    if last is None:
        return {"answer": None}
    given = last.given.count()
    left = 0 if last.finished_at else group_answers.left_to_answer(last)
    return {"answer": last, "given": given, "of": given + left, "share": given / max(given + left, 1)}


@require_GET
@requires(Capability.CASE_READ)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = _group(acting(request), pk)
    return render(request, "cases/_group_progress.html", {"group": found, **_progress(found)})


@require_GET
@requires(Capability.CASE_LINK)
def likely(request: HttpRequest, number: str) -> HttpResponse:
    """What may be the same matter as this case, with the reasons, to be joined to it."""
    by, at = acting(request), timezone.now()
    case = get_object_or_404(Case.objects.visible_to(by).select_related("citizen", "group__main"), number=number)
    alike = [d for d in duplicates.like(case, by=by, at=at) if d.case.status in OPEN and d.case.group_id is None]
    return render(request, "cases/_case_likely.html", {"case": case, "rows": alike})


@require_POST
@requires(Capability.CASE_LINK)
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Join the chosen cases to this one."""
    by, at = acting(request), timezone.now()
    main = get_object_or_404(Case.objects.visible_to(by), number=number)
    chosen = _chosen(request, by)
    return perform(
        request,
        lambda: linking.join(main, chosen, by=by, at=at, title=request.POST.get("title", "")),
        then=lambda linked: reverse("cases:group", args=[linked.group.pk]),
        said=_said_joined,
    )


def _said_joined(linked: linking.Linked) -> str:
    words = ngettext("%(n)s case joined.", "%(n)s cases joined.", len(linked.done)) % {"n": len(linked.done)}
    return " ".join([words, *_left(linked)])


def _left(linked: linking.Linked) -> list[str]:
    """Those that stayed as they were, with the reason of each."""
    return [f"{case.number}: {why}" for case, why in linked.refused[:10]]


def _chosen(request: HttpRequest, by: Membership) -> list[linking.Seen]:
    """The cases ticked on the page, and those typed by number, within reach. Raises Invalid naming what is not."""
    seen = {number: whole(version) for number, _c, version in (c.partition(":") for c in request.POST.getlist("case"))}
    typed = request.POST.get("numbers", "").replace(",", " ").replace("，", " ").replace("、", " ").split()
    seen |= {parse_case_number(text) or text: None for text in typed}
    found = {case.number: case for case in Case.objects.visible_to(by).filter(number__in=list(seen)[: linking.AT_ONCE])}
    if strange := [number for number in seen if number not in found]:
        raise Invalid(linking.no_such_case(strange[0]), field="numbers")
    return [(found[number], version) for number, version in seen.items()]


@require_POST
@requires(Capability.CASE_LINK)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the chosen cases out of the group."""
    by, at = acting(request), timezone.now()
    found = _group(by, pk)

    def said(linked: linking.Linked) -> str:
        n = len(linked.done)
        words = ngettext("%(n)s case taken out.", "%(n)s cases taken out.", n) % {"n": n}
        return " ".join([words, *_left(linked)])

    try:
        return perform(
            request,
            lambda: linking.leave(found, _chosen(request, by), by=by, at=at, why=request.POST.get("why", "")),
            then=lambda _linked: reverse("cases:group", args=[pk]),
            said=said,
        )
    except Refusal as refusal:
        return _show(request, found, refusal)


@require_POST
@requires(Capability.CASE_LINK)
def choose_main(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the case of the button that was pressed lead."""
    by, at = acting(request), timezone.now()
    found = _group(by, pk)
    number, _colon, version = request.POST.get("main", "").partition(":")
    case = Case.objects.visible_to(by).filter(number=number).first()
    try:
        if case is None:
            raise Invalid(linking.no_such_case(number), field="main")
        return perform(
            request,
            lambda: linking.choose_main(found, case, by=by, at=at, version=whole(version)),
            then=lambda _group: reverse("cases:group", args=[pk]),
            said=_("%(number)s is the main case now.") % {"number": number},
        )
    except Refusal as refusal:
        return _show(request, found, refusal)


@require_POST
@requires(Capability.REPLY_REVIEW)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to give the main case's answer to the group; those ticked get another."""
    by, at = acting(request), timezone.now()
    found = _group(by, pk)
    try:
        return perform(
            request,
            lambda: group_answers.begin(
                found,
                by=by,
                at=at,
                words=request.POST.get("words", ""),
                left_out=[case for case, _version in _chosen(request, by)],
            ),
            then=lambda _answer: reverse("cases:group", args=[pk]),
            said=_("The answer is on its way; everybody is asked by a survey of their own."),
        )
    except Refusal as refusal:
        return _show(request, found, refusal)


@require_GET
@requires(Capability.CASE_READ)
def burst(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests that make a burst, within reach, and the group to make of them."""
    by, at = acting(request), timezone.now()
    found = get_object_or_404(Burst.objects.select_related("group__main"), pk=pk)
    cases = found.cases().visible_to(by)
    page = page_of(cases, "registered_at", request.GET.get(PARAMETER, ""), size=PAGE)
    rows = page.rows
    context = {
        "burst": found,
        "rows": rows,
        "first": next((case for case in rows if case.is_open and case.group_id is None), None),
        "may_link": by.can(Capability.CASE_LINK),
        "minutes": int(bursts.window().total_seconds() // 60),
        "at": at,
        "pager": pager(request.GET, page, ""),
    }
    return render(request, "cases/burst.html", context)


@require_POST
@requires(Capability.CASE_LINK)
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a group of all that is in the burst and within reach; the first open case leads it."""
    by, at = acting(request), timezone.now()
    found = get_object_or_404(Burst.objects.select_related("group__main"), pk=pk)
    return perform(
        request,
        lambda: linking.gather(found, by=by, at=at),
        then=lambda linked: reverse("cases:group", args=[linked.group.pk]),
        said=_said_joined,
    )
