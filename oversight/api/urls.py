"""``/api/v1/``: the figures."""

from django.urls import path

from oversight.api import figures

app_name = "api"

urlpatterns = [
    path("figures/", figures.Figures.as_view(), name="figures"),
]
