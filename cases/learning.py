"""Having a suggestion model trained, and switching it on and off. The system trains; a person decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import learned
from cases.models import SuggestionModel, Target, TrainingState
from cases.permissions import check
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability


@verb
def ask_training(target: str, *, by: Membership, at: datetime, file_name: str = "") -> SuggestionModel:
    """Put a training in line: from closed cases, or from the file named. One at a time for each target."""
    check(by, Capability.SUGGESTION_MODELS_MANAGE)
    if target not in Target.values:
        raise Invalid(_("Choose what the model shall propose."), field="target")
    of_target = SuggestionModel.objects.filter(target=target)
    latest = of_target.select_for_update().order_by("-version").first()  # of two who ask at once the later one waits
    if of_target.running().exists():
        raise NotNow(_("A model for this is in training already. Wait until it is done."))
    version = latest.version + 1 if latest else 1
    return SuggestionModel.objects.create(
        target=target, version=version, asked_by_id=by.user_id, asked_at=at, file_name=file_name[:200]
    )


@verb
def begin(model: SuggestionModel, *, by: Membership | None, at: datetime) -> SuggestionModel:
    """The training process takes it up. Raises NotNow if another one has."""
    model = _locked(model)
    if model.state != TrainingState.WAITING:
        raise NotNow(_("This model is not waiting to be trained."))
    model.state, model.heard_at = TrainingState.TRAINING, at
    model.save(update_fields=["state", "heard_at"])
    return model


@verb
def finish(
    model: SuggestionModel, *, by: Membership | None, at: datetime, figures: dict[str, Any], arrays: bytes
) -> SuggestionModel:
    """Keep what was learned, with how good it is. It proposes nothing until a person switches it on."""
    model = _in_training(model)
    learned.sealed(model, arrays).save(force_insert=True)
    model.state, model.figures, model.progress, model.finished_at = TrainingState.READY, figures, 100, at
    model.save(update_fields=["state", "figures", "progress", "finished_at"])
    return model


@verb
def fail(model: SuggestionModel, *, by: Membership | None, at: datetime, why: str) -> SuggestionModel:
    """Say why nothing came of it."""
    model = _in_training(model)
    model.state, model.failure, model.finished_at = TrainingState.FAILED, why[:300], at
    model.save(update_fields=["state", "failure", "finished_at"])
    return model


@verb
def switch_on(model: SuggestionModel, *, by: Membership, at: datetime) -> SuggestionModel:
    """Let it propose from now on, instead of the one that did."""
    check(by, Capability.SUGGESTION_MODELS_MANAGE)
    before = SuggestionModel.objects.select_for_update().filter(target=model.target).on().first()
    model = _locked(model)
    if model.state != TrainingState.READY:
        raise NotNow(_("Only a trained model can be switched on."))
    if before == model:
        raise NotNow(_("This model is on already."))
    if before is not None:
        _off(before, by, at)
    model.on_since, model.on_by_id, model.off_since, model.off_by = at, by.user_id, None, None
    model.save(update_fields=["on_since", "on_by", "off_since", "off_by"])
    return model


@verb
def switch_off(model: SuggestionModel, *, by: Membership, at: datetime) -> SuggestionModel:
    """Let it propose no more; the catalogue and what was handled lately go on."""
    check(by, Capability.SUGGESTION_MODELS_MANAGE)
    model = _locked(model)
    if model.on_since is None:
        raise NotNow(_("This model is off already."))
    _off(model, by, at)
    return model


def _off(model: SuggestionModel, by: Membership, at: datetime) -> None:
    model.on_since, model.off_since, model.off_by_id = None, at, by.user_id
    model.save(update_fields=["on_since", "off_since", "off_by"])


def _locked(model: SuggestionModel) -> SuggestionModel:
    return SuggestionModel.objects.select_for_update().get(pk=model.pk)


def _in_training(model: SuggestionModel) -> SuggestionModel:
    model = _locked(model)
    if model.state != TrainingState.TRAINING:
        raise NotNow(_("This model is not in training."))
    return model
