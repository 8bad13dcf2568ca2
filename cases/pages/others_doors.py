"""The moves by which others come in: units beneath and beside the one that has the case, and the emergency lines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from cases.deadlines import local_date
from cases.forms.office import LineAnswerForm, ReviewForm
from cases.forms.tree import InvolveForm
from cases.pages import case_acts as acts
from cases.pages import case_obstacles as obstacles
from cases.pages.doors import Door
from hotline.roles import Capability

DOORS_TO_OTHERS: dict[str, Door] = {
    "part": Door(
        label=gettext_lazy("Review the reply from below"),
        icon="clipboard-check",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_part,
        form=lambda _file, given: ReviewForm(*(given or ())),
        act=acts.review_part,
        said=gettext_lazy("The review is recorded."),
        panel=True,
    ),
    "line": Door(
        label=gettext_lazy("What the emergency line says"),
        icon="urgent",
        capability=Capability.CASE_HAND_OVER,
        why=obstacles.why_line,
        form=lambda _file, given: LineAnswerForm(*(given or ())),
        act=acts.line_answered,
        said=gettext_lazy("What the line said is recorded."),
        panel=True,
    ),
    "hand-over": Door(
        label=gettext_lazy("Hand over to 110, 119, 120, 122"),
        icon="urgent",
        capability=Capability.CASE_HAND_OVER,
        why=obstacles.why_hand_over,
        form=acts.hand_over_form,
        act=acts.hand_over,
        said=gettext_lazy("The line is asked. The case stays ours until it accepts."),
        key="H",
        button=gettext_lazy("Hand over"),
    ),
    "hand-down": Door(
        label=gettext_lazy("Hand down to a unit beneath"),
        icon="hierarchy",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_hand_down,
        form=acts.hand_down_form,
        act=acts.hand_down,
        said=gettext_lazy("Handed down. Your own limit runs on; you review the reply."),
        key="D",
        button=gettext_lazy("Hand down"),
    ),
    "recall": Door(
        label=gettext_lazy("Take back what was handed down"),
        icon="rotate-clockwise",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_recall,
        form=acts.recall_form,
        act=acts.recall,
        said=gettext_lazy("Taken back; the unit is told."),
        button=gettext_lazy("Take back"),
    ),
    "involve": Door(
        label=gettext_lazy("Add a co-organiser"),
        icon="user-plus",
        capability=Capability.CASE_INVOLVE,
        why=obstacles.why_involve,
        form=lambda file, given: InvolveForm(*(given or ()), on=local_date(file.at)),
        act=acts.involve,
        said=gettext_lazy("The co-organiser was added and told."),
        button=gettext_lazy("Add"),
    ),
}
