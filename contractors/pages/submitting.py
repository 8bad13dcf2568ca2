"""A form, one verb, and the form again where something is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hotline.acts import Refusal
from hotline.pages.performing import attach, perform

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def submitted(
    request: HttpRequest,
    form: Form,
    act: Callable[[], Any],
    *,
    then: Callable[[Any], str],
    said: str | Callable[[Any], str],
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Carry the act out if the form is in order; show the form again with what is wrong with it."""
    if form.is_valid():
        try:
            return perform(request, act, then=then, said=said)
        except Refusal as refusal:
            attach(form, refusal)
    return again()


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), ZoneInfo(settings.TIME_ZONE))


def download(content: bytes, name: str, kind: str = "application/octet-stream") -> HttpResponse:
    """A file that no browser opens as a page of ours, and none keeps."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
