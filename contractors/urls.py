from django.urls import URLPattern, path

from contractors.pages import seats, shifts

app_name = "contractors"

urlpatterns: list[URLPattern] = [
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/import/", shifts.bring, name="shifts_bring"),
    path("seats/", seats.seats, name="seats"),
]
