"""The contractor's signature that came on paper: recording it, and the paper itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from contractors import assessments
from contractors.forms.assessment import PaperSignatureForm
from contractors.models import PaperSignatureFile
from contractors.pages.assessments import found
from contractors.pages.objections import assessment_page, months, opened
from contractors.pages.statement_lines import Sheet
from hotline.guards import acting, requires
from hotline.pages.performing import perform, submitted
from hotline.roles import Capability


@requires(Capability.ASSESSMENT_RUN)
@require_http_methods(["GET", "POST"])
def sign_on_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the contractor signed on paper, beside what was signed."""
    by, at, month = acting(request), timezone.now(), found(request, pk)
    form = PaperSignatureForm(request.POST or None, request.FILES or None)

    def again() -> HttpResponse:
        context = {"form": form, "sheet": Sheet(month, by=by, at=at), "assessment": month, "contract": month.contract}
        return render(request, "contractors/sign_on_paper.html", context, status=422 if form.errors else 200)

    if request.method == "GET":
        return again()
    act = lambda: perform(  # noqa: E731
        request,
        lambda: assessments.sign_on_paper(month, by=by, at=at, **form.given()),
        then=assessment_page,
        said=lambda made: (
            _("Signed and locked.") if made.is_locked else _("Recorded. Somebody else signs for the office.")
        ),
    )
    return submitted(request, form, act, again)


@requires(Capability.ASSESSMENT_READ)
@require_GET
def signature_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper a month was signed on; who opened it stays in the audit trail."""
    file = get_object_or_404(PaperSignatureFile.objects.filter(signature__assessment__in=months(request)), pk=pk)
    return opened(request, file, "assessments.open_paper")
