"""Drawing the day's blind sample: by the system, once, after the day is over and before anybody could know the seed."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cases import blind_draw
from cases.deadlines import local_date
from cases.independent_frames import rounds_of
from cases.independent_rules import RULES, percents_of
from cases.models import IndependentCallback, IndependentDraw
from hotline.acts import NotNow, verb

DAYS_BACK = 4  # after a standstill the days that were missed are drawn too, so far back


def to_draw(at: datetime) -> list[date]:
    """The finished days that were not drawn yet, the oldest first."""
    today = local_date(at)
    days = [today - timedelta(days=n) for n in range(DAYS_BACK, 0, -1)]
    drawn = set(IndependentDraw.objects.filter(day__gte=days[0]).values_list("day", flat=True))
    return [day for day in days if day not in drawn]


@verb
def draw(day: date, *, at: datetime, by: None = None) -> IndependentDraw:
    """Freeze the day's frame, then draw from it by a seed that nobody knew before.

    Not in the act that closes a case: nothing of a case's own acts then differs, not even how long they take. Raises
    NotNow if the day is not over or was drawn; of two at once the database lets one through, the other's IntegrityError
    is for the caller to take as that.
    """
    if day >= local_date(at):
        raise NotNow(_("The day is not over."))
    if IndependentDraw.objects.filter(day=day).exists():
        raise NotNow(_("This day was drawn before."))
    rules, rounds = RULES.on(at), rounds_of(day)
    frame = blind_draw.frame_of(found.line for found in rounds.values())
    made = IndependentDraw.objects.create(
        day=day,
        rules=rules,
        seed=secrets.token_hex(16),
        frame=frame,
        frame_hash=blind_draw.hash_of(frame),
        frame_size=len(rounds),
        drawn_at=at,
    )
    expires = at + timedelta(days=rules["days"])
    IndependentCallback.objects.bulk_create(
        IndependentCallback(
            draw=made,
            position=position,
            stratum=line.stratum,
            case_id=rounds[line.key].case,
            survey_id=rounds[line.key].survey,
            contractor_id=rounds[line.key].contractor,
            unit_id=rounds[line.key].unit,
            next_at=at,
            expires_at=expires,
        )
        for position, line in enumerate(drawn_from(made), start=1)
    )
    return made


def drawn_from(made: IndependentDraw) -> list[blind_draw.Line]:
    """The draw done again, from nothing but what the row holds."""
    return blind_draw.draw(made.frame, percents_of(made.rules), seed=made.seed, most=made.rules["most_a_day"])


def is_as_drawn(made: IndependentDraw) -> bool:
    """Are the frame and the list still what the seed gives? Whoever changed either is found out."""
    fields = ("stratum", "survey__case__number", "survey__round")
    listed = [
        (stratum, f"{number}/{number_of_round}")
        for stratum, number, number_of_round in made.callbacks.order_by("position").values_list(*fields)
    ]
    again = [(line.stratum, line.key) for line in drawn_from(made)]
    return blind_draw.hash_of(made.frame) == made.frame_hash and listed == again


def is_over(made: IndependentDraw) -> bool:
    """Is nobody of it to be called any more? Only then may its seed be told."""
    return not made.callbacks.waiting().exists()
