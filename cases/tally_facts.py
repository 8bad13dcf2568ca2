"""What the tallies count of a case, as SQL: on which day what happened to it, and until which day that holds.

The conditions are those of ``cases.outcomes``, by local days. They ask for nothing but rows: no moment, no setting; so
a case's facts change only by an act.
"""

from __future__ import annotations

from cases.models import ENDED
from cases.models.tally import DIMENSIONS, NEVER, Counted
from cases.outcomes import AT_INTAKE
from hotline.calendar import SHANGHAI

BY_LIMITS = (Counted.DUE, Counted.BROKEN, Counted.UNMET, Counted.SIGN_DUE, Counted.SIGN_LATE)
_NEVER = f"date '{NEVER}'"
_AT_INTAKE = ", ".join(f"'{outcome}'" for outcome in AT_INTAKE)
_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))
_LATE = "(k.met_at IS NULL OR k.met_at > k.due_at)"


def _day(moment: str) -> str:
    return f"({moment} AT TIME ZONE '{SHANGHAI.key}')::date"


def _each(**holds: str) -> str:
    """A row for each thing counted whose condition holds."""
    values = ", ".join(f"({Counted[name].value}, {condition})" for name, condition in holds.items())
    return f"CROSS JOIN LATERAL (VALUES {values}) AS each (what, holds)"


def _until_again(occurrences: str) -> str:
    """Once a day, and until the next day on which it happens to the case again."""
    again = f"coalesce(lead(day) OVER (PARTITION BY case_id, what ORDER BY day), {_NEVER})"
    return f"SELECT case_id, what, day, {again} AS until FROM ({occurrences}) AS happened"  # noqa: S608 - names of ours


def limits(of: str, cut: str = "") -> str:
    """What follows from the limits. ``of`` is a relation of case ids; ``cut`` a further condition on clock ``k``."""
    promise = f"""FROM {of} AS o JOIN cases_clock AS k ON k.case_id = o.case_id AND k.kind = 'promise' {cut}
        JOIN cases_case AS c ON c.id = o.case_id AND c.outcome NOT IN ({_AT_INTAKE})"""
    happened = f"""
    SELECT o.case_id, what, {_day("k.due_at")} AS day {promise} {_each(DUE="true", BROKEN=_LATE)} WHERE holds
    UNION
    SELECT o.case_id, what, {_day("k.due_at")} FROM {of} AS o
        JOIN cases_clock AS k ON k.case_id = o.case_id AND k.kind = 'sign' {cut}
        JOIN cases_assignment AS a ON a.id = k.assignment_id AND a.role = 'lead'
        {_each(SIGN_DUE="true", SIGN_LATE=_LATE)}
        WHERE holds AND NOT (k.met_at IS NULL AND k.stopped_at IS NOT NULL AND k.stopped_at <= k.due_at)"""  # noqa: S608 - names of ours
    return f"""
    {_until_again(happened)}
    UNION ALL
    SELECT o.case_id, {Counted.UNMET.value}, {_day("k.due_at")}, coalesce({_day("k.met_at")}, {_NEVER}) {promise}
        WHERE coalesce({_day("k.met_at")}, {_NEVER}) > {_day("k.due_at")}"""


def moves(of: str) -> str:
    """The events that ``acts`` asks for, as the relation ``moves``: of cases that were closed or handled again. They
    are asked for once, because planning for every month's partition takes longer than reading."""
    return f"""
    SELECT e.case_id, e.id, e.at, e.kind, e.to_status, {_day("c.first_closed_at")} AS closed
    FROM {of} AS o JOIN cases_case AS c ON c.id = o.case_id AND (c.first_closed_at IS NOT NULL OR c.round > 1)
    JOIN cases_caseevent AS e ON e.case_id = o.case_id AND e.at >= c.registered_at
    WHERE e.to_status <> '' OR e.kind = 'rehandling'"""  # noqa: S608 - names of ours


def acts(of: str) -> str:
    """What follows from the acts; ``moves`` must stand before it."""
    return f"""
    {_until_again(_happened(of))}
    UNION ALL
    SELECT case_id, what, day, until FROM (
        SELECT *, coalesce(lead(day) OVER (PARTITION BY case_id ORDER BY day), {_NEVER}) AS until FROM (
            SELECT DISTINCT ON (f.case_id, {_day("f.at")}) f.*, {_day("f.at")} AS day
            FROM {of} AS o JOIN cases_feedback AS f ON f.case_id = o.case_id
            WHERE f.superseded_at IS NULL AND f.source <> 'independent'
            ORDER BY f.case_id, {_day("f.at")}, f.at DESC, f.id DESC) AS last_of_day) AS said
        {
        _each(
            RATED="true",
            SOLVED="solved",
            SAID_CONTACT="contacted IS NOT NULL",
            CONTACTED="contacted",
            SAID_SATISFIED="satisfaction IS NOT NULL",
            SATISFIED="satisfaction >= 4",
            BASICALLY="satisfaction = 3",
        )
    }
        WHERE holds
    UNION ALL
    {_lasting(of)}"""  # noqa: S608 - names of ours


def _happened(of: str) -> str:
    """Days on which something happened."""
    return f"""
    SELECT c.id AS case_id, what, {_day("c.registered_at")} AS day
        FROM {of} AS o JOIN cases_case AS c ON c.id = o.case_id
        {_each(REGISTERED="true", ANSWERED="c.outcome = 'answered'", REFUSED="c.outcome = 'refused'")} WHERE holds
    UNION
    SELECT c.id, what, {_day("c.last_closed_at")} FROM {of} AS o JOIN cases_case AS c ON c.id = o.case_id
        {_each(CLOSED="true", CLOSED_FIRST="c.round = 1", CLOSED_OR_AGAIN="true")}
        WHERE holds AND c.last_closed_at IS NOT NULL AND c.status IN ({_ENDED}) AND c.unit_id IS NOT NULL
        AND c.outcome NOT IN ({_AT_INTAKE})
    UNION
    SELECT a.case_id, what, {_day("a.dispatched_at")} FROM {of} AS o
        JOIN cases_assignment AS a ON a.case_id = o.case_id
        {_each(SENT="true", SENT_RETURNED="a.state = 'returned'", SENT_OR_EXTENDED="true")}
        WHERE holds AND a.role = 'lead' AND (a.round = 1 OR a.dispatched_by_id IS NOT NULL)
    UNION
    SELECT d.case_id, what, {_day("a.dispatched_at")} FROM {of} AS o
        JOIN cases_decision AS d ON d.case_id = o.case_id AND d.kind = 'extension' AND d.state = 'granted'
        JOIN cases_assignment AS a ON a.id = d.assignment_id
        {_each(EXTENDED="true", SENT_OR_EXTENDED="true")}
    UNION
    SELECT e.case_id, what, {_day("e.at")} FROM moves AS e {_each(AGAIN="true", CLOSED_OR_AGAIN="true")}
        WHERE e.kind = 'rehandling'
    UNION
    SELECT d.case_id, {Counted.EXCLUDED.value}, {_day("d.ruled_at")} FROM {of} AS o
        JOIN cases_decision AS d ON d.case_id = o.case_id AND d.kind = 'exclusion' AND d.state = 'granted'
    UNION
    SELECT s.case_id, what, {_day("s.sent_at")} FROM {of} AS o JOIN cases_survey AS s ON s.case_id = o.case_id
        {_each(SURVEYED="true", ASKED="s.state <> 'declined'", SURVEY_ANSWERED="s.state = 'answered'")} WHERE holds
    UNION
    SELECT s.case_id, what, {_day("t.at")} FROM {of} AS o JOIN cases_survey AS s ON s.case_id = o.case_id
        JOIN cases_callbackattempt AS t ON t.survey_id = s.id
        {_each(CALLED="true", REACHED="t.result = 'reached'")} WHERE holds"""  # noqa: S608 - names of ours


def _lasting(of: str) -> str:
    """What lasts from one day to another: being open, being suspended. What ends on its first day is no day's end."""
    return f"""
    SELECT c.id, {Counted.OPEN.value}, {_day("c.registered_at")}, coalesce({_day("c.first_closed_at")}, {_NEVER})
        FROM {of} AS o JOIN cases_case AS c ON c.id = o.case_id
        WHERE coalesce({_day("c.first_closed_at")}, {_NEVER}) > {_day("c.registered_at")}
    UNION ALL
    SELECT case_id, {Counted.OPEN.value}, day, until FROM (
        SELECT *, coalesce(lead(day) OVER (PARTITION BY case_id ORDER BY day), {_NEVER}) AS until FROM (
            SELECT DISTINCT ON (e.case_id, {_day("e.at")}) e.case_id, e.to_status, {_day("e.at")} AS day, e.closed
            FROM moves AS e WHERE e.closed IS NOT NULL AND e.to_status <> ''
            ORDER BY e.case_id, {_day("e.at")}, e.at DESC, e.id DESC) AS last_move) AS moved
        WHERE day >= closed AND to_status NOT IN ({_ENDED})
    UNION ALL
    SELECT d.case_id, {Counted.SUSPENDED.value}, {_day("d.ruled_at")}, coalesce({_day("d.lifted_at")}, {_NEVER})
        FROM {of} AS o JOIN cases_decision AS d ON d.case_id = o.case_id
        WHERE d.kind = 'suspension' AND d.state = 'granted'
        AND coalesce({_day("d.lifted_at")}, {_NEVER}) > {_day("d.ruled_at")}"""  # noqa: S608 - names of ours


def facts(of: str) -> str:
    """Everything that is counted of these cases: (case_id, what, day, until)."""
    return f"WITH moves AS MATERIALIZED ({moves(of)}) {limits(of)} UNION ALL {acts(of)}"


def cases_as_they_are(of: str) -> str:
    """What these cases are counted as: (case_id, standing, each dimension)."""
    columns = {
        "unit": "coalesce(c.unit_id, 0)",
        "taken_by": "coalesce(c.taken_by_organisation_id, 0)",
        "category": "coalesce(c.category_id, 0)",
        "region": "coalesce(c.region_id, 0)",
        "channel": "c.channel_id",
        "kind": "c.kind",
    }
    dimensions = ", ".join(f"{columns[name]} AS {name}" for name in DIMENSIONS)
    return f"""
    SELECT c.id AS case_id, {dimensions}, (CASE WHEN c.outcome = 'withdrawn' THEN 2 ELSE 0 END
        + CASE WHEN EXISTS (SELECT FROM cases_decision AS d WHERE d.case_id = c.id AND d.kind = 'exclusion'
                            AND d.state = 'granted') THEN 1 ELSE 0 END)::smallint AS standing
    FROM {of} AS o JOIN cases_case AS c ON c.id = o.case_id"""  # noqa: S608 - names of ours
