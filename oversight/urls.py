from django.urls import URLPattern, path

from oversight.pages import (
    audit_chain,
    audit_exports,
    audit_looks,
    audit_rights,
    audit_samples,
    case_life,
    findings,
    independent,
    overview,
)

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
    # the auditor's desk
    path("audit/", audit_looks.audit_looks, name="audit_looks"),
    path("audit/cases/<str:number>/", case_life.case_life, name="case_life"),
    path("audit/exports/", audit_exports.audit_exports, name="audit_exports"),
    path("audit/rights/", audit_rights.audit_rights, name="audit_rights"),
    path("audit/samples/", audit_samples.audit_samples, name="audit_samples"),
    path("audit/samples/draw/", audit_samples.audit_draw, name="audit_draw"),
    path("audit/samples/<int:pk>/", audit_samples.audit_sample, name="audit_sample"),
    path("audit/samples/<int:pk>/freeze/", audit_samples.audit_freeze, name="audit_freeze"),
    path("audit/samples/<int:pk>/drop/", audit_samples.audit_drop, name="audit_drop"),
    path("audit/samples/<int:pk>/frame/", audit_samples.audit_frame, name="audit_frame"),
    path("audit/samples/<int:pk>/cases/<int:position>/", audit_samples.audit_case, name="audit_case"),
    path("audit/chain/", audit_chain.audit_chain, name="audit_chain"),
    path("audit/chain/check/", audit_chain.check_audit, name="audit_check"),
]
