"""The wordings of messages: those in force with their earlier versions, and the form to propose a next one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from hotline.forms import TemplateForm
from hotline.guards import acting, requires
from hotline.models import MessageTemplate, Proposal
from hotline.pages.approvals import propose_or_try
from hotline.roles import Capability
from hotline.rulebook import today
from hotline.template_versions import FIELDS

SUBJECT = "message_template"


@require_GET
@requires(Capability.PROPOSAL_READ)
def templates(request: HttpRequest) -> HttpResponse:
    """Every key with its latest version, the earlier ones behind it."""
    rows = MessageTemplate.objects.select_related("approved_by").order_by("key", "-version")
    waiting = {p.target: p for p in Proposal.objects.waiting().filter(subject=SUBJECT)}
    shown: dict[str, dict[str, Any]] = {}
    for row in rows:
        of_key = shown.setdefault(row.key, {"latest": row, "earlier": [], "proposal": waiting.get(row.key)})
        if row is not of_key["latest"]:
            of_key["earlier"].append(row)
    context = {
        "rows": list(shown.values()),
        "may_propose": acting(request).can(Capability.PROPOSAL_MAKE),
        "today": today(timezone.now()),
    }
    return render(request, "hotline/templates.html", context)


@require_http_methods(["GET", "POST"])
@requires(Capability.PROPOSAL_MAKE)
def propose(request: HttpRequest) -> HttpResponse:
    """A next version of the wording named by ``?key``; of the first if none is named."""
    current = MessageTemplate.objects.filter(retired_at__isnull=True).order_by("key")
    key = request.GET.get("key", "")
    row = get_object_or_404(current, key=key) if key else current[0]
    initial = {name: getattr(row, name) for name in FIELDS}
    form = TemplateForm(request.POST or None, first=today(timezone.now()), initial=initial)
    context = {"row": row, "title": row.label, "back": reverse("hotline:templates")}
    return propose_or_try(request, SUBJECT, row.key, form, "hotline/propose_template.html", context)
