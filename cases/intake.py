"""Taking a request: registration, drafts, and the outcomes that need no unit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cases import asking, deadlines, handing_over, reasons, verbatim, workflow
from cases.confidentiality import check_not_barred
from cases.models import (
    Call,
    Case,
    CaseText,
    Clock,
    ClockKind,
    DecisionKind,
    Draft,
    EventKind,
    KnowledgeArticle,
    Outcome,
    Quotation,
    ReasonKind,
    Status,
)
from cases.notifications import citizen_sms, local_time
from cases.permissions import check
from cases.registration import Registration, check_length, check_registration, cleaned, find_or_add_citizen
from cases.search import text_of, vector_literal
from hotline import ledger, outbox
from hotline.acts import Invalid, NotAllowed, NotNow, Stale, verb
from hotline.identifiers import case_number
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability


def next_number(on: date) -> str:
    """The next free case number of that local day. Numbers may be skipped, never given twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_next_serial(%s)", [on])
        return case_number(on, int(cursor.fetchone()[0]))


@verb
def register(
    registration: Registration, *, by: Membership, at: datetime, draft: Draft | None = None, call: Call | None = None
) -> Case:
    """Register a request and start the promise to the citizen; a dispatcher sends it on. Raises Invalid, NotAllowed."""
    check(by, Capability.CASE_REGISTER)
    case = _register(registration, by=by, at=at, draft=draft, call=call)
    outbox.post(citizen_sms(case, "registered", at=at, by=by, due=local_time(case.promise_due_at or at)))
    return case


@verb
def answer_directly(
    registration: Registration,
    *,
    by: Membership,
    at: datetime,
    answer: str,
    article: KnowledgeArticle | None = None,
    draft: Draft | None = None,
    call: Call | None = None,
) -> Case:
    """Register and answer in one step, in the course of the contact; the answer given is kept with its source."""
    check(by, Capability.CASE_ANSWER)
    if not (answer := clean_text(answer)):
        raise Invalid(_("Write the answer you gave, or quote one from the knowledge base."), field="answer")
    check_length(answer, field="answer")
    case = _register(registration, by=by, at=at, draft=draft, call=call)
    if article is not None and not KnowledgeArticle.objects.in_force(deadlines.local_date(at)).filter(pk=article.pk):
        raise Invalid(
            _("That knowledge article is no longer in force. Read it again and quote the new one."), field="answer"
        )
    source = {"article": article.key, "version": article.version} if article else {}
    if article is not None:
        ledger.add(Quotation(case=case, article=article, at=at))
    return workflow.end(
        case,
        "answer",
        Status.CLOSED,
        Outcome.ANSWERED,
        by=by,
        at=at,
        kind=EventKind.ANSWERED,
        why=answer,
        payload=source,
    )


@verb
def refuse(
    registration: Registration,
    *,
    by: Membership,
    at: datetime,
    ground: str,
    route: str,
    draft: Draft | None = None,
    call: Call | None = None,
) -> Case:
    """Register as not accepted, with the legal ground and the route the citizen was told; government reviews it."""
    check(by, Capability.CASE_REFUSE)
    missing = _("Choose the ground for not accepting the request.")
    reasons.chosen(ReasonKind.REFUSAL, ground, at, field="ground", missing=missing)
    if not (route := clean_text(route)):
        raise Invalid(_("Write which way you told the citizen to go."), field="route")
    check_length(route, field="route")
    case = _register(registration, by=by, at=at, draft=draft, call=call)
    asking.ask(case, DecisionKind.REFUSAL, by=by, at=at, reason=ground, told=route)
    return workflow.end(
        case,
        "refuse",
        Status.REFUSED,
        Outcome.REFUSED,
        by=by,
        at=at,
        kind=EventKind.REFUSED,
        why=route,
        payload={"ground": ground},
    )


@verb
def hand_over(
    registration: Registration,
    *,
    by: Membership,
    at: datetime,
    to: str,
    three_way: bool = False,
    note: str = "",
    accepted_by: str = "",
    draft: Draft | None = None,
    call: Call | None = None,
) -> Case:
    """Ask another line at once to take an emergency; the record may be as short as it has to be.

    The case is the line's as soon as it accepts: with ``accepted_by``, who took it there, that is now.
    """
    check(by, Capability.CASE_HAND_OVER)
    handing_over.check_line(to)
    case = _register(registration, by=by, at=at, draft=draft, call=call)
    return handing_over.offered(case, to, by=by, at=at, three_way=three_way, note=note, accepted_by=accepted_by)


def _register(given: Registration, *, by: Membership, at: datetime, draft: Draft | None, call: Call | None) -> Case:
    said = cleaned(given)
    check_registration(said, at)
    given = verbatim.without_numbers(said)
    draft = _taken_up(draft, by)
    on = deadlines.local_date(at)
    case = Case(
        number=draft.number if draft else next_number(on),
        kind=given.kind,
        channel=given.channel,
        upstream_platform=given.upstream_platform or given.channel.platform,
        upstream_number=given.upstream_number,
        category=given.category,
        region=given.region,
        place=given.place,
        latitude=given.latitude,
        longitude=given.longitude,
        title=given.title,
        words=given.words,
        urgency=given.urgency,
        confidential=given.confidential,
        subject_unit=given.subject_unit,
        citizen=find_or_add_citizen(given, at=at),
        callback_wish=given.callback_wish,
        taken_by_id=by.user_id,
        taken_by_organisation_id=by.organisation_id,
        proposed_unit=given.proposed_unit,
        routing=given.routing,
        registered_at=at,
        changed_at=at,
    )
    if case.proposed_unit is not None:
        check_not_barred(case, [case.proposed_unit], field="unit")
    clocks = deadlines.start_promise(case, at, ClockKind.DISPATCH)
    case.save(force_insert=True)
    verbatim.keep(case, *verbatim.texts(said), at=at, name=said.name)
    ledger.add(CaseText(case=case, bigrams=vector_literal(text_of(case)), registered_at=at))
    Clock.objects.bulk_create(clocks)
    workflow.append(case, EventKind.REGISTERED, by=by, at=at, to_status=case.status, payload=_intake_facts(given, call))
    if call is not None:  # it stays with the first case it led to
        known = {"citizen": case.citizen} if case.citizen else {}
        Call.objects.filter(pk=call.pk, case__isnull=True).update(case=case, **known)
    if draft is not None:
        draft.delete()
    return case


def _taken_up(draft: Draft | None, by: Membership) -> Draft | None:
    """The person's own draft, locked: of two windows that send the same record, one makes the case."""
    if draft is None:
        return None
    found = Draft.objects.select_for_update().filter(pk=draft.pk, owner=by.user_id).first()
    if found is None:
        raise NotNow(
            _("%(number)s was already registered, in another window or on another machine. Nothing was done twice.")
            % {"number": draft.number}
        )
    return found


def _intake_facts(given: Registration, call: Call | None) -> dict[str, Any]:
    """What the intake event keeps besides the case itself, for the measures."""
    return {
        "kind": given.kind,
        "category": given.category.code if given.category else None,
        "proposed_unit": given.proposed_unit.code if given.proposed_unit else None,
        "call": str(call.pk) if call else None,
    }


@verb
def open_draft(*, by: Membership, at: datetime, fields: dict[str, Any], call: Call | None = None) -> Draft:
    """Begin a record: it gets the case's number now, so that the citizen can be told it."""
    check(by, Capability.CASE_REGISTER)
    number = next_number(deadlines.local_date(at))
    draft = Draft(number=number, owner_id=by.user_id, call=call, fields=fields, created_at=at, saved_at=at)
    draft.save(force_insert=True)
    return draft


def save_draft(draft: Draft, *, by: Membership, at: datetime, fields: dict[str, Any]) -> Draft:
    """Keep what has been typed so far. Not an act: nobody else sees it, so it leaves no audit entry.

    Raises Stale if the draft is not any more as it was read: another window saved it, and would be overwritten.
    """
    if draft.owner_id != by.user_id:
        raise NotAllowed(_("This draft belongs to somebody else."))
    with transaction.atomic():
        saved_at = Draft.objects.select_for_update().filter(pk=draft.pk).values_list("saved_at", flat=True).first()
        if saved_at is None:
            raise NotNow(_("This record was finished meanwhile."))
        if saved_at != draft.saved_at:
            raise Stale(_("Another window of yours saved this draft meanwhile. Nothing was overwritten: compare."))
        draft.fields, draft.saved_at = fields, at
        draft.save(update_fields=["fields", "saved_at"])
    return draft


@verb
def drop_draft(draft: Draft, *, by: Membership, at: datetime) -> None:
    """Throw a record away that became no case. Its number is not given again."""
    if draft.owner_id != by.user_id:
        raise NotAllowed(_("This draft belongs to somebody else."))
    draft.delete()
