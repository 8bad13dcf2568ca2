"""Where telephone platforms report their calls: signed, at any time, in any order."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework.exceptions import APIException, ParseError, ValidationError

from cases.api.given import CallGiven
from cases.models import CallPlatform
from cases.telephony import CallEvent, receive_report
from hotline.acts import AlreadyAnswered, Refusal
from hotline.api.problems import handle, problem
from hotline.guards import public
from hotline.models import Membership
from hotline.pages.edge import length
from hotline.privacy import DecryptionError
from hotline.webhooks import NotSigned, Signed, verify

log = structlog.get_logger(__name__)
LARGEST = 16 * 1024  # bytes; a report has a few hundred


@public
@csrf_exempt
@require_POST
def call_reports(request: HttpRequest, code: str) -> HttpResponse:
    """One signed report. 200: recorded, now or before. Whatever else comes is told as a problem, never as our fault."""
    at = timezone.now()
    platform = get_object_or_404(CallPlatform.objects.filter(ended_at__isnull=True), code=code)
    by = Membership.objects.current(at).select_related("user").filter(pk=platform.membership_id).first()
    signed = Signed(
        id=request.headers.get("webhook-id", ""),
        timestamp=request.headers.get("webhook-timestamp", ""),
        signature=request.headers.get("webhook-signature", ""),
    )
    if length(request) > LARGEST:
        return problem(413)
    try:
        verify(request.body, signed, at=at, secrets=platform.secrets(at))
    except (NotSigned, DecryptionError) as reason:
        log.warning("call_report_refused", platform=code, reason=str(reason))
        return problem(401, _("This message is not signed by its platform, or not now."), code="not_signed")
    if by is None:
        return problem(403)
    digest = hashlib.sha256(f"{signed.id} {signed.timestamp} {signed.signature}".encode()).digest()
    try:
        given = _given(request.body)
        call = receive_report(platform, CallEvent(**given), by=by, at=at, digest=digest)
    except AlreadyAnswered:
        return JsonResponse({"recorded": True})
    except (Refusal, APIException) as refused:
        log.warning("call_report_refused", platform=code, reason=type(refused).__name__)
        return handle(refused, {}) or problem(400)
    return JsonResponse({"recorded": True, "call": str(call.pk)})


def _given(body: bytes) -> dict[str, Any]:
    """What the report says. Raises ParseError, ValidationError."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ParseError(_("The request cannot be understood. Nothing was changed.")) from error
    if not isinstance(said, dict):
        raise ValidationError(_("The request cannot be understood. Nothing was changed."))
    return dict(CallGiven().run_validation(said))
