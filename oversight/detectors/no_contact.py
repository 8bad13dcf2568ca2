"""Solved without anybody having spoken to the citizen (domain: closing without citizen contact)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import CallbackWish, Reply, Solved
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import accepted, by_unit


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    unspoken = Reply.objects.filter(pk=OuterRef("reply"), contacted=False, solved=Solved.SOLVED)
    rows = accepted(period).exclude(case__callback_wish=CallbackWish.NONE).filter(Exists(unspoken))
    for pk, unit, case, at in rows.values_list("pk", "assignment__unit", "case", "at"):
        yield Hit(Subject(unit), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_unit(accepted(period))


DETECTOR = Detector(
    "no_contact",
    _("Closed as solved without a word to the citizen"),
    _("A reply says that the matter is solved, and nobody had reached the citizen."),
    _("The citizen was called and did not answer; what was asked for can be seen by anybody."),
    hits,
    looked_at,
    at_least=5,
    times_peers=20,
)
