"""A form, one verb, and the form again where something is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from hotline.acts import Refusal
from hotline.pages import performing


def submitted(
    request: HttpRequest,
    form: Form,
    act: Callable[[], Any],
    *,
    then: Callable[[Any], str],
    said: str | Callable[[Any], str],
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Carry the verb out if the form is in order; show the form again with whatever refuses it."""
    return performing.submitted(
        request, form, lambda: performing.perform(request, act, then=then, said=said), again, told=Refusal
    )
