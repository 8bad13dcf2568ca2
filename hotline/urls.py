"""Every address, app by app, named as strings."""

from django.urls import include, path
from django.views.i18n import set_language

from hotline.api import description
from hotline.guards import public
from hotline.pages import (
    approvals,
    health,
    home,
    notices,
    password,
    people,
    person,
    reference,
    rulebooks,
    second_factor,
    sign_in,
    wordings,
    year_notices,
)

handler400 = "hotline.pages.edge.bad_request"
handler500 = "hotline.pages.performing.server_error"

pages = [
    path("", home.home, name="home"),
    # /sign-in/
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second-factor/", second_factor.second_factor, name="second_factor"),
    path("sign-in/second-factor/set-up/", second_factor.second_factor_setup, name="second_factor_setup"),
    path("sign-in/new-password/", password.new_password, name="new_password"),
    path("sign-in/role/", sign_in.choose_membership, name="choose_membership"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    # one's own
    path("inbox/", notices.inbox, name="inbox"),
    path("inbox/read/", notices.mark_read, name="mark_read"),
    path("keys/", notices.keys, name="tokens"),
    path("keys/<uuid:pk>/revoke/", notices.revoke_key, name="revoke_token"),
    path("password/", password.password, name="password"),
    # people, for those who administer them
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/one-time-password/", person.issue_password, name="issue_password"),
    path("people/<int:pk>/do/<slug:name>/", person.act, name="person_act"),
    path("people/roles/<uuid:pk>/end/", person.end_membership, name="end_membership"),
    # to look up
    path("calendar/", reference.calendar, name="calendar"),
    path("calendar/propose/", year_notices.propose, name="propose_year"),
    path("templates/", wordings.templates, name="templates"),
    path("templates/propose/", wordings.propose, name="propose_template"),
    path("rules/", rulebooks.rulebooks, name="rulebooks"),
    path("rules/propose/", rulebooks.propose, name="propose_rules"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<int:pk>/", approvals.approval, name="approval"),
    path("approvals/<int:pk>/decide/", approvals.decide, name="decide"),
    path("approvals/<int:pk>/take-back/", approvals.take_back, name="take_back"),
    path("outbox/", reference.outbox, name="outbox"),
    # for machines
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("api/schema/", description.schema, name="api_schema"),
    path("api/docs/", description.docs, name="api_docs"),
]

urlpatterns = [
    path("i18n/setlang/", public(set_language), name="set_language"),
    path("", include((pages, "hotline"))),
    path("", include("cases.urls")),
    path("", include("contractors.urls")),
    path("", include("oversight.urls")),
]
