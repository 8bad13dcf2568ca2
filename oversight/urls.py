from django.urls import URLPattern, path

from oversight.pages import audit_chain, findings, independent, overview

app_name = "oversight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
    # the second source of outcomes
    path("independent/", independent.independent, name="independent"),
    path("independent/pairs/", independent.independent_pairs, name="independent_pairs"),
    path("independent/draws/<int:pk>/", independent.independent_draw, name="independent_draw"),
    path("independent/draws/<int:pk>/frame/", independent.independent_frame, name="independent_frame"),
    # what the detectors noticed
    path("findings/", findings.finding_list, name="findings"),
    path("findings/detectors/", findings.detector_list, name="detectors"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/take-up/", findings.take_up, name="finding_take_up"),
    path("findings/<int:pk>/note/", findings.note, name="finding_note"),
    path("findings/<int:pk>/settle/", findings.settle, name="finding_settle"),
    # the audit trail
    path("audit/chain/", audit_chain.audit_chain, name="audit_chain"),
    path("audit/chain/check/", audit_chain.check_audit, name="audit_check"),
]
