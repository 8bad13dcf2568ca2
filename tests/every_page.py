"""What is looked at on every page, and a city with something on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from cases import catalogue_uploads, decisions, handling, hot_topics, ladder, supervision
from cases.models import Case, Category, DeadlinePolicy, Decision, HandOver, KnowledgeArticle, Survey
from cases.topic_finding import Request, Topic
from contractors import handover, staff_tables
from contractors.models import Clause, Contract, Incident, Objection, Step
from contractors.rostering import plan_shifts
from contractors.shift_plan import Plan, Planned
from hotline.calendar import Period
from hotline.delivery import deliver_next
from hotline.models import CalendarYear, Message
from hotline.privacy import retrieval_code
from oversight import audits as oversight_audits
from oversight import bulletins
from oversight.bulletins import last_window
from oversight.sample_frames import Frame
from tests import audits, catalogue, exports, knowledge, lessons, publications, stories, trails
from tests.catalogue import a_line, a_version
from tests.contractors import staffing
from tests.contractors import stories as contracts
from tests.database import clone_over
from tests.desk import Desk
from tests.doors import client_of
from tests.findings import noticed
from tests.independent import two_sources
from tests.inspected import Inspected, inspected
from tests.people import member, unit
from tests.quality import BETTER
from tests.rules import WHY, proposed

PEOPLE = [
    *("wang", "zhou", "wu", "zheng", "song", "he", "yan", "jiang", "shen", "han", "liu", "sun"),
    *("peng", "lin", "luo", "su", "cao", "xu", "ma", "ruan", "yu", "sysadmin", "secadmin", "auditadmin"),
]
STAFF_TABLE = "姓名,工号,入职日期\n田甜,7031,\n李小雨,7032,昨天\n"
TABLE = "分类,区域,主办单位\nSZ01,建设街道,建设街道办事处\n没有的分类,,市城市管理局\n"
SPOKEN = "已电话告知现场围挡安排与预计补盖时间，诉求人表示知晓并希望夜间加派人员看守。"
APPROVED = "情况属实，拟同意挂账。"


@dataclass
class Kept:
    """What is changed by two people: a version of the catalogue in each state, a table, answers and a report."""

    draft: int
    proposed: int
    table: int
    answer: int
    to_approve: int
    report: int


@dataclass
class Staff:
    """Who works for Jia: a contract under way and one that is closed, a table, proofs."""

    contract: int
    closed: int
    agent: int
    table: str
    payroll: str
    insurance: str


@dataclass
class Month:
    """A contract in force, one being written, and a month objected to."""

    contract: int
    terms: int
    draft: int
    clause: int
    pk: int
    result: int
    objection: int


@dataclass
class Audited:
    """A draft and a frozen sample; a list to fetch, and one to approve."""

    draft: int
    sample: int
    export: int
    to_approve: int


@dataclass
class Published:
    """What is made for the mayor and the public: a template with a draft and a proposed bulletin, cases retold."""

    template: int
    draft: int
    proposed: int
    retold: int
    published: int


@dataclass
class City:
    """Where it is served, its cases by what they are there for, and the words that are nobody's interface."""

    url: str
    cases: dict[str, Case]
    survey: str
    used_survey: str
    code: str
    callback: str
    article: str
    limit: str
    proposal: str
    person: int
    model: int
    kept: Kept
    staff: Staff
    month: Month
    quality: Inspected
    draw: int
    finding: int
    audited: Audited
    told: Published
    data: list[str]
    sessions: dict[str, str]

    def spoken(self, words: str) -> str:
        """What is left of a text without the names and words of cases."""
        for known in self.data:
            words = words.replace(known, "")
        return words


def told(url: str) -> City:
    """A case in every state, a request for a ruling of each kind, notices delivered, a citizen to be called."""
    at = timezone.now() - timedelta(hours=9)
    cases = {str(status): story(at=at) for status, story in stories.IN_STATUS.items()}
    cases["confidential"] = stories.signed(at=at, confidential=True)
    cases["late"] = stories.signed(at=at - timedelta(days=60))
    cases["bounce"] = stories.bounce_asked(at=at).case
    cases["extension"] = stories.extension_asked(at=at).case
    cases["exclusion"] = stories.exclusion_asked(at=at).case
    decisions.grant(stories.suspension_asked(at=at), by=member("zhou"), at=at, version=None, ruling=APPROVED)
    cases["callback"] = stories.accepted(at=at, phone="0593-2345678")
    cases["handed_down"] = stories.handed_down(at=at)
    cases["reported"] = stories.reported(at=at)
    cases["line_asked"] = stories.line_asked(at=at)
    cases["copied"] = stories.dispatched(at=at, to=unit("QSJD"))
    _spoken_to(cases["handling"], at)
    supervision.urge(cases["late"], by=member("zhou"), at=at, version=None, words=WHY)
    ladder.issue(cases["late"], by=member("jiang"), at=at, version=None, rung="supervise", words=WHY)
    _telephones(at)
    proposal = proposed()
    while deliver_next(timezone.now()):
        pass
    hot_topics.keep(
        [Topic(["建设街"], ["井盖缺失", "绊倒"], [Request(case.pk, at, case.title) for case in cases.values()])],
        by=None,
        at=at,
        on=timezone.localdate(at),
        requests=len(cases),
    )
    trails.checked(whole=True)
    trails.checked(whole=False)
    trails.asked()
    jias = contracts.under_way(**contracts.running())
    return City(
        url=url,
        cases=cases,
        survey=_link(cases["verifying"]),
        used_survey=_link(cases["closed"]),
        code=retrieval_code(cases["handling"].number),
        callback=str(Survey.objects.get(case=cases["callback"]).pk),
        person=member("wang").user_id,
        kept=_kept(timezone.now()),
        staff=_staff(timezone.now(), jias),
        month=_month(jias),
        finding=noticed("wang", key="refusals", at=at, on=timezone.localdate(at), case=cases["refused"].pk).pk,
        told=_published(timezone.now(), cases["closed"], stories.closed(at=at, phone="13800006044")),
        quality=inspected(),
        draw=two_sources(at - timedelta(days=2)).pk,
        audited=_audited(timezone.now()),
        article=KnowledgeArticle.objects.order_by("key").values_list("key", flat=True)[0],
        limit=proposal.target,
        proposal=str(proposal.pk),
        model=lessons.switched_on(at=at).pk,
        data=_words_of_data(list(cases.values())),
        sessions={username: client_of(username).cookies["sessionid"].value for username in PEOPLE},
    )


def _telephones(at: datetime) -> None:
    """Two hours of calls of every kind, and Wang planned for them."""
    begin = at + timedelta(hours=2)
    call_command("play_calls", calls=40, hours=2, begin=begin.isoformat(), verbosity=0, stdout=StringIO())
    wang = member("wang").user
    shift = Planned(wang, begin, begin + timedelta(hours=3), 15, "A1")
    plan_shifts(Plan([shift]), by=member("xu"), at=begin - timedelta(days=1))


def _published(at: datetime, *closed: Case) -> Published:
    """A day's bulletin and a longer one, a draft about one case, a text about another, a month as anybody reads it."""
    template = publications.a_template(at=at)
    window = last_window(template, at)
    draft = bulletins.make(template, window, by=member("song"), at=at)
    longer = Period(window.start - timedelta(days=6), window.end)
    waiting = bulletins.make(template, longer, by=member("song"), at=at)
    bulletins.comment(waiting, APPROVED, by=member("song"), at=at)
    month = (timezone.localdate(at).replace(day=1) - timedelta(1)).replace(day=1)
    publications.a_month(month, at=at)
    return Published(
        template=template.pk,
        draft=draft.pk,
        proposed=publications.proposed(waiting, at=at).pk,
        retold=publications.a_retold(closed[0], at=at).pk,
        published=publications.published(publications.a_retold(closed[1], at=at), at=at).pk,
    )


def _kept(at: datetime) -> Kept:
    lines = [
        a_line(copy_to=unit("XCQ"), co_organisers=[unit("CGJ")], source="云府办〔2026〕12 号"),
        a_line(region=None),
    ]
    upload = catalogue_uploads.upload("目录.csv", TABLE.encode(), by=member("zhou"), at=at)
    return Kept(
        draft=a_version(*lines, at=at).pk,
        proposed=catalogue.proposed(a_version(*lines, at=at), at=at).pk,
        table=upload.pk,
        answer=knowledge.drafted(at=at).pk,
        to_approve=knowledge.proposed(at=at, title_en="Hawkers", body_en="Tell us where.").pk,
        report=knowledge.reported(at=at).pk,
    )


def _staff(at: datetime, contract: Contract) -> Staff:
    """Yi's contract ended before its time and is closed; Jia's people are on record, and its end is prepared."""
    closed = staffing.contract_of("YI", **contracts.running())
    closing = handover.begin(closed, by=member("song"), at=at)
    handover.end_contract(closed, by=member("yan"), at=at, because=APPROVED)
    for step in Step.values:
        handover.tick(closing, by=member("song"), at=at, step=step, note=APPROVED)
    handover.export(closing, by=member("song"), at=at)
    handover.sign(closing, by=member("song"), at=at, deleted=SPOKEN, returned=APPROVED)
    handover.sign(closing, by=member("yan"), at=at)
    rows = [staffing.employed(username, contract, position="话务员") for username in ("wang", "li", "hu")]
    staffing.accepted("confidentiality", text="1024", contract=contract)
    handover.begin(contract, by=member("song"), at=at)
    upload = staff_tables.upload(contract, "员工.csv", STAFF_TABLE.encode(), by=member("luo"), at=at)
    return Staff(
        contract=contract.pk,
        closed=closed.pk,
        agent=rows[0].pk,
        table=str(upload.pk),
        payroll=str(staffing.brought("wage", text="1024 6120.50", contract=contract).pk),
        insurance=str(staffing.brought("insurance", content=staffing.PDF + b"2", contract=contract).pk),
    )


def _month(contract: Contract) -> Month:
    contracts.february()
    contracts.march()
    month = contracts.shown(contracts.run(contract))
    terms = contract.terms.get()
    draft = contracts.drafted(organisation=unit("YI"), number="YZ-HW-2027-02", lots=["二标段"], **contracts.NEXT_YEAR)
    return Month(
        contract=contract.pk,
        terms=terms.pk,
        draft=draft.pk,
        clause=contracts.a_clause(draft).pk,
        pk=month.pk,
        result=contracts.result(month).pk,
        objection=contracts.objected(month).pk,
    )


def _spoken_to(case: Case, at: datetime) -> None:
    """Liu called the citizen twice."""
    for hours, reached in ((2, False), (3, True)):
        handling.record_contact(
            stories.lead(case),
            by=member("liu"),
            at=at + timedelta(hours=hours),
            version=stories.current(case).version,
            reached=reached,
            how="phone",
            note=SPOKEN,
        )


def _audited(at: datetime) -> Audited:
    """Two of the cases closed lately, one of them with a fault; Yan has a list and Zhou waits for one."""
    today = timezone.localdate(at)
    frame = Frame(today - timedelta(30), today)
    draft, sample = audits.drafted(2, frame=frame), audits.drafted(2, frame=frame)
    oversight_audits.freeze(sample, audits.SEED, by=member("shen"), at=at)
    audits.judged(sample.cases.get(position=1), "fault")
    return Audited(
        draft=draft.pk,
        sample=sample.pk,
        export=exports.built(exports.asked("yan", "measures", at=at), at).pk,
        to_approve=exports.asked("zhou", "cases", {"set": "overdue"}, personal=True, at=at).pk,
    )


def _link(case: Case) -> str:
    body: str = Message.objects.filter(about=case.number, template__key="survey").latest("created_at").body
    return "/r/" + body.partition("/r/")[2].split("/")[0] + "/"


def _words_of_data(cases: list[Case]) -> list[str]:
    """Titles, places and replies; articles; names and words that have no English: longest first."""
    words = {stories.MANHOLE, "李女士", "李**", stories.a_reply().public_reply, stories.a_reply().internal_note}
    for case in cases:
        words |= {case.title, case.place, case.title[:18], case.place[:18]}
    for said in HandOver.objects.filter(case__in=cases).values_list("note", "answered_by"):
        words |= {*filter(None, said)}
    words |= {
        SPOKEN,
        "建设街",
        "井盖缺失",
        "窨井盖",  # a model's reasons are words of the request
        "缺失",
        "有人",
        "绊倒",
        "zzzz",
        stories.MANHOLE[3:],
        cases[0].title[3:],
        "尽快补盖",
        "夜间",
    }  # marked where they were sought
    asked = Decision.objects.values_list("grounds", "evidence", "told", "ruling")
    words |= {note for row in asked for note in row} | {APPROVED}
    words |= set(Clause.objects.values_list("evidence", flat=True)) | {"一标段", "二标段"}
    words |= set(Contract.objects.values_list("number", flat=True)) | {"YZCG-2025-118"}
    words |= {said for row in Objection.objects.values_list("words", "ruling") for said in row}
    words |= set(Incident.objects.values_list("words", flat=True))
    words |= {"全程未复述", "03:10 已复述", "录音 03:10 处已复述并获确认。", BETTER, "试行评分表"}
    words |= {"三月办结件抽查", "附件与答复不符。", "周例会核对"}
    words |= {publications.TOLD.title, publications.TOLD.words}
    words |= set(DeadlinePolicy.objects.values_list("source", flat=True))
    words |= set(CalendarYear.objects.values_list("source", flat=True))
    words |= {v for row in KnowledgeArticle.objects.values_list("title", "body") for v in row}
    words |= set(Category.objects.filter(name_en="").values_list("name", flat=True))
    return sorted(filter(None, words), key=len, reverse=True)


@pytest.fixture(scope="module")
def city(browser: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """Told once, for all tests of a module."""
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1")
        try:
            yield told(server.url)
        finally:  # a city told by half is nobody else's either
            server.stop()
            clone_over(connection)


@pytest.fixture(scope="module")
def desk(browser: Browser, city: City) -> Iterator[Desk]:
    """The one desk of a module's tests, in English."""
    opened = Desk(browser, city, "en")
    yield opened
    opened.context.close()
