"""Where a confidential case must not go: to the body complained of, or to one below it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Case
from hotline.acts import Invalid
from hotline.models import Organisation
from hotline.shelf import ORGANISATIONS


def bars(case: Case, unit: Organisation | int | None) -> bool:
    """Is the case kept from this unit: from the body complained of and those below it, above it where the city says so?

    Jinan, Art. 32: nobody may pass accusation material or the caller's identity to the accused.
    """
    if unit is None or not case.confidential or case.subject_unit_id is None:
        return False
    other = unit if isinstance(unit, Organisation) else ORGANISATIONS.get(unit)
    return is_barred(other, about=ORGANISATIONS.get(case.subject_unit_id))


def is_barred(other: Organisation, *, about: Organisation) -> bool:
    """Is a confidential complaint about the one body kept from the other?"""
    if other.path.startswith(about.path):
        return True
    return not settings.SUPERIORS_HANDLE_CONFIDENTIAL and about.path.startswith(other.path)


def check_not_barred(case: Case, units: Iterable[Organisation], *, field: str) -> None:
    """Raises Invalid if the case is kept from one of the units."""
    for unit in units:
        if bars(case, unit):
            raise Invalid(
                _("%(unit)s does not get this case: the confidential complaint is about it. Choose another unit.")
                % {"unit": unit.label},
                field=field,
            )
