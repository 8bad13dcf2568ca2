"""Books of rules: a few values that belong together, read as they stand on a day, changed by proposal and approval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hotline.acts import Invalid
from hotline.kept import Kept
from hotline.models import Membership, Proposal, RuleVersion
from hotline.proposals import Subject, Values, subjects


def _read() -> list[RuleVersion]:
    return list(RuleVersion.objects.order_by("valid_from", "id"))


versions = Kept(_read, RuleVersion)


def today(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def books() -> list[Rulebook]:
    """All that are registered."""
    return [subject for subject in subjects() if isinstance(subject, Rulebook)]


@dataclass(frozen=True)
class Entry:
    """One value: its name in words, and between which numbers it may lie (or which words it may be)."""

    label: str | Promise
    least: int = 0
    most: int = 1000
    choices: tuple[tuple[str, Any], ...] = ()


class Rulebook(Subject):
    """A book: its values as the installation brought them, and what each is called. There is one target, "all"."""

    brought: Mapping[str, Any]
    entries: Mapping[str, Entry]

    def on(self, at: datetime) -> Values:
        """The values in force at that moment's local day; what a version does not name is as it was brought."""
        return {**self.brought, **self._version_on(today(at))}

    def _version_on(self, on: date) -> Values:
        found = [version for version in versions() if version.book == self.key and version.valid_from <= on]
        return dict(found[-1].values) if found else {}

    def current(self, target: str) -> Values | None:
        """The latest version, also one that begins later."""
        found = [version for version in _read() if version.book == self.key]
        return {**self.brought, **(found[-1].values if found else {})}

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        values = {name: given[name] for name in self.entries}
        for name, entry in self.entries.items():
            if isinstance(values[name], int) and not entry.least <= values[name] <= entry.most:
                raise Invalid(
                    _("Between %(least)s and %(most)s.") % {"least": entry.least, "most": entry.most}, field=name
                )
        latest = RuleVersion.objects.filter(book=self.key).order_by("-valid_from").first()
        if latest is not None and proposal.valid_from <= latest.valid_from:
            raise Invalid(
                _("The present version begins on %(day)s; the next one must begin later.")
                % {"day": latest.valid_from.isoformat()},
                field="valid_from",
            )
        return values

    def lines(self, values: Values) -> list[tuple[str, str]]:
        return [(str(entry.label), self.words(name, values[name])) for name, entry in self.entries.items()]

    def words(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(map(str, value)) or "–"
        return f"{value:,}" if isinstance(value, int) else str(value)

    def title(self, target: str, values: Values) -> str:
        return str(self.label)

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        return [_("What is under way keeps what it began with.")]

    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        RuleVersion.objects.create(
            book=self.key, values=proposal.change, valid_from=proposal.valid_from, proposal=proposal
        )
