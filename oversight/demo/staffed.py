"""The contractors' people in the demo city: on record, carried over to the next contract, some proofs checked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from cases.attachments import Upload
from cases.deadlines import local_date
from contractors import clause_writing, contracting, employing, handover, proofs, scope
from contractors.agreed import ContractGiven, agreed_in
from contractors.models import Contract, Employment, Leaving, Proof
from contractors.proofs import people_named
from hotline import approving
from hotline.models import Membership
from hotline.roles import SWITCHABLE, Capability
from oversight.demo.cast import Cast
from oversight.demo.contracted import CLAUSES

POSITIONS = {"agent": "话务员", "shift_leader": "班长", "quality_inspector": "质检员", "contractor_manager": "项目经理"}
MANAGERS = {"JIA": "luo", "YI": "tang"}
BEFORE_THE_END = timedelta(days=3)


def tell(cast: Cast, now: datetime) -> None:
    """Everybody works on under a contract that follows; of Jia there are proofs, one of them to be checked."""
    yan, song = cast.named("yan"), cast.named("song")
    for code, manager in MANAGERS.items():
        contract = Contract.objects.signed().filter(organisation__code=code).order_by("-term")[0]
        signed = min(now, contract.term.upper - BEFORE_THE_END)
        _on_record(
            contract, [who for who in cast.all if who.organisation.code == code], yan, at=contract.signed_at or now
        )
        following = _following(contract, song, yan, at=signed)
        employing.carry_over(following, by=cast.named(manager), at=signed)
        if code == "JIA":
            _prove(contract, cast.named(manager), song, now)
            handover.begin(contract, by=song, at=now - timedelta(hours=3))
            _narrower(contract, song, now)


def _on_record(contract: Contract, people: list[Membership], by: Membership, *, at: datetime) -> None:
    Employment.objects.bulk_create(
        Employment(
            contract=contract,
            user_id=who.user_id,
            position=POSITIONS[who.role],
            qualification="普通话二级甲等" if who.role == "agent" else "",
            period=DateTimeTZRange(contract.term.lower, contract.term.upper),
            leaving=Leaving.CONTRACT,
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
        for who in {who.user_id: who for who in people}.values()
    )


def _following(contract: Contract, song: Membership, yan: Membership, *, at: datetime) -> Contract:
    first = local_date(contract.term.upper)
    last = first.replace(year=first.year + 1) - timedelta(days=1)
    lots = list(contract.lots.values_list("lot", flat=True))
    given = ContractGiven(contract.organisation, f"{contract.number}-续", lots, first, last, f"YZCG-{first.year}-009")
    draft = contracting.draft(
        given, agreed_in(contract.terms.filter(state="approved").latest("version")), by=song, at=at
    )
    for clause in CLAUSES:
        clause_writing.put(draft, clause, by=song, at=at)
    contracting.propose(draft, by=song, at=at)
    return contracting.sign(draft, by=yan, at=at).contract


def _prove(contract: Contract, luo: Membership, song: Membership, now: datetime) -> None:
    """An agreement of everybody, last month's insurance and a training are checked; the payroll is not yet."""
    last = (local_date(now).replace(day=1) - timedelta(days=1)).replace(day=15)
    begun = local_date(contract.term.lower)
    hour = now - timedelta(hours=5)
    checked = [
        _brought(contract, "confidentiality", begun, "保密协议.txt", luo, hour),
        _brought(contract, "insurance", last, "社保缴费清单.txt", luo, hour),
        _brought(contract, "training", last, "培训签到表.txt", luo, hour, hours=Decimal("4.5")),
    ]
    for row in checked:
        proofs.accept(row, by=song, at=hour + timedelta(hours=1))
    _brought(contract, "wage", last, "工资表.txt", luo, now - timedelta(hours=1), people="1024 6120.50\n1025 5988.00")


def _brought(
    contract: Contract,
    kind: str,
    on: date,
    name: str,
    by: Membership,
    at: datetime,
    *,
    people: str = "",
    hours: Decimal | None = None,
) -> Proof:
    about = people_named(contract, people, kind, on)
    upload = Upload(name, f"{name} {contract.number} {on}\n".encode())
    return proofs.submit(contract, upload, by=by, at=at, kind=kind, on=on, people=about, hours=hours)


def _narrower(contract: Contract, song: Membership, now: datetime) -> None:
    """A change of the scope waits for the head: refusals shall be the office's."""
    allowed = [right.value for right in SWITCHABLE if right != Capability.CASE_REFUSE]
    day = local_date(now)
    approving.propose(
        scope.KEY,
        contract.number,
        {"allowed": allowed},
        valid_from=day,
        why="不予受理改由热线办作出，承包商只登记。",
        by=song,
        at=now - timedelta(minutes=40),
    )
