from django.urls import URLPattern, URLResolver, include, path

from cases.pages import (
    attachments,
    callbacks,
    calling,
    case,
    case_list,
    choosing,
    citizen,
    console,
    drafts,
    queues,
    reference,
    search,
    suggestions,
    worklist,
    worklist_export,
)

app_name = "cases"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("cases.api.urls")),
    # the call-taking console
    path("console/", console.console, name="console"),
    path("console/register/", console.register, name="register"),
    path("console/additions/<str:number>/", console.add_to_case, name="console_addition"),
    path("console/drafts/", drafts.open_draft, name="drafts"),
    path("console/drafts/<uuid:pk>/", console.draft, name="draft"),
    path("console/drafts/<uuid:pk>/drop/", drafts.drop_draft, name="draft_drop"),
    path("console/call/", calling.call_bar, name="console_call"),
    path("console/pick/<str:what>/", choosing.pick, name="console_pick"),
    path("console/limits/", choosing.limits, name="console_limits"),
    path("console/suggestions/summary/", suggestions.summary, name="console_summary"),
    path("console/suggestions/categories/", suggestions.categories, name="console_categories"),
    path("console/suggestions/units/", suggestions.units, name="console_units"),
    path("console/suggestions/likely/", suggestions.likely, name="console_likely"),
    path("console/suggestions/knowledge/", suggestions.knowledge, name="console_knowledge"),
    path("console/suggestions/history/", suggestions.history, name="console_history"),
    # the office queues
    path("cases/", case_list.case_list, name="case_list"),
    path("search/", search.search, name="search"),
    path("policies/", reference.policies, name="policies"),
    path("knowledge/", reference.knowledge, name="knowledge"),
    path("knowledge/<str:key>/", reference.knowledge_article, name="knowledge_article"),
    path("knowledge/<str:key>/<int:version>/", reference.knowledge_article, name="knowledge_version"),
    path("dispatch/", queues.dispatch_queue, name="dispatch_queue"),
    path("dispatch/<str:number>/", queues.dispatch, name="dispatch"),
    path("decisions/", queues.decision_queue, name="decision_queue"),
    path("decisions/<int:pk>/", queues.rule, name="rule"),
    path("review/", queues.review_queue, name="review_queue"),
    path("review/<str:number>/", queues.review, name="review"),
    path("callbacks/", callbacks.callback_queue, name="callback_queue"),
    path("callbacks/<uuid:pk>/", callbacks.callback, name="callback"),
    path("callbacks/<uuid:pk>/reveal/", callbacks.reveal_for_callback, name="reveal_for_callback"),
    # citizens
    path("track/", citizen.track, name="track"),
    path("r/<str:token>/", citizen.survey, name="survey"),
    # what a unit has in hand
    path("worklist/", worklist.worklist, name="worklist"),
    path("worklist/export/", worklist_export.worklist_export, name="worklist_export"),
    path("worklist/sign/", worklist.sign_rows, name="sign_rows"),
    path("worklist/sign/<int:pk>/", worklist.sign_row, name="sign_row"),
    path("worklist/views/", worklist.save_view, name="save_view"),
    path("worklist/views/<int:pk>/delete/", worklist.delete_view, name="delete_view"),
    # one case
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/moves/<slug:name>/", case.move, name="move"),
    path("cases/<str:number>/draft/", case.draft, name="reply_draft"),
    path("cases/<str:number>/preview/", case.preview, name="reply_preview"),
    path("cases/<str:number>/identity/", case.identity_of, name="identity"),
    path("cases/<str:number>/files/<uuid:pk>/", attachments.attachment, name="attachment"),
]
