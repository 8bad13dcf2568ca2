"""The auditor's page on the audit trail: whether it is whole, and having it checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline import audit_checks, audit_words
from hotline.audit_chain import Fault
from hotline.guards import acting, requires
from hotline.journal_guards import WeakSpot
from hotline.models import AuditCheck, CheckState, Heartbeat
from hotline.models.audit import UNFINISHED
from hotline.pages.performing import perform
from hotline.roles import Capability
from hotline.seals import SEALED, public_key
from oversight.pages.audit_tabs import audit_tabs

SHOWN = 10


@require_GET
@requires(Capability.AUDIT_CHECK)
def audit_chain(request: HttpRequest) -> HttpResponse:
    """What the last check found, how far one under way is, and the checks before."""
    checks = list(AuditCheck.objects.select_related("asked_by").order_by("-pk")[:SHOWN])
    last = next((check for check in checks if check.state == CheckState.DONE), None)
    context: dict[str, Any] = {
        "checks": checks,
        "last": last,
        "running": next((check for check in checks if check.state in UNFINISHED), None),
        "failed": checks[0] if checks and checks[0].state == CheckState.FAILED else None,
        "sealed_at": Heartbeat.objects.filter(name=SEALED).values_list("at", flat=True).first(),
        "public_key": public_key(),
    } | audit_tabs(acting(request), "chain")
    return render(request, "oversight/audit_chain.html", context | (_found(last) if last else {}))


def _found(check: AuditCheck) -> dict[str, Any]:
    """Its figures, and what is wrong in words."""
    found, hash_ = check.found, str(check.found["last_hash"])
    faults = [audit_words.of_fault(Fault(*one)) for one in found["faults"]]
    spots = [audit_words.of_spot(WeakSpot(*one)) for one in found["spots"]]
    return {
        "entries": check.entries,
        "wrong": spots + faults,
        "more": found["faults_in_all"] + found["spots_in_all"] - len(faults) - len(spots),
        "wrong_in_all": found["faults_in_all"] + found["spots_in_all"],
        "first_at": datetime.fromisoformat(found["first_at"]) if found["first_at"] else None,
        "last_at": datetime.fromisoformat(found["last_at"]) if found["last_at"] else None,
        "short_hash": f"{hash_[:4]} {hash_[4:8]} {hash_[8:12]} … {hash_[-4:]}" if hash_ else "–",
    }


@require_POST
@requires(Capability.AUDIT_CHECK)
def check_audit(request: HttpRequest) -> HttpResponse:
    """Ask for a check now."""
    by = acting(request)
    return perform(
        request,
        lambda: audit_checks.ask(by=by, at=timezone.now()),
        then=lambda _check: reverse("oversight:audit_chain"),
        said=_("The check begins within ten seconds. You may leave the page."),
    )
