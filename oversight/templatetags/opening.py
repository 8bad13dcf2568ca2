"""Where a number leads: the list of exactly the cases it counts."""

from django import template

from cases.case_sets import Selection
from cases.selected_cases import list_url

register = template.Library()


@register.simple_tag
def opening(selection: Selection) -> str:
    return list_url(selection)


@register.filter
def unlocal(value: float) -> str:
    """A coordinate as SVG reads it, whatever the language."""
    return f"{value:g}"
