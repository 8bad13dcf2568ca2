"""The figures of cases: each one function, one sentence, one unit, one version, and the lists behind its numbers.

A measure says which cases it is about, which of them count, and which were left out; the rest follows.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases import independent_measures, outcomes
from cases.counting import GROSS, PARTS, READ, Part, Parts, behind, by, gross, number, rate
from hotline.calendar import Period

__all__ = ["GROSS", "PARTS", "READ", "Part", "Parts", "behind", "by", "gross", "independent_measures"]


# -- Intake


@number("intake", _("Cases registered"), _("Cases registered in the period."))
def intake(period: Period) -> Parts:
    return Parts(of=outcomes.registered(period))


@rate(
    "direct_answer_rate",
    _("Direct-answer rate"),
    _("Of the cases registered in the period, the share answered in the course of the contact."),
)
def direct_answer_rate(period: Period) -> Parts:
    return Parts(of=outcomes.registered(period), good=outcomes.answered_directly())


@rate(
    "refusal_rate",
    _("Refusal rate"),
    _("Of the cases registered in the period, the share not accepted on a stated legal ground."),
)
def refusal_rate(period: Period) -> Parts:
    return Parts(of=outcomes.registered(period), good=outcomes.refused())


# -- Units


@rate(
    "on_time_closing",
    _("On-time closing rate"),
    _(
        "Of the cases whose promise to the citizen fell due in the period, the share answered by then; unfinished ones"
        " count against it. Settled at intake is not due; withdrawn by the citizen is left out."
    ),
    version=2,
    net=True,
)
def on_time_closing(period: Period) -> Parts:
    return Parts(of=outcomes.due(period), good=outcomes.kept(period), without=outcomes.withdrawn())


@rate(
    "closing_rate",
    _("Closing rate"),
    _("Of the cases due in the period, the share answered before it ended, in time or late."),
    version=2,
    net=True,
)
def closing_rate(period: Period) -> Parts:
    return Parts(of=outcomes.due(period), good=outcomes.answered_at_all(period), without=outcomes.withdrawn())


@rate(
    "sign_on_time",
    _("Timely sign-off rate"),
    _("Of the cases whose sign-off by the lead unit fell due in the period, the share signed off in time."),
)
def sign_on_time(period: Period) -> Parts:
    return Parts(of=outcomes.sign_off_due(period), good=outcomes.signed_in_time(period))


@rate(
    "first_time_closing",
    _("First-time closing rate"),
    _("Of the cases closed in the period after a unit had them, the share closed in the first round."),
    version=2,
    net=True,
)
def first_time_closing(period: Period) -> Parts:
    return Parts(of=outcomes.ended_with_a_unit(period), good=outcomes.in_first_round())


@rate(
    "bounce_rate",
    _("Return rate"),
    _("Of the cases dispatched in the period, the share whose return by the unit was granted."),
)
def bounce_rate(period: Period) -> Parts:
    return Parts(of=outcomes.dispatched(period), good=outcomes.returned(period))


@rate(
    "extension_rate",
    _("Extension rate"),
    _("Of the cases dispatched in the period, the share whose unit was granted more time."),
)
def extension_rate(period: Period) -> Parts:
    return Parts(of=outcomes.dispatched(period), good=outcomes.extended(period))


@rate(
    "rehandling_rate",
    _("Re-handling rate"),
    _(
        "Of the cases that were closed or went to re-handling in the period after a unit had answered, the share that"
        " went to re-handling."
    ),
    version=2,
    net=True,
)
def rehandling_rate(period: Period) -> Parts:
    again = outcomes.sent_to_rehandling(period)
    return Parts(of=outcomes.ended_with_a_unit(period) | again, good=again)


@number(
    "backlog",
    _("Open cases"),
    _("Cases registered before the end of the period and open at it."),
)
def backlog(period: Period) -> Parts:
    return Parts(of=outcomes.open_at_the_end(period))


@number(
    "suspended",
    _("Suspended cases"),
    _("Cases that rested at the end of the period because they could not be solved for the time being."),
)
def suspended_cases(period: Period) -> Parts:
    return Parts(of=outcomes.suspended_at_the_end(period))


@number(
    "excluded",
    _("Excluded cases"),
    _("Cases that two people of the government excluded from the rates in the period, as unreasonable demands."),
)
def excluded_cases(period: Period) -> Parts:
    return Parts(of=outcomes.excluded_in(period))


# -- The citizen's verdict


@rate(
    "contact_rate",
    _("Contact rate"),
    _(
        "Of the cases on which the citizen said in the period whether the unit got in touch, the share where it did;"
        " the last answer counts."
    ),
    version=2,
    net=True,
)
def contact_rate(period: Period) -> Parts:
    return Parts(of=outcomes.said_about_contact(period), good=outcomes.said_contacted(period))


@rate(
    "resolution_rate",
    _("Resolution rate"),
    _(
        "Of the cases the citizen rated in the period, the share the citizen calls solved; the last answer counts, and"
        " unrated is not solved."
    ),
    version=2,
    net=True,
)
def resolution_rate(period: Period) -> Parts:
    return Parts(of=outcomes.rated(period), good=outcomes.said_solved(period))


@number(
    "solved_cases",
    _("Solved cases"),
    _("Cases the citizen, asked in the period, called solved; the last answer counts."),
)
def solved_cases(period: Period) -> Parts:
    return Parts(of=outcomes.rated(period) & outcomes.said_solved(period))


@rate(
    "satisfaction_rate",
    _("Satisfaction rate"),
    _(
        "Of the cases on which the citizen said in the period how satisfied he is, the share satisfied; “basically"
        " satisfied” counts by the coefficient set for the city, and unrated is never satisfied."
    ),
    version=2,
    net=True,
)
def satisfaction_rate(period: Period) -> Parts:
    return Parts(
        of=outcomes.said_how_satisfied(period),
        good=outcomes.said_satisfied(period),
        partly=outcomes.said_basically_satisfied(period),
        coefficient=settings.BASICALLY_SATISFIED_COEFFICIENT,
    )


@rate(
    "rating_participation",
    _("Rating participation"),
    _(
        "Of the cases the system asked the citizen about in the period, the share answered. Citizens who did not want"
        " to be asked or left no number are left out."
    ),
)
def rating_participation(period: Period) -> Parts:
    return Parts(
        of=outcomes.surveyed(period), good=outcomes.answered_the_survey(period), without=~outcomes.asked(period)
    )


@rate(
    "valid_callback_rate",
    _("Valid callback rate"),
    _("Of the cases on which the citizen was called back in the period, the share where the citizen was reached."),
)
def valid_callback_rate(period: Period) -> Parts:
    return Parts(of=outcomes.called_back(period), good=outcomes.reached(period))
