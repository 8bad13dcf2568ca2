"""One number that speaks well of a unit again and again (domain: own phones among surveyed).

Numbers of staff are kept nowhere, so a handler's own telephone is known by what it does: it asks, and is content, far
oftener than a citizen would. Numbers are compared by their blind index (a citizen is one index); none is opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import by_subject
from oversight.detectors.answers import GOOD, answers


def _content(period: Period) -> Any:
    return answers(period).filter(GOOD, case__citizen__phone_index__isnull=False)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    """Every good answer of a number that gave the same unit so many of them."""
    given: dict[tuple[int, UUID], list[Hit]] = defaultdict(list)
    rows = _content(period).values_list("pk", "unit", "case__citizen", "case", "at")
    for pk, unit, number, case, at in rows.iterator(2_000):
        given[unit, number].append(Hit(Subject(unit), f"feedback:{pk}", at, case=case))
    for same in given.values():
        if len(same) >= limits["answers"]:
            yield from same


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_content(period), "unit")


DETECTOR = Detector(
    "own_phones",
    _("One number, content again and again"),
    _("The same telephone number gives one unit many good answers, each about another case."),
    _("A caretaker or a grid worker reports for a whole block and is glad of what was done."),
    hits,
    looked_at,
    at_least=1,
    limits={"answers": Limit(_("So many good answers of one number"), 5, 2, 500)},
)
