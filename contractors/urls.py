from django.urls import URLPattern

app_name = "contractors"

urlpatterns: list[URLPattern] = []
