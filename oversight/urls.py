from django.urls import URLPattern, path

from oversight.pages import audit_chain, overview

app_name = "oversight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
    path("audit/chain/", audit_chain.audit_chain, name="audit_chain"),
    path("audit/chain/check/", audit_chain.check_audit, name="audit_check"),
]
