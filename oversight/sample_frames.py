"""What an audit sample is drawn from: the cases closed in a period, narrowed by where they were and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cases.models import Case, CaseQuerySet, Category
from hotline.calendar import Period
from hotline.models import Membership, Organisation
from oversight.models import AuditSample, Strata
from oversight.sample_strata import line_of, quotas, sizes_of

CODES: dict[str, str] = {
    Strata.UNIT: "unit__code",
    Strata.CHANNEL: "channel__code",
    Strata.CONTRACTOR: "taken_by_organisation__code",
}


@dataclass(frozen=True)
class Frame:
    """Both days included, by the day a case was last closed; a unit and a category with all below them."""

    first: date
    last: date
    unit: Organisation | None = None
    contractor: Organisation | None = None
    category: Category | None = None
    outcome: str = ""
    strata_by: str = ""

    @classmethod
    def of(cls, sample: AuditSample) -> Frame:
        names = ("first", "last", "unit", "contractor", "category", "outcome", "strata_by")
        return cls(*(getattr(sample, name) for name in names))

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
        """Sorted."""
        return list(self.cases(by).order_by("number").values_list("number", flat=True))

    def lines(self, by: Membership) -> list[str]:
        """Sorted, as the frame's text has them: numbers, or the stratum before each."""
        if not self.strata_by:
            return self.numbers(by)
        rows = self.cases(by).order_by().values_list("number", CODES[self.strata_by])
        return sorted(line_of(number, code or "") for number, code in rows)


def as_text(lines: list[str]) -> str:
    """A line each, the last one ended too."""
    return "".join(f"{line}\n" for line in lines)


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def repeat_by_hand(sample: AuditSample) -> str:
    """One line for any system with a shell: the frame goes in, the list comes out in the order of the draw."""
    hashed = f'$(printf "%s" "{sample.seed}:$n" | sha256sum | cut -c1-64)'
    if not sample.strata_by:
        return (
            f'while read -r n; do printf "%s %s\\n" "{hashed}" "$n"; done'
            f' | LC_ALL=C sort | head -n {sample.wanted} | cut -d" " -f2'
        )
    left = "; ".join(f'q["{name}"]={n}' for name, n in quotas(sizes_of(sample.frame), sample.wanted).items())
    return (
        f'while read -r s n; do printf "%s %s %s\\n" "{hashed}" "$s" "$n"; done'
        f" | LC_ALL=C sort | awk 'BEGIN{{{left}}} q[$2]-- > 0 {{print $3}}'"
    )
