"""For machines: is this server alive, may it be sent requests, and its figures."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from hotline import metrics as figures
from hotline.guards import public
from hotline.health import Level, read_signs, worst
from hotline.models import Membership
from hotline.roles import Capability
from hotline.tokens import authenticate_token

RETRY_SECONDS = 5


@public
@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anybody else, so that a slow database restarts no server."""
    return JsonResponse({"status": "ok"})


@public
@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether requests should come here: 503 only where they would fail."""
    signs = read_signs(timezone.now())
    level = worst(signs)
    said = {s.name: {"status": s.level, "value": s.value, "says": s.says} for s in signs}
    response = JsonResponse({"status": level, "signs": said}, status=503 if level == Level.CRITICAL else 200)
    if level == Level.CRITICAL:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """To those who may read figures: a membership's key or session, or an address inside the house."""
    if not (_is_inside(request) or _may_read(request)):
        raise PermissionDenied(str(Capability.METRICS_READ))
    return HttpResponse(figures.as_text(), content_type=CONTENT_TYPE_LATEST)


metrics.capability = Capability.METRICS_READ  # type: ignore[attr-defined]


def _may_read(request: HttpRequest) -> bool:
    membership: Membership | None = getattr(request, "membership", None)
    kind, _space, raw = request.headers.get("Authorization", "").partition(" ")
    if membership is None and kind.lower() == "bearer":
        membership = authenticate_token(raw.strip())
    return membership is not None and membership.can(Capability.METRICS_READ)


def _is_inside(request: HttpRequest) -> bool:
    """The peer itself, not what a header claims."""
    try:
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(peer in ipaddress.ip_network(network) for network in settings.METRICS_ADDRESSES)
