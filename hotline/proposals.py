"""Rules that people change: each subject says what is in force, what a change would do, and how it comes into force.

An app registers its subjects when it starts; proposing and approving (``hotline.approving``) are the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise

from hotline.acts import Invalid
from hotline.models import Membership, Proposal
from hotline.roles import Capability

Values = dict[str, Any]  # as JSON keeps them
_subjects: dict[str, Subject] = {}


class Difference(NamedTuple):
    """One line of what is compared; ``was`` is None where there was nothing before."""

    name: str
    was: str | None
    becomes: str

    @property
    def changed(self) -> bool:
        return self.was != self.becomes


class Subject(ABC):
    """One kind of rule. ``target`` is its key of which one is meant; "" stands for one that is not there yet."""

    key: str
    label: str | Promise
    make: Capability = Capability.PROPOSAL_MAKE
    decide: Capability = Capability.PROPOSAL_DECIDE

    @abstractmethod
    def current(self, target: str) -> Values | None:
        """What is in force, or will be; None if there is none. Raises Invalid if it cannot be changed now."""

    @abstractmethod
    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        """The values as they shall be kept. Raises Invalid."""

    @abstractmethod
    def lines(self, values: Values) -> list[tuple[str, str]]:
        """The values in words, name by name, in the reader's language."""

    @abstractmethod
    def title(self, target: str, values: Values) -> str:
        """Which rule it is, in the reader's language."""

    @abstractmethod
    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        """The dry run: whom it reaches, in sentences with numbers. Changes nothing."""

    @abstractmethod
    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        """Write the new version, within the approver's act. The proposal is approved by then."""


def register(subject: Subject) -> Subject:
    _subjects[subject.key] = subject
    return subject


def subjects() -> list[Subject]:
    return list(_subjects.values())


def subject_of(key: str) -> Subject:
    """Raises Invalid for a kind of rule that nobody registered."""
    if key not in _subjects:
        raise Invalid(f"There is no rule of the kind {key}.", field="subject")
    return _subjects[key]


def title_of(proposal: Proposal) -> str:
    return subject_of(proposal.subject).title(proposal.target, proposal.change)


def differences(proposal: Proposal) -> list[Difference]:
    """Line by line what was in force when it was proposed, and what shall be; a line may come or go."""
    subject = subject_of(proposal.subject)
    was = dict(subject.lines(proposal.before)) if proposal.before is not None else None
    becomes = dict(subject.lines(proposal.change))
    names = [*becomes, *(name for name in was or {} if name not in becomes)]
    return [Difference(name, None if was is None else was.get(name, "–"), becomes.get(name, "–")) for name in names]
