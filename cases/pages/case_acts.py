"""What the moves of a case page ask for, and the verbs their answers go to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _

from cases import (
    attachments,
    decisions,
    dispatching,
    disputing,
    excluding,
    handing_down,
    handing_over,
    handling,
    reviewing,
    reviewing_parts,
    sealing,
    suspending,
    unreached,
)
from cases.deadlines import local_date
from cases.dossier import Dossier
from cases.forms.handling import ReplyForm, WordsForm, upload_of
from cases.forms.office import DispatchForm, HandOverForm, LiftForm, RecusalForm, RulingForm, SealForm
from cases.forms.tree import HandDownForm, RecallForm
from cases.models import AttachmentKind, Case
from cases.pages import case_obstacles as obstacles
from hotline.acts import NotNow, part
from hotline.roles import Capability

Given = tuple[Any, Any] | None  # a request's POST and FILES

# -- Forms


def empty(_file: Dossier, given: Given) -> Form:
    return Form(*(given or ()))


def words(label: Any, name: str = "words") -> Callable[[Dossier, Given], Form]:
    return lambda _file, given: WordsForm(*(given or ()), label=label, name=name)


def reply_form(file: Dossier, given: Given) -> Form:
    if given:
        return ReplyForm(*given)
    contacted_at = file.mine.contacted_at if file.mine else None
    adopted = next((reply for reply in file.adoptable if str(reply.pk) == file.adopting), None)
    return ReplyForm.begun(contacted_at, file.draft, adopted)


def hand_down_form(file: Dossier, given: Given) -> Form:
    return HandDownForm(*(given or ()), on=local_date(file.at), above=file.mine.unit if file.mine else None)


def recall_form(file: Dossier, given: Given) -> Form:
    return RecallForm(*(given or ()), parts=obstacles.handed_down(file))


def dispatch_form(file: Dossier, given: Given) -> Form:
    on = local_date(file.at)
    return DispatchForm(*given, on=on) if given else DispatchForm.proposing(file.case, on=on)


def ruling_form(file: Dossier, given: Given) -> Form:
    on = local_date(file.at)
    decision = obstacles.turn(file)
    proposed = decision.proposed_unit.label if decision and decision.proposed_unit else ""
    return RulingForm(*given, on=on) if given else RulingForm(on=on, initial={"unit": proposed})


def seal_form(file: Dossier, given: Given) -> Form:
    on, case = local_date(file.at), file.case
    body = case.subject_unit.label if case.subject_unit else ""
    now = {"confidential": "1" if case.confidential else "", "subject_unit": body}
    return SealForm(*given, on=on) if given else SealForm(on=on, initial=now)


def recusal_form(file: Dossier, given: Given) -> Form:
    form = RecusalForm(*(given or ()))
    if not file.by.can(Capability.CASE_SEAL):
        del form.fields["person"]
    return form


def lift_form(file: Dossier, given: Given) -> Form:
    return LiftForm(*(given or ()), recusals=file.case.recusals.in_force().select_related("person"))


# -- Acts


def evidence(file: Dossier, form: Form) -> None:
    """Grounds given as a file are kept before the request is made; a repeat of the request finds them there."""
    if upload := upload_of(form.cleaned_data.get("evidence")):
        with part("evidence"):
            attachments.attach(file.case, upload, by=file.by, at=file.at, kind=AttachmentKind.GROUNDS)


def bounce(file: Dossier, form: Form, version: int | None) -> Case:
    evidence(file, form)
    return decisions.ask_to_bounce(obstacles.assigned(file), by=file.by, at=file.at, version=version, **_given(form))


def extend(file: Dossier, form: Form, version: int | None) -> Case:
    evidence(file, form)
    return decisions.ask_for_extension(
        obstacles.assigned(file), by=file.by, at=file.at, version=version, **_given(form)
    )


def _given(form: Form) -> dict[str, Any]:
    """What the verb is given: the proof in words, or else the name of the file that was added."""
    given = dict(form.cleaned_data)
    if "evidence" in given:
        given["evidence"] = given.pop("proof", "") or getattr(given["evidence"], "name", "") or ""
    return given


def suspend(file: Dossier, form: Form, version: int | None) -> Case:
    evidence(file, form)
    part_of = obstacles.assigned(file)
    return suspending.ask_for_suspension(part_of, by=file.by, at=file.at, version=version, **_given(form))


def exclude(file: Dossier, form: Form, version: int | None) -> Case:
    evidence(file, form)
    return excluding.ask_for_exclusion(
        obstacles.assigned(file), by=file.by, at=file.at, version=version, **_given(form)
    )


def close(file: Dossier, form: Form, version: int | None) -> Case:
    return unreached.ask_to_close(obstacles.assigned(file), by=file.by, at=file.at, version=version, **_given(form))


def refer(file: Dossier, form: Form, version: int | None) -> Case:
    return disputing.refer(file.case, by=file.by, at=file.at, version=version, **_given(form))


def contact(file: Dossier, form: Form, version: int | None) -> Case:
    given = {**form.cleaned_data, "reached": form.cleaned_data["reached"] == "yes"}
    return handling.record_contact(obstacles.assigned(file), by=file.by, at=file.at, version=version, **given)


def take_back(file: Dossier, _form: Form, version: int | None) -> Case:
    decision = obstacles.own_request(file)
    if decision is None:
        raise NotNow(_("This request was ruled on before."))
    return decisions.take_back_request(decision, by=file.by, at=file.at, version=version)


def attach(file: Dossier, form: Form, _version: int | None) -> Any:
    upload = upload_of(form.cleaned_data["file"])
    assert upload is not None  # the field is required
    return attachments.attach(file.case, upload, by=file.by, at=file.at, kind=form.cleaned_data["kind"])


def dispatch(file: Dossier, form: Any, version: int | None) -> Case:
    return dispatching.dispatch(
        file.case,
        by=file.by,
        at=file.at,
        version=version,
        unit=form.cleaned_data["unit"],
        co_organisers=form.others(),
        copies=form.watching(),
        note=form.cleaned_data["note"],
    )


def seal(file: Dossier, form: Any, version: int | None) -> Case:
    return sealing.seal(file.case, by=file.by, at=file.at, version=version, **form.given())


def recuse(file: Dossier, form: Form, version: int | None) -> Any:
    return sealing.recuse(file.case, by=file.by, at=file.at, version=version, **form.cleaned_data)


def lift(file: Dossier, form: Form, _version: int | None) -> Case:
    return sealing.lift(form.cleaned_data["recusal"], by=file.by, at=file.at, why=form.cleaned_data["why"])


def review(file: Dossier, form: Form, version: int | None) -> Case:
    given = form.cleaned_data
    if given["act"] == "accept":
        return reviewing.accept(file.case, by=file.by, at=file.at, version=version)
    return reviewing.send_back(
        file.case, by=file.by, at=file.at, version=version, reason=given["reason"], note=given["note"]
    )


def review_part(file: Dossier, form: Form, version: int | None) -> Case:
    given = form.cleaned_data
    how: dict[str, Any] = {"by": file.by, "at": file.at, "version": version}
    if (part := file.reported) is None:
        raise NotNow(_("No reply from below awaits your review."))
    if given["act"] == "accept":
        return reviewing_parts.accept_part(part, **how)
    return reviewing_parts.send_part_back(part, **how, reason=given["reason"], note=given["note"])


def hand_down(file: Dossier, form: Any, version: int | None) -> Case:
    given = form.cleaned_data
    return handing_down.hand_down(
        obstacles.assigned(file),
        by=file.by,
        at=file.at,
        version=version,
        units=form.units(),
        note=given["note"],
        due_at=given["due_at"],
    )


def recall(file: Dossier, form: Form, version: int | None) -> Case:
    given = form.cleaned_data
    part = next(part for part in obstacles.handed_down(file) if part.pk == given["part"])
    return handing_down.recall(part, by=file.by, at=file.at, version=version, why=given["why"])


def involve(file: Dossier, form: Any, version: int | None) -> Case:
    note = form.cleaned_data["note"]
    return handing_down.involve(file.case, by=file.by, at=file.at, version=version, units=form.units(), note=note)


def hand_over_form(file: Dossier, given: Given) -> Form:
    """What came from a line goes back to it, if it was sent to the wrong place."""
    came_from = file.case.upstream_platform
    return HandOverForm(*given) if given else HandOverForm(initial={"line": came_from})


def hand_over(file: Dossier, form: Form, version: int | None) -> Case:
    return handing_over.offer(file.case, by=file.by, at=file.at, version=version, **form.cleaned_data)


def line_answered(file: Dossier, form: Form, version: int | None) -> Case:
    given = form.cleaned_data
    if (asked := file.line_asked) is None:
        raise NotNow(_("What the line said was recorded before."))
    act = handing_over.accepted if given["act"] == "accept" else handing_over.refused
    said = {"answered_by": given["answered_by"], "answer": given["answer"]}
    return act(asked, by=file.by, at=file.at, version=version, **said)


def rule(file: Dossier, form: Form, version: int | None) -> Case:
    given, decision = form.cleaned_data, obstacles.request_ruled_on(file)
    if given["act"] == "reject":
        return decisions.reject(
            decision, by=file.by, at=file.at, version=version, ruling=given["ruling"], final=given["final"]
        )
    return decisions.grant(
        decision, by=file.by, at=file.at, version=version, ruling=given["ruling"], unit=given["unit"]
    )
