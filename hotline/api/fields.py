"""The fields of a request that every app's API has: rows by their code, moments and days."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from hotline.reckoning import YEARS
from hotline.shelf import Shelf


class Code(serializers.SlugRelatedField[Any]):
    """A row named by its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field=options.pop("slug_field", "code"), **options)


class Shelved(Code):
    """A reference row named by its code, found without a question to the database as long as it is right."""

    def __init__(self, shelf: Shelf[Any], kind: str = "", **options: Any) -> None:
        self.shelf = shelf
        self.kind = kind
        rows = shelf.model._default_manager.all()
        super().__init__(queryset=rows.filter(kind=kind) if kind else rows, **options)

    def to_internal_value(self, data: Any) -> Any:
        found = self.shelf.coded(data) if isinstance(data, str) else None
        fits = found is not None and self.kind in ("", getattr(found, "kind", ""))
        return found if fits else super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """A moment with its offset, within the years that a hotline's clocks can reckon in."""

    default_error_messages = {"far": _("This date is too far away.")}

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.year not in YEARS:
            self.fail("far")
        return super().enforce_timezone(value)


class Day(serializers.DateField):
    default_error_messages = {"far": _("This date is too far away.")}

    def to_internal_value(self, value: Any) -> Any:
        given = super().to_internal_value(value)
        if given.year not in YEARS:
            self.fail("far")
        return given
