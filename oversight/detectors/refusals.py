"""An agent who does not accept far more than their peers (domain: scope games)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from cases.models import EventKind
from cases.models.event import CaseEventQuerySet
from hotline.calendar import Period
from hotline.roles import CONTRACTOR
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import acts, by_subject


def _by_agents(period: Period, kind: EventKind) -> CaseEventQuerySet:
    return acts(period, kind).filter(role__in=sorted(CONTRACTOR), by__isnull=False, organisation__isnull=False)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    rows = _by_agents(period, EventKind.REFUSED).values_list("pk", "organisation", "by", "case", "at")
    for pk, company, agent, case, at in rows:
        yield Hit(Subject(company, agent), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_by_agents(period, EventKind.REGISTERED), "organisation", "by")


DETECTOR = Detector(
    "refusals",
    _("Refuses far more than others"),
    _("Of an agent's requests far more than of their peers' were not accepted."),
    _("The agent sits on a line where such requests come in."),
    hits,
    looked_at,
    at_least=5,
    times_peers=30,
)
