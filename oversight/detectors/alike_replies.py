"""Replies of one unit that say nearly the same to many (domain: reply text near-identical)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.models import Reply
from cases.near_duplicates import groups
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import accepted, by_unit


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    said: dict[Subject, list[tuple[int, datetime, int, int]]] = defaultdict(list)
    rows = accepted(period).values_list("assignment__unit", "pk", "at", "case", "reply")
    for unit, pk, at, case, reply in rows.iterator(2_000):
        said[Subject(unit)].append((pk, at, case, reply))
    for subject, acts in said.items():
        if len(acts) >= limits["cases"]:
            yield from _alike(subject, acts, limits)


def _alike(subject: Subject, acts: list[tuple[int, datetime, int, int]], limits: Limits) -> Iterable[Hit]:
    words = dict(Reply.objects.filter(pk__in=[act[3] for act in acts]).values_list("pk", "public_reply"))
    alike = groups([words.get(act[3], "") for act in acts], alike=limits["percent"] / 100)
    by_group: dict[int, list[tuple[int, datetime, int, int]]] = defaultdict(list)
    for act, group in zip(acts, alike, strict=True):
        by_group[int(group)].append(act)
    for group, members in by_group.items():
        if len(members) >= limits["cases"]:
            for pk, at, case, _reply in members:
                yield Hit(subject, f"event:{pk}", at, case=case, facts={"group": group, "alike": len(members)})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_unit(accepted(period))


DETECTOR = Detector(
    "alike_replies",
    _("Nearly the same reply to many"),
    _("One unit's replies to many different cases are nearly the same, word for word."),
    _("One incident was answered in one way, and nobody joined its cases to a group."),
    hits,
    looked_at,
    at_least=1,
    limits={
        "percent": Limit(_("Alike by so many per cent (of pairs of characters)"), 90, 50, 100),
        "cases": Limit(_("In so many cases"), 10, 2, 500),
    },
)
