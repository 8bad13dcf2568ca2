"""Whatever goes wrong under ``/api/`` is told as RFC 9457 problem+json, by this module and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from hotline.acts import AlreadyAnswered, Refusal, request_id
from hotline.api.answers import respond
from hotline.api.rendering import Json
from hotline.context import current
from hotline.pages.edge import length

CODES = {
    400: "bad_request",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    428: "precondition_required",
    429: "too_many_requests",
    503: "unavailable",
}
UNIQUE_VIOLATION = "23505"
Errors = list[dict[str, str]]


def problem(
    status: int, detail: str = "", *, code: str = "", errors: Errors | None = None, **more: Any
) -> HttpResponse:
    """One problem. ``detail`` is the sentence for a person, ``code`` what a program decides by."""
    code = code or CODES.get(status, "error")
    body: dict[str, Any] = {
        "type": f"urn:hotline:problem:{code.replace('_', '-')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or _sentence(status),
        "code": code,
        "errors": errors or [],
        "request_id": current().id,
        **more,
    }
    return HttpResponse(Json().render(body), status=status, content_type="application/problem+json")


def _sentence(status: int) -> str:
    sentences = {
        400: _("The request cannot be understood. Nothing was changed."),
        403: _("You may not do this."),
        404: _("There is nothing here, or nothing that you may see."),
        409: _("This is recorded already. Nothing was changed."),
        413: _("The request is too large. Nothing was changed."),
    }
    return sentences.get(status) or _("The request failed. Nothing was changed; try again later.")


def handle(exception: Exception, _context: Mapping[str, Any]) -> HttpResponse | None:
    """The API's one exception handler. What it does not know is a fault, and goes on to be a 500 and a log entry."""
    if isinstance(exception, AlreadyAnswered):
        return respond(exception.answer)
    if isinstance(exception, Refusal):
        return refused(exception)
    if isinstance(exception, Http404):
        return problem(404)
    if isinstance(exception, PermissionDenied):
        return problem(403)
    if isinstance(exception, exceptions.ValidationError):
        return _invalid(exception)
    if isinstance(exception, exceptions.APIException):
        return _api_exception(exception)
    if isinstance(exception, IntegrityError) and getattr(exception.__cause__, "pgcode", "") == UNIQUE_VIOLATION:
        return problem(409)
    return None


def refused(refusal: Refusal) -> HttpResponse:
    """A domain refusal: its sentence, its field, and for a stale one what changed meanwhile."""
    errors = [{"field": refusal.field, "code": refusal.code, "detail": str(refusal)}] if refusal.field else []
    response = problem(refusal.status, str(refusal), code=refusal.code, errors=errors, **refusal.extra)
    if version := refusal.extra.get("version"):
        response["ETag"] = f'"{version}"'
    return response


def _invalid(exception: exceptions.ValidationError) -> HttpResponse:
    errors = list(_flat(exception.get_full_details()))
    code = "unknown_field" if all(e["code"] == "unknown_field" for e in errors) else "invalid"
    names = ", ".join(dict.fromkeys(e["field"] for e in errors if e["field"]))
    detail = _("Not acceptable: %(fields)s. Nothing was changed.") % {"fields": names} if names else ""
    return problem(400, detail, code=code, errors=errors)


def _flat(details: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Errors one by one, fields of inner objects as ``citizen.phone``, members of lists as ``co_organisers.1``."""
    if isinstance(details, list):
        for each in details:
            yield from _flat(each, field)
    elif isinstance(details, dict) and set(details) == {"message", "code"} and isinstance(details["code"], str):
        yield {"field": _tellable(field), "code": details["code"], "detail": _tellable(details["message"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            inside = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(part for part in (field, inside) if part))


def _tellable(words: object) -> str:
    """Half a surrogate pair, which a client may send, can be named but not written."""
    return str(words).encode(errors="replace").decode()


def _api_exception(exception: exceptions.APIException) -> HttpResponse:
    """What the framework refuses: no token, wrong method, unreadable JSON, too many requests."""
    response = problem(exception.status_code, str(exception.detail))
    if header := getattr(exception, "auth_header", ""):
        response["WWW-Authenticate"] = header
    if (wait := getattr(exception, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait) + 1)
    return response


class ProblemMiddleware:
    """Addresses that lead nowhere, bodies too large to read and faults, under ``/api/``: problems too. Never cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        response = self._answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self._bare(request, 413)
        response = self.get_response(request)
        if response.status_code >= 400 and not response.headers["Content-Type"].startswith("application/"):
            return self._bare(request, response.status_code)
        return response

    def _bare(self, request: HttpRequest, status: int) -> HttpResponse:
        identity = getattr(request, "id", None) or request_id(request)
        response = problem(status, request_id=identity)
        response["X-Request-ID"] = identity
        return response
