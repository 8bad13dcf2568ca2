"""Cases about the same thing, handled as one: joining, taking out, choosing the main case. Nothing is merged away.

Each caller keeps number, clock, survey and answer. Every act is one transaction that locks its cases in the order of
their keys, so of several people who join the same cases each finds what the others left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from cases import deadlines, workflow
from cases.models import (
    ACTIVE,
    WITH_UNIT,
    Assignment,
    AssignmentState,
    Burst,
    Case,
    CaseEvent,
    CaseGroup,
    Clock,
    ClockKind,
    Decision,
    DecisionState,
    EventKind,
    Status,
)
from cases.notifications import unit_notice
from cases.permissions import check
from cases.registration import TITLE_LIMIT
from hotline import ledger, outbox
from hotline.acts import Invalid, NotNow, Refusal, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

AT_ONCE = 500
UNIT_LEGS = (ClockKind.DISPATCH, ClockKind.SIGN, ClockKind.CONTACT, ClockKind.HANDLE)
Seen = tuple[Case, int | None]  # a case, and the version at which somebody looked at it


@dataclass
class Linked:
    """What became of each case; a case that stayed as it was has the reason beside it."""

    group: CaseGroup
    main: Case
    done: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, Refusal]] = field(default_factory=list)


@verb
def join(main: Case, chosen: Sequence[Seen], *, by: Membership, at: datetime, title: str = "") -> Linked:
    """Join cases to the main case, which gets a group if it leads none. Whatever units did with them ends.

    Raises NotNow if not one of them could be joined; ``extra['refused']`` says why of each.
    """
    title = clean_text(title)
    if len(title) > TITLE_LIMIT:
        raise Invalid(_("The title has at most %(limit)s characters.") % {"limit": TITLE_LIMIT}, field="title")
    return _join(main, chosen, by=by, at=at, title=title)


@verb
def gather(burst: Burst, *, by: Membership, at: datetime) -> Linked:
    """Make a group of the burst's cases within the person's reach: its main case, or the first that can lead, leads."""
    reach = burst.cases().visible_to(by).open().filter(group=None).order_by("registered_at", "pk")
    cases = list(reach[: AT_ONCE + 1])
    group = CaseGroup.objects.open().filter(bursts=burst).select_related("main").first()
    if not cases:
        raise NotNow(_("No open case of this burst is left to be joined."))
    main = group.main if group else cases[0]
    others = [case for case in cases if case.pk != main.pk][:AT_ONCE]
    linked = _join(main, [(case, None) for case in others], by=by, at=at, title="")
    Burst.objects.filter(pk=burst.pk).update(group=linked.group)
    return linked


def _join(main: Case, chosen: Sequence[Seen], *, by: Membership, at: datetime, title: str) -> Linked:
    check(by, Capability.CASE_LINK)
    _check_number(chosen)
    rows = _locked([main, *(case for case, _version in chosen)])
    main = rows[main.pk]
    _check_can_lead(main, by)
    group = CaseGroup.objects.open().filter(main=main).first() or _opened(main, title or main.title, by=by, at=at)
    linked = _sorted(group, rows, chosen, by=by, name="join", main=main)
    if not linked.done:
        raise _nothing_done(linked, _("None of the cases could be joined."))
    _take_from_units(linked.done, by=by, at=at)
    _write(linked, EventKind.JOINED, by=by, at=at, group=group)
    return linked


def _check_number(chosen: Sequence[Seen]) -> None:
    if not chosen:
        raise Invalid(_("Choose at least one case."), field="cases")
    if len(chosen) > AT_ONCE:
        raise Invalid(_("At most %(n)s cases at a time.") % {"n": AT_ONCE}, field="cases")


def _locked(cases: Iterable[Case]) -> dict[int, Case]:
    keys = sorted({case.pk for case in cases})
    rows = Case.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def _check_can_lead(main: Case, by: Membership) -> None:
    check(by, Capability.CASE_LINK, main)
    if main.confidential:
        raise NotNow(_("A confidential case is handled by itself; it leads no group."))
    if main.group_id is not None:
        raise NotNow(_("This case is itself joined to a group. Join the others to that group's main case."))
    if not main.is_open:
        raise NotNow(_("The case has ended. Choose an open one as the main case."))


def _opened(main: Case, title: str, *, by: Membership, at: datetime) -> CaseGroup:
    group = CaseGroup.objects.create(title=title, main=main, opened_by_id=by.user_id, opened_at=at, changed_at=at)
    workflow.record(main, EventKind.LEADS, by=by, at=at, payload={"group": group.pk})
    return group


def _sorted(
    group: CaseGroup,
    rows: dict[int, Case],
    chosen: Sequence[Seen],
    *,
    by: Membership,
    name: str,
    main: Case,
) -> Linked:
    """Which of the locked cases can make the move, and why the others cannot."""
    linked, leading = Linked(group, main), _leading(rows)
    for key, version in {case.pk: version for case, version in chosen if case.pk != main.pk}.items():
        case = rows[key]
        try:
            check(by, Capability.CASE_LINK, case)
            workflow.check_version(case, version)
            if name == "join":
                _check_can_join(case, leading)
            elif case.group_id != group.pk:
                raise NotNow(_("The case is not in this group."))
            workflow.check_move(case, name)
        except Refusal as refusal:
            linked.refused.append((case, refusal))
        else:
            linked.done.append(case)
    return linked


def _leading(rows: dict[int, Case]) -> set[int]:
    """Which of them lead a group of their own."""
    return set(CaseGroup.objects.open().filter(main__in=list(rows)).values_list("main_id", flat=True))


def _check_can_join(case: Case, leading: set[int]) -> None:
    if case.confidential:
        raise NotNow(_("A confidential case is handled by itself and joins no group."))
    if case.group_id is not None:
        raise NotNow(_joined_before(case))
    if case.pk in leading:
        raise NotNow(_("The case leads a group of its own. Join its cases first."))


def _joined_before(case: Case) -> str:
    """Who joined it to what, and when: what the second of two people is told."""
    last = CaseEvent.objects.of(case).filter(kind=EventKind.JOINED).select_related("by").latest_first().first()
    main = CaseGroup.objects.select_related("main").get(cases=case).main
    words = {"main": main.number, "who": last.by.label if last and last.by else "—"}
    return _("%(who)s joined it to %(main)s before.") % words


def no_such_case(number: str) -> str:
    return _("There is no case %(number)s.") % {"number": number[:30]}


def _nothing_done(linked: Linked, sentence: str) -> NotNow:
    refused = [{"number": case.number, "reason": str(why), **why.extra} for case, why in linked.refused]
    return NotNow(sentence, refused=refused)


def _take_from_units(cases: list[Case], *, by: Membership, at: datetime) -> None:
    """Their own dispatch, and what units were doing, is over: the main case is worked on."""
    keys = [case.pk for case in cases]
    parts = Assignment.objects.filter(case__in=keys, state__in=ACTIVE)
    with_units = {part.case_id: part.unit_id for part in parts.order_by("role")}  # the lead's comes last
    outbox.post(*(unit_notice(with_units[c.pk], "joined", c, at=at, by=by) for c in cases if c.pk in with_units))
    parts.update(state=AssignmentState.WITHDRAWN, ended_at=at, leg_due_at=None)
    Decision.objects.open().filter(case__in=keys).update(
        state=DecisionState.WITHDRAWN, ruled_at=at, ruled_by_id=by.user_id
    )
    legs = Clock.objects.running().filter(case__in=keys, kind__in=UNIT_LEGS)
    workflow.stop(legs, at=at, met=[ClockKind.DISPATCH])


def _write(
    linked: Linked, kind: EventKind, *, by: Membership, at: datetime, group: CaseGroup | None, why: str = ""
) -> None:
    """One statement for the cases, one event for each, and the group is the latest changed."""
    facts = {"group": linked.group.pk, "main": linked.group.main_id}
    for case in linked.done:
        before, case.group, case.version, case.changed_at = case.status, group, case.version + 1, at
        if case.status in WITH_UNIT:
            case.status, case.unit = Status.REGISTERED, None
        ledger.add(
            workflow.event_of(
                case, kind, by=by, at=at, from_status=before, to_status=case.status, payload=facts, why=why
            )
        )
    Case.objects.filter(pk__in=[case.pk for case in linked.done]).update(
        group=group, status=Status.REGISTERED, unit=None, version=F("version") + 1, changed_at=at
    )
    CaseGroup.objects.filter(pk=linked.group.pk).update(changed_at=at)


@verb
def leave(group: CaseGroup, chosen: Sequence[Seen], *, by: Membership, at: datetime, why: str) -> Linked:
    """Take cases out of the group again: each waits for its own dispatch, its promise to the citizen unchanged.

    Of the last one the group ends. Raises NotNow if not one of them could be taken out.
    """
    check(by, Capability.CASE_LINK)
    _check_number(chosen)
    if not (why := clean_text(why)):
        raise Invalid(_("Write why it is another matter."), field="why")
    rows = _locked(case for case, _version in chosen)
    linked = _sorted(group, rows, chosen, by=by, name="leave", main=group.main)
    if not linked.done:
        raise _nothing_done(linked, _("None of the cases could be taken out."))
    _write(linked, EventKind.LEFT, by=by, at=at, group=None, why=why)
    Clock.objects.bulk_create(deadlines.start(case, ClockKind.DISPATCH, at) for case in linked.done)
    if not Case.objects.filter(group=group).exists():
        CaseGroup.objects.open().filter(pk=group.pk).update(ended_at=at, ended_by=by.user_id)
    return linked


@verb
def choose_main(group: CaseGroup, case: Case, *, by: Membership, at: datetime, version: int | None) -> CaseGroup:
    """Let another case of the group lead it: while the main case waits for dispatch, or after it ended without a reply.

    The old main case, if it still waits, joins the others.
    """
    check(by, Capability.CASE_LINK)
    rows = _locked([case, group.main])
    now = CaseGroup.objects.open().select_for_update().filter(pk=group.pk, main=group.main_id).first()
    if now is None:
        raise NotNow(_("Somebody else changed this group meanwhile."))
    group, old, case = now, rows[group.main_id], rows[case.pk]
    workflow.check_version(case, version)
    if case.group_id != group.pk or case.status != Status.REGISTERED:
        raise NotNow(_("Only a case of the group that still waits can lead it."))
    if old.is_open and old.status != Status.REGISTERED:
        raise NotNow(_("The main case is being handled; it stays the main case."))
    case.group = None
    group.main, group.changed_at = case, at
    group.save(update_fields=["main", "changed_at"])
    Clock.objects.bulk_create([deadlines.start(case, ClockKind.DISPATCH, at)])
    workflow.record(case, EventKind.LEADS, by=by, at=at, payload={"group": group.pk})
    if old.is_open:
        _take_from_units([old], by=by, at=at)
        _write(Linked(group, case, [old]), EventKind.JOINED, by=by, at=at, group=group)
    return group
