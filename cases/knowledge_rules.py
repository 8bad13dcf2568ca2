"""The rules of the knowledge base: how long a unit has to settle a report, and when an answer is looked at again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy, ngettext

from cases.models import KnowledgeReport
from hotline.models import Proposal
from hotline.proposals import register
from hotline.rulebook import Entry, Rulebook


class KnowledgeRules(Rulebook):
    """A report keeps the limit of the day it was made, an answer the date it was given."""

    key = "knowledge"
    label = gettext_lazy("Knowledge base")
    brought = {"report_days": 3, "review_days": 180}
    entries = {
        "report_days": Entry(gettext_lazy("Working days to settle what is reported missing or wrong"), 1, 60),
        "review_days": Entry(gettext_lazy("Days until an answer is looked at again, if it names no day"), 1, 1000),
    }

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        n = KnowledgeReport.objects.open().count()
        kept = ngettext("%(n)s report is open and keeps its limit.", "%(n)s reports are open and keep their limits.", n)
        return [kept % {"n": n}]


RULES = KnowledgeRules()
register(RULES)
