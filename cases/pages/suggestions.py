"""What the console offers while words are typed. Each panel is a request of its own; a person always chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from cases import bursts, duplicates, gist, routing
from cases.forms.intake import IntakeForm
from cases.models import OPEN, WITH_UNIT, Case
from cases.pages.calling import caller_of
from cases.registration import WORDS_LIMIT
from hotline import audit
from hotline.guards import acting, requires
from hotline.models import Membership, Organisation
from hotline.privacy import InvalidPhone, blind_index
from hotline.roles import Capability

SURE = 0.5  # from here on the first suggestion is marked for the agent, who may mark another
HISTORY = 8


@dataclass(frozen=True)
class Option:
    """A thing to choose: its words, why it is offered and how surely."""

    code: str
    label: str
    confidence: float | None = None
    reason: str = ""
    checked: bool = False


def typed(request: HttpRequest) -> dict[str, Any]:
    """What has been typed so far, as far as it makes sense already."""
    form = IntakeForm(request.POST)
    form.is_valid()
    given = {name: form.cleaned_data.get(name) for name in form.fields}
    return given | {"words": (given["words"] or "")[:WORDS_LIMIT], "place": given["place"] or ""}


@requires(Capability.CASE_REGISTER)
@require_POST
def summary(request: HttpRequest) -> HttpResponse:
    """The title proposed, and which facts the words state already."""
    given = typed(request)
    found = gist.elements(given["words"], given["place"]) if given["words"] else []
    response = render(request, "cases/_console_gist.html", {"elements": found})
    return trigger_client_event(response, "console:title", {"title": gist.proposed_title(given["words"])})


@requires(Capability.CASE_REGISTER)
@require_POST
def categories(request: HttpRequest) -> HttpResponse:
    given = typed(request)
    suggested = routing.suggest_categories(given["words"], timezone.now(), limit=2, title=given["title"] or "")
    options = [Option(s.category.code, s.category.full_label, s.confidence, s.reason) for s in suggested]
    chosen, by = given["category"], given["category_by"] or "auto"
    own = Option(chosen.code, chosen.full_label) if chosen and by == "person" else None
    return render(request, "cases/_console_categories.html", {"by": by, "options": marked(options, own)})


@requires(Capability.CASE_REGISTER)
@require_POST
def units(request: HttpRequest) -> HttpResponse:
    given = typed(request)
    suggested = _units_for(given, timezone.now())
    options = [Option(s.unit.code, s.unit.label, s.confidence, s.reason) for s in suggested]
    chosen, by = given["unit"], given["unit_by"] or "auto"
    own = Option(chosen.code, chosen.label) if chosen and by == "person" else None
    context = {
        "by": by,
        "options": marked(options, own),
        "category": given["category"],
        "undecided": by == "person" and chosen is None,
        "may_leave_open": not acting(request).can(Capability.CASE_DISPATCH),
    }
    return render(request, "cases/_console_units.html", context)


def _units_for(given: dict[str, Any], at: datetime) -> list[routing.UnitSuggestion]:
    said = {"title": given["title"] or "", "words": given["words"], "kind": given["kind"] or ""}
    return routing.suggest_units(given["category"], given["region"], at, channel=given["channel"], **said)


def marked(options: list[Option], own: Option | None) -> list[Option]:
    """The options with the person's own choice marked, else the first one if it is sure enough."""
    if own and all(option.code != own.code for option in options):
        options = [own, *options][:3]
    code = own.code if own else next((o.code for o in options[:1] if (o.confidence or 0) >= SURE), "")
    return [Option(o.code, o.label, o.confidence, o.reason, o.code == code) for o in options]


@requires(Capability.CASE_REGISTER)
@require_POST
def likely(request: HttpRequest) -> HttpResponse:
    """Cases that may be the same matter, within the agent's reach: of another contractor's nothing is told."""
    by, at, given = acting(request), timezone.now(), typed(request)
    found = duplicates.likely_duplicates(
        given["words"],
        by=by,
        at=at,
        phone=caller_of(request, given),
        region=given["region"],
        place=given["place"],
        limit=4,
    )
    rows = [
        {
            "found": d,
            "alike": d.likeness >= duplicates.LIKELY,
            "urge": d.case.status in WITH_UNIT,
            "note": d.case.status in OPEN - WITH_UNIT,
            "join": _to_join(d.case),
            "days": (at - d.case.registered_at).days,
        }
        for d in found
    ]
    n = bursts.alike(given["category"], given["region"], at)
    burst = bursts.going_on(given["category"], given["region"]) if n else None
    words = bursts.sentence(n) if n else ""
    return render(request, "cases/_console_duplicates.html", {"rows": rows, "burst": burst, "burst_words": words})


def _to_join(case: Case) -> str:
    """The number of the main case that a new one about the same matter is joined to."""
    if case.confidential or not case.is_open:
        return ""
    return case.group.main.number if case.group else case.number


@requires(Capability.CASE_REGISTER)
@require_POST
def knowledge(request: HttpRequest) -> HttpResponse:
    given = typed(request)
    found = routing.suggest_knowledge(given["words"], timezone.now(), limit=4)
    rows = [{"article": s.article, "match": s.match} for s in found]
    return render(request, "cases/_console_knowledge.html", {"rows": rows, "asked": bool(given["words"])})


@requires(Capability.CASE_REGISTER)
@require_POST
def history(request: HttpRequest) -> HttpResponse:
    """What this caller turned to the hotline with before, within the agent's reach; the look-up is logged."""
    phone = caller_of(request, typed(request))
    cases = _of_phone(phone, by=acting(request), at=timezone.now()) if phone else []
    context = {"cases": cases[:HISTORY], "phone": phone, "more": len(cases) > HISTORY}
    return render(request, "cases/_console_history.html", context)


def _of_phone(phone: str, *, by: Membership, at: datetime) -> list[Case]:
    try:
        index = blind_index("citizen.phone", phone)
    except InvalidPhone:
        return []
    audit.record("search.phone", by=by, at=at, details={"by": "number", "for": "console"})
    own = duplicates.of_caller(Case.objects.visible_to(by), index, by)
    cases = own.latest_first()
    return list(cases[: HISTORY + 1])


def considered(given: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What was suggested, how surely and why, and what the person chose: kept on the case, so that it is measured."""
    category, unit = given["category"], given["unit"]
    offered = routing.suggest_categories(given["words"], at, title=given["title"] or "")
    named = _units_for(given, at)
    return {
        "categories": [
            {"code": s.category.code, "confidence": round(s.confidence, 2), "source": s.source} for s in offered
        ],
        "category": category.code if category else None,
        "category_by": given["category_by"] or "auto",
        "units": [routing.kept(s) for s in named],
        "unit": _first_code(named),
        "chosen": unit.code if isinstance(unit, Organisation) else None,
        "unit_by": given["unit_by"] or "auto",
    }


def _first_code(named: list[routing.UnitSuggestion]) -> str | None:
    return named[0].unit.code if named else None
