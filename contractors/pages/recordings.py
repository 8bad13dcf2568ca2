"""Sending a recording, in parts as a player asks for them; every part that is sent leaves an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contractors import recordings
from contractors.models import SampledContact, SampledContactQuerySet
from contractors.recordings import Recording
from hotline.guards import acting, requires
from hotline.roles import Capability

RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
CHUNK = 64 * 1024


@require_GET
@requires(Capability.QUALITY_SAMPLES)
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording of a contact within reach."""
    return _sent(request, SampledContact.objects.visible_to(acting(request)), pk)


@require_GET
@requires(Capability.QUALITY_APPEAL)
def own_recording(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording of a call of one's own, once its mark is published."""
    by = acting(request)
    return _sent(request, SampledContact.objects.visible_to(by).about(by.user), pk)


def _sent(request: HttpRequest, reach: SampledContactQuerySet, pk: int) -> HttpResponse:
    """Whole, or the part asked for (RFC 9110, section 14)."""
    by = acting(request)
    contact = get_object_or_404(reach.select_related("call"), pk=pk)
    found = recordings.recording_of(contact)
    if found is None:
        raise Http404(_("The recording is not in its place. Tell the duty desk."))
    size, wanted = found.size, request.headers.get("Range", "")
    part = _part(wanted, size) if RANGE.match(wanted) else (0, size - 1)
    if part is None:
        return _marked(HttpResponse(status=416), f"bytes */{size}")
    first, last = part
    recordings.played(contact, by=by, at=timezone.now(), part=f"{first}-{last}/{size}")
    response = StreamingHttpResponse(_chunks(found, first, last), content_type=found.content_type)
    response["Content-Length"] = str(last - first + 1)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if RANGE.match(wanted):
        response.status_code = 206
        return _marked(response, f"bytes {first}-{last}/{size}")
    response["Accept-Ranges"] = "bytes"
    return cast(HttpResponse, response)  # as a guard knows pages; it is streamed


def _marked(response: HttpResponseBase, content_range: str) -> HttpResponse:
    response["Accept-Ranges"], response["Content-Range"] = "bytes", content_range
    return cast(HttpResponse, response)


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte; None if there is no such part."""
    match = RANGE.match(wanted)
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return None
    if not first:  # the last so many bytes
        n = int(last)
        return (max(size - n, 0), size - 1) if n and size else None
    begin, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (begin, end) if begin <= end else None


def _chunks(found: Recording, first: int, last: int) -> Iterator[bytes]:
    with found.path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
