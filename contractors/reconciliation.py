"""The contractor's own report is taken in, to be held against what the system counted."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.permissions import check
from cases.tables import Table, read_table
from contractors import reckoning
from contractors.models import Assessment, Contract, OwnReport
from contractors.own_report_lines import Comparison, columns_of, compare
from hotline.acts import Invalid, NotAllowed, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

NAME_LIMIT = 200


@verb
def upload(contract: Contract, *, by: Membership, at: datetime, month: date, name: str, content: bytes) -> OwnReport:
    """Keep the report of a month. Raises Invalid for what is no table, or speaks of no clause."""
    check(by, Capability.ASSESSMENT_OBJECT)
    if contract.organisation_id != by.organisation_id:
        raise NotAllowed(_("This is another contractor's month."))
    if month not in reckoning.months(contract.first_day, contract.last_day):
        raise Invalid(_("This month lies outside the contract's term."), field="month")
    table = read_table(name, content)
    columns_of(table.header)
    kept = clean_text(name.replace("\\", "/").rpartition("/")[2])[-NAME_LIMIT:]
    return OwnReport.objects.create(
        contract=contract,
        month=month,
        file_name=kept,
        header=table.header,
        rows=table.rows,
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )


def latest(assessment: Assessment) -> OwnReport | None:
    """The report that counts for a month."""
    own = OwnReport.objects.filter(contract=assessment.contract_id, month=assessment.month)
    return own.select_related("uploaded_by").order_by("-pk").first()


def comparison(report: OwnReport, assessment: Assessment) -> Comparison:
    """The report held against the month, clause by clause and row by row."""
    results = list(assessment.results.select_related("clause").order_by("clause__position", "clause__pk"))
    return compare(Table(report.header, [(n, cells) for n, cells in report.rows]), results)
