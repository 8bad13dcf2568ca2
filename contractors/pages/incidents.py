"""Events that contracts pay or deduct for: recorded by the office, and withdrawn if they were wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import Case
from contractors import incidents
from contractors.forms.assessment import EntryForm, IncidentForm
from contractors.models import Incident
from hotline.acts import Invalid
from hotline.guards import acting, requires
from hotline.identifiers import parse_case_number
from hotline.pages.performing import perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability


@requires(Capability.INCIDENT_RECORD)
@require_http_methods(["GET", "POST"])
def incident_list(request: HttpRequest) -> HttpResponse:
    """The latest first; and recording one."""
    by, at, form = acting(request), timezone.now(), IncidentForm(request.POST or None)
    if request.method == "GET":
        return _incidents(request, form)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: incidents.record(
                form.cleaned_data["contractor"],
                by=by,
                at=at,
                kind=form.cleaned_data["kind"],
                happened_at=form.cleaned_data["happened_at"],
                words=form.cleaned_data["words"],
                case=_case(request, form.cleaned_data["case"]),
            ),
            then=lambda _made: reverse("contractors:incidents"),
            said=_("Recorded. The month it happened in counts it when it is run."),
        ),
        lambda: _incidents(request, form),
    )


def _case(request: HttpRequest, text: str) -> Case | None:
    if not text:
        return None
    number = parse_case_number(text)
    case = Case.objects.visible_to(acting(request)).filter(number=number).first() if number else None
    if case is None:
        raise Invalid(_("There is no case with this number."), field="case")
    return case


def _incidents(request: HttpRequest, form: IncidentForm) -> HttpResponse:
    rows = Incident.objects.visible_to(acting(request)).select_related("contract__organisation", "case", "recorded_by")
    page = page_of(rows, "at", request.GET.get(PARAMETER, ""), descending=True)
    context = {"rows": page.rows, "pager": pager(request.GET, page, ""), "form": form}
    return render(request, "contractors/incidents.html", context, status=422 if form.errors else 200)


@requires(Capability.INCIDENT_RECORD)
@require_POST
def incident_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It was recorded in error."""
    by, at, form = acting(request), timezone.now(), EntryForm(request.POST)
    incident = get_object_or_404(Incident.objects.visible_to(by), pk=pk)
    because = form.cleaned_data["because"] if form.is_valid() else ""
    return perform(
        request,
        lambda: incidents.withdraw(incident, by=by, at=at, because=because),
        then=lambda _made: reverse("contractors:incidents"),
        said=_("Withdrawn: it does not count any more."),
    )
