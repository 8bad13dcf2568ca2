"""Complaints about agents: which contact, and whether justified."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contractors import agent_complaints
from contractors.forms.quality import FindingForm, NameAgentForm
from contractors.models import AgentComplaint
from contractors.pages.submitting import submitted
from hotline.guards import acting, requires
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability


@require_GET
@requires(Capability.QUALITY_READ)
def complaints(request: HttpRequest) -> HttpResponse:
    """All within reach, the latest first."""
    return _page(request)


def _page(
    request: HttpRequest,
    form: NameAgentForm | None = None,
    opened: int | None = None,
    finding: FindingForm | None = None,
) -> HttpResponse:
    by = acting(request)
    rows = AgentComplaint.objects.visible_to(by).select_related(
        "complaint", "about", "agent", "organisation", "ruled_by"
    )
    listed = page_of(rows, "named_at", request.GET.get(PARAMETER, ""), descending=True)
    wanted = request.GET.get("open", "")
    chosen = opened if opened is not None else int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None
    may_rule = by.can(Capability.AGENT_COMPLAINT_RULE)
    context = {
        "rows": listed.rows,
        "pager": pager(request.GET, listed, ""),
        "form": form or (NameAgentForm() if by.can(Capability.AGENT_COMPLAINT_NAME) else None),
        "opened": chosen if may_rule else None,
        "finding": finding or FindingForm(),
        "may_rule": may_rule,
        "tab": "complaints",
        "sees_samples": by.can(Capability.QUALITY_SAMPLES),
    }
    wrong = (form and form.errors) or (finding and finding.errors)
    return render(request, "contractors/complaints.html", context, status=422 if wrong else 200)


@require_POST
@requires(Capability.AGENT_COMPLAINT_NAME)
def name(request: HttpRequest) -> HttpResponse:
    """Say which case complains of which."""
    by, at, form = acting(request), timezone.now(), NameAgentForm(request.POST)
    then = reverse("contractors:complaints")
    return submitted(
        request,
        form,
        lambda: agent_complaints.name(form.cleaned_data["complaint"], form.cleaned_data["about"], by=by, at=at),
        then=lambda _row: then,
        said=_("Noted. The contact is in this week's frame, and somebody else rules on the complaint."),
        again=lambda: _page(request, form=form),
    )


@require_POST
@requires(Capability.AGENT_COMPLAINT_RULE)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule whether it was justified."""
    by, at, form = acting(request), timezone.now(), FindingForm(request.POST)
    row = get_object_or_404(AgentComplaint.objects.visible_to(by), pk=pk)
    then = reverse("contractors:complaints")
    return submitted(
        request,
        form,
        lambda: agent_complaints.rule(row, **form.cleaned_data, by=by, at=at),
        then=lambda _row: then,
        said=_("Ruled. The agent and the company are told."),
        again=lambda: _page(request, opened=pk, finding=form),
    )
