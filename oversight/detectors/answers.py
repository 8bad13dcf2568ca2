"""What detectors count in common of citizens' verdicts."""

from __future__ import annotations

from django.db.models import Q

from cases.models import Feedback, Satisfaction
from cases.models.feedback import FeedbackQuerySet
from hotline.calendar import Period

GOOD = Q(solved=True) & (Q(satisfaction=None) | Q(satisfaction__gte=Satisfaction.BASICALLY))


def answers(period: Period) -> FeedbackQuerySet:
    """Those given in the period about what a unit did."""
    inside = Feedback.objects.filter(at__gte=period.start, at__lt=period.end, case__confidential=False)
    return inside.filter(unit__isnull=False)
