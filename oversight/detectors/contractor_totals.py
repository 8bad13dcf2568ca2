"""A contractor's own report of calls that is not what the telephone counted (domain: contractor total ≠ CDR total)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.call_counting import CALL_FIGURES, figures
from cases.models import Call
from cases.tables import Table
from contractors.models import Clause, ClauseResult, OwnReport
from contractors.own_report_lines import Compared, compare
from hotline.calendar import Period
from hotline.measures import Count, Ratio, Unit
from hotline.models import TwoPeopleState
from oversight.detector import Detector, Hit, Limit, Limits, Subject

FIGURES = [key for key, figure in CALL_FIGURES.items() if figure.unit in (Unit.COUNT, Unit.PERCENT)]
FIGURES_OF_A_LINE = ("numerator", "denominator")
NO_ROWS = zlib.compress(b"")
Counted = dict[tuple[int, date], dict[str, Count | Ratio]]


def _reports(period: Period) -> list[OwnReport]:
    """What was brought in the period, of each contract and month the latest."""
    brought = OwnReport.objects.filter(uploaded_at__gte=period.start, uploaded_at__lt=period.end)
    latest = brought.order_by("contract", "month", "-pk").distinct("contract", "month")
    return list(latest.select_related("contract"))


def _clauses(reports: Iterable[OwnReport]) -> list[Clause]:
    """Those of the contracts' terms, as they were in force, that count the calls of a month."""
    signed = Clause.objects.filter(
        terms__contract__in={report.contract_id for report in reports}, terms__state=TwoPeopleState.APPROVED
    )
    counting = signed.filter(measure__in=FIGURES, window_months=1)
    return list(counting.select_related("terms").order_by("terms__valid_from", "terms__version", "position"))


def _counted(reports: Iterable[OwnReport]) -> Counted:
    """What the telephone counted of each company in each month that is reported; a query for each month."""
    companies: dict[date, set[int]] = {}
    for report in reports:
        companies.setdefault(report.month, set()).add(report.contract.organisation_id)
    found: Counted = {}
    for month, named in companies.items():
        calls = Call.objects.filter(organisation__in=named)
        kept = figures(calls, Period.month(month.year, month.month), by="contractor", keys=FIGURES)
        found |= {(company, month): row for company, row in kept.items()}  # type: ignore[misc]
    return found


def _compared(period: Period) -> Iterator[tuple[OwnReport, Compared]]:
    """Each reported clause about calls beside what was counted."""
    reports = _reports(period)
    clauses, counted = _clauses(reports), _counted(reports)
    for report in reports:
        agreed = {
            clause.number: clause
            for clause in clauses
            if clause.terms.contract_id == report.contract_id and clause.terms.valid_from <= report.month
        }
        kept = counted.get((report.contract.organisation_id, report.month), {})
        results = [_result(clause, kept.get(clause.measure, Count(0))) for clause in agreed.values()]
        for one in compare(Table(report.header, [(n, cells) for n, cells in report.rows]), results).compared:
            yield report, one


def _result(clause: Clause, counted: Count | Ratio) -> ClauseResult:
    """As a month's assessment would freeze it, without its rows; it is not kept."""
    above, below = (counted.numerator, counted.denominator) if isinstance(counted, Ratio) else (counted.n, counted.n)
    return ClauseResult(clause=clause, numerator=Decimal(above), denominator=Decimal(below), rows=NO_ROWS)


def _of_line(one: Compared) -> dict[str, Decimal]:
    """What was counted of what the line speaks of."""
    return {name: getattr(one.result, name) for name in FIGURES_OF_A_LINE}


def _gap(one: Compared) -> Decimal:
    """By how many per mille the report is off in numerator or denominator, at most."""
    counted = _of_line(one)
    gaps = [
        abs(gap) * 1000 / max(counted[name], Decimal(1)) for name, gap in one.differences.items() if name in counted
    ]
    return max(gaps, default=Decimal(0))


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    for report, one in _compared(period):
        if _gap(one) > limits["per_mille"]:
            said = {name: str(figure) for name, figure in one.said.items()}
            clause = one.result.clause.number
            counted = {name: str(figure) for name, figure in _of_line(one).items()}
            facts = {"month": f"{report.month:%Y-%m}", "clause": clause, "said": said, "counted": counted}
            ref = f"report:{report.pk}:{clause}"
            yield Hit(Subject(report.contract.organisation_id), ref, report.uploaded_at, facts=facts)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    lines: dict[Subject, int] = {}
    for report, _one in _compared(period):
        subject = Subject(report.contract.organisation_id)
        lines[subject] = lines.get(subject, 0) + 1
    return lines


def tells(facts: Mapping[str, Any]) -> str:
    """What was reported beside what was counted."""
    said = " / ".join(facts["said"].get(name, "–") for name in FIGURES_OF_A_LINE)
    counted = " / ".join(facts["counted"][name] for name in FIGURES_OF_A_LINE)
    words = {"month": facts["month"], "clause": facts["clause"], "said": said, "counted": counted}
    return gettext("Report of %(month)s, clause %(clause)s: %(said)s said, %(counted)s counted") % words


DETECTOR = Detector(
    "contractor_totals",
    _("Reports other calls than the telephone counted"),
    _("A contractor's own monthly report counts calls otherwise than the call records do."),
    _("A call record came after the report was written; calls near midnight counted to another month."),
    hits,
    looked_at,
    at_least=1,
    tells=tells,
    limits={"per_mille": Limit(_("Off by more than so many per mille"), 10, 0, 1000)},
)
