from django.urls import URLPattern, path

from contractors.pages import closing, employment, figures, own_work, proofs, scope, seats, shifts, staff, staff_import

app_name = "contractors"

urlpatterns: list[URLPattern] = [
    path("shifts/", shifts.shifts, name="shifts"),
    path("shifts/import/", shifts.bring, name="shifts_bring"),
    path("seats/", seats.seats, name="seats"),
    path("my-work/", own_work.own_work, name="own_work"),
    # who works for contractors
    path("staff/", staff.staff, name="staff"),
    path("staff/employ/", staff.employ, name="employ"),
    path("staff/import/", staff_import.bring, name="staff_bring"),
    path("staff/import/pattern/", staff_import.pattern, name="staff_pattern"),
    path("staff/import/<uuid:pk>/", staff_import.table, name="staff_table"),
    path("staff/import/<uuid:pk>/to-correct/", staff_import.errors, name="staff_errors"),
    path("staff/figures/", figures.figures, name="staff_figures"),
    path("staff/figures/<slug:key>/", figures.behind, name="staff_figure"),
    path("staff/<int:pk>/", employment.employment, name="employment"),
    path("staff/<int:pk>/leave/", employment.leave, name="leave"),
    # what is proved about them
    path("proofs/", proofs.proofs, name="proofs"),
    path("proofs/bring/", proofs.bring, name="proof_bring"),
    path("proofs/<uuid:pk>/", proofs.proof, name="proof"),
    path("proofs/<uuid:pk>/check/", proofs.check, name="proof_check"),
    path("proofs/<uuid:pk>/file/", proofs.proof_file, name="proof_file"),
    # what a contract lets its people do, and its end
    path("contracts/<int:pk>/scope/", scope.scope, name="scope"),
    path("contracts/<int:pk>/scope/propose/", scope.propose, name="propose_scope"),
    path("contracts/<int:pk>/hand-over/", closing.hand_over, name="hand_over"),
    path("contracts/<int:pk>/hand-over/begin/", closing.begin, name="hand_over_begin"),
    path("contracts/<int:pk>/hand-over/end/", closing.end, name="hand_over_end"),
    path("contracts/<int:pk>/hand-over/tick/", closing.tick, name="hand_over_tick"),
    path("contracts/<int:pk>/hand-over/pass-on/", closing.pass_on, name="hand_over_pass"),
    path("contracts/<int:pk>/hand-over/file/", closing.export, name="hand_over_file"),
    path("contracts/<int:pk>/hand-over/sign/", closing.sign, name="hand_over_sign"),
    path("contracts/<int:pk>/hand-over/certificate/", closing.certificate, name="certificate"),
]
