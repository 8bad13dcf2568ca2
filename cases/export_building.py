"""Building an export: the rows its asker may see now, a mark of who took them away, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases import export_kinds, exporting
from cases.export_kinds import ExportKind, Line, kind_of
from cases.models import Export, ExportForm, ExportState
from cases.tables import as_csv, as_xlsx
from hotline.acts import NotNow
from hotline.agreed_time import database_time
from hotline.models import Membership

log = structlog.get_logger(__name__)
TELL_EVERY = 250


class GivenUp(Exception):  # noqa: N818 - another worker has it
    """This attempt was taken over."""


def build_waiting(at: datetime) -> int:
    """Build everything that waits; returns how many were built. Any number of workers may do it at once."""
    waiting = list(Export.objects.to_build(at - exporting.GIVEN_UP).order_by("asked_at", "pk")[:50])
    return sum(build(export, at) for export in waiting)


def build(export: Export, at: datetime) -> bool:
    """One export, from taking it up to its file. What fails says so on its row and stops no other."""
    try:
        begun = exporting.begin(export, at=at, by=None)
    except NotNow:
        return False
    try:
        return _built(begun)
    except (GivenUp, NotNow):
        return False
    except Exception:
        log.exception("export_failed", export=begun.number)
        return _failed(begun, _("An error of the system; it is in the log."))


def _built(export: Export) -> bool:
    if export.attempt > exporting.ATTEMPTS:
        return _failed(export, _("Its worker ended before it was done, three times."))
    by = Membership.objects.acting(database_time()).filter(pk=export.membership_id).first()
    kind = kind_of(export.kind)
    if by is None or kind is None or not exporting.may_have(kind, by, personal=export.personal):
        return _failed(export, _("Whoever asked for it may not have it any more."))
    with override(export.language):
        _write(export, kind, by)
    return True


def _failed(export: Export, why: str) -> bool:
    exporting.fail(export, why, at=database_time(), by=None)
    return False


def _write(export: Export, kind: ExportKind, by: Membership) -> None:
    at, named = database_time(), set[int]()
    total = kind.count(export.asked, by, at)
    most = min(total, export_kinds.MOST_ROWS)
    lines = kind.lines(export.asked, by, at, personal=export.personal)
    rows = list(_counted(export, lines, most, named))
    header, mark = kind.header(personal=export.personal), mark_of(export, by, at)
    if export.form == ExportForm.CSV:
        content = as_csv(header, rows, mark=mark)
    else:
        content = as_xlsx(export.number, header, rows, mark=mark)
    exporting.finish(
        export, content, rows=len(rows), cut=total > len(rows), named=sorted(named), at=database_time(), by=None
    )


def _counted(export: Export, lines: Iterator[Line], most: int, named: set[int]) -> Iterator[list[str]]:
    """The rows up to the cap, saying now and then how far it is. Raises GivenUp if another worker has taken over."""
    row = Export.objects.filter(pk=export.pk, attempt=export.attempt, state=ExportState.BUILDING)
    for n, line in enumerate(lines):
        if n >= export_kinds.MOST_ROWS:
            return
        if n % TELL_EVERY == 0 and not row.update(progress=min(99, 100 * n // max(most, 1)), heard_at=database_time()):
            raise GivenUp
        if line.case is not None:
            named.add(line.case)
        yield line.cells


def mark_of(export: Export, by: Membership, at: datetime) -> str:
    """What stands over the list on every copy."""
    words = {
        "number": export.number,
        "who": f"{by.user.label} {by.user.staff_number}".strip(),
        "where": by.organisation.label,
        "when": f"{timezone.localtime(at):%Y-%m-%d %H:%M}",
        "purpose": export.purpose,
    }
    return _("Export %(number)s · %(who)s, %(where)s · %(when)s · for: %(purpose)s. For work only.") % words
