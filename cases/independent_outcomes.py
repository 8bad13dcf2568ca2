"""The words of the independent callback: which cases were asked about blindly, what was said, and the pairs.

A pair is the last independent answer of a period with what the system's own asking had brought of the same round. Every
condition counts cases, as those in ``cases.outcomes`` do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import In

from cases.models import Feedback, IndependentCallback, IndependentState, Satisfaction
from cases.outcomes import within
from hotline.calendar import Period


def ordinary_answers() -> Any:
    """The ordinary answers about the same round as an independent one (of the outer query), the last one first."""
    same = Feedback.objects.standing().ordinary().filter(case=OuterRef("case"), round=OuterRef("round"))
    return same.order_by("-at", "-id")


def _answers(period: Period) -> Any:
    """A case's independent answers of the period, the last one first."""
    said = Feedback.objects.standing().independent().filter(within("at", period), case=OuterRef("pk"))
    return said.order_by("-at", "-id")


def _pairs(period: Period) -> Any:
    """Those with an ordinary answer."""
    return _answers(period).filter(Exists(ordinary_answers()))


def _of_last_pair(period: Period, name: str) -> Any:
    """What its independent answer says, or with ``ordinary_`` before the name the ordinary one."""
    pairs, field = _pairs(period), name.removeprefix("ordinary_")
    if field != name:
        pairs = pairs.annotate(**{name: Subquery(ordinary_answers().values(field)[:1])})
    return Subquery(pairs.values(name)[:1])


def _last_says(period: Period, field: str, values: Iterable[Any]) -> Q:
    return Q(In(Subquery(_answers(period).values(field)[:1]), list(values)))


def asked(period: Period) -> Q:
    """The citizen answered the independent callback."""
    return Q(Exists(_answers(period)))


def said_solved(period: Period) -> Q:
    return _last_says(period, "solved", [True])


def said_how_satisfied(period: Period, with_whom: str = "satisfaction") -> Q:
    return _last_says(period, with_whom, Satisfaction.values)


def said_satisfied(period: Period, with_whom: str = "satisfaction") -> Q:
    """Satisfied or very satisfied."""
    return _last_says(period, with_whom, [Satisfaction.SATISFIED, Satisfaction.VERY_SATISFIED])


def said_basically_satisfied(period: Period, with_whom: str = "satisfaction") -> Q:
    return _last_says(period, with_whom, [Satisfaction.BASICALLY])


def paired(period: Period) -> Q:
    """Both sources said whether it was solved."""
    return Q(Exists(_pairs(period)))


def paired_in_satisfaction(period: Period) -> Q:
    """Both sides of its last pair said how satisfied the citizen is."""
    both = (_of_last_pair(period, name) for name in ("satisfaction", "ordinary_satisfaction"))
    return Q(*(In(said, list(Satisfaction.values)) for said in both))


def pair_columns(period: Period, *more: str) -> dict[str, Any]:
    """What the last pair of a case says, as annotations of cases: whether it was solved and how satisfied the citizen
    is, and more of it if named."""
    names = ("solved", "satisfaction", "ordinary_solved", "ordinary_satisfaction", *more)
    return {f"pair_{name}": _of_last_pair(period, name) for name in names}


def _ended(period: Period) -> Any:
    return IndependentCallback.objects.filter(within("ended_at", period), case=OuterRef("pk"))


def call_ended(period: Period) -> Q:
    """An independent callback about it came to an end."""
    return Q(Exists(_ended(period)))


def call_answered(period: Period) -> Q:
    return Q(Exists(_ended(period).filter(state=IndependentState.ANSWERED)))
