"""Attributing bad outcomes as they happen, and ruling where whoever is named disputes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from cases.deadlines import local_date
from cases.models import Case, CaseEvent, Clock, ClockKind, EventKind, Satisfaction
from cases.permissions import check
from cases.registration import a_sentence
from contractors.attribution_rules import VERSION, Bad, attribute
from contractors.limits import working_days_after
from contractors.models import AgentComplaint, Attribution, AttributionDispute, BadOutcome, Party
from contractors.notices import tell
from contractors.quality_rules import RULES
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.roles import UNIT, Capability, Role

LOOKED_BACK = timedelta(days=7)  # so long a standstill is made up for
WORDS_LIMIT = 1000
ALWAYS = (EventKind.BOUNCE_GRANTED, EventKind.REFUSAL_OVERTURNED)


def to_attribute(at: datetime, *, back: timedelta = LOOKED_BACK, n: int = 500) -> list[tuple[list[Bad], str]]:
    """Bad outcomes of late that nobody was named for yet, by the act each follows from."""
    return [*_from_events(at - back, at, n), *_from_promises(at - back, at, n)]


def _from_events(since: datetime, at: datetime, n: int) -> list[tuple[list[Bad], str]]:
    bad = Q(payload__solved=False) | Q(payload__satisfaction__lt=Satisfaction.BASICALLY)
    events = CaseEvent.objects.between(since, at).filter(Q(kind__in=ALWAYS) | Q(bad, kind=EventKind.RATED))
    events = events.filter(~_known("event:")).select_related("case__taken_by_organisation").order_by("at", "id")[:n]
    return [
        ([Bad(event.case, outcome, event.round, event.at) for outcome in _outcomes(event)], f"event:{event.pk}")
        for event in events
    ]


def _outcomes(event: CaseEvent) -> list[BadOutcome]:
    if event.kind == EventKind.BOUNCE_GRANTED:
        return [BadOutcome.RETURNED]
    if event.kind == EventKind.REFUSAL_OVERTURNED:
        return [BadOutcome.REFUSED]
    satisfaction = event.payload.get("satisfaction")
    bad = [BadOutcome.UNSOLVED] if event.payload.get("solved") is False else []
    if satisfaction is not None and satisfaction < Satisfaction.BASICALLY:
        bad.append(BadOutcome.DISSATISFIED)
    return bad


def _from_promises(since: datetime, at: datetime, n: int) -> list[tuple[list[Bad], str]]:
    late = Clock.objects.filter(kind=ClockKind.PROMISE, due_at__gte=since, due_at__lt=at, breached_at__isnull=False)
    late = late.filter(~_known("clock:")).select_related("case__taken_by_organisation").order_by("due_at", "id")[:n]
    return [([Bad(c.case, BadOutcome.LATE, c.round, c.due_at)], f"clock:{c.pk}") for c in late]


def _known(kind: str) -> Exists:
    """Was the outcome of this act attributed before?"""
    source = Concat(Value(kind), Cast(OuterRef("pk"), CharField()))
    return Exists(Attribution.objects.filter(case=OuterRef("case"), source=source))


@verb
def enter(outcomes: Sequence[Bad], source: str, *, at: datetime, by: None = None) -> list[Attribution]:
    """Attribute what followed from one act, by the rules. Of what was attributed before nothing is entered again."""
    return [row for bad in outcomes if (row := _enter(bad, source, at=at)) is not None]


def enter_manner(complaint: AgentComplaint, *, at: datetime) -> None:
    """A complaint about an agent was found justified; within the act that found it."""
    case = Case.objects.select_related("taken_by_organisation").get(pk=complaint.about_id)
    _enter(Bad(case, BadOutcome.MANNER, case.round, at), f"complaint:{complaint.pk}", at=at)


def _enter(bad: Bad, source: str, *, at: datetime) -> Attribution | None:
    Case.objects.select_for_update(no_key=True).get(pk=bad.case.pk)
    if Attribution.objects.filter(case=bad.case, outcome=bad.outcome, source=source).exists():
        return None
    rule, whose = attribute(bad)
    return Attribution.objects.create(
        case=bad.case,
        outcome=bad.outcome,
        source=source,
        round=bad.round,
        occurred_at=bad.at,
        party=rule.party,
        organisation=whose,
        rule=rule.key,
        rules_version=VERSION,
        made_at=at,
    )


@verb
def dispute(row: Attribution, *, words: str, by: Membership, at: datetime) -> AttributionDispute:
    """Whoever is named says that it was not so. Raises NotAllowed for others, NotNow the second time."""
    check(by, Capability.ATTRIBUTION_DISPUTE)
    row = Attribution.objects.select_for_update(of=("self",)).select_related("organisation", "case").get(pk=row.pk)
    if row.organisation is None or not _speaks_for(by, row.organisation):
        raise NotAllowed(_("Only whoever is named may dispute it."))
    if AttributionDispute.objects.filter(attribution=row).exists():
        raise NotNow(_("It was disputed before."))
    kept = AttributionDispute.objects.create(
        attribution=row,
        words=a_sentence(words, field="words", limit=WORDS_LIMIT),
        asked_by_id=by.user_id,
        asked_for=by.organisation,
        asked_at=at,
        due_at=working_days_after(at, RULES.on(at)["dispute_days"]),
    )
    told = {"number": row.case.number, "who": row.organisation.name, "due": local_date(kept.due_at).isoformat()}
    tell("attribution_disputed", told, at=at, by=by, role=Role.QUALITY_OFFICER)
    return kept


@verb
def rule(kept: AttributionDispute, *, party: str, ruling: str, by: Membership, at: datetime) -> AttributionDispute:
    """Rule on a dispute: whose it was after all. By the government, never by whoever disputed it."""
    check(by, Capability.ATTRIBUTION_RULE)
    kept = (
        AttributionDispute.objects.select_for_update(of=("self",)).select_related("attribution__case").get(pk=kept.pk)
    )
    if kept.party:
        raise NotNow(_("This was ruled on before: %(how)s.") % {"how": kept.get_party_display()})
    if kept.asked_by_id == by.user_id or kept.asked_for_id == by.organisation_id:
        raise NotAllowed(_("You disputed it; somebody else must rule."))
    if party not in Party.values:
        raise Invalid(_("Say whose it was."), field="party")
    kept.party, kept.organisation = party, _named(kept.attribution, party)
    kept.ruling, kept.ruled_by_id, kept.ruled_at = a_sentence(ruling, field="ruling", limit=WORDS_LIMIT), by.user_id, at
    kept.save()
    told = {"number": kept.attribution.case.number, "party": kept.get_party_display(), "ruling": kept.ruling}
    tell("attribution_ruled", told, at=at, by=by, user=kept.asked_by)
    return kept


def _named(row: Attribution, party: str) -> Organisation | None:
    """Whose it is when a ruling says the contractor's or the unit's: of this case, then. Raises Invalid if none was."""
    bad = Bad(row.case, BadOutcome(row.outcome), row.round, row.occurred_at)
    unit = bad.lead.unit if bad.lead else None
    found = {Party.CONTRACTOR: bad.contractor, Party.UNIT: unit}.get(Party(party))
    if found is None and party != Party.NEITHER:
        raise Invalid(_("No such party had a hand in this case."), field="party")
    return found


def _speaks_for(by: Membership, named: Organisation) -> bool:
    if by.role in UNIT:
        return named.path.startswith(by.organisation.path)
    return named.pk == by.organisation_id
