from django.urls import URLPattern, path

from cases.pages import callbacks, queues

app_name = "cases"

urlpatterns: list[URLPattern] = [
    # the office queues
    path("dispatch/", queues.dispatch_queue, name="dispatch_queue"),
    path("dispatch/<str:number>/", queues.dispatch, name="dispatch"),
    path("decisions/", queues.decision_queue, name="decision_queue"),
    path("decisions/<int:pk>/", queues.rule, name="rule"),
    path("review/", queues.review_queue, name="review_queue"),
    path("review/<str:number>/", queues.review, name="review"),
    path("callbacks/", callbacks.callback_queue, name="callback_queue"),
    path("callbacks/<uuid:pk>/", callbacks.callback, name="callback"),
    path("callbacks/<uuid:pk>/reveal/", callbacks.reveal_for_callback, name="reveal_for_callback"),
]
