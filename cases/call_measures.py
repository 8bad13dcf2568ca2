"""The figures of the telephone: each one function, one sentence, one unit, one version, and the calls behind it.

Calls that come in, unless said otherwise; a call belongs to the day on which it began.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.fields import DurationField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.call_counting import Parts, call_measure
from cases.models import Call, Direction
from hotline.measures import Unit

IN_TIME = timedelta(seconds=settings.ANSWER_SECONDS)
CALL_BACK_WITHIN = timedelta(hours=settings.CALL_BACK_HOURS)
INBOUND = Q(direction=Direction.INBOUND)
IN_MENU = Q(in_menu=True)
ANSWERED = INBOUND & Q(answered_at__isnull=False)
WAITING = Q(answered_at__isnull=True, ended_at__isnull=True)
WAIT = ExpressionWrapper(F("answered_at") - F("offered_at"), DurationField())
TALK = ExpressionWrapper(F("ended_at") - F("answered_at"), DurationField())
TABLE = (
    "calls_offered", "calls_answered", "connection_rate", "answered_in_time", "abandoned_rate", "mean_wait",
    "mean_talk", "mean_wrap_up", "missed_callback_rate",
)  # fmt: skip


@call_measure(
    "calls_offered",
    _("Calls offered"),
    _("Calls that asked for a person in the period. Those that ended in the menu are left out."),
    Unit.COUNT,
)
def calls_offered() -> Parts:
    return Parts(of=INBOUND, without=IN_MENU)


@call_measure("calls_answered", _("Calls answered"), _("Calls of the period that an agent answered."), Unit.COUNT)
def calls_answered() -> Parts:
    return Parts(of=ANSWERED)


@call_measure(
    "connection_rate",
    _("Connection rate"),
    _(
        "Of the calls that asked for a person in the period, the share an agent answered. Those that ended in the menu"
        " or still wait are left out."
    ),
    Unit.PERCENT,
)
def connection_rate() -> Parts:
    return Parts(of=INBOUND, good=ANSWERED, without=IN_MENU | WAITING)


@call_measure(
    "answered_in_time",
    format_lazy(_("Answered in {seconds} s"), seconds=settings.ANSWER_SECONDS),
    format_lazy(
        _(
            "Of the calls that asked for a person in the period, answered or not, the share answered within {seconds}"
            " seconds. Those that ended in the menu or still wait are left out."
        ),
        seconds=settings.ANSWER_SECONDS,
    ),
    Unit.PERCENT,
)
def answered_in_time() -> Parts:
    quick = ANSWERED & Q(answered_at__lte=F("offered_at") + IN_TIME)
    return Parts(of=INBOUND, good=quick, without=IN_MENU | WAITING)


@call_measure(
    "abandoned_rate",
    _("Abandoned"),
    _(
        "Of the calls that asked for a person in the period, the share whose caller hung up before anybody answered."
        " Those that ended in the menu or still wait are left out."
    ),
    Unit.PERCENT,
)
def abandoned_rate() -> Parts:
    return Parts(of=INBOUND, good=Q(abandoned=True), without=IN_MENU | WAITING)


@call_measure(
    "mean_wait",
    _("Mean wait"),
    _("How long the calls of the period that were answered had waited, from asking for a person to the answer."),
    Unit.TIME,
    spent=WAIT,
)
def mean_wait() -> Parts:
    return Parts(of=ANSWERED)


@call_measure(
    "mean_talk",
    _("Mean talk time"),
    _(
        "How long the answered calls of the period lasted from the answer to the end, holds included. Those whose end"
        " was not reported are left out."
    ),
    Unit.TIME,
    spent=TALK,
)
def mean_talk() -> Parts:
    return Parts(of=ANSWERED, without=Q(ended_at__isnull=True))


@call_measure(
    "mean_wrap_up",
    _("Mean wrap-up"),
    _(
        "How long agents finished the answered calls of the period after they ended. Those whose wrap-up was not"
        " reported are left out."
    ),
    Unit.TIME,
    spent=F("wrap_up_seconds"),
)
def mean_wrap_up() -> Parts:
    return Parts(of=ANSWERED, without=Q(wrap_up_seconds__isnull=True))


@call_measure(
    "missed_callback_rate",
    _("Missed calls called back"),
    format_lazy(
        _(
            "Of the calls that asked for a person in the period and were not answered, the share whose number was"
            " called within {hours} hours, reached or not. Those without a number, and those answered when they rang"
            " again and were not called, are left out."
        ),
        hours=settings.CALL_BACK_HOURS,
    ),
    Unit.PERCENT,
)
def missed_callback_rate() -> Parts:
    missed = INBOUND & Q(answered_at__isnull=True, ended_at__isnull=False, in_menu=False)
    back = _later(direction=Direction.OUTBOUND)
    again = _later(direction=Direction.INBOUND, answered_at__isnull=False)
    return Parts(
        of=missed,
        good=Q(Exists(back)),
        without=Q(caller_index__isnull=True) | (Q(Exists(again)) & ~Q(Exists(back))),
    )


def _later(**how: Any) -> QuerySet[Call]:
    """Other calls with the same number, begun within the limit after the call ended."""
    ended_at = OuterRef("ended_at")
    return Call.objects.filter(
        caller_index=OuterRef("caller_index"),
        offered_at__gte=ended_at,
        offered_at__lte=ended_at + CALL_BACK_WITHIN,
        **how,
    )
