"""Every page in both languages as each role sees it: sound, readable by everybody, and in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import BOTH_LOOKS
from tests.desk import DESK, LOOKS, Desk
from tests.every_page import City, city

__all__ = ["city"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("every page")]

LISTS = ["/search/?q=建设街", "/search/?q=zzzz", "/knowledge/", "/policies/"]
OWN = ["/inbox/", "/keys/", "/calendar/", "/sign-in/role/", "/sign-in/second-factor/set-up/", "/nothing/"]
UNIT = ["sun", "liu", "lin"]  # they also work by telephone


def cases(*names: str) -> list[str]:
    return [f"/cases/{{{name}}}/" for name in names]


def move(name: str, *moves: str) -> list[str]:
    return [f"/cases/{{{name}}}/?move={one}" for one in moves]


PAGES: dict[str, list[str]] = {
    "": [
        *["/", "/track/", "/sign-in/", "/r/unknown/", "{survey}", "{used_survey}", "/nothing/"],
        *["/figures/", "/open-data/"],
    ],
    "wang": [
        "/my-work/",
        *["/my-marks/", "/my-marks/{quality.told}/"],
        "/console/",
        *LISTS,
        *OWN,
        "/knowledge/{article}/",
        *cases("registered", "refused", "handed_over", "line_asked"),
    ],
    "ma": ["/quality/", "/quality/scorecards/", "/quality/complaints/"],
    "ruan": [
        *["/quality/", "/quality/samples/{quality.sample}/", "/quality/samples/{quality.sample}/?again=1"],
        *["/quality/published/", "/quality/marks/{quality.mark}/", "/quality/contacts/{quality.told}/"],
        *["/quality/complaints/?open={quality.complaint}", "/quality/scorecards/write/"],
    ],
    "yu": ["/callbacks/independent/"],
    "su": [*cases("handed_down")],
    "cao": [*cases("copied"), *move("copied", "urge")],
    "zhou": [
        *["/catalogue/", "/catalogue/?q=zzzz", "/catalogue/versions/", "/catalogue/versions/{kept.draft}/"],
        *["/catalogue/versions/{kept.draft}/cases/", "/catalogue/import/", "/catalogue/import/{kept.table}/"],
        "/catalogue/rulings/",
        *["/dispatch/", "/dispatch/?open={registered}", "/decisions/", "/outbox/"],
        *cases("registered", "dispatched", "bounce", "extension", "confidential", "withdrawn", "suspended", "refused"),
        *move("handling", "urge", "note", "withdraw", "attach", "involve", "hand-over"),
        *move("registered", "refer"),
        *move("suspended", "resume"),
        *["/decisions/?tab=suspension", "/decisions/?tab=refusal"],
    ],
    "wu": ["/review/", *cases("replied", "verifying", "rehandling")],
    "zheng": ["/callbacks/", "/callbacks/{callback}/", *cases("callback")],
    "he": [
        *["/", "/knowledge/{article}/", "/knowledge/work/", "/knowledge/work/?open={kept.report}"],
        *["/knowledge/work/?list=drafts", "/knowledge/drafts/{kept.to_approve}/"],
    ],
    "yan": [
        *["/exports/", "/exports/{audited.export}/", "/exports/ask/?kind=cases&set=overdue"],
        "/exports/{audited.to_approve}/",
        "/quality/scorecards/{quality.card}/",
        *["/topics/", "/learning/", "/learning/{model}/"],
        *["/catalogue/versions/{kept.proposed}/", "/overview/", "/dispatch/", "/review/", "/decisions/", "/inbox/"],
        *cases("late", "closed"),
    ],
    "song": [
        *["/bulletins/", "/bulletins/{told.draft}/", "/bulletins/templates/{told.template}/"],
        *["/bulletins/templates/write/", "/publication/", "/publication/cases/write/"],
        "/publication/cases/{told.retold}/",
        *["/proofs/", "/proofs/?state=all", "/proofs/{staff.insurance}/", "/staff/figures/turnover/?contractor=JIA"],
        *["/contracts/{staff.contract}/scope/propose/", "/contracts/{staff.closed}/hand-over/certificate/"],
        *["/contracts/{staff.contract}/hand-over/", "/staff/?state=unbound"],
        *["/policies/", "/policies/propose/?from={limit}", "/policies/propose/", "/rules/propose/?book=urging"],
        *["/approvals/{proposal}/", "/calendar/propose/?year=2027", "/templates/propose/?key=survey"],
        *["/rules/reasons/", "/rules/reasons/propose/?reason=bounce/overlapping"],
        "/rules/reasons/propose/?kind=send_back",
        *["/contracts/", "/contracts/draft/", "/contracts/{month.contract}/", "/terms/{month.draft}/", "/incidents/"],
        *["/terms/{month.draft}/change/", "/terms/{month.draft}/clauses/{month.clause}/", "/assessments/"],
        *["/terms/{month.draft}/trial/?month=2026-02", "/assessments/results/{month.result}/object/on-paper/"],
        "/assessments/{month.pk}/sign/on-paper/",
    ],
    "jiang": [
        "/overview/?table=act+service+outcomes+two_sources+trend+units+findings",
        *["/decisions/", "/overview/?period=today", "/overview/?period=custom", "/search/", "/console/"],
        *["/calls/", "/calls/?by=agent", "/calls/list/?measure=connection_rate&part=numerator", "/seats/"],
        *[
            "/supervision/?list=all",
            "/approvals/",
            "/approvals/{proposal}/",
            "/rules/",
            "/templates/",
            "/rules/reasons/",
        ],
        *move("late", "supervise"),
        *[
            "/assessments/{month.pk}/",
            "/assessments/{month.pk}/recount/",
            "/assessments/{month.pk}/own-report/",
            "/assessments/objections/{month.objection}/rule/",
        ],
        *["/findings/", "/findings/detectors/", "/findings/{finding}/"],
        *["/value/", "/bulletins/", "/bulletins/{told.proposed}/", "/publication/cases/{told.published}/"],
    ],
    "peng": ["/supervision/", *move("late", "answer-step")],
    "liu": [
        "/worklist/",
        *["/worklist/?list=to-review", "/worklist/?list=handed-down"],
        *cases("handling", "rehandling", "extension", "late", "handed_down", "reported"),
        *move("handling", "extend", "contact", "hand-down", "suspend", "exclude"),
        *move("handed_down", "recall"),
        *cases("suspended", "exclusion"),
    ],
    "sun": [
        *["/worklist/", "/worklist/?set=late", "/inbox/", "/exports/", "/exports/ask/?kind=worklist&list=all"],
        *["/knowledge/work/", "/knowledge/write/", "/knowledge/drafts/{kept.answer}/", "/knowledge/report/"],
        *cases("dispatched", "confidential", "bounce", "replied", "verifying", "closed"),
        *move("dispatched", "bounce"),
    ],
    "lin": ["/worklist/", "/inbox/"],
    "xu": ["/shifts/import/"],
    "luo": [
        *[
            "/",
            "/search/",
            "/calls/?by=queue",
            "/calls/list/",
            "/shifts/",
            "/staff/",
            "/staff/import/",
            "/staff/import/{staff.table}/",
            "/staff/{staff.agent}/",
        ],
        *["/staff/figures/?month=2026-02", "/proofs/bring/", "/proofs/{staff.payroll}/"],
        *["/contracts/{staff.contract}/scope/", "/contracts/{staff.contract}/hand-over/"],
        *["/contracts/", "/contracts/{month.contract}/", "/terms/{month.terms}/", "/assessments/"],
        *["/assessments/{month.pk}/", "/assessments/results/{month.result}/"],
        "/assessments/results/{month.result}/object/",
    ],
    "shen": [
        *["/audit/chain/", "/search/?q=建设街", "/findings/?state=all"],
        *["/callbacks/independent/", "/independent/", "/independent/?days=30&contractor=JIA"],
        *["/independent/pairs/", "/independent/pairs/?which=worse&days=365", "/independent/draws/{draw}/"],
        *cases("closed"),
        *["/audit/", "/audit/?kind=print", "/audit/samples/", "/audit/samples/draw/", "/audit/exports/"],
        *["/audit/samples/{audited.draft}/", "/audit/samples/{audited.sample}/?again=1"],
        *["/audit/samples/{audited.sample}/cases/1/", "/audit/samples/{audited.sample}/cases/2/"],
        *[f"/audit/cases/{{{name}}}/" for name in ("closed", "late", "confidential")],
        *["/audit/rights/", "/audit/rights/?who=sun&case={closed}", "/exports/ask/?kind=audit"],
    ],
    "han": ["/", "/decisions/", *cases("disputed")],
    "sysadmin": ["/", "/keys/", "/password/"],
    "secadmin": ["/people/", "/people/?q=zzzz", "/people/?organisation=CGJ", "/people/add/", "/people/{person}/"],
    "auditadmin": ["/audit/chain/", "/people/?state=without_factor", "/people/{person}/"],
}


@pytest.fixture(scope="module", params=LOOKS)
def desk(request: pytest.FixtureRequest, browser: Browser, city: City) -> Iterator[Desk]:
    opened = Desk(browser, city, request.param)
    yield opened
    opened.context.close()


def shown(username: str, language: str) -> list[str]:
    """What is looked at in that language: half of the pages, the other half in the other one; or all of them.

    Of the many looks at cases, which are one page, half are left out besides.
    """
    turn, kinds = list(LOOKS).index(language), len(LOOKS)

    def is_due(pattern: str) -> bool:
        lot = crc32(f"{username} {pattern}".encode())
        return lot % kinds == turn and (not pattern.startswith("/cases/") or lot // kinds % 2 == 0)

    return [pattern for pattern in PAGES[username] if BOTH_LOOKS or is_due(pattern)]


@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_sound(desk: Desk, username: str) -> None:
    city = desk.city
    names = {name: case.number for name, case in city.cases.items()} | vars(city)
    page, faults = desk.sit(username), []
    for address in [pattern.format(**names) for pattern in shown(username, desk.language)]:
        page.goto(address)
        faults += [f"{address} {fault}" for fault in desk.faults(phone=not username or username in UNIT)]
    assert not faults, "\n".join(faults)


def take_down_a_request(page: Page, city: City) -> None:
    """The console with everything that is suggested, and all its outcomes open."""
    page.goto("/console/?new")
    page.fill("#words", "建设街 18 号门前窨井盖缺失，夜间有人绊倒，要求尽快补盖。")
    page.locator("#categories [name=category]").first.wait_for()
    page.locator("#knowledge button, #knowledge .t-2").first.wait_for()
    page.locator("#units [name=unit]").first.wait_for()
    page.evaluate("for (const part of document.querySelectorAll('.hl-outcome')) part.hidden = false")


def follow_a_case(page: Page, city: City) -> None:
    page.goto("/track/")
    page.fill("[name=number]", city.cases["handling"].number)
    page.fill("[name=code]", city.code)
    page.locator("main .btn-primary").click()
    page.locator("main .hl-time").wait_for()


def ask_for_too_little(page: Page, city: City) -> None:
    """An empty form comes back with what must be changed."""
    page.goto("/sign-in/")
    page.locator("main .btn-primary").click()
    page.locator("main [role=alert]").wait_for()


def open_everything_in_a_row(page: Page, city: City) -> None:
    page.goto("/worklist/")
    page.locator("[data-row] [data-key=B]").first.click()
    page.locator(".hl-row-form form").first.wait_for()


def look_at_the_person(page: Page, city: City) -> None:
    page.goto(f"/cases/{city.cases['handling'].number}/")
    if page.locator("#identity select").count():  # shown for some minutes, in the other language too
        page.select_option("#identity select", index=1)
        page.locator("#identity button").click()
    page.locator("#identity:not(:has(select))").wait_for()


def open_the_overdue(page: Page, city: City) -> None:
    page.goto("/overview/")
    page.locator(".hl-act a").first.click()
    page.locator("main [data-row]").first.wait_for()


def see_a_dispute_ahead(page: Page, city: City) -> None:
    """What each unit would have to do by when, as it is named."""
    page.goto("/decisions/")
    page.locator("[data-key=O]").first.click()
    page.locator("tr.sel [name=unit]").fill("SWJ")
    page.locator("tr.sel [name=ruling]").click()
    page.locator("#outlook b").first.wait_for()


def open_a_ruling(page: Page, city: City) -> None:
    page.goto("/decisions/")
    page.locator("[data-key=O]").first.click()
    page.locator("tr.sel form").wait_for()


def preview_a_reply(page: Page, city: City) -> None:
    page.goto(f"/cases/{city.cases['handling'].number}/")
    page.locator("[hx-target='#preview-body']").click()
    page.locator("dialog[open] #preview-body:not(:empty)").wait_for()


def send_too_little(page: Page, city: City) -> None:
    page.goto(f"/cases/{city.cases['handling'].number}/")
    page.locator("[data-reply] .btn-primary").click()
    page.locator("[data-reply] [role=alert]").wait_for()


def open_the_keys(page: Page, city: City) -> None:
    page.goto("/worklist/")
    page.keyboard.press("Control+/")
    page.locator("#hl-keys[open] dt").first.wait_for()


def open_the_menus(page: Page, city: City) -> None:
    page.goto("/overview/")
    page.locator(".hl-me summary").click()
    page.locator("#panel-outcomes details > summary").click()


ACTS: list[tuple[str, Callable[[Page, City], None]]] = [
    ("wang", take_down_a_request),
    ("", follow_a_case),
    ("", ask_for_too_little),
    ("sun", open_everything_in_a_row),
    ("liu", look_at_the_person),
    ("liu", preview_a_reply),
    ("liu", send_too_little),
    ("sun", open_the_keys),
    ("zhou", open_a_ruling),
    ("han", see_a_dispute_ahead),
    ("yan", open_the_overdue),
    ("yan", open_the_menus),
]


@pytest.mark.parametrize(("username", "act"), ACTS, ids=[act.__name__ for _user, act in ACTS])
def test_a_page_in_use_is_sound(desk: Desk, username: str, act: Callable[[Page, City], None]) -> None:
    act(desk.sit(username), desk.city)
    faults = desk.faults(phone=not username or username in UNIT)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ["late", "handling", "verifying"])
def test_a_case_is_printed_whole_and_black_on_white(desk: Desk, name: str) -> None:
    """Also from a dark screen: no navigation and no buttons, nothing cut, times exact, who printed it and when."""
    page = desk.sit("liu")
    page.goto(f"/cases/{desk.city.cases[name].number}/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})  # A4 between its margins
    printed = page.evaluate("() => probe.paper()")
    page.set_viewport_size(DESK)
    page.emulate_media(media="screen")
    assert printed["faults"] == []
    assert desk.city.cases[name].number in printed["words"]
    assert "刘伟" in printed["words"] or "Liu Wei" in printed["words"]
