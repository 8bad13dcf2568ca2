"""Who you are to the API, and what came for you."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.listing import listed
from cases.api.queries import Listed, MessagesAsked
from hotline.api.endpoint import Endpoint, asked
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, page, schema
from hotline.api.words import Coded, Person, choice, choice_or_none, moment, named, named_one, person
from hotline.guards import acting
from hotline.models import Message
from hotline.models.message import READ, UNREAD, ways_to
from hotline.roles import ROLES, Capability

LATEST = Order("created_at", descending=True)


class MeShape(TypedDict):
    """The membership the request acts as, and what its role may do."""

    membership: UUID
    username: str
    name: str
    staff_number: str
    role: Coded
    organisation: Coded
    language: str
    valid_until: datetime | None
    capabilities: list[str]


class NoticeShape(TypedDict):
    """A notice to you, your organisation or your role."""

    id: UUID
    about: str
    body: str
    created_at: datetime
    read_at: datetime | None


class MessageShape(TypedDict):
    """A message that left or is to leave. Its words are not told: they hold links and codes meant for the citizen."""

    id: UUID
    channel: Coded
    state: Coded
    template: str
    about: str
    address: str
    to_organisation: Coded | None
    author: Person | None
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    last_error: str
    receipt: Coded | None
    receipt_at: datetime | None
    receipt_reason: str


class Me(Endpoint):
    capability = Capability.SELF_USE

    @extend_schema(
        operation_id="me",
        summary="Your membership and its capabilities",
        responses={200: schema(MeShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        by = acting(request)
        me: MeShape = {
            "membership": by.pk,
            "username": by.user.username,
            "name": by.user.label,
            "staff_number": by.user.staff_number,
            "role": choice(by, "role"),
            "organisation": named_one(by.organisation),
            "language": by.user.language,
            "valid_until": moment(by.valid.upper),
            "capabilities": sorted(str(capability) for capability in ROLES if by.can(capability)),
        }
        return Response(me)


class Notices(Endpoint):
    capability = Capability.NOTICES_READ

    @extend_schema(
        operation_id="notices_list",
        summary="Notices to you, your organisation or your role, latest first",
        parameters=[Listed],
        responses={200: page(NoticeShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        by = acting(request)
        ways = [way & state for way in ways_to(by) for state in (READ, UNREAD)]  # as the indexes have them
        return listed(Message.objects.not_kept_from(by), LATEST, asked(Listed, request), _notice, ways)


class Messages(Endpoint):
    capability = Capability.OUTBOX_READ

    @extend_schema(
        operation_id="messages_list",
        summary="The outbox, latest first",
        parameters=[MessagesAsked],
        responses={200: page(MessageShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(MessagesAsked, request)
        rows = Message.objects.not_kept_from(acting(request))
        rows = rows.select_related("template", "author")
        for name in ("state", "channel"):
            if name in given:
                rows = rows.filter(**{name: given[name]})
        if given["case"]:
            rows = rows.filter(about=given["case"])
        return listed(rows, LATEST, given, _message)


def _notice(notice: Message) -> NoticeShape:
    return {
        "id": notice.pk,
        "about": notice.about,
        "body": notice.words,
        "created_at": moment(notice.created_at),
        "read_at": moment(notice.read_at),
    }


def _message(message: Message) -> MessageShape:
    return {
        "id": message.pk,
        "channel": choice(message, "channel"),
        "state": choice(message, "state"),
        "template": message.template.key,
        "about": message.about,
        "address": message.masked_address,
        "to_organisation": named(message.to_organisation),
        "author": person(message.author),
        "created_at": moment(message.created_at),
        "sent_at": moment(message.sent_at),
        "attempts": message.attempts,
        "last_error": message.last_error,
        "receipt": choice_or_none(message, "receipt"),
        "receipt_at": moment(message.receipt_at),
        "receipt_reason": message.receipt_reason,
    }
