"""What was learned from closed cases: the models with their figures; have one trained, switch one on or off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cases import learning
from cases.api.given import Nothing
from cases.api.listing import listed
from cases.api.queries import Listed
from cases.models import SuggestionModel, Target
from hotline.api.answers import Kept, carry_out, kept
from hotline.api.endpoint import Endpoint, Given, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.api.words import Coded, Person, choice, moment, person
from hotline.guards import acting
from hotline.roles import Capability


class TrainingGiven(Given):
    """What the model shall propose."""

    target = serializers.ChoiceField(choices=Target.choices)


class LabelFigures(TypedDict):
    """One category or unit, by its code, among the cases kept apart."""

    label: str
    n: int
    precision: float
    recall: float
    f1: float


class SuggestionModelShape(TypedDict):
    """A training and what came of it. Figures are of cases kept apart from it, null before it is done; ``top3`` is the
    share of them whose right label is among the first three.
    """

    id: int
    target: Coded
    version: int
    state: Coded
    progress: int
    file_name: str
    asked_by: Person | None
    asked_at: datetime
    finished_at: datetime | None
    failure: str
    on_since: datetime | None
    on_by: Person | None
    learned: int | None
    judged: int | None
    top1: float | None
    top3: float | None
    macro_f1: float | None
    calibration_error: float | None
    labels: list[LabelFigures]


class SuggestionModels(Endpoint):
    capability = {
        "GET": Capability.SUGGESTION_MODELS_READ,
        "POST": Capability.SUGGESTION_MODELS_MANAGE,
    }

    @extend_schema(
        operation_id="suggestion_models_list",
        summary="Models that propose categories or units, the latest first",
        parameters=[Listed],
        responses={200: page(SuggestionModelShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        rows = SuggestionModel.objects.select_related("asked_by", "on_by")
        return listed(rows, Order("asked_at", descending=True), asked(Listed, request), _model)

    @extend_schema(
        operation_id="suggestion_model_train",
        summary="Have a model trained from closed cases",
        description="It begins within half a minute, one for each target, and proposes nothing until switched on.",
        parameters=[KEY],
        request=TrainingGiven,
        responses={201: schema(SuggestionModelShape), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        by, target = acting(request), read(TrainingGiven, request)["target"]
        return carry_out(
            lambda: learning.ask_training(target, by=by, at=timezone.now()),
            lambda model: kept(_model(model), status=201),
        )


class SwitchedOn(Endpoint):
    capability = Capability.SUGGESTION_MODELS_MANAGE

    @extend_schema(
        operation_id="suggestion_model_on",
        summary="Let a model propose, instead of the one that did",
        parameters=[KEY],
        request=Nothing,
        responses={200: schema(SuggestionModelShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _switch(request, pk, learning.switch_on)


class SwitchedOff(Endpoint):
    capability = Capability.SUGGESTION_MODELS_MANAGE

    @extend_schema(
        operation_id="suggestion_model_off",
        summary="Let a model propose no more",
        parameters=[KEY],
        request=Nothing,
        responses={200: schema(SuggestionModelShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _switch(request, pk, learning.switch_off)


def _switch(request: Request, pk: int, act: Callable[..., SuggestionModel]) -> HttpResponse:
    found, by = get_object_or_404(SuggestionModel, pk=pk), acting(request)
    read(Nothing, request)
    return carry_out(lambda: act(found, by=by, at=timezone.now()), _told)


def _told(model: SuggestionModel) -> Kept:
    return kept(_model(model))


def _model(model: SuggestionModel) -> SuggestionModelShape:
    figures = model.figures
    return {
        "id": model.pk,
        "target": choice(model, "target"),
        "version": model.version,
        "state": choice(model, "state"),
        "progress": model.progress,
        "file_name": model.file_name,
        "asked_by": person(model.asked_by),
        "asked_at": moment(model.asked_at),
        "finished_at": moment(model.finished_at),
        "failure": gettext(model.failure) if model.failure else "",
        "on_since": moment(model.on_since),
        "on_by": person(model.on_by),
        "learned": figures.get("learned"),
        "judged": figures.get("judged"),
        "top1": figures.get("top1"),
        "top3": figures.get("top3"),
        "macro_f1": figures.get("macro_f1"),
        "calibration_error": figures.get("calibration_error"),
        "labels": figures.get("labels", []),
    }
