"""The rules of asking citizens: when they are reminded, how often they are called. A survey keeps its day's."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Survey, SurveyState
from cases.policy_effects import LOOKED_BACK
from hotline.models import Proposal
from hotline.proposals import register
from hotline.rulebook import Entry, Rulebook


class SurveyRules(Rulebook):
    """How long the window is open is a time limit ("citizen's verdict") and changed there."""

    key = "survey"
    label = gettext_lazy("Asking citizens")
    brought = {"reminder_hours": settings.SURVEY_REMINDER_HOURS, "callbacks": 3}
    entries = {
        "reminder_hours": Entry(gettext_lazy("Hours until the one reminder by SMS"), 1, 240),
        "callbacks": Entry(gettext_lazy("Calls to one citizen about one answer, at most"), 1, 10),
    }

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        open_ = Survey.objects.filter(state__in=[SurveyState.SENT, SurveyState.CALLBACK]).count()
        kept = ngettext(
            "%(n)s survey is under way and keeps the rules of the day it began.",
            "%(n)s surveys are under way and keep the rules of the day they began.",
            open_,
        )
        asked = Survey.objects.filter(sent_at__gte=at - LOOKED_BACK)
        reminded = asked.filter(reminded_at__isnull=False).count()
        lately = _("In the last 30 days %(n)s citizens were asked and %(reminded)s reminded.")
        return [kept % {"n": open_}, lately % {"n": asked.count(), "reminded": reminded}]


RULES = SurveyRules()
register(RULES)
