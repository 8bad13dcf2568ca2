"""The thresholds of all detectors, changed by two people with a first day; a finding keeps those it was found by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.models import Proposal
from hotline.proposals import Values, register
from hotline.rulebook import Entry, Rulebook
from oversight.detector import Detector, Limit, Limits
from oversight.detectors import DETECTORS
from oversight.models import Finding
from oversight.seeing import DAYS, see, yesterday

SHARED = {
    "at_least": gettext_lazy("Found from so many on"),
    "times_peers": gettext_lazy("And from so many tenths of the peers' middle share on (0: not compared)"),
}
OWN = "{name} · {limit}"


def _all(detector: Detector) -> dict[str, Limit]:
    """Its thresholds, those that every detector has first."""
    shared = {
        "at_least": Limit(SHARED["at_least"], detector.at_least, 1, 10_000),
        "times_peers": Limit(SHARED["times_peers"], detector.times_peers, 0, 1000),
    }
    return shared | dict(detector.limits)


def _entries() -> Iterator[tuple[str, str | Promise, Limit]]:
    """Each threshold by its name in the rulebook, with its words."""
    for detector in DETECTORS:
        for name, limit in _all(detector).items():
            yield f"{detector.key}_{name}", format_lazy(OWN, name=detector.name, limit=limit.label), limit


class DetectorRules(Rulebook):
    """The numbers are engineers' first guesses, to be moved by what reviews find (``precision``)."""

    key = "detectors"
    label = gettext_lazy("Detectors")
    brought = {name: limit.brought for name, _words, limit in _entries()}
    entries = {name: Entry(words, limit.least, limit.most) for name, words, limit in _entries()}

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        unsettled = Finding.objects.unsettled().count()
        stay = _("%(n)s findings are not settled and stay, with the thresholds they were found by.")
        tried = [_dry_run(detector, proposal, at) for detector in DETECTORS]
        return [stay % {"n": unsettled}, *filter(None, tried)]


def _dry_run(detector: Detector, proposal: Proposal, at: datetime) -> str:
    """How many it would have found in the last thirty days, and by the thresholds it has; "" if none of its change."""
    was, becomes = (
        _own(detector, values) for values in ({**RULES.brought, **(proposal.before or {})}, proposal.change)
    )
    if was == becomes:
        return ""
    would, did = (len(see(detector, limits, on=yesterday(at)).stand_out()) for limits in (becomes, was))
    return _(
        "%(name)s: in the last %(days)s days it would have found %(would)s, with its present thresholds %(did)s."
    ) % {"name": detector.name, "days": DAYS, "would": would, "did": did}


RULES = DetectorRules()
register(RULES)


def limits_of(detector: Detector, at: datetime) -> Limits:
    """Its thresholds in force at that moment, by their own names."""
    return _own(detector, RULES.on(at))


def _own(detector: Detector, values: Values) -> Limits:
    return {name: values[f"{detector.key}_{name}"] for name in _all(detector)}


def limit_lines(detector: Detector, limits: Limits) -> list[tuple[str | Promise, int]]:
    """Thresholds as people read them; one that compares with nobody is left out."""
    shown = {name: limit for name, limit in _all(detector).items() if limits.get(name)}
    return [(limit.label, limits[name]) for name, limit in shown.items()]
