"""The moves of a case page that ask for a ruling, or make one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from cases import suspending
from cases.deadlines import local_date
from cases.forms.handling import BounceForm, ExtensionForm
from cases.forms.requests import ClosingForm, DisputeForm, ExclusionForm, SuspensionForm
from cases.models import DecisionKind
from cases.pages import case_acts as acts
from cases.pages import case_obstacles as obstacles
from cases.pages import ruling_obstacles
from cases.pages.doors import Door
from hotline.roles import Capability

REQUESTS: dict[str, Door] = {
    "rule": Door(
        label=gettext_lazy("Rule on the request"),
        icon="gavel",
        capability=Capability.DECISION_READ,
        why=obstacles.why_rule,
        form=acts.ruling_form,
        act=acts.rule,
        said=gettext_lazy("The ruling is recorded; the unit is told."),
        panel=True,
    ),
    "bounce": Door(
        label=gettext_lazy("Ask to return the case"),
        icon="arrow-back-up",
        capability=Capability.DECISION_ASK,
        why=obstacles.why_bounce,
        form=lambda file, given: BounceForm(*(given or ()), on=local_date(file.at)),
        act=acts.bounce,
        said=gettext_lazy("Return asked for. The hotline rules on it; the promise to the citizen runs on."),
        key="B",
        button=gettext_lazy("Request return"),
    ),
    "extend": Door(
        label=gettext_lazy("Ask for an extension"),
        icon="calendar-plus",
        capability=Capability.DECISION_ASK,
        why=obstacles.why_extend,
        form=lambda _file, given: ExtensionForm(*(given or ())),
        act=acts.extend,
        said=gettext_lazy("Extension asked for. Until it is ruled on the limit stays as it is."),
        key="Y",
        button=gettext_lazy("Request extension"),
    ),
    "suspend": Door(
        label=gettext_lazy("Ask for a suspension"),
        icon="player-pause",
        capability=Capability.DECISION_ASK,
        why=ruling_obstacles.asking_for(DecisionKind.SUSPENSION),
        form=lambda _file, given: SuspensionForm(*(given or ())),
        act=acts.suspend,
        said=gettext_lazy("Suspension asked for. Two people must approve; until then the limits run on."),
        button=gettext_lazy("Request suspension"),
    ),
    "exclude": Door(
        label=gettext_lazy("Ask for an exclusion"),
        icon="filter-off",
        capability=Capability.DECISION_ASK,
        why=ruling_obstacles.asking_for(DecisionKind.EXCLUSION),
        form=lambda _file, given: ExclusionForm(*(given or ())),
        act=acts.exclude,
        said=gettext_lazy("Exclusion asked for. Two people must approve; the case is answered all the same."),
        button=gettext_lazy("Request exclusion"),
    ),
    "close": Door(
        label=gettext_lazy("Ask to answer without contact"),
        icon="phone-off",
        capability=Capability.DECISION_ASK,
        why=ruling_obstacles.why_close,
        form=lambda _file, given: ClosingForm(*(given or ())),
        act=acts.close,
        said=gettext_lazy("Asked for. The hotline rules on it."),
        button=gettext_lazy("Request it"),
    ),
    "refer": Door(
        label=gettext_lazy("Refer to the arbiter"),
        icon="scale",
        capability=Capability.DECISION_RULE,
        why=ruling_obstacles.why_refer,
        form=lambda file, given: DisputeForm(*(given or ()), on=local_date(file.at)),
        act=acts.refer,
        said=gettext_lazy("The case was referred to the arbiter. The promise to the citizen runs on."),
        button=gettext_lazy("Refer"),
    ),
    "resume": Door(
        label=gettext_lazy("Go on before the review date"),
        icon="player-play",
        capability=Capability.DECISION_RULE,
        why=ruling_obstacles.why_resume,
        form=acts.words(gettext_lazy("Why it can go on"), "why"),
        act=lambda file, form, version: suspending.resume(
            file.case, by=file.by, at=file.at, version=version, why=form.given
        ),
        said=gettext_lazy("Handling goes on; unit and citizen are told."),
        button=gettext_lazy("Go on"),
    ),
    "take-back": Door(
        label=gettext_lazy("Take the request back"),
        icon="rotate-clockwise",
        capability=Capability.DECISION_ASK,
        why=obstacles.why_take_back,
        form=acts.empty,
        act=acts.take_back,
        said=gettext_lazy("The request was taken back."),
        button=gettext_lazy("Take back"),
    ),
}
