"""What a check of the audit trail found, in the reader's language: where, and what is wrong."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.audit_chain import Fault
from hotline.journal_guards import WeakSpot

FAULTS = {
    "changed": gettext_lazy("was changed after it was sealed"),
    "removed": gettext_lazy("was sealed and is gone"),
    "added": gettext_lazy("was not there when the seal was made"),
    "moved": gettext_lazy("stands out of order"),
    "unreadable": gettext_lazy("cannot be read"),
    "differs": gettext_lazy("is not the one that lies outside"),
    "cut": gettext_lazy("lies outside, but the trail ends before it"),
    "unwitnessed": gettext_lazy("is missing outside, between others"),
    "unlinked": gettext_lazy("does not continue the seal before it"),
    "forged": gettext_lazy("has a false signature; it, or one before it, was not made here"),
    "foreign": gettext_lazy("is signed with a key that is not known"),
}
SPOTS = {
    "hidden": gettext_lazy("rows of it may be hidden (row-level security)"),
    "trigger_gone": gettext_lazy("a trigger that refuses changes is gone: %(name)s"),
    "trigger_off": gettext_lazy("a trigger that refuses changes is switched off or altered: %(name)s"),
    "trigger_more": gettext_lazy("there is a trigger that is not ours: %(name)s"),
    "function": gettext_lazy("the function that refuses changes was altered: %(name)s"),
    "granted": gettext_lazy("somebody was given the right to change it: %(name)s"),
    "rule": gettext_lazy("there is a rule that may divert entries: %(name)s"),
    "replica": gettext_lazy("triggers are switched off for: %(name)s"),
    "default": gettext_lazy("entries do not get their transaction number from the database: %(name)s"),
    "numbering": gettext_lazy("its numbering was set back: %(name)s"),
    "future": gettext_lazy("entries claim transactions that there were none of: %(name)s"),
    "nothing_outside": gettext_lazy("nothing lies outside of the database to compare with"),
}
JOURNALS = {
    "hotline_auditentry": gettext_lazy("Audit entry %(n)s"),
    "cases_caseevent": gettext_lazy("Case event %(n)s"),
}


class Said(NamedTuple):
    where: str
    what: str


def of_fault(fault: Fault) -> Said:
    """``("Audit entry 4711 · seal 12", "was changed after it was sealed")``."""
    seal = _("seal %(n)s") % {"n": fault.seal or "?"} if fault.seal or not fault.journal else ""
    entry = str(JOURNALS[fault.journal]) % {"n": fault.entry or "?"} if fault.journal else ""
    return Said(" · ".join(filter(None, (entry, seal))), str(FAULTS[fault.what]))


def of_spot(spot: WeakSpot) -> Said:
    return Said(spot.table or _("Database"), str(SPOTS[spot.what]) % {"name": spot.name})
