from django.urls import URLPattern, path

from oversight.pages import independent, overview

app_name = "oversight"

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview, name="overview"),
    path("independent/", independent.independent, name="independent"),
    path("independent/pairs/", independent.independent_pairs, name="independent_pairs"),
    path("independent/draws/<int:pk>/", independent.independent_draw, name="independent_draw"),
    path("independent/draws/<int:pk>/frame/", independent.independent_frame, name="independent_frame"),
]
