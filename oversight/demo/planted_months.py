"""The planted months of contractors: what they report of their calls, and how their inspectors mark."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from cases.models import Call
from contractors import clause_writing, contracting, marking, reconciliation, sampling
from contractors.agreed import ContractGiven, TermsGiven
from contractors.clause_writing import ClauseGiven
from contractors.marking import Found, MarkGiven
from contractors.models import Contract, Mark, Purpose
from contractors.quality_rules import RULES
from hotline import approving
from hotline.acts import NotNow
from hotline.calendar import Period
from hotline.models import Membership, Organisation
from hotline.roles import Role
from oversight.demo.planted_calls import a_call
from oversight.demo.planting import Plot, subject_of
from oversight.detector import Subject

CALLS, LOST, PUFFED = 240, 0.06, (1.03, 1.08)
CLAUSE = ClauseGiven(
    "4.1", "接通率", "connection_rate", target=Decimal(96), scoring={"kind": "linear", "slope": "1"}, weight=Decimal(20)
)
CONTACTS_A_WEEK, WEEKS = 60, 2
NEAR = {"read_back": "not_met", "ending": "partly"}  # 87.5 of 100, the pass mark being 85
PLACE, BETTER = "录音 01:10", "派单前须复述诉求。"


def tell(made: Plot) -> None:
    reports(made)
    marks(made)


def reports(made: Plot) -> None:
    """Every planted company's last month as it tells it; an honest one may miss a call that came late."""
    rng, now = made.scene.rng, made.scene.rhythm.now
    last = (timezone.localdate(now).replace(day=1) - timedelta(1)).replace(day=1)
    calls: list[Call] = []
    for company in made.companies:
        people = {m.role: m for m in made.scene.cast.all if m.organisation_id == company.pk}
        own = [_month_call(made, people[Role.AGENT], last) for _n in range(CALLS)]
        calls += own
        answered = sum(call.answered_at is not None for call in own)
        guilty = Subject(company.pk) in made.guilty["contractor_totals"]
        times = rng.uniform(*PUFFED) if guilty else 1
        said = (round(answered * times), round(CALLS * times) - (0 if guilty else rng.randrange(2)))
        content = f"条款,分子,分母\n4.1,{min(said)},{said[1]}\n".encode()
        by, at = people[Role.CONTRACTOR_MANAGER], now - timedelta(days=9)
        contract = _signed(made, company, last)
        reconciliation.upload(contract, by=by, at=at, month=last, name="自报.csv", content=content)
    Call.objects.bulk_create(calls)


def _month_call(made: Plot, agent: Membership, month: date) -> Call:
    rng, start = made.scene.rng, Period.month(month.year, month.month).start
    at = start + timedelta(days=rng.randrange(27), minutes=rng.randrange(480, 1080))
    lost = made.scene.happens(LOST)
    short = made.does("short_calls", subject_of(agent))  # a line drops for them as often as for anybody
    return a_call(made, agent, at, rng.randrange(2, 7) if short else rng.randrange(20, 240), lost=lost)


def _signed(made: Plot, company: Organisation, month: date) -> Contract:
    cast = made.scene.cast
    song, yan, at = cast.named("song"), cast.named("yan"), made.scene.rhythm.now - timedelta(days=120)
    first = date(month.year - 1, month.month, 1)
    given = ContractGiven(company, f"ZZ-{company.code}", [f"ZZ-{company.code}"], first, date(month.year + 1, 12, 31))
    terms = contracting.draft(given, TermsGiven(Decimal(120_000), 2), by=song, at=at)
    clause_writing.put(terms, CLAUSE, by=song, at=at)
    contracting.propose(terms, by=song, at=at)
    return contracting.sign(terms, by=yan, at=at).contract


def marks(made: Plot) -> None:
    """Two weeks of both contractors' own inspections, marked by whoever the system gives them to."""
    cast, now = made.scene.cast, made.scene.rhythm.now
    song, yan, today = cast.named("song"), cast.named("yan"), timezone.localdate(now)
    more = {**RULES.on(now), "n_ordinary": CONTACTS_A_WEEK, "n_new_staff": 0, "double_percent": 0}
    asked = approving.propose("quality", "all", more, valid_from=today, why="扩大抽样。", by=song, at=now)
    approving.approve(asked, by=yan, at=now)
    monday = today - timedelta(days=today.weekday())
    for code in ("JIA", "YI"):
        for week in range(1, WEEKS + 1):
            sampling.draw(cast.by_code[code], monday - timedelta(weeks=week), Purpose.INSPECTION, at=now, by=None)
    waiting = [m for m in cast.all if m.role == Role.QUALITY_INSPECTOR]
    while waiting:
        by = made.scene.rng.choice(waiting)
        try:
            mark = marking.take_next(by=by, at=now - timedelta(days=1))
        except NotNow:
            waiting.remove(by)
            continue
        near = made.does("marks_at_threshold", subject_of(by))
        marking.submit(mark, _a_mark(mark, near), by=by, at=now - timedelta(days=1))


def _a_mark(mark: Mark, near: bool) -> MarkGiven:
    """Everything met, or so much missing that it just passes."""
    lines = {}
    for item in marking.items_of(mark.contact):
        verdict = NEAR.get(item.code, "") if near else ""
        lines[item.code] = Found(verdict, PLACE) if verdict else Found("clear" if item.fatal else "full")
    return MarkGiven(lines, BETTER)
