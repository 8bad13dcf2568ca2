"""The rules of quality inspection: how many contacts a week, what is short or new, how marks are compared and appealed.

No city's sampling rate was found published; what is brought here are the orders of magnitude of call centres, to be
changed by two people of the office.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy, ngettext

from contractors.models import SampledContact, Stratum
from hotline.models import Proposal
from hotline.proposals import Values, register
from hotline.rulebook import Entry, Rulebook

QUOTAS = {
    Stratum.COMPLAINED: 10,
    Stratum.TURNED: 5,
    Stratum.REFUSED: 5,
    Stratum.SHORT: 4,
    Stratum.NEW_STAFF: 6,
    Stratum.ORDINARY: 10,
}


class QualityRules(Rulebook):
    """A sample keeps the rules of the day it was drawn, an appeal those of its sample."""

    key = "quality"
    label = gettext_lazy("Quality inspection")
    brought = {
        **{f"n_{stratum.value}": n for stratum, n in QUOTAS.items()},
        "short_seconds": 20,
        "new_days": 90,
        "double_percent": 10,
        "tolerance": 5,
        "colleagues_apart": 1,
        "mark_days": 5,
        "appeal_days": 5,
        "review_days": 3,
        "second_review_days": 5,
        "complaint_days": 5,
        "dispute_days": 5,
    }
    entries = {
        "n_complained": Entry(gettext_lazy("A week, of contacts complained of"), 0, 500),
        "n_turned": Entry(gettext_lazy("A week, of those dissatisfied and then satisfied"), 0, 500),
        "n_refused": Entry(gettext_lazy("A week, of refusals"), 0, 500),
        "n_short": Entry(gettext_lazy("A week, of short calls"), 0, 500),
        "n_new_staff": Entry(gettext_lazy("A week, of new staff"), 0, 500),
        "n_ordinary": Entry(gettext_lazy("A week, of ordinary contacts"), 0, 500),
        "short_seconds": Entry(gettext_lazy("A call is short under so many seconds"), 1, 600),
        "new_days": Entry(gettext_lazy("Staff is new for so many days"), 0, 730),
        "double_percent": Entry(gettext_lazy("Marked by two people, per cent"), 0, 100),
        "tolerance": Entry(gettext_lazy("A third person decides where two marks differ by more points than"), 0, 100),
        "colleagues_apart": Entry(
            gettext_lazy("Whoever worked on the line that week marks none of it (1 yes, 0 no)"), 0, 1
        ),
        "mark_days": Entry(gettext_lazy("Working days to mark a week's sample"), 1, 60),
        "appeal_days": Entry(gettext_lazy("Working days to appeal against a mark"), 1, 30),
        "review_days": Entry(gettext_lazy("Working days for the first review"), 1, 30),
        "second_review_days": Entry(gettext_lazy("Working days for the second review"), 1, 30),
        "complaint_days": Entry(gettext_lazy("Working days to rule on a complaint about an agent"), 1, 60),
        "dispute_days": Entry(gettext_lazy("Working days to rule on a disputed attribution"), 1, 60),
    }

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        n = SampledContact.objects.unfinished().count()
        kept = ngettext(
            "%(n)s contact is still to be marked and keeps the rules of its draw.",
            "%(n)s contacts are still to be marked and keep the rules of their draw.",
            n,
        )
        return [kept % {"n": n}]


def quotas_of(rules: Values) -> dict[str, int]:
    """How many of each stratum."""
    return {stratum.value: int(rules[f"n_{stratum.value}"]) for stratum in Stratum}


RULES = QualityRules()
register(RULES)
