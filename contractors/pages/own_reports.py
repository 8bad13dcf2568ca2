"""The contractor's own report of a month beside the system's figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from contractors import reconciliation
from contractors.models import Assessment
from contractors.pages.assessments import found
from hotline.guards import acting, requires
from hotline.pages.performing import perform, submitted
from hotline.roles import Capability


class ReportForm(forms.Form):
    """The table; its headings say which clause and what it came to."""

    file = forms.FileField(label=gettext_lazy("Table"), required=True)


@requires(Capability.ASSESSMENT_READ)
@require_GET
def own_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Line by line, where the two differ first."""
    return _own_report(request, found(request, pk))


def _own_report(request: HttpRequest, month: Assessment, form: ReportForm | None = None) -> HttpResponse:
    report = reconciliation.latest(month)
    context: dict[str, Any] = {"assessment": month, "contract": month.contract, "report": report}
    if report is not None:
        told = reconciliation.comparison(report, month)
        context |= {"compared": sorted(told.compared, key=lambda one: one.agrees), "unread": told.unread}
    if acting(request).can(Capability.ASSESSMENT_OBJECT):
        context["form"] = form or ReportForm()
    status = 422 if form is not None and form.errors else 200
    return render(request, "contractors/own_report.html", context, status=status)


@requires(Capability.ASSESSMENT_OBJECT)
@require_POST
def bring_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the report of a month."""
    by, at, month, form = acting(request), timezone.now(), found(request, pk), ReportForm(request.POST, request.FILES)

    def act() -> HttpResponse:
        file = form.cleaned_data["file"]
        return perform(
            request,
            lambda: reconciliation.upload(
                month.contract, by=by, at=at, month=month.month, name=file.name, content=file.read()
            ),
            then=lambda _made: reverse("contractors:own_report", args=[month.pk]),
            said=_("The report was read and is held against the system's figures below."),
        )

    return submitted(request, form, act, lambda: _own_report(request, month, form))
