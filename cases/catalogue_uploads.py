"""Bringing the catalogue in as a table: it is read, tried out, and becomes a draft as a whole or not at all."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.catalogue_file import Judged, Mapping, judge
from cases.cataloguing import begin
from cases.models import CatalogueUpload, CatalogueVersion
from cases.permissions import check
from cases.tables import Table, read_table
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

NAME_LIMIT = 200


@verb
def upload(name: str, content: bytes, *, by: Membership, at: datetime) -> CatalogueUpload:
    """Read a table and keep it for trying out. Raises Invalid if it is none."""
    check(by, Capability.CATALOGUE_EDIT)
    name = clean_text(name.replace("\\", "/").rpartition("/")[2])[-NAME_LIMIT:]
    table = read_table(name, content)
    return CatalogueUpload.objects.create(
        file_name=name, header=table.header, rows=table.rows, uploaded_by_id=by.user_id, uploaded_at=at
    )


def table_of(kept: CatalogueUpload) -> Table:
    return Table(kept.header, [(n, cells) for n, cells in kept.rows])


def tried(kept: CatalogueUpload, mapping: Mapping, on: date, *, whole: bool) -> Judged:
    """What the table would change, without changing anything."""
    return judge(table_of(kept), mapping, on, whole=whole)


@verb
def take_in(
    kept: CatalogueUpload,
    *,
    by: Membership,
    at: datetime,
    mapping: Mapping,
    whole: bool,
    note: str,
    valid_from: date,
) -> CatalogueVersion:
    """Make the table a draft. Raises Invalid if a single row is wrong, NotNow if it changes nothing."""
    check(by, Capability.CATALOGUE_EDIT)
    kept = CatalogueUpload.objects.select_for_update().get(pk=kept.pk)
    if kept.version_id is not None:
        raise NotNow(_("This file became a draft before."))
    judged = tried(kept, mapping, valid_from, whole=whole)
    if n := len(judged.problems):
        raise Invalid(
            ngettext(
                "%(n)s row cannot be taken. Nothing was taken in: correct the file and bring it again.",
                "%(n)s rows cannot be taken. Nothing was taken in: correct the file and bring it again.",
                n,
            )
            % {"n": n}
        )
    if not judged.lines:
        raise NotNow(_("The catalogue says all of this already."))
    kept.version = begin(by=by, at=at, note=note, valid_from=valid_from, lines=judged.lines)
    kept.save(update_fields=["version"])
    return kept.version
