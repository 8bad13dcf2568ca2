"""The API's own description: OpenAPI 3.1 for programs, and a page for people. It tells nothing but the addresses."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from hotline.guards import public


@cache
def openapi() -> dict[str, Any]:
    """The description, made once a process and always in English."""
    with translation.override("en"):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        return made


@cache
def _text() -> str:
    return json.dumps(openapi(), ensure_ascii=False, default=str)


@public
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_text(), content_type="application/vnd.oai.openapi+json")


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api_docs.html")
