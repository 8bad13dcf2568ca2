from django.urls import URLPattern, path

from oversight.pages import cost, findings, overview, public

app_name = "oversight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
    # what the detectors noticed
    path("findings/", findings.finding_list, name="findings"),
    path("findings/detectors/", findings.detector_list, name="detectors"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/take-up/", findings.take_up, name="finding_take_up"),
    path("findings/<int:pk>/note/", findings.note, name="finding_note"),
    path("findings/<int:pk>/settle/", findings.settle, name="finding_settle"),
    path("value/", cost.value_for_money, name="value_for_money"),
    # for everybody
    path("figures/", public.figures, name="public"),
    path("open-data/", public.open_data, name="open_data"),
    path("open-data/<slug:month>.csv", public.month_csv, name="month_csv"),
    path("open-data/<slug:month>.json", public.month_json, name="month_json"),
]
