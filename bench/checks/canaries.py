"""Masks everywhere: no page, answer of the API, list, file or fault shows anybody a name or number not asked for.

Seeded citizens in cases of every stage, with their names and numbers typed into words, titles, places and notes. Then
every role follows every link it is shown, asks every address of the API for every case, searches, exports and runs into
faults; whatever comes back is searched for all of them. ALLOWED says where one may be, and why.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from argparse import ArgumentParser, Namespace
from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from bench.people import session_of
from bench.report import Report
from bench.seeded import Search, Seeded, crowd
from bench.town import town
from cases import decisions, dispatching, handling, intake, reviewing, supervision, surveys, telephony
from cases.models import Assignment, Case, Category, Channel, Survey
from cases.registration import Registration
from cases.reply_words import ReplyWords
from cases.surveys import Verdict
from cases.telephony import CallEvent
from hotline.delivery import deliver_next
from hotline.models import Membership, Organisation, Region
from hotline.roles import PEOPLE, Role

ALLOWED = {
    r"^/console/($|\?|drafts/)": "the agent's own record, as it is being typed",
}
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
NEVER = ("/static/", "/sign-out", "/api/schema", "/language")
FAULTS = ["/nothing/", "/cases/none/", "/search/?q=%00", "/worklist/?page=x", "/callbacks/x/", "/api/v1/cases/none/"]
STAGES = 8


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=400, help="citizens")
    parser.add_argument("--most", type=int, default=400, help="pages a role looks at")


def run(options: Namespace, report: Report) -> None:
    logging.disable(logging.WARNING)  # that an address does not exist is what is asked for
    with town():
        at = timezone.now() - timedelta(hours=9)
        people = crowd(options.n, options.seed)
        live(people, at)
        look_everywhere(people, sorted(PEOPLE | {Role.INTEGRATION}), options.most, report)


def live(people: list[Seeded], at: datetime) -> None:
    """Every citizen's case at one of the stages; each third asked for confidentiality."""
    for n, who in enumerate(people):
        _life(who, n, at + timedelta(seconds=n))
    intake.open_draft(by=_of("wang"), at=at, fields={"name": people[0].name, "phone": people[0].phone})
    while deliver_next(timezone.now()):
        pass


def _of(username: str) -> Membership:
    return (
        Membership.objects.current(timezone.now()).select_related("user", "organisation").get(user__username=username)
    )


def _life(who: Seeded, n: int, at: datetime) -> None:
    said = Registration(
        words=f"我是{who.name}，电话 {who.phone}，{who.phone[:3]} {who.phone[3:7]} {who.phone[7:]}，门前井盖缺失。",
        title=f"{who.name}（{who.phone}）反映井盖缺失",
        place=f"建设街 {n} 号 {who.phone}",
        kind="complaint",
        channel=Channel.objects.get(code="phone"),
        category=Category.objects.get(code="SZ01"),
        region=Region.objects.filter(name="建设街道").first(),
        confidential=n % 3 == 0,
        name=who.name,
        phone=who.phone,
        address=who.address,
    )
    call = telephony.record_call(CallEvent(f"c-{n}", "offered", at, caller=who.phone, agent="1024"), by=None, at=at)
    case = intake.register(said, by=_of("wang"), at=at, call=call)
    for step in STEPS[: n % STAGES]:
        case = step(case, who, at)


def _dispatch(case: Case, who: Seeded, at: datetime) -> Case:
    unit = Organisation.objects.get(code="CGJ")
    note = f"联系 {who.phone}"
    return dispatching.dispatch(case, by=_of("zhou"), at=at, version=None, unit=unit, note=note)


def _note(case: Case, who: Seeded, at: datetime) -> Case:
    return supervision.note(case, by=_of("zhou"), at=at, words=f"另一号码 {who.phone}", version=None)


def _sign(case: Case, who: Seeded, at: datetime) -> Case:
    return handling.sign(_lead(case), by=_of("sun"), at=at, version=None)


def _ask(case: Case, who: Seeded, at: datetime) -> Case:
    return decisions.ask_for_extension(
        _lead(case), by=_of("liu"), at=at, version=None, reason="weather", grounds=f"与 {who.phone} 约定", amount=2
    )


def _reply(case: Case, who: Seeded, at: datetime) -> Case:
    words = ReplyWords(
        claim="true",
        contacted=True,
        contacted_at=at,
        solved="solved",
        public_reply="您反映的情况属实，已补装井盖并恢复路面。",
        internal_note=f"已电话 {who.phone}",
    )
    return handling.reply(_lead(case), words, by=_of("liu"), at=at, version=None)


def _accept(case: Case, who: Seeded, at: datetime) -> Case:
    return reviewing.accept(case, by=_of("wu"), at=at, version=None)


def _rate(case: Case, who: Seeded, at: datetime) -> Case:
    verdict = Verdict(solved=False, satisfaction=1, contacted=True, comment=f"请打 {who.phone}")
    return surveys.answer(Survey.objects.get(case=case, round=case.round), verdict, at=at, by=None)


STEPS = [_dispatch, _note, _sign, _ask, _reply, _accept, _rate]


def _lead(case: Case) -> Assignment:
    return Assignment.objects.select_related("unit", "case").filter(case=case, role="lead").latest("pk")


def look_everywhere(
    people: list[Seeded], roles: list[str], most: int, report: Report, *, cases: int = 2 * STAGES
) -> None:
    pages, search = Counter[int](), Search(people)
    numbers = list(Case.objects.order_by("pk").values_list("number", flat=True)[:cases])
    for role in roles:
        client = browser_of(role)
        if client is not None:
            pages += crawl(client, role, starts(people, numbers), most, search)
    pages += crawl(somebody(), "nobody", ["/", "/track/", "/sign-in/", *FAULTS], most, search)
    for where, n in search.found.most_common():
        report.fault(f"{n} × {where}: …{search.examples[where]!r}…")
    report.figure("citizens seeded", len(people))
    report.figure("pages and answers looked at", pages.total())
    report.figure("of them in full, no refusal or fault", pages[200], at_least=pages.total() // 3)
    report.figure("faults of the server", sum(n for status, n in pages.items() if status >= 500), exactly=0)
    report.figure("names and numbers shown", search.hits, exactly=0)


def somebody() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_HOST="localhost", raise_request_exception=False)


def browser_of(role: str) -> Client | None:
    found = Membership.objects.current(timezone.now()).select_related("user", "organisation").filter(role=role)
    membership = found.order_by("created_at").first()
    if membership is None:
        return None
    client = somebody()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(membership, timezone.now())
    return client


def starts(people: list[Seeded], numbers: list[str]) -> list[str]:
    who = people[len(people) // 2]
    asked = [f"/search/?q={word}" for word in (who.phone, who.phone[-4:], who.name, "井盖")]
    moves = [f"/cases/{number}/{more}" for number in numbers for more in ("", "?all", "?move=note", "?move=dispatch")]
    exports = ["/exports/ask/?kind=worklist", f"/worklist/?q={who.phone}"]
    lists = ["/", "/console/", "/worklist/", "/dispatch/", "/review/", "/decisions/", "/callbacks/", "/outbox/"]
    return [*lists, "/inbox/", *asked, *moves, *exports, *api_addresses(numbers, who), *FAULTS]


def api_addresses(numbers: list[str], who: Seeded) -> Iterator[str]:
    """Every GET of the API's own description, for each case."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]  # type: ignore[no-untyped-call]
    for path in [path for path, methods in paths.items() if "get" in methods]:
        if "{number}" in path:
            yield from (path.replace("{number}", number) for number in numbers)
        elif "{" not in path:
            yield from (path, f"{path}?limit=200", f"{path}?q={who.phone}", f"{path}?limit={who.phone}")


def crawl(client: Client, role: str, first: list[str], most: int, search: Search) -> Counter[int]:
    """Follow every link from the first pages on. Returns how often there was which status."""
    waiting, seen, statuses = deque(first), set(first), Counter[int]()
    while waiting and statuses.total() < most + len(first):
        address = waiting.popleft()
        response = client.get(address)
        statuses[response.status_code] += 1
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        if not any(re.match(pattern, address) for pattern in ALLOWED):
            for text in parts_of(body):
                search.text(without_question(text, address), f"what {role} is shown at {shape(address)}")
        links = [link.replace("&amp;", "&") for link in LINK.findall(body.decode(errors="replace"))]
        for link in [*links, *([response["Location"]] if response.has_header("Location") else [])]:
            if link not in seen and link.startswith("/") and not link.startswith(NEVER):
                seen.add(link)
                waiting.append(link)
    return statuses


def parts_of(body: bytes) -> Iterator[bytes]:
    """The body; of a workbook what is packed in it."""
    if not body.startswith(b"PK"):
        yield body
        return
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        yield from (book.read(name) for name in book.namelist())


def without_question(body: bytes, address: str) -> bytes:
    """What a page says besides the question it was asked: who typed it knows it."""
    asked = address.partition("?")[2].partition("=")[2]
    return body.replace(asked.encode(), b"").replace(quote(asked).encode(), b"") if len(asked) > 1 else body


def shape(address: str) -> str:
    return re.sub(r"\d[\w-]*", "…", address.partition("?")[0])
