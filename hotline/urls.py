"""Every address, app by app, named as strings."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("cases.urls")),
    path("", include("contractors.urls")),
    path("", include("oversight.urls")),
]
