"""Where a number leads: the list of exactly the cases it counts."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from cases.case_sets import Selection

register = template.Library()


@register.simple_tag
def opening(selection: Selection) -> str:
    return f"{reverse('cases:case_list')}?{urlencode(selection.address())}"


@register.filter
def unlocal(value: float) -> str:
    """A coordinate as SVG reads it, whatever the language."""
    return f"{value:g}"
