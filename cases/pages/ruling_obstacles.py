"""Why a ruling cannot be asked for now, or a case not be referred or taken up again."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from cases import asking
from cases.dossier import Dossier
from cases.models import AssignmentState, DecisionKind, DecisionState, Status
from cases.pages.case_obstacles import assigned, unless_own


def asking_for(kind: DecisionKind) -> Callable[[Dossier], str]:
    """What stands in the way of a request of the unit that handles the case."""

    def why(file: Dossier) -> str:
        if file.case.status == Status.SUSPENDED:
            return _("the case rests")
        if found := unless_own(file, AssignmentState.HANDLING, lead=True):
            return found
        mine = assigned(file)
        own = [d for d in file.decisions if d.kind == kind and d.assignment_id == mine.pk]
        if any(d.state == DecisionState.ASKED for d in own):
            return _("it was asked for and awaits a ruling")
        granted = [d for d in file.decisions if d.kind == kind and d.state == DecisionState.GRANTED]
        if granted and kind == DecisionKind.EXCLUSION:
            return _("it is excluded already")
        rejected = sum(d.state == DecisionState.REJECTED for d in own)
        return _("it was rejected %(n)s times") % {"n": rejected} if rejected >= asking.REJECTIONS else ""

    return why


def why_close(file: Dossier) -> str:
    if why := asking_for(DecisionKind.CLOSING)(file):
        return why
    tries = [e for e in file.contacts if e.assignment_id == assigned(file).pk]
    if any(e.payload.get("reached") for e in tries):
        return _("the citizen was reached")
    if len(tries) < settings.UNREACHED_TRIES:
        return _("record %(n)s tries to reach the citizen first") % {"n": settings.UNREACHED_TRIES}
    return ""


def why_refer(file: Dossier) -> str:
    contested = any(d.kind == DecisionKind.BOUNCE for d in file.open_decisions)
    allowed = file.case.status == Status.REGISTERED or (file.case.status == Status.DISPATCHED and contested)
    return "" if allowed else _("no unit contests it")


def why_resume(file: Dossier) -> str:
    return "" if file.case.status == Status.SUSPENDED else _("the case is not suspended")
