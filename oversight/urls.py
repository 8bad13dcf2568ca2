from django.urls import URLPattern, path

from oversight.pages import bulletin_files, bulletins, cost, findings, overview, public, typical_cases

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
    # bulletins
    path("bulletins/", bulletins.bulletin_list, name="bulletins"),
    path("bulletins/make/", bulletins.make, name="bulletin_make"),
    path("bulletins/templates/write/", bulletins.write_template, name="bulletin_template_write"),
    path("bulletins/templates/<int:pk>/", bulletins.template, name="bulletin_template"),
    path("bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/pdf/", bulletin_files.bulletin_pdf, name="bulletin_pdf"),
    path("bulletins/<int:pk>/table/", bulletin_files.bulletin_xlsx, name="bulletin_xlsx"),
    path("bulletins/<int:pk>/comment/", bulletins.comment, name="bulletin_comment"),
    path("bulletins/<int:pk>/propose/", bulletins.propose, name="bulletin_propose"),
    path("bulletins/<int:pk>/approve/", bulletins.approve, name="bulletin_approve"),
    path("bulletins/<int:pk>/send-back/", bulletins.send_back, name="bulletin_send_back"),
    path("bulletins/<int:pk>/drop/", bulletins.drop, name="bulletin_drop"),
    # what people let the public read
    path("publication/", typical_cases.publication, name="publication"),
    path("publication/cases/write/", typical_cases.write, name="typical_case_write"),
    path("publication/cases/<int:pk>/", typical_cases.typical_case, name="typical_case"),
    path("publication/cases/<int:pk>/revise/", typical_cases.revise, name="typical_case_revise"),
    path("publication/cases/<int:pk>/propose/", typical_cases.propose, name="typical_case_propose"),
    path("publication/cases/<int:pk>/approve/", typical_cases.approve, name="typical_case_approve"),
    path("publication/cases/<int:pk>/send-back/", typical_cases.send_back, name="typical_case_send_back"),
    path("publication/cases/<int:pk>/drop/", typical_cases.drop, name="typical_case_drop"),
    path("publication/cases/<int:pk>/withdraw/", typical_cases.withdraw, name="typical_case_withdraw"),
    path("publication/topics/<int:pk>/release/", typical_cases.release_topic, name="topic_release"),
    path("publication/topics/<int:pk>/withdraw/", typical_cases.withdraw_topic, name="topic_withdraw"),
    # for everybody
    path("figures/", public.figures, name="public"),
    path("open-data/", public.open_data, name="open_data"),
    path("open-data/<slug:month>.csv", public.month_csv, name="month_csv"),
    path("open-data/<slug:month>.json", public.month_json, name="month_json"),
]
