"""Opening a case's files: only through here, never by an address of their own."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases import attachments
from cases.models import Attachment, in_reach
from hotline.guards import acting, requires
from hotline.pages.downloads import download
from hotline.roles import Capability


@require_GET
@requires(Capability.CASE_READ)
def attachment(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """One file of a case within reach, as a download that no browser opens as a page of ours."""
    by = acting(request)
    reach = Attachment.objects.filter(in_reach(by))
    found = get_object_or_404(reach, pk=pk, case__number=number)
    try:
        content = attachments.content_of(found, by=by, at=timezone.now())
    except FileNotFoundError as error:
        raise Http404(_("The file is not in its place. Tell the duty desk.")) from error
    return download(content, found.name)
