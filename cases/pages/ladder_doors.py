"""The moves of the supervision ladder on a case page: climbing it, answering a step, accepting the answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from cases import ladder
from cases.forms.ladder import AnswerStepForm, SettleStepForm, SuperviseForm
from cases.pages import case_obstacles as obstacles
from cases.pages.doors import Door
from hotline.roles import Capability

LADDER: dict[str, Door] = {
    "supervise": Door(
        label=gettext_lazy("Climb the supervision ladder"),
        icon="trending-up",
        capability=Capability.CASE_SUPERVISE,
        why=obstacles.why_supervise,
        form=lambda file, given: SuperviseForm(*(given or ()), taken=file.ladder),
        act=lambda file, form, version: ladder.issue(
            file.case, by=file.by, at=file.at, version=version, **form.cleaned_data
        ),
        said=gettext_lazy("The step was issued and numbered; the unit is told."),
        key="V",
        button=gettext_lazy("Issue the step"),
    ),
    "answer-step": Door(
        label=gettext_lazy("Answer an urge or a supervision"),
        icon="corner-down-right",
        capability=Capability.LADDER_ANSWER,
        why=obstacles.why_answer_step,
        form=lambda file, given: AnswerStepForm(*(given or ()), papers=obstacles.steps_to_answer(file)),
        act=lambda file, form, version: ladder.answer(
            form.paper, by=file.by, at=file.at, version=version, words=form.cleaned_data["words"]
        ),
        said=gettext_lazy("The answer was given; whoever issued the step accepts it or climbs on."),
        key="E",
        button=gettext_lazy("Answer"),
    ),
    "settle-step": Door(
        label=gettext_lazy("Accept the answer to a step"),
        icon="checklist",
        capability=Capability.LADDER_SETTLE,
        why=obstacles.why_settle_step,
        form=lambda file, given: SettleStepForm(*(given or ()), papers=obstacles.steps_to_settle(file)),
        act=lambda file, form, version: ladder.accept(
            form.paper, by=file.by, at=file.at, version=version, finding=form.cleaned_data["finding"]
        ),
        said=gettext_lazy("The answer was accepted; the unit is told."),
        key="S",
        button=gettext_lazy("Accept the answer"),
    ),
}
