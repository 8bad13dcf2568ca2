"""The life of a case on one page: acts, looks, limits, calls, messages, marks, whose outcomes were, and the money.

One row for each thing that happened, in the order of time. Personal data stay masked: the page says that a number was
seen, never which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.discretion import events_for, why_told
from cases.event_titles import TITLES
from cases.models import Attachment, Call, Case, CaseEvent, Clock, EventKind, ReasonKind, Reveal, reason_words
from hotline.models import AuditEntry, Membership, Message
from hotline.roles import Role
from oversight.case_money import money, quality, whose
from oversight.life_rows import LifeRow, Sort, in_force
from oversight.look_kinds import LOOK_WORDS, LOOKS_AT_CASES


def life_of(case: Case, by: Membership) -> list[LifeRow]:
    """Everything, the earliest first."""
    found = chain(
        acts(case, by),
        looks(case),
        limits(case),
        calls(case, by),
        messages(case),
        quality(case, by),
        whose(case, by),
        money(case, by),
    )
    return sorted(in_force(found), key=lambda row: row.at)


def acts(case: Case, by: Membership) -> Iterator[LifeRow]:
    """Its events; a reveal is told among the looks."""
    events = events_for(by, case).exclude(kind=EventKind.REVEALED)
    for event in events.select_related("by", "organisation", "assignment__unit").order_by("at", "id"):
        yield LifeRow(
            event.at,
            Sort.ACT,
            str(TITLES.get(event.kind, event.get_kind_display())),
            str(event.assignment.unit.label) if event.assignment else "",
            _why(event, by),
            event.by,
            event.organisation,
            event.role,
        )


def _why(event: CaseEvent, by: Membership) -> str:
    return "" if event.kind == EventKind.ATTACHED else why_told(event, by)


def looks(case: Case) -> Iterator[LifeRow]:
    """Who was shown the case, its files and its citizen's identity. What one person saw on one day in one membership
    is one row, with how often; each identity is a row of its own."""
    reveals = {str(look.pk): look for look in case.reveals.all()}
    files = {str(file.pk): file for file in case.attachments.all()}
    about = Q(object_type=Case._meta.label_lower, object_id=str(case.pk))
    about |= Q(object_type=Reveal._meta.label_lower, object_id__in=list(reveals))
    about |= Q(object_type=Attachment._meta.label_lower, object_id__in=list(files))
    entries = AuditEntry.objects.filter(about, act__in=LOOKS_AT_CASES, result=AuditEntry.Result.OK)
    entries = entries.select_related("actor", "organisation", "membership").order_by("at", "id")
    seen: dict[tuple[Any, ...], tuple[LifeRow, int]] = {}
    for entry in entries:
        row = _look(entry, reveals, files)
        each = entry.id if entry.object_type == Reveal._meta.label_lower else None
        key = (entry.act, entry.membership_id, timezone.localdate(entry.at), row.detail, each)
        first, times = seen.get(key, (row, 0))
        seen[key] = first, times + 1
    for row, times in seen.values():
        yield replace(row, detail=_times(row.detail, times)) if times > 1 else row


def _look(entry: AuditEntry, reveals: dict[str, Reveal], files: dict[str, Attachment]) -> LifeRow:
    detail, why = "", entry.reason
    if look := reveals.get(entry.object_id) if entry.object_type == Reveal._meta.label_lower else None:
        detail, why = reason_words(ReasonKind.REVEAL, look.reason, look.at), str(look.note)
    elif entry.object_type == Attachment._meta.label_lower:
        detail = files[entry.object_id].name
    role = entry.membership.role if entry.membership else ""
    what = str(LOOK_WORDS.get(entry.act, entry.act))
    return LifeRow(entry.at, Sort.LOOK, what, detail, why, entry.actor, entry.organisation, role, entry.membership)


def _times(detail: str, times: int) -> str:
    often = _("%(n)s times that day") % {"n": times}
    return f"{detail} · {often}" if detail else often


def limits(case: Case) -> Iterator[LifeRow]:
    """When each limit began, and when it was kept or missed."""
    for clock in Clock.objects.filter(case=case).select_related("assignment__unit").order_by("pk"):
        name = str(clock.get_kind_display())
        unit = str(clock.assignment.unit.label) if clock.assignment else ""
        due = _("due %(at)s") % {"at": _moment(clock.due_at)}
        words = {"limit": name}
        yield LifeRow(clock.started_at, Sort.LIMIT, _("Limit begins: %(limit)s") % words, _dotted(unit, due))
        if clock.breached_at:
            yield LifeRow(clock.due_at, Sort.LIMIT, _("Limit missed: %(limit)s") % words, unit)
        if clock.met_at:
            late = _("late") if clock.met_at > clock.due_at else _("in time")
            yield LifeRow(clock.met_at, Sort.LIMIT, _("Limit ends: %(limit)s") % words, _dotted(unit, late))


def calls(case: Case, by: Membership) -> Iterator[LifeRow]:
    rows = Call.objects.visible_to(by).filter(case=case).select_related("agent", "organisation")
    for call in rows.order_by("offered_at", "pk"):
        talked = _("talked %(n)s s") % {"n": round(call.talked.total_seconds())} if call.talked else ""
        detail = _dotted(str(call.get_direction_display()), call.fate, talked)
        yield LifeRow(call.offered_at, Sort.CALL, _("Call"), detail, "", call.agent, call.organisation)


def messages(case: Case) -> Iterator[LifeRow]:
    """What was sent because of it: how, to whom and what became of it; never the number or the words."""
    rows = Message.objects.filter(about=case.number).defer("body", "address")
    named = ("template", "author", "to_user", "to_organisation")
    for message in rows.select_related(*named).order_by("created_at", "pk"):
        to = message.to_user or message.to_organisation
        role = str(Role(message.to_role).label) if message.to_role in Role.values else ""
        whom = _dotted(str(to.label) if to else "" if role else _("citizen"), role)
        sent = str(message.get_state_display())
        channel = str(message.get_channel_display())
        yield LifeRow(
            message.sent_at or message.created_at,
            Sort.MESSAGE,
            _("Message: %(template)s") % {"template": message.template.label},
            _dotted(channel, whom, sent),
            "",
            message.author,
        )


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _dotted(*parts: str) -> str:
    return " · ".join(filter(None, parts))
