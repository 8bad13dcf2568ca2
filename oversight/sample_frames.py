"""What an audit sample is drawn from: the cases closed in a period, narrowed by where they were and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cases.models import Case, CaseQuerySet, Category
from hotline.calendar import Period
from hotline.models import Membership, Organisation
from oversight.models import AuditSample


@dataclass(frozen=True)
class Frame:
    """Both days included, by the day a case was last closed; a unit and a category with all below them."""

    first: date
    last: date
    unit: Organisation | None = None
    contractor: Organisation | None = None
    category: Category | None = None
    outcome: str = ""

    @classmethod
    def of(cls, sample: AuditSample) -> Frame:
        return cls(sample.first, sample.last, sample.unit, sample.contractor, sample.category, sample.outcome)

    def cases(self, by: Membership) -> CaseQuerySet:
        """Those within the auditor's reach."""
        period = Period.days(self.first, self.last)
        found = Case.objects.visible_to(by).ended()
        found = found.filter(last_closed_at__gte=period.start, last_closed_at__lt=period.end)
        if self.unit is not None:
            found = found.filter(unit__path__startswith=self.unit.path)
        if self.contractor is not None:
            found = found.filter(taken_by_organisation=self.contractor)
        if self.category is not None:
            found = found.filter(category__path__startswith=self.category.path)
        return found.filter(outcome=self.outcome) if self.outcome else found

    def numbers(self, by: Membership) -> list[str]:
        """Sorted, as the frame's text has them."""
        return list(self.cases(by).order_by("number").values_list("number", flat=True))


def as_text(numbers: list[str]) -> str:
    """A line each, the last one ended too."""
    return "".join(f"{number}\n" for number in numbers)


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def repeat_by_hand(sample: AuditSample) -> str:
    """One line for any system with a shell: the frame goes in, the list comes out in the order of the draw."""
    return (
        f'while read -r n; do printf "%s %s\\n" "$(printf "%s" "{sample.seed}:$n" | sha256sum | cut -c1-64)" "$n"; done'
        f' | LC_ALL=C sort | head -n {sample.wanted} | cut -d" " -f2'
    )
