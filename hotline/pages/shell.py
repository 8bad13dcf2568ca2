"""What every page's frame needs: the way about for this role, the notices, the brand.

The ground floor knows the pages of the apps above by name only; one that is not installed is left out.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hotline.field_codec import derived_key
from hotline.models import Membership, Message
from hotline.roles import Capability

COUNTED_UP_TO = 99
INBOX = "hotline:inbox"
Question = tuple[list[str], str, list[Any]]
QUESTIONS_KEPT = 2_000
_questions: dict[Any, Question] = {}


@dataclass(frozen=True)
class Place:
    """A page of the main navigation or of the menu, for those who hold its capability."""

    label: Any
    name: str
    capability: Capability
    icon: str = ""


# The first that a role may open is the page its people start with.
NAV = (
    Place(pgettext_lazy("page", "Oversight"), "oversight:overview", Capability.OVERVIEW_READ),
    Place(pgettext_lazy("page", "Dispatch"), "cases:dispatch_queue", Capability.CASE_DISPATCH),
    Place(gettext_lazy("Call taking"), "cases:console", Capability.CASE_REGISTER),
    Place(gettext_lazy("To do"), "cases:worklist", Capability.ASSIGNMENT_WORK),
    Place(gettext_lazy("To review"), "cases:review_queue", Capability.REPLY_REVIEW),
    Place(pgettext_lazy("page", "Rulings"), "cases:decision_queue", Capability.DECISION_READ),
    Place(gettext_lazy("Callbacks"), "cases:callback_queue", Capability.CALLBACK_MAKE),
    Place(gettext_lazy("Independent callback"), "cases:independent_call", Capability.CALLBACK_INDEPENDENT),
    Place(gettext_lazy("Two sources"), "oversight:independent", Capability.INDEPENDENT_READ),
    Place(pgettext_lazy("page", "Quality"), "contractors:quality", Capability.QUALITY_SAMPLES),
    Place(gettext_lazy("Cases"), "cases:search", Capability.CASE_SEARCH),
    Place(pgettext_lazy("page", "Calls"), "cases:calls", Capability.CALL_READ),
    Place(pgettext_lazy("page", "Shifts"), "contractors:shifts", Capability.SHIFT_READ),
    Place(gettext_lazy("Supervision"), "cases:ladder", Capability.LADDER_READ),
    Place(pgettext_lazy("page", "Same matter"), "cases:groups", Capability.CASE_LINK),
    Place(pgettext_lazy("page", "Findings"), "oversight:findings", Capability.FINDING_READ),
    Place(pgettext_lazy("page", "Audit"), "oversight:audit_looks", Capability.AUDIT_READ),
    Place(gettext_lazy("Hot topics"), "cases:topics", Capability.HOT_TOPICS_READ),
    Place(pgettext_lazy("page", "Bulletins"), "oversight:bulletins", Capability.PUBLICATION_READ),
    Place(pgettext_lazy("page", "For the public"), "oversight:publication", Capability.PUBLICATION_READ),
    Place(gettext_lazy("Value for money"), "oversight:value_for_money", Capability.OVERVIEW_READ),
    Place(pgettext_lazy("page", "Contractors"), "contractors:assessments", Capability.ASSESSMENT_READ),
    Place(gettext_lazy("Knowledge"), "cases:knowledge", Capability.KNOWLEDGE_READ),
    Place(gettext_lazy("My work"), "contractors:own_work", Capability.OWN_WORK_READ),
    Place(gettext_lazy("Contractors' staff"), "contractors:staff", Capability.STAFF_READ),
    Place(pgettext_lazy("page", "Audit trail"), "oversight:audit_chain", Capability.AUDIT_CHECK),
    Place(gettext_lazy("People"), "hotline:people", Capability.PEOPLE_READ),
    Place(gettext_lazy("Learned suggestions"), "cases:suggestion_models", Capability.SUGGESTION_MODELS_READ),
    Place(gettext_lazy("Dispatch catalogue"), "cases:catalogue", Capability.CATALOGUE_READ),
    Place(gettext_lazy("Time limits"), "cases:policies", Capability.POLICY_READ),
    Place(gettext_lazy("Outbox"), "hotline:outbox", Capability.OUTBOX_READ),
)
MENU = (
    Place(gettext_lazy("Notices"), INBOX, Capability.NOTICES_READ, "bell"),
    Place(pgettext_lazy("page", "Exports"), "cases:exports", Capability.EXPORT_ASK, "download"),
    Place(gettext_lazy("Working calendar"), "hotline:calendar", Capability.POLICY_READ, "calendar"),
    Place(gettext_lazy("Message templates"), "hotline:templates", Capability.PROPOSAL_READ, "template"),
    Place(pgettext_lazy("page", "Reasons"), "cases:reasons", Capability.PROPOSAL_READ, "list-check"),
    Place(gettext_lazy("Settings of the office"), "hotline:rulebooks", Capability.PROPOSAL_READ, "adjustments"),
    Place(gettext_lazy("Rules to approve"), "hotline:approvals", Capability.PROPOSAL_READ, "checkbox"),
    Place(gettext_lazy("Keys for programs"), "hotline:tokens", Capability.SELF_USE, "key"),
    Place(gettext_lazy("Password"), "hotline:password", Capability.SELF_USE, "lock"),
    Place(gettext_lazy("Second factor"), "hotline:second_factor_setup", Capability.SELF_USE, "shield-lock"),
    Place(gettext_lazy("Act in another role"), "hotline:choose_membership", Capability.SELF_USE, "users"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind ``templates/base.html``; asks the database only for people who are signed in."""
    frame: dict[str, Any] = {"brand": _("Yunzhou 12345 hotline"), "home_url": "/", "public_url": "/", "nav": []}
    membership: Membership | None = getattr(request, "membership", None)
    return {"shell": frame | (_frame_of(request, membership) if membership else {})}


def _frame_of(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    counts = waiting(membership)
    nav = [(place, url) for place in NAV if membership.can(place.capability) and (url := address(place.name))]
    menu = [(place, url) for place in MENU if membership.can(place.capability) and (url := address(place.name))]
    here = max((url for _place, url in nav if request.path.startswith(url)), key=len, default="")
    return {
        "nav": [
            {"label": p.label, "url": url, "active": url == here, "count": counts.get(p.name), "level": ""}
            for p, url in nav
        ],
        "links": [{"label": p.label, "url": url, "icon": p.icon} for p, url in menu if p.name != INBOX],
        "search_url": address("cases:search") if membership.can(Capability.CASE_SEARCH) else "",
        "q": request.GET.get("q", "")[:100],
        "sign_out_url": address("hotline:sign_out"),
        "inbox_url": address(INBOX) if membership.can(Capability.NOTICES_READ) else "",
        "unread": counts.get(INBOX),
        "counted_up_to": COUNTED_UP_TO,
        "device_key": device_key(membership),
    }


def first_page(membership: Membership) -> str:
    """Where this role's work begins; whoever has no such page begins with the notices, or the keys."""
    for place in (*NAV, *MENU):
        if membership.can(place.capability) and (url := address(place.name)):
            return url
    return address("hotline:tokens")


@cache
def address(name: str) -> str:
    """Where a page is; "" if it is not installed. A page has thirty of them, and they never move in a process."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def waiting(membership: Membership) -> dict[str, int]:
    """How much waits behind each page of this role, by one query; beyond 99 only that it is more."""
    key = (membership.pk, membership.role, membership.organisation.path, *membership.withheld)
    if (made := _questions.get(key)) is None:
        if len(_questions) >= QUESTIONS_KEPT:
            _questions.clear()
        made = _questions[key] = _question(membership)
    names, sql, parameters = made
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return dict(zip(names, cursor.fetchone(), strict=True))


def _question(membership: Membership) -> Question:
    """What is behind whose pages is the same at every moment, so it is put into SQL once for each person."""
    rows: dict[str, QuerySet[Any, Any]] = {}
    if membership.can(Capability.NOTICES_READ):
        rows[INBOX] = Message.objects.few_unread_of(membership, COUNTED_UP_TO + 1)
    for named in settings.NAV_COUNTS:
        queues: Callable[[Membership], dict[str, QuerySet[Any, Any]]] = import_string(named)
        rows |= queues(membership)
    compiled = [q.order_by().values("pk")[: COUNTED_UP_TO + 1].query.sql_with_params() for q in rows.values()]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) q)" for sql, _params in compiled)  # noqa: S608 - the ORM's own
    return list(rows), f"SELECT {columns}", [value for _sql, params in compiled for value in params]


def device_key(membership: Membership) -> str:
    """What drafts on the device are sealed with: the same at every sign-in, never stored there."""
    key = derived_key(base64.b64decode(settings.BLIND_INDEX_KEY, validate=True), "drafts on the device")
    return base64.b64encode(hmac.digest(key, str(membership.pk).encode(), "sha256")).decode()
