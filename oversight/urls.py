from django.urls import URLPattern, path

from oversight.pages import findings, live, overview

app_name = "oversight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
    path("overview/panels/<slug:name>/", overview.overview_panel, name="overview_panel"),
    path("overview/live/", live.overview_live, name="overview_live"),
    # what the detectors noticed
    path("findings/", findings.finding_list, name="findings"),
    path("findings/detectors/", findings.detector_list, name="detectors"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/take-up/", findings.take_up, name="finding_take_up"),
    path("findings/<int:pk>/note/", findings.note, name="finding_note"),
    path("findings/<int:pk>/settle/", findings.settle, name="finding_settle"),
]
