"""A case, as far as the person may see it, with the moves that person may make."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import handling, identity, reasons, workflow
from cases.deadlines import local_date
from cases.dossier import Dossier, gather, group_of, reach
from cases.forms.handling import ReplyForm, RevealForm
from cases.models import HANDLED, TO_DO, Assignment, AssignmentState, ReasonKind, Reply, Status
from cases.own_part import own_part
from cases.pages import case_obstacles as obstacles
from cases.pages import case_parts as parts
from cases.pages.case_moves import DOORS, move_url, moves
from cases.pages.queues import units
from cases.pages.rulings import to_rule_on
from cases.pages.timeline import timeline
from cases.readership import looked
from hotline.acts import Invalid, NotNow, Refusal, Stale
from hotline.guards import acting, requires
from hotline.masking import mask_text
from hotline.models import Organisation
from hotline.pages.performing import attach, perform, version_of
from hotline.roles import UNIT, Capability

DRAFT_LIMIT = 20_000
JOINABLE = workflow.MOVES["join"].sources
NAMING = ("bounce", "dispatch", "involve", "refer", "rule", "seal")  # the moves whose forms name any unit


def dossier(request: HttpRequest, number: str, *, all_events: bool = False) -> Dossier:
    """The case by its number, if the person can reach it; else 404, exactly as if there were none."""
    by = acting(request)
    case = get_object_or_404(reach(by), number=number)
    return gather(case, by=by, at=timezone.now(), all_events=all_events)


@require_GET
@requires(Capability.CASE_READ)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case page; the first look of somebody of the unit is noted."""
    file = dossier(request, number, all_events="all" in request.GET)
    looked(file.case, by=file.by, at=file.at)
    file.adopting = request.GET.get("adopt", "")
    if file.mine and file.mine.opened_at is None:
        handling.mark_opened(file.mine, by=file.by, at=file.at)
    return show(request, file, opened=request.GET.get("move", ""))


def show(
    request: HttpRequest, file: Dossier, *, opened: str = "", form: Form | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """The page, with one of its forms as it was filled in if it could not be carried out."""
    door = DOORS.get(opened)
    if door and not door.panel and form is None and file.by.can(door.capability) and not door.why(file):
        form = door.form(file, None)
    panel = panel_of(file)
    context = {
        **facts(file, request.GET),
        "panel": panel,
        "panel_form": form if panel == opened and form else DOORS[panel].form(file, None) if panel else None,
        "panel_url": move_url(file.case, panel) if panel else "",
        "opened": opened if door and not door.panel and form else "",
        "door": door,
        "form": form,
        "form_url": move_url(file.case, opened) if door else "",
        "moves": moves(file),
        "units": _offered(file, panel) or _offered(file, opened),
        "refusal": refusal,
        "changes": refusal.extra.get("changes", []) if isinstance(refusal, Stale) else [],
    }
    status = refusal.status if refusal else 422 if form is not None and form.errors else 200
    return render(request, "cases/case.html", context, status=status)


def panel_of(file: Dossier) -> str:
    """The work in the middle of the page: the one thing this person is expected to do now, if anything."""
    for name in ("line", "part", "reply", "sign", "rule", "review", "dispatch"):
        if file.by.can(DOORS[name].capability) and not DOORS[name].why(file):
            return name
    return ""


def facts(file: Dossier, query: QueryDict) -> dict[str, Any]:
    """What the page tells, whoever looks."""
    reveals = file.reveals
    return {
        "file": file,
        "case": file.case,
        "may_know_whose": file.by.can(Capability.ATTRIBUTION_READ),
        "may_know_findings": file.by.can(Capability.FINDING_READ),
        "words": mask_text(file.case.words),
        "subject": file.case.category.full_label if file.case.category else "",
        "tone": "act" if file.case.status in HANDLED else "" if file.case.is_open else "done",
        "flags": parts.flags(file),
        "hands": parts.hands(file),
        "clocks": parts.faces(file),
        "tree": parts.tree(file),
        "tree_summary": parts.summary(file),
        "timeline": timeline(file),
        "in_group": group_of(file),
        "may_link": file.by.can(Capability.CASE_LINK)
        and file.case.status in JOINABLE
        and not file.case.confidential
        and file.case.group_id is None,
        "neighbours": parts.neighbours(file, query),
        "citizen": file.case.citizen if file.shows_identity else None,
        "revealed": _revealed(file),
        "reveal": _reveal_offer(file),
        "reveals": reveals,
        "own_decision": next((d for d in file.open_decisions if file.mine and d.assignment_id == file.mine.pk), None),
        **to_rule_on(file),
        "under_review": file.under_review,
        "reported": (reported := file.report_of(file.reported)),
        "adoptable": file.adoptable,
        "shown_replies": [r for r in file.replies if r is not file.under_review and r is not reported],
        "proposal": file.case.routing if file.case.status == Status.REGISTERED else {},
        "is_unit": file.by.role in UNIT,
        "ladder": parts.ladder(file),
        "earlier_reply": next((r for r in file.replies if _is_mine(r, file) and r.review_reason), None),
        "waiting_units": [a.unit.label for a in file.below(file.mine) if a.state in TO_DO] if file.mine else [],
    }


def _is_mine(reply: Reply, file: Dossier) -> bool:
    return file.mine is not None and reply.assignment_id == file.mine.pk


def _offered(file: Dossier, name: str) -> list[Organisation]:
    """The units that a form proposes while one of them is named."""
    if name == "hand-down" and file.mine:
        return obstacles.beneath(file.mine.unit)
    return units(file.at) if name in NAMING else []


def _revealed(file: Dossier) -> dict[str, Any] | None:
    if file.reveal is None:
        return None
    seconds = max(int((file.reveal.until - file.at).total_seconds()), 1)
    return {**identity.in_full(file.case), "seconds": seconds}


def _reveal_offer(file: Dossier) -> dict[str, Any] | None:
    if not file.may_reveal:
        return None
    n = len(file.reveals)
    seen = _("Shown for 5 minutes. Viewed %(n)s times so far.") % {"n": n}
    return {
        "url": reverse("cases:identity", args=[file.case.number]),
        "reasons": reasons.choices(ReasonKind.REVEAL, file.at),
        "note": seen,
    }


@require_http_methods(["GET", "POST"])
@requires(Capability.CASE_READ)
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One move: its form, and its carrying out. What was typed stays if it is refused."""
    door = DOORS.get(name)
    if door is None:
        raise Http404
    file = dossier(request, number)
    if not file.by.can(door.capability):
        raise PermissionDenied(str(door.capability))
    if request.method == "GET":
        return _asked(request, file, name)
    form = door.form(file, (request.POST, request.FILES))
    if not form.is_valid():
        return _again(request, file, name, form, None)
    try:
        return perform(
            request,
            lambda: door.act(file, form, version_of(request)),
            then=lambda _done: _back(request, file, name),
            said=str(door.said),
        )
    except Invalid as refusal:
        attach(form, refusal)
        return _again(request, dossier(request, number), name, form, None)
    except Refusal as refusal:
        file = dossier(request, number)
        return _again(request, file, name, form, _in_the_way(file, refusal, version_of(request)))


def _in_the_way(file: Dossier, refusal: Refusal, version: int | None) -> Refusal:
    """What stopped the move: if somebody changed the case since the person looked, that is what they are told."""
    if isinstance(refusal, NotNow):
        try:
            workflow.check_version(file.case, version)
        except Stale as stale:
            return stale
    return refusal


def _back(request: HttpRequest, file: Dossier, name: str) -> str:
    """Where a move was made from: the worklist's row, else the case; whoever stood aside begins anew."""
    if name == "recuse" and not reach(file.by).filter(pk=file.case.pk).exists():
        return reverse("hotline:home")
    if request.POST.get("back", "").startswith("?"):
        return reverse("cases:worklist") + request.POST["back"]
    return reverse("cases:case", args=[file.case.number])


def _asked(request: HttpRequest, file: Dossier, name: str) -> HttpResponse:
    door = DOORS[name]
    if not request.headers.get("HX-Request"):
        return show(request, file, opened=name)
    if why := door.why(file):
        raise NotNow(_("“%(move)s” is not possible now: %(why)s.") % {"move": door.label, "why": why})
    return _fragment(request, file, name, door.form(file, None), None)


def _again(request: HttpRequest, file: Dossier, name: str, form: Form, refusal: Refusal | None) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _fragment(request, file, name, form, refusal)
    return show(request, file, opened=name, form=form, refusal=refusal)


def _fragment(request: HttpRequest, file: Dossier, name: str, form: Form, refusal: Refusal | None) -> HttpResponse:
    """The form alone, for the place it was asked from: the case page, or a row of the worklist."""
    row = "row" in request.GET or "row" in request.POST
    context = {
        "file": file,
        "case": file.case,
        "door": DOORS[name],
        "opened": name,
        "form": form,
        "refusal": refusal,
        "form_url": move_url(file.case, name),
        "units": _offered(file, name),
        "changes": refusal.extra.get("changes", []) if isinstance(refusal, Stale) else [],
        "back": request.GET.get("back") or request.POST.get("back", ""),
        "handle": file.leg if name == "extend" else None,
        "sign": file.leg if name == "bounce" else None,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cases/_row_form.html" if row else "cases/_move_form.html", context, status=status)


@require_POST
@requires(Capability.ASSIGNMENT_WORK)
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what has been typed of the reply."""
    at, by = timezone.now(), acting(request)
    rows = Assignment.objects.visible_to(by).select_related("case")
    mine = own_part(rows.filter(case__number=number, state=AssignmentState.HANDLING), by)
    if mine is None:
        raise Http404
    typed = {name: request.POST[name][:DRAFT_LIMIT] for name in ReplyForm.base_fields if name in request.POST}
    kept = handling.keep_reply_draft(mine, by=by, at=at, fields=typed)
    return JsonResponse({"saved_at": timezone.localtime(kept.saved_at).strftime("%H:%M:%S")})


@require_POST
@requires(Capability.ASSIGNMENT_WORK)
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """What the citizen would read, from the form as it is typed now. Nothing is kept."""
    file = get_object_or_404(reach(acting(request)), number=number)
    context = {"case": file, "reply": request.POST.get("public_reply", ""), "on": local_date(timezone.now())}
    return render(request, "cases/_reply_preview.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.IDENTITY_REVEAL)
def identity_of(request: HttpRequest, number: str) -> HttpResponse:
    """Show the citizen's identity for a reason; a plain look gives what may be seen now."""
    if request.method == "GET":
        return render(request, "cases/_citizen.html", facts(dossier(request, number), QueryDict()))
    at, by = timezone.now(), acting(request)
    found = get_object_or_404(reach(by), number=number)
    form = RevealForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return perform(
        request,
        lambda: identity.reveal(found, by=by, at=at, reason=reason),
        then=lambda _shown: reverse("cases:case", args=[number]) + "#identity",
        said="",
    )
