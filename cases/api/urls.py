"""``/api/v1/``: one address for each list, thing and move."""

from django.urls import path

from cases.api import (
    assignments,
    calls,
    cases,
    catalogue,
    decisions,
    groups,
    hot_topics,
    knowledge,
    knowledge_reports,
    ladder,
    learning,
    me,
    policies,
    reasons,
    receipts,
    reference,
    suggestions,
    verdicts,
)
from cases.api.moves import MOVES
from cases.api.reveal import RevealIdentity

app_name = "api"

urlpatterns = [
    path("users/me/", me.Me.as_view(), name="me"),
    path("notices/", me.Notices.as_view(), name="notices"),
    path("messages/", me.Messages.as_view(), name="messages"),
    path("receipts/", receipts.Receipts.as_view(), name="receipts"),
    # cases
    path("cases/", cases.Cases.as_view(), name="cases"),
    path("cases/answered/", cases.Answered.as_view(), name="case_answered"),
    path("cases/refused/", cases.Refused.as_view(), name="case_refused"),
    path("cases/handed-over/", cases.HandedOver.as_view(), name="case_handed_over"),
    path("cases/<str:number>/", cases.OneCase.as_view(), name="case"),
    path("cases/<str:number>/events/", cases.Events.as_view(), name="case_events"),
    path("cases/<str:number>/reveal/", RevealIdentity.as_view(), name="case_reveal"),
    *(path(f"cases/<str:number>/{slug}/", move.as_view(), name=f"case_{slug}") for slug, move in MOVES.items()),
    # cases about the same thing
    path("cases/<str:number>/join/", groups.Join.as_view(), name="case_join"),
    path("groups/", groups.Groups.as_view(), name="groups"),
    path("groups/<int:pk>/", groups.OneGroup.as_view(), name="group"),
    path("groups/<int:pk>/cases/", groups.GroupCases.as_view(), name="group_cases"),
    path("groups/<int:pk>/leave/", groups.Leave.as_view(), name="group_leave"),
    path("groups/<int:pk>/answer/", groups.Answer.as_view(), name="group_answer"),
    path("groups/<int:pk>/lead/", groups.Lead.as_view(), name="group_lead"),
    path("bursts/", groups.Bursts.as_view(), name="bursts"),
    path("suggestions/", suggestions.Suggestions.as_view(), name="suggestions"),
    path("suggestion-models/", learning.SuggestionModels.as_view(), name="suggestion_models"),
    path("suggestion-models/<int:pk>/on/", learning.SwitchedOn.as_view(), name="suggestion_model_on"),
    path("suggestion-models/<int:pk>/off/", learning.SwitchedOff.as_view(), name="suggestion_model_off"),
    path("hot-topics/", hot_topics.HotTopics.as_view(), name="hot_topics"),
    # the units' work and the rulings on it
    path("assignments/", assignments.Assignments.as_view(), name="assignments"),
    path("assignments/<int:pk>/opened/", assignments.Opened.as_view(), name="assignment_opened"),
    path("decisions/", decisions.Decisions.as_view(), name="decisions"),
    path("decisions/<int:pk>/preview/", decisions.Preview.as_view(), name="decision_preview"),
    path("decisions/<int:pk>/grant/", decisions.Grant.as_view(), name="decision_grant"),
    path("decisions/<int:pk>/reject/", decisions.Reject.as_view(), name="decision_reject"),
    path("decisions/<int:pk>/take-back/", decisions.TakeBack.as_view(), name="decision_take_back"),
    path("ladder/", ladder.Ladder.as_view(), name="ladder"),
    # the citizens
    path("calls/", calls.Calls.as_view(), name="calls"),
    path("feedback/", verdicts.FeedbackList.as_view(), name="feedback"),
    path("callbacks/", verdicts.Callbacks.as_view(), name="callbacks"),
    path("callbacks/<uuid:pk>/result/", verdicts.CallbackResult.as_view(), name="callback_result"),
    # what cases refer to
    path("organisations/", reference.Organisations.as_view(), name="organisations"),
    path("regions/", reference.Regions.as_view(), name="regions"),
    path("categories/", reference.Categories.as_view(), name="categories"),
    path("channels/", reference.Channels.as_view(), name="channels"),
    path("reasons/", reasons.Reasons.as_view(), name="reasons"),
    path("policies/", policies.Policies.as_view(), name="policies"),
    path("knowledge/", knowledge.Knowledge.as_view(), name="knowledge"),
    path("knowledge/reports/", knowledge_reports.Reports.as_view(), name="knowledge_reports"),
    path("knowledge/reports/<int:pk>/settle/", knowledge_reports.Settle.as_view(), name="knowledge_settle"),
    path("catalogue/", catalogue.Catalogue.as_view(), name="catalogue"),
    path("catalogue/versions/", catalogue.Versions.as_view(), name="catalogue_versions"),
    path("catalogue/versions/<int:pk>/", catalogue.OneVersion.as_view(), name="catalogue_version"),
    path("catalogue/versions/<int:pk>/propose/", catalogue.Propose.as_view(), name="catalogue_propose"),
    path("catalogue/versions/<int:pk>/approve/", catalogue.Approve.as_view(), name="catalogue_approve"),
    path("catalogue/versions/<int:pk>/send-back/", catalogue.SendBack.as_view(), name="catalogue_send_back"),
]
