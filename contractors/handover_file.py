"""What a successor needs to go on: cases under way, callbacks, monthly figures, the scope. Nobody's name or number."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Call, Case
from cases.tables import as_xlsx
from contractors import running_work, scope
from contractors.models import Contract
from hotline.masking import mask_text
from hotline.rights import WORDS
from hotline.roles import SWITCHABLE

Sheet = tuple[str, Sequence[str], list[list[str]]]


def file_of(contract: Contract, at: datetime) -> tuple[bytes, dict[str, int]]:
    """A ZIP of tables, and how many rows each has."""
    sheets = [_cases(contract, at), _callbacks(contract, at), _months(contract), _scope(contract)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for title, header, rows in sheets:
            archive.writestr(f"{title}.xlsx", as_xlsx(title, header, rows))
    return file.getvalue(), {title: len(rows) for title, _header, rows in sheets}


def _cases(contract: Contract, at: datetime) -> Sheet:
    """Without words, place or citizen: whoever goes on opens the case."""
    work = running_work.of_contractor(contract.organisation, at)
    rows = [
        [
            case.number,
            _local(case.registered_at),
            case.category.label if case.category else "",
            mask_text(case.title) if not case.confidential else "",
            str(case.get_status_display()),
            case.unit.label if case.unit else "",
            _local(case.promise_due_at),
        ]
        for taken in (work.to_dispatch, work.with_units)
        for case in taken.select_related("category", "unit")
    ]
    heads = [_("Case"), _("Registered"), _("Category"), _("Title"), _("Status"), _("Unit"), _("Due")]
    return _("Open cases"), heads, rows


def _callbacks(contract: Contract, at: datetime) -> Sheet:
    surveys = running_work.of_contractor(contract.organisation, at).callbacks.annotate(tries=Count("attempts"))
    rows = [
        [s.case.number, _local(s.sent_at), _local(s.expires_at), str(s.tries)]
        for s in surveys.order_by("sent_at", "pk")
    ]
    return _("Callbacks"), [_("Case"), _("Asked since"), _("Asked until"), _("Tries")], rows


def _months(contract: Contract) -> Sheet:
    """Requests taken and calls answered, month by month of the term."""
    term = (contract.term.lower, contract.term.upper)
    taken = Case.objects.filter(taken_by_organisation=contract.organisation_id, registered_at__range=term)
    answered = Call.objects.filter(organisation=contract.organisation_id, answered_at__range=term)
    counted = [_by_month(taken, "registered_at"), _by_month(answered, "answered_at")]
    rows = [[month, *(str(n.get(month, 0)) for n in counted)] for month in sorted({*counted[0], *counted[1]})]
    return _("Monthly figures"), [_("Month"), _("Requests taken"), _("Calls answered")], rows


def _by_month(rows: object, field: str) -> dict[str, int]:
    months = rows.order_by().annotate(m=TruncMonth(field)).values("m").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return {f"{row['m']:%Y-%m}": row["n"] for row in months}


def _scope(contract: Contract) -> Sheet:
    withheld = scope.withheld_last(contract.organisation)
    rows = [[str(WORDS[right]), _("no") if right.value in withheld else _("yes")] for right in SWITCHABLE]
    return _("Scope"), [_("Right"), _("Allowed")], rows


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
