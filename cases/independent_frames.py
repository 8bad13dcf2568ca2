"""The rounds that a day's blind sample is drawn from: those whose asking the system ended on that day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from cases.blind_draw import NOBODYS, Line
from cases.models import (
    CallbackAttempt,
    CallbackResult,
    Feedback,
    FeedbackSource,
    RoundResult,
    Survey,
    SurveyState,
)
from hotline.calendar import Period
from hotline.models import Organisation


class Round(NamedTuple):
    """One asked round: its line in the frame, and whose it was."""

    line: Line
    survey: UUID
    case: int
    contractor: int | None
    unit: int | None


def rounds_of(day: date) -> dict[str, Round]:
    """By key, the case's number and the round.

    Answered or not, good or bad: only rounds that both sources could be asked about. Who wanted no callback, or whose
    number was wrong, is not called again; and nobody is called while the system itself is still asking.
    """
    period = Period.days(day, day)
    given = Feedback.objects.standing().ordinary().filter(survey=OuterRef("pk")).order_by("-at", "-id")
    ends_it = CallbackAttempt.objects.filter(
        survey=OuterRef("pk"), result__in=[CallbackResult.DECLINED, CallbackResult.WRONG_NUMBER]
    )
    asked = (
        Survey.objects.filter(ended_at__gte=period.start, ended_at__lt=period.end)
        .filter(state__in=[SurveyState.ANSWERED, SurveyState.EXPIRED], case__citizen__isnull=False)
        .filter(~Exists(ends_it))
        .annotate(source=Subquery(given.values("source")[:1]), answered_unit=Subquery(given.values("unit")[:1]))
    )
    rows = asked.values_list(
        "pk",
        "round",
        "source",
        "answered_unit",
        "case_id",
        "case__number",
        "case__unit_id",
        "case__taken_by_organisation_id",
        "case__taken_by_organisation__code",
        "case__taken_by_organisation__kind",
    )
    found = {}
    for pk, number_of_round, source, answered_unit, case, number, unit, taken_by, code, kind in rows.iterator():
        contractor = taken_by if kind == Organisation.Kind.CONTRACTOR else None
        line = Line(_stratum(source), code if contractor else NOBODYS, f"{number}/{number_of_round}")
        found[line.key] = Round(line, pk, case, contractor, answered_unit or unit)
    return found


def _stratum(source: str | None) -> str:
    if source is None:
        return RoundResult.UNANSWERED.value
    own = source == FeedbackSource.CONTRACTOR_CALLBACK
    return RoundResult.CONTRACTOR.value if own else RoundResult.OTHERWISE.value
