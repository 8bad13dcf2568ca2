"""The outermost ring: which requests are read at all, and what every answer carries, whoever made it.

Errors raised by an outer middleware never reach the inner ones, so what no answer may lack is added here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from structlog.contextvars import get_contextvars

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cache-Control": "private, no-store",  # files that may be kept say so themselves
    "Server": "hotline",  # else the web server names itself
}


class EdgeMiddleware:
    """Gives every answer the headers it lacks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in CARRIED.items():
            response.headers.setdefault(name, value)
        return response


class LimitMiddleware:
    """Methods that nobody uses, TRACE above all, are refused; so is what claims to be larger than the largest we take,
    before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return too_large(request) if length(request) > settings.REQUEST_LIMIT else self.get_response(request)


def length(request: HttpRequest) -> int:
    """How long the body claims to be; of an absurd claim the first digits say enough."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given[:19]) if given.isdecimal() else 0


def too_large(request: HttpRequest) -> HttpResponse:
    return _said(request, "413.html", 413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be understood, or is no form of ours: too large, too many fields, a host that is not ours."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _said(request, "400.html", 400)


def _said(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that needs neither session nor database."""
    return traced(HttpResponse(render_to_string(template, {"request": request}), status=status))


def traced(response: HttpResponse) -> HttpResponse:
    """With the request's id as the logs have it: for answers made where no inner middleware adds it."""
    if request_id := get_contextvars().get("request_id"):
        response["X-Request-ID"] = request_id
    return response
