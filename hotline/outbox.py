"""The outbox: writing a message in the act's transaction. Sending it is ``hotline.tasks``' work."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from hotline import ledger
from hotline.bell import ring
from hotline.identifiers import uuid7
from hotline.kept import Kept
from hotline.models import Membership, Message, MessageTemplate, Organisation, User


def _read_templates() -> list[MessageTemplate]:
    return list(MessageTemplate.objects.order_by("key", "version"))


_templates = Kept(_read_templates, MessageTemplate)


def template(key: str, at: datetime) -> MessageTemplate:
    """The approved wording in force at the moment. Raises MessageTemplate.DoesNotExist for a key nobody worded."""
    known = [wording for wording in _templates() if wording.key == key]
    for wording in reversed(known):
        if wording.valid_from is None or wording.valid_from <= _local(at).date():
            return wording
    raise MessageTemplate.DoesNotExist(key)


def forget() -> None:
    """Drop the templates read so far (a test starts afresh)."""
    _templates.forget()


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def sms(key: str, *, to: str, at: datetime, words: dict[str, Any], language: str = "zh-hans", **more: Any) -> Message:
    """An SMS to a citizen, in the citizen's language, not before quiet hours end (unless ``urgent``)."""
    urgent = more.pop("urgent", False)
    return _message(
        key, Message.Channel.SMS, at, words, language, address=to, send_at=at if urgent else after_quiet(at), **more
    )


def notice(
    key: str,
    *,
    at: datetime,
    words: dict[str, Any],
    to_user: User | None = None,
    to_organisation: Organisation | int | None = None,
    to_role: str = "",
    **more: Any,
) -> Message:
    """An in-app notice to a person, to an organisation's people (of one role, if named), or to all who hold a role."""
    if to_user is None and to_organisation is None and not to_role:
        raise ValueError("a notice needs somebody to read it")
    where = (
        {"to_organisation_id": to_organisation}
        if isinstance(to_organisation, int)
        else {"to_organisation": to_organisation}
    )
    return _message(
        key, Message.Channel.IN_APP, at, words, "zh-hans", to_user=to_user, to_role=to_role, send_at=at, **where, **more
    )


def _message(
    key: str, channel: str, at: datetime, words: dict[str, Any], language: str, *, send_at: datetime, **fields: Any
) -> Message:
    wording = template(key, at)
    english = language.startswith("en") and wording.body_en
    by: Membership | None = fields.pop("by", None)
    return Message(
        id=uuid7(),
        channel=channel,
        template=wording,
        body=Template(wording.body_en if english else wording.body).substitute(words),
        author_id=by.user_id if by else None,
        created_at=at,
        next_attempt_at=send_at,
        **fields,
    )


def post(*messages: Message | None) -> None:
    """Put messages into the outbox, within the caller's transaction, and ring for the postman.

    A None is a message to somebody who cannot be reached, and is left out.
    """
    if written := [message for message in messages if message is not None]:
        ledger.add(*written)
        ring("hotline.deliver_messages")


def after_quiet(at: datetime, hours: tuple[str, str] | None = None) -> datetime:
    """The first moment from ``at`` on outside the quiet hours, in local time (QUIET_HOURS, e.g. 21:00 to 08:00)."""
    local = _local(at)
    begins, ends = (time.fromisoformat(t) for t in hours or settings.QUIET_HOURS)
    now = local.timetz().replace(tzinfo=None)
    if begins == ends:
        return at
    quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
    if not quiet:
        return at
    day = local.date() + timedelta(days=1 if begins > ends and now >= begins else 0)
    return datetime.combine(day, ends, local.tzinfo)
