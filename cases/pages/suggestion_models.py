"""What suggestions were learned: each model with its figures; have one trained, switch one on or off."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases import learning, suggestion_use
from cases.models import SuggestionModel, Target, TrainingState
from cases.models.suggestion_model import RUNNING
from cases.shelves import CATEGORIES
from hotline.guards import acting, requires
from hotline.pages.performing import perform
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from hotline.shelf import ORGANISATIONS

PEOPLE = ("asked_by", "on_by", "off_by")


@require_GET
@requires(Capability.SUGGESTION_MODELS_READ)
def models(request: HttpRequest) -> HttpResponse:
    """Trainings, the latest first, with what is on and how far the one under way is."""
    rows = SuggestionModel.objects.select_related(*PEOPLE)
    found = page_of(rows, "asked_at", request.GET.get(PARAMETER, ""), descending=True)
    running = set(SuggestionModel.objects.running().values_list("target", flat=True))
    uses = suggestion_use.in_use(found.rows, timezone.now())
    for row in found.rows:
        row.use = uses.get(row.pk)  # type: ignore[attr-defined]
    context = {
        "rows": found.rows,
        "pager": pager(request.GET, found, ""),
        "targets": [(target, target in running) for target in Target],
        "running": bool(running),
        "manages": acting(request).can(Capability.SUGGESTION_MODELS_MANAGE),
        "minimum_n": settings.MINIMUM_N,
    }
    return render(request, "cases/suggestion_models.html", context)


@require_GET
@requires(Capability.SUGGESTION_MODELS_READ)
def model(request: HttpRequest, pk: int) -> HttpResponse:
    """One model: what it learned from, and its figures for each label, the weakest first."""
    found = get_object_or_404(SuggestionModel.objects.select_related(*PEOPLE), pk=pk)
    labels = sorted(found.figures.get("labels", []), key=lambda one: (one["f1"], -one["n"]))
    context = {
        "model": found,
        "labels": [{**one, "name": _name(Target(found.target), one["label"])} for one in labels],
        "use": suggestion_use.in_use([found], timezone.now()).get(found.pk),
        "running": found.state in RUNNING,
        "ready": found.state == TrainingState.READY,
        "manages": acting(request).can(Capability.SUGGESTION_MODELS_MANAGE),
        "minimum_n": settings.MINIMUM_N,
    }
    return render(request, "cases/suggestion_model.html", context)


def _name(target: Target, code: str) -> str:
    row: Any = CATEGORIES.coded(code) if target == Target.CATEGORY else ORGANISATIONS.coded(code)
    return str(getattr(row, "full_label", "") or getattr(row, "label", code))


@require_POST
@requires(Capability.SUGGESTION_MODELS_MANAGE)
def train(request: HttpRequest) -> HttpResponse:
    """Ask for a training from closed cases."""
    by, target = acting(request), request.POST.get("target", "")
    return perform(
        request,
        lambda: learning.ask_training(target, by=by, at=timezone.now()),
        then=lambda _model: reverse("cases:suggestion_models"),
        said=_("The training begins within half a minute."),
    )


@require_POST
@requires(Capability.SUGGESTION_MODELS_MANAGE)
def switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it propose from now on."""
    found, by = get_object_or_404(SuggestionModel, pk=pk), acting(request)
    return perform(
        request,
        lambda: learning.switch_on(found, by=by, at=timezone.now()),
        then=lambda _model: reverse("cases:suggestion_model", args=[pk]),
        said=_("The model is on. It proposes at every workplace within half a minute."),
    )


@require_POST
@requires(Capability.SUGGESTION_MODELS_MANAGE)
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it propose no more."""
    found, by = get_object_or_404(SuggestionModel, pk=pk), acting(request)
    return perform(
        request,
        lambda: learning.switch_off(found, by=by, at=timezone.now()),
        then=lambda _model: reverse("cases:suggestion_model", args=[pk]),
        said=_("The model is off. The catalogue and recent cases go on proposing."),
    )
