"""The moves on a case page: for each its form, the verb that does it, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from cases import dispatching, group_answers, handling, supervision
from cases.dossier import Dossier
from cases.forms.handling import AttachForm, ContactForm
from cases.forms.office import ReviewForm
from cases.models import Case
from cases.pages import case_acts as acts
from cases.pages import case_obstacles as obstacles
from cases.pages.decision_doors import REQUESTS
from cases.pages.doors import Door
from cases.pages.ladder_doors import LADDER
from cases.pages.others_doors import DOORS_TO_OTHERS
from hotline.roles import Capability


@dataclass(frozen=True)
class Move:
    """A line among the moves. ``why`` says what stands in its way."""

    name: str
    label: str
    icon: str
    key: str
    url: str
    allowed: bool
    why: str


DOORS: dict[str, Door] = {
    "reply": Door(
        label=gettext_lazy("Reply"),
        icon="message-circle",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_reply,
        form=acts.reply_form,
        act=lambda file, form, version: handling.reply(
            obstacles.assigned(file), form.words(), by=file.by, at=file.at, version=version
        ),
        said=gettext_lazy("The reply was submitted."),
        panel=True,
    ),
    "sign": Door(
        label=gettext_lazy("Sign off"),
        icon="check",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_sign,
        form=acts.empty,
        act=lambda file, _form, version: handling.sign(
            obstacles.assigned(file), by=file.by, at=file.at, version=version
        ),
        said=gettext_lazy("Signed off. The handling limit runs."),
        panel=True,
    ),
    "dispatch": Door(
        label=gettext_lazy("Dispatch"),
        icon="send",
        capability=Capability.CASE_DISPATCH,
        why=obstacles.why_dispatch,
        form=acts.dispatch_form,
        act=acts.dispatch,
        said=gettext_lazy("The case was dispatched."),
        panel=True,
    ),
    "review": Door(
        label=gettext_lazy("Review the reply"),
        icon="clipboard-check",
        capability=Capability.REPLY_REVIEW,
        why=obstacles.why_review,
        form=lambda _file, given: ReviewForm(*(given or ())),
        act=acts.review,
        said=gettext_lazy("The review is recorded."),
        panel=True,
    ),
    **REQUESTS,
    "contact": Door(
        label=gettext_lazy("Record a contact with the citizen"),
        icon="phone-outgoing",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_contact,
        form=lambda _file, given: ContactForm(*(given or ())),
        act=acts.contact,
        said=gettext_lazy("The contact is recorded."),
        key="C",
        button=gettext_lazy("Record contact"),
    ),
    "progress": Door(
        label=gettext_lazy("Tell the citizen how far it is"),
        icon="message",
        capability=Capability.ASSIGNMENT_WORK,
        why=obstacles.why_progress,
        form=acts.words(gettext_lazy("The citizen will read")),
        act=lambda file, form, version: handling.tell_progress(
            obstacles.assigned(file), by=file.by, at=file.at, version=version, words=form.given
        ),
        said=gettext_lazy("The citizen is told."),
        key="P",
        button=gettext_lazy("Send to the citizen"),
    ),
    "attach": Door(
        label=gettext_lazy("Add a file"),
        icon="paperclip",
        capability=Capability.CASE_NOTE,
        why=obstacles.why_open,
        form=lambda _file, given: AttachForm(*given) if given else AttachForm(initial={"kind": "handling_proof"}),
        act=acts.attach,
        said=gettext_lazy("The file was added."),
        key="A",
        button=gettext_lazy("Upload"),
    ),
    "urge": Door(
        label=gettext_lazy("Urge the unit"),
        icon="bell-ringing",
        capability=Capability.CASE_URGE,
        why=obstacles.why_urge,
        form=acts.words(gettext_lazy("To the unit")),
        act=lambda file, form, version: supervision.urge(
            file.case, by=file.by, at=file.at, version=version, words=form.given
        ),
        said=gettext_lazy("The unit was urged."),
        key="U",
        button=gettext_lazy("Urge"),
    ),
    **LADDER,
    "note": Door(
        label=gettext_lazy("Add a note"),
        icon="note",
        capability=Capability.CASE_NOTE,
        why=obstacles.why_open,
        form=acts.words(gettext_lazy("Note, not shown to the citizen")),
        act=lambda file, form, version: supervision.note(
            file.case, by=file.by, at=file.at, version=version, words=form.given
        ),
        said=gettext_lazy("The note was added."),
        key="N",
        button=gettext_lazy("Add the note"),
    ),
    "answer-apart": Door(
        label=gettext_lazy("Answer differently from its group"),
        icon="message-circle",
        capability=Capability.REPLY_REVIEW,
        why=obstacles.why_answer_apart,
        form=acts.words(gettext_lazy("What this citizen will read")),
        act=lambda file, form, version: group_answers.answer_apart(
            file.case, by=file.by, at=file.at, version=version, words=form.given
        ),
        said=gettext_lazy("This citizen has an answer of their own, and is asked whether it helped."),
    ),
    "seal": Door(
        label=gettext_lazy("Confidentiality"),
        icon="lock",
        capability=Capability.CASE_SEAL,
        why=lambda _file: "",
        form=acts.seal_form,
        act=acts.seal,
        said=gettext_lazy("Kept with the case."),
    ),
    "recuse": Door(
        label=gettext_lazy("Stand aside"),
        icon="user-x",
        capability=Capability.CASE_RECUSE,
        why=lambda _file: "",
        form=acts.recusal_form,
        act=acts.recuse,
        said=gettext_lazy("Recorded. The case does not exist any more for whoever stands aside."),
    ),
    "lift": Door(
        label=gettext_lazy("Lift a recusal"),
        icon="user-check",
        capability=Capability.CASE_SEAL,
        why=obstacles.why_lift,
        form=acts.lift_form,
        act=acts.lift,
        said=gettext_lazy("The person may work on the case again."),
    ),
    **DOORS_TO_OTHERS,
    "withdraw": Door(
        label=gettext_lazy("Withdraw for the citizen"),
        icon="x",
        capability=Capability.CASE_WITHDRAW,
        why=obstacles.why_withdraw,
        form=acts.words(gettext_lazy("How the citizen took it back"), "why"),
        act=lambda file, form, version: dispatching.withdraw(
            file.case, by=file.by, at=file.at, version=version, why=form.given
        ),
        said=gettext_lazy("The case was withdrawn; the units are told."),
        key="W",
        button=gettext_lazy("End the case as withdrawn"),
    ),
    "reopen": Door(
        label=gettext_lazy("Take the case up again"),
        icon="refresh",
        capability=Capability.CASE_REOPEN,
        why=obstacles.why_reopen,
        form=acts.words(gettext_lazy("New facts"), "new_facts"),
        act=lambda file, form, version: dispatching.reopen(
            file.case, by=file.by, at=file.at, version=version, new_facts=form.given
        ),
        said=gettext_lazy("The case was taken up again; the citizen is told."),
        key="R",
        button=gettext_lazy("Take up again"),
    ),
}


def moves(file: Dossier) -> list[Move]:
    """What this person may do with the case, the possible first; then what is not possible now, with the reason."""
    offered = [
        Move(name, str(door.label), door.icon, door.key, move_url(file.case, name), not why, why)
        for name, door in DOORS.items()
        if not door.panel and file.by.can(door.capability)
        for why in [door.why(file)]
    ]
    return sorted(offered, key=lambda move: not move.allowed)


def move_url(case: Case, name: str) -> str:
    return reverse("cases:move", args=[case.number, name])
