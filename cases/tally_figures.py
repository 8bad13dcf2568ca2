"""The figures of cases, from the tallies: for each measure which counts make its numbers.

The measures themselves (``cases.measures``) say what they mean; a test holds both against each other over random lives.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from cases.models.tally import Counted, Standing
from cases.tallies import Counts
from hotline.measures import Ratio

EXCLUDED = frozenset({Standing.EXCLUDED, Standing.BOTH})
WITHDRAWN = frozenset({Standing.WITHDRAWN, Standing.BOTH})
ALL = frozenset(Standing)


@dataclass(frozen=True)
class Formula:
    """A rate: what is above the line (some things added, some subtracted), what below, whose cases are left out by a
    ruling (``net``) or for good (``never``), and what counts only in part."""

    of: Counted
    good: Mapping[Counted, int]
    net: bool = False
    never: frozenset[Standing] = frozenset()
    partly: Counted | None = None
    wider: Counted | None = None

    def whats(self) -> set[Counted]:
        return {self.of, *self.good} | {what for what in (self.partly, self.wider) if what}

    def ratio(self, counts: Counts, *, gross: bool = False) -> Ratio:
        """Net, as the measure is defined; or gross, as if nothing had been excluded by a ruling."""
        out = self.never | (EXCLUDED if self.net and not gross else frozenset())
        among = ALL - out
        good: Any = sum(sign * counts.n(what, among) for what, sign in self.good.items())
        if self.partly and (partly := counts.n(self.partly, among)):
            good += partly * Decimal(settings.BASICALLY_SATISFIED_COEFFICIENT)
        left = counts.n(self.wider) - counts.n(self.of) if self.wider else counts.n(self.of, out)
        return Ratio(good, counts.n(self.of, among), left)


C = Counted
RATES: dict[str, Formula] = {
    "direct_answer_rate": Formula(C.REGISTERED, {C.ANSWERED: 1}),
    "refusal_rate": Formula(C.REGISTERED, {C.REFUSED: 1}),
    "on_time_closing": Formula(C.DUE, {C.DUE: 1, C.BROKEN: -1}, net=True, never=WITHDRAWN),
    "closing_rate": Formula(C.DUE, {C.DUE: 1, C.UNMET: -1}, net=True, never=WITHDRAWN),
    "sign_on_time": Formula(C.SIGN_DUE, {C.SIGN_DUE: 1, C.SIGN_LATE: -1}),
    "first_time_closing": Formula(C.CLOSED, {C.CLOSED_FIRST: 1}, net=True),
    "bounce_rate": Formula(C.SENT, {C.SENT_RETURNED: 1}),
    # Sent and extended: as many as were sent, and as were extended, less those that were the one or the other.
    "extension_rate": Formula(C.SENT, {C.SENT: 1, C.EXTENDED: 1, C.SENT_OR_EXTENDED: -1}),
    "rehandling_rate": Formula(C.CLOSED_OR_AGAIN, {C.AGAIN: 1}, net=True),
    "contact_rate": Formula(C.SAID_CONTACT, {C.CONTACTED: 1}, net=True),
    "resolution_rate": Formula(C.RATED, {C.SOLVED: 1}, net=True),
    "satisfaction_rate": Formula(C.SAID_SATISFIED, {C.SATISFIED: 1}, net=True, partly=C.BASICALLY),
    "rating_participation": Formula(C.ASKED, {C.SURVEY_ANSWERED: 1}, wider=C.SURVEYED),
    "valid_callback_rate": Formula(C.CALLED, {C.REACHED: 1}),
}
NUMBERS: dict[str, Counted] = {
    "intake": C.REGISTERED,
    "backlog": C.OPEN,
    "suspended": C.SUSPENDED,
    "excluded": C.EXCLUDED,
}


def whats_of(keys: Collection[str]) -> set[Counted]:
    """Everything that these figures are made of."""
    rates = {what for key in keys if key in RATES for what in RATES[key].whats()}
    return rates | {NUMBERS[key] for key in keys if key in NUMBERS}
