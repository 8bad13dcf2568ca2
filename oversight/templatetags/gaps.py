"""A gap in words: how many percentage points, and between which it lies."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.paired_gap import Gap
from hotline.templatetags.ui import figure

register = template.Library()


@register.simple_tag
def points(gap: Gap) -> str:
    """+7.5 points: so much more by the ordinary result."""
    if gap.value is None:
        return "–"
    return pgettext("gap", "%(n)s points") % {"n": figure(gap.value * 100, 1, True)}


@register.simple_tag
def interval(gap: Gap) -> str:
    """The 95 % interval: +3.3 to +11.7."""
    if gap.low is None or gap.high is None:
        return ""
    ends = {"low": figure(gap.low * 100, 1, True), "high": figure(gap.high * 100, 1, True)}
    return _("%(low)s to %(high)s") % ends
