"""A line of the dispatch catalogue as somebody wants it: which cases, whose they are; and whether it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.catalogue import Key, codes
from cases.models import Category, Channel, Decision, Kind
from hotline.acts import Invalid
from hotline.models import Organisation, Region

HELPERS_LIMIT = 8


@dataclass(frozen=True)
class LineGiven:
    """A line as somebody wants it; without a unit the line with this key ends."""

    category: Category
    region: Region | None = None
    channel: Channel | None = None
    kind: str = ""
    unit: Organisation | None = None
    co_organisers: Sequence[Organisation] = ()
    copy_to: Organisation | None = None
    source: str = ""
    ruling: Decision | None = None

    @property
    def key(self) -> Key:
        """Which cases it is for."""
        region, channel = self.region.pk if self.region else None, self.channel.pk if self.channel else None
        return (self.category.pk, region, channel, self.kind)


def check_line(given: LineGiven, on: date) -> None:
    """Can the line hold on that day? Raises Invalid naming what cannot be, and why."""
    if given.kind not in ("", *Kind.values):
        raise Invalid(_("Choose the kind of request."), field="kind")
    if given.unit is None:
        return  # whether there is such a line is known where it is written
    if not given.category.is_in_force(on):
        raise Invalid(
            _("The category “%(name)s” is no longer in use on %(day)s.") % {"name": given.category.label, "day": on},
            field="category",
        )
    takers = [("unit", given.unit), *(("co_organisers", other) for other in given.co_organisers)]
    for field, unit in [*takers, *([("copy_to", given.copy_to)] if given.copy_to else [])]:
        _check_takes_part(unit, on, field)
    if len(given.co_organisers) > HELPERS_LIMIT:
        raise Invalid(_("At most %(n)s co-organisers.") % {"n": HELPERS_LIMIT}, field="co_organisers")
    named = [given.unit, *given.co_organisers, *([given.copy_to] if given.copy_to else [])]
    twice = next((unit for n, unit in enumerate(named) if unit in named[:n]), None)
    if twice is not None:
        raise Invalid(
            _("%(name)s is named twice: nobody helps or supervises itself.") % {"name": twice.label},
            field="copy_to" if twice == given.copy_to else "co_organisers",
        )
    if given.copy_to and given.unit.code in codes(given.copy_to.path):
        raise Invalid(
            _("%(copy)s is below %(lead)s and cannot supervise it.")
            % {"copy": given.copy_to.label, "lead": given.unit.label},
            field="copy_to",
        )


def _check_takes_part(unit: Organisation, on: date, field: str) -> None:
    if unit.kind != Organisation.Kind.UNIT:
        raise Invalid(_("%(name)s is not a handling unit.") % {"name": unit.label}, field=field)
    if not unit.is_active(on):
        raise Invalid(
            _("%(name)s takes no cases on %(day)s: it is outside its active period.") % {"name": unit.label, "day": on},
            field=field,
        )
