"""That somebody prints a case: the button of a page says so before the paper comes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.models import Case
from cases.readership import printed
from hotline.guards import acting, requires
from hotline.roles import Capability


@require_POST
@requires(Capability.CASE_READ)
def case_printed(request: HttpRequest, number: str) -> HttpResponse:
    """Note it; the browser prints what it shows."""
    case = get_object_or_404(Case.objects.visible_to(acting(request)), number=number)
    printed(case, by=acting(request), at=timezone.now())
    return HttpResponse(status=204)
