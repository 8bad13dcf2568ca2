"""A case for every way of standing to one, each with what a case may have; and what belongs to a person alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cases import (
    attachments,
    catalogue_uploads,
    decisions,
    dispatching,
    handling,
    independent_drawing,
    intake,
    knowledge,
    learning,
    linking,
    reviewing,
    saved_views,
)
from cases.attachments import Upload
from cases.models import Assignment, Burst, Case, Decision, Survey
from contractors import assessments, handover, staff_tables
from contractors.models import Contract
from hotline import tokens
from hotline.identifiers import case_number
from hotline.models import Membership
from tests import publications
from tests.access.ground_audit import lay_audit, own_export
from tests.access.ground_quality import lay_quality, own_quality
from tests.catalogue import a_line, a_version, approved
from tests.contractors import staffing
from tests.contractors import stories as contracts
from tests.findings import noticed
from tests.knowledge import drafted, in_force, reported
from tests.people import category, local, member, region, unit
from tests.rules import proposed
from tests.stories import MONDAY, a_registration, a_reply, current, disputed

LANDLINE = "0593-6000123"  # no SMS reaches it, so the citizen is called back
PEOPLE = "姓名,工号\n田甜,7031\n"
TABLE = "分类,主办单位\n窨井盖,市城市管理局\n"
HANDS = {"CGJ": "sun", "SWJ": "lin", "DHQ": "cao", "QSJD": "yuan"}
ABSENT_NUMBER, ABSENT_KEY, ABSENT_UUID = case_number(date(2026, 3, 9), 98_765), 900_000_001, uuid.UUID(int=7)
Place = dict[str, Any]


@dataclass
class Ground:
    """Of each kind: its things by name, each as what an address wants to find it."""

    things: dict[str, dict[str, Place]] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    owned: dict[str, dict[str, Place]] = field(default_factory=dict)

    def add(self, about: str, name: str, **place: Any) -> None:
        self.things.setdefault(about, {})[name] = place


ABSENT: dict[str, Place] = {
    "case": {"number": ABSENT_NUMBER},
    "hand": {"number": ABSENT_NUMBER},
    "assignment": {"pk": ABSENT_KEY},
    "model": {"pk": ABSENT_KEY},
    "decision": {"pk": ABSENT_KEY},
    "proposal": {"pk": ABSENT_KEY},
    "survey": {"pk": ABSENT_UUID},
    "attachment": {"number": ABSENT_NUMBER, "pk": ABSENT_UUID},
    "group": {"pk": ABSENT_KEY},
    "burst": {"pk": ABSENT_KEY},
    "person": {"pk": ABSENT_KEY},
    "membership": {"pk": ABSENT_UUID},
    "version": {"pk": ABSENT_KEY},
    "table": {"pk": ABSENT_KEY},
    "change": {"pk": ABSENT_KEY, "change": ABSENT_KEY},
    "answer": {"pk": ABSENT_KEY},
    "answer_file": {"pk": ABSENT_KEY, "file": ABSENT_UUID},
    "file": {"pk": ABSENT_UUID},
    "kept": {"key": "absent"},
    "report": {"pk": ABSENT_KEY},
    "signed": {"pk": ABSENT_KEY},
    "employment": {"pk": ABSENT_KEY},
    "proof": {"pk": ABSENT_UUID},
    "stafftable": {"pk": ABSENT_UUID},
    "contract": {"pk": ABSENT_KEY},
    "terms": {"pk": ABSENT_KEY},
    "clause": {"pk": ABSENT_KEY, "clause": ABSENT_KEY},
    "assessment": {"pk": ABSENT_KEY},
    "result": {"pk": ABSENT_KEY},
    "objection": {"pk": ABSENT_KEY},
    "objection_file": {"pk": ABSENT_UUID},
    "signature_file": {"pk": ABSENT_UUID},
    "incident": {"pk": ABSENT_KEY},
    "draw": {"pk": ABSENT_KEY},
    "sample": {"pk": ABSENT_KEY},
    "contact": {"pk": ABSENT_KEY},
    "recording": {"pk": ABSENT_KEY},
    "appeal": {"pk": ABSENT_KEY},
    "scorecard": {"pk": ABSENT_KEY},
    "complaint": {"pk": ABSENT_KEY},
    "attribution": {"pk": ABSENT_KEY},
    "contested": {"pk": ABSENT_KEY},
    "finding": {"pk": ABSENT_KEY},
    "export": {"pk": ABSENT_KEY},
    "own export": {"pk": ABSENT_KEY},
    "draftsample": {"pk": ABSENT_KEY},
    "auditsample": {"pk": ABSENT_KEY},
    "auditedcase": {"pk": ABSENT_KEY, "position": 1},
    "template": {"pk": ABSENT_KEY},
    "bulletin": {"pk": ABSENT_KEY},
    "retold": {"pk": ABSENT_KEY},
    "topic": {"pk": ABSENT_KEY},
    "topicname": {"pk": ABSENT_KEY},
    "own mark": {"pk": ABSENT_KEY},
    "own contact": {"pk": ABSENT_KEY},
    "own recording": {"pk": ABSENT_KEY},
    "own draft": {"pk": ABSENT_UUID},
    "own view": {"pk": ABSENT_KEY},
    "own key": {"pk": ABSENT_UUID},
}


def lay(people: Iterable[str]) -> Ground:
    """The cases of ``reach.txt``, and what belongs to these people alone."""
    ground = Ground(owned={username: own_things(member(username)) for username in people})
    lay_cases(ground)
    ground.add("model", "learned", pk=learning.ask_training("category", by=member("yan"), at=MONDAY).pk)
    for name in ("jias_in_hand", "jias_with_cgj", "yis_with_qsjd"):
        ground.add("hand", name, number=ground.cases[name].number)
    ground.add("proposal", "next_limit", pk=proposed().pk)
    ground.add("finding", "about_wang", pk=noticed("wang").pk)
    lay_publications(ground)
    for name, username in (("jias_agent", "li"), ("a_unit_head", "kang")):
        ground.add("person", name, pk=member(username).user_id)
        ground.add("membership", name, pk=member(username).pk)
    lay_versions(ground)
    lay_answers(ground)
    ground.add("draw", "a_sunday", pk=independent_drawing.draw(date(2026, 3, 8), at=MONDAY, by=None).pk)
    lay_paper(ground)
    contract = contracts.under_way(**contracts.running())
    lay_staff(ground, contract, staffing.contract_of("YI", **contracts.running()))
    lay_contracts(ground, contract)
    jias, cgjs, about = (ground.cases[name] for name in ("jias_with_dhq", "jias_with_cgj", "jias_shared"))
    lay_audit(ground)
    lay_quality(ground, about, ground.cases["offices_own"], jias=jias, cgjs=cgjs)
    return ground


def lay_cases(ground: Ground) -> None:
    """The cases of ``reach.txt`` alone."""
    keep(ground, "jias_with_cgj", answered(taken("wang"), "CGJ"))
    keep(ground, "jias_in_hand", in_hand(taken("wang"), "CGJ"))
    keep(ground, "jias_shared", answered(taken("wang"), "SWJ", beside="CGJ"))
    keep(ground, "jias_with_dhq", answered(taken("wang"), "DHQ"))
    keep(ground, "yis_with_qsjd", answered(taken("chen"), "QSJD"))
    keep(ground, "yis_moved_on", moved_on(taken("chen")))
    keep(ground, "yis_new", taken("chen"))
    keep(ground, "offices_own", answered(taken("zhou"), "CGJ"))
    keep(ground, "systems_own", answered(taken("telephony", with_file=False), "SWJ"))
    keep(ground, "jias_disputed", disputed(taken("wang")))
    secret = {"confidential": True, "subject_unit": unit("CGJ"), "proposed_unit": None}
    keep(ground, "kept_from_cgj", answered(taken("wang", with_file=False, **secret), "SWJ"))
    about_the_same(ground, taken("wang"), main=ground.cases["jias_in_hand"])


def lay_staff(ground: Ground, jias: Contract, yis: Contract) -> None:
    """Under each contractor's contract an agent, a proof, a table of people; its end is prepared."""
    at = timezone.now()
    for name, contract, agent, manager in (("jias", jias, "wang", "luo"), ("yis", yis, "chen", "tang")):
        handover.begin(contract, by=member("song"), at=at)
        employment = staffing.employed(agent, contract)
        proof = staffing.brought(by=manager, contract=contract)
        table = staff_tables.upload(contract, "a.csv", PEOPLE.encode(), by=member(manager), at=at)
        ground.add("signed", f"{name}_year", pk=contract.pk)
        ground.add("employment", f"{name}_agent", pk=employment.pk)
        ground.add("proof", f"{name}_insurance", pk=proof.pk)
        ground.add("stafftable", f"{name}_table", pk=table.pk)


def lay_paper(ground: Ground) -> None:
    """A month that Jia signed on paper: its contract was over then, and its next not signed yet."""
    december, at = date(2025, 12, 1), local("2026-01-03 10:00")
    before = {"first_day": december, "last_day": date(2025, 12, 31), "number": "YZ-HW-2025-01"}
    contract = contracts.under_way(at=local("2025-11-15 10:00"), **before)
    month = contracts.shown(contracts.run(contract, at=at, month=december), at=at)
    scan = Upload("signed.txt", "予以确认。".encode())
    month = assessments.sign_on_paper(
        month, by=member("song"), at=at, received_at=at, received_from="罗经理", uploads=[scan]
    )
    ground.add("signature_file", "jias_2026", pk=month.paper.files.get().pk)


def lay_contracts(ground: Ground, contract: Contract) -> None:
    """Jia's contract with a month it objects to; Yi's next is being written."""
    ground.add("incident", "jias_2026", pk=contracts.forged().pk)
    month = contracts.shown(contracts.run(contract))
    objection = contracts.objected(month, uploads=[Upload("proof.txt", "故障单".encode())])
    own = contract.terms.get()
    draft = contracts.drafted(organisation=unit("YI"), number="YZ-HW-2027-02", lots=["二标段"], **contracts.NEXT_YEAR)
    others = contracts.a_clause(draft)
    for name, terms, clause in (("jias_2026", own, own.clauses.in_order()[0]), ("yis_draft", draft, others)):
        ground.add("contract", name, pk=terms.contract_id)
        ground.add("terms", name, pk=terms.pk)
        ground.add("clause", name, pk=terms.pk, clause=clause.pk)
    ground.add("assessment", "jias_2026", pk=month.pk)
    ground.add("result", "jias_2026", pk=objection.result_id)
    ground.add("objection", "jias_2026", pk=objection.pk)
    ground.add("objection_file", "jias_2026", pk=objection.files.get().pk)


def lay_publications(ground: Ground) -> None:
    """A bulletin in draft, a case retold, two hot topics of which the public may read one, a month of open data."""
    bulletin = publications.a_bulletin()
    ground.add("template", "daily", pk=bulletin.template_id)
    ground.add("bulletin", "tuesday", pk=bulletin.pk)
    ground.add("retold", "manhole", pk=publications.a_retold().pk)
    many = [current(case) for case in ground.cases.values() if not case.confidential]
    water = publications.a_topic(*many, name="停水")
    ground.add("topicname", "water", pk=publications.released(water).pk)
    later = MONDAY + timedelta(days=1)
    ground.add("topic", "heating", pk=publications.a_topic(*many, at=later, on=later.date()).pk)
    publications.a_month()


def about_the_same(ground: Ground, other: Case, *, main: Case) -> None:
    """A case joined to another, and a burst."""
    linked = linking.join(current(main), [(other, None)], by=member("zhou"), at=MONDAY)
    ground.add("group", "jias_in_hand", pk=linked.group.pk)
    keep(ground, "jias_joined", current(other))
    burst = Burst.objects.create(
        category=category(), region=region(), n=9, first_at=MONDAY, last_at=MONDAY, noticed_at=MONDAY
    )
    ground.add("burst", "manholes", pk=burst.pk)


def lay_answers(ground: Ground) -> None:
    """Sun writes two answers; Wang finds one wrong."""
    draft, by = drafted(), member("sun")
    file = knowledge.add_file(draft, Upload("form.txt", "申请表".encode()), by=by, at=MONDAY)
    ground.add("answer", "bicycles", pk=draft.pk)
    ground.add("file", "bicycles", pk=file.pk)
    ground.add("answer_file", "bicycles", pk=draft.pk, file=file.pk)
    answer = in_force(title="流动摊贩找谁管")
    ground.add("kept", "hawkers", key=answer.key)
    ground.add("report", "hawkers", pk=reported(answer).pk)


def lay_versions(ground: Ground) -> None:
    """Zhou changes the catalogue; Yan approves one of the versions."""
    table = catalogue_uploads.upload("a.csv", TABLE.encode(), by=member("zhou"), at=MONDAY)
    ground.add("table", "in_draft", pk=table.pk)
    for name, code in (("in_draft", "JSJD"), ("approved", "LCJD")):
        version = a_version(a_line(unit=unit(code)))
        ground.add("version", name, pk=version.pk)
        ground.add("change", name, pk=version.pk, change=version.changes.get().pk)
        if name == "approved":
            approved(version)


def keep(ground: Ground, name: str, case: Case) -> None:
    ground.cases[name] = case
    ground.add("case", name, number=case.number)
    for part in Assignment.objects.filter(case=case).select_related("unit"):
        ground.add("assignment", f"{name}/{part.unit.code}", pk=part.pk)
    for asked in Decision.objects.filter(case=case):
        ground.add("decision", name, pk=asked.pk)
    for survey in Survey.objects.filter(case=case):
        ground.add("survey", name, pk=survey.pk)
    for file in case.attachments.all():
        ground.add("attachment", name, number=case.number, pk=file.pk)


def taken(username: str, *, with_file: bool = True, **given: Any) -> Case:
    by = member(username)
    case = intake.register(a_registration(**{"phone": LANDLINE, **given}), by=by, at=MONDAY)
    if with_file:
        upload = Upload("prüf.txt", f"{case.number}".encode())
        attachments.attach(case, upload, by=by, at=MONDAY, kind="credential")
    return current(case)


def dispatched(case: Case, code: str, beside: str = "") -> Case:
    others = [unit(beside)] if beside else []
    return dispatching.dispatch(
        case, by=member("zhou"), at=MONDAY, version=case.version, unit=unit(code), co_organisers=others
    )


def lead(case: Case) -> Assignment:
    return case.assignments.select_related("unit", "case").filter(role="lead").latest("pk")


def asked(case: Case) -> Decision:
    """The unit says that it is another's."""
    by = member(HANDS[lead(case).unit.code])
    decisions.ask_to_bounce(
        lead(case), by=by, at=MONDAY, version=None, reason="wrong_area", grounds="不在辖区内，附移交清单。"
    )
    return Decision.objects.open().select_related("case", "assignment__unit").get(case=case)


def in_hand(case: Case, code: str, beside: str = "") -> Case:
    """The return is rejected, so the unit signs."""
    decision = asked(dispatched(case, code, beside))
    decisions.reject(decision, by=member("yan"), at=MONDAY, version=None, ruling="属你单位职责。")
    return handling.sign(lead(case), by=member(HANDS[code]), at=MONDAY + timedelta(hours=1), version=None)


def answered(case: Case, code: str, beside: str = "") -> Case:
    """The citizen is to be called back about the reply."""
    in_hand(case, code, beside)
    by, at = member(HANDS[code]), MONDAY + timedelta(hours=5)
    handling.reply(lead(case), a_reply(), by=by, at=at, version=None)
    return reviewing.accept(current(case), by=member("wu"), at=at, version=None)


def moved_on(case: Case) -> Case:
    """Urban management returned it; water has it now."""
    decision = asked(dispatched(case, "CGJ"))
    return decisions.grant(decision, by=member("yan"), at=MONDAY, version=None, ruling="改派", unit=unit("SWJ"))


def own_things(by: Membership) -> dict[str, Place]:
    """A draft, a view and a key of that person's."""
    at = timezone.now()
    things: dict[str, Place] = {"own key": {"pk": tokens.issue(by, by=by, at=at, name="own", days=1).token.pk}}
    if by.role in ("agent", "shift_leader", "dispatcher"):
        draft = intake.open_draft(by=by, at=at, fields={"words": "窨井盖"}, call=None)
        things["own draft"] = {"pk": draft.pk}
    view = saved_views.save_view("worklist", by=by, at=at, name="own", query="list=all")
    return things | {"own view": {"pk": view.pk}} | own_quality(by) | own_export(by)
