from django.urls import URLPattern, path

from oversight.pages import overview

app_name = "oversight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
]
