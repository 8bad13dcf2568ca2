"""Who saw personal data, which lists were taken away, and who may do what to a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases import attachments, identity, independent_calls, sealing
from cases.attachments import Upload
from cases.models import Case
from hotline.models import Membership
from hotline.roles import ROLES, Capability
from oversight.detector_rules import limits_of
from oversight.detectors import BY_KEY
from oversight.rights_on_case import ON_A_CASE, rights, standings
from tests.doors import client_of
from tests.exports import approved, asked, built, fetched
from tests.independent import MORNING, answered_by_phone, called, drawn, rules, taken
from tests.people import member, unit
from tests.stories import MONDAY, dispatched

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        yield


def page(name: str, username: str = "shen", **query: str) -> str:
    answer = client_of(username).get(reverse(f"oversight:{name}"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def revealed(case: Case, username: str = "sun", minutes: int = 0) -> None:
    identity.reveal(case, by=member(username), at=LATER + timedelta(minutes=minutes), reason="contact")


def listed(words: str) -> int:
    return words.count('id="look-')


# -- The log


def test_reveals_searches_files_exports_and_prints_are_listed_with_who_and_what() -> None:
    case = dispatched()
    revealed(case)
    client_of("zhou").get("/search/", {"q": "13800006021"})
    file = attachments.attach(case, Upload("证明.txt", b"x"), by=member("sun"), at=LATER, kind="credential")
    attachments.content_of(file, by=member("sun"), at=LATER)
    fetched(built(asked()))
    client_of("sun").post(reverse("cases:case_printed", args=[case.number]))
    words = page("audit_looks")
    for what in ("Identity viewed", "Searched by telephone", "File opened", "Export downloaded", "Case printed"):
        assert what in words
    assert case.number in words
    assert "13800006021" not in words


def test_it_is_narrowed_by_person_organisation_kind_and_days() -> None:
    case = dispatched()
    revealed(case, "sun")
    revealed(case, "zhou")
    client_of("zhou").get("/search/", {"q": "13800006021"})
    assert listed(page("audit_looks")) == 3
    for n, narrowed in (
        (1, {"who": "sun"}),
        (2, {"who": member("zhou").user.staff_number}),
        (1, {"organisation": "CGJ"}),
        (2, {"organisation": "HOTLINE"}),
        (2, {"kind": "reveal"}),
        (1, {"kind": "search"}),
        (0, {"kind": "print"}),
        (2, {"first": "2026-03-09", "last": "2026-03-09"}),
        (1, {"first": "2026-03-10", "last": "2026-03-10"}),
        (0, {"last": "2026-03-08"}),
    ):
        assert listed(page("audit_looks", **narrowed)) == n, narrowed


def test_many_looks_within_minutes_are_marked_by_the_detectors_own_rule() -> None:
    least = limits_of(BY_KEY["odd_looks"], LATER)["looks"]
    case = dispatched()
    for n in range(least):
        identity.reveal(case, by=member("sun"), at=LATER + timedelta(seconds=20 * n), reason="contact")
    revealed(case, "zhou")
    words = page("audit_looks", kind="reveal")
    assert words.count("many within minutes") == least
    assert "many within minutes" not in page("audit_looks", who="zhou")


def test_a_case_the_reader_stands_aside_from_is_not_named() -> None:
    case = dispatched()
    revealed(case)
    sealing.recuse(case, by=member("shen"), at=LATER, version=None, why="亲属涉及。", person=member("shen").user)
    assert case.number not in page("audit_looks")
    assert case.number in page("audit_looks", "jiang")


def test_the_case_of_an_independent_callback_is_named_once_its_citizen_has_answered() -> None:
    with time_machine.travel(MONDAY - timedelta(days=1), tick=False):
        rules()
    case = answered_by_phone()
    drawn()
    held = taken()
    independent_calls.reveal(held, by=member("song"), at=MORNING)
    assert "Number shown for an independent callback" in page("audit_looks", who="song")
    assert case.number not in page("audit_looks", who="song")
    called(held)
    assert case.number in page("audit_looks", who="song")


def test_a_long_log_is_read_a_page_at_a_time_with_the_same_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = dispatched()
    for n in range(25):
        identity.reveal(case, by=member(("sun", "zhou")[n % 2]), at=LATER + timedelta(minutes=20 * n), reason="contact")
    shen = client_of("shen")
    shen.get("/audit/")
    with django_assert_max_num_queries(14):
        first = shen.get("/audit/").content.decode()
    assert listed(first) == 20
    token = first.split("?page=n")[1].split('"')[0]
    assert listed(shen.get(f"/audit/?page=n{token}").content.decode()) == 5


def test_only_those_who_oversee_read_it() -> None:
    for username in ("sun", "wang", "luo", "zhou", "yan", "sysadmin", "auditadmin"):
        for name in ("audit_looks", "audit_exports", "audit_rights"):
            assert client_of(username).get(reverse(f"oversight:{name}")).status_code == 403


# -- The lists that were taken away


def test_every_export_is_listed_with_its_purpose_approver_and_downloads() -> None:
    dispatched()
    export = built(approved(asked("yan", "cases", personal=True, purpose="市政府督查室调阅"), by="jiang"))
    fetched(export, "yan")
    fetched(export, "yan")
    words = page("audit_exports")
    for told in (export.number, "市政府督查室调阅", member("jiang").user.label, "personal data"):
        assert told in words
    assert export.number not in page("audit_exports", who="sun")
    assert export.number in page("audit_exports", who="yan")


def test_the_audit_trail_and_findings_and_measures_are_exported() -> None:
    dispatched()
    trail = asked("shen", "audit", {"first": "2026-03-09", "last": "2026-03-09"})
    assert trail.state == "approval"
    assert b"dispatching.dispatch" in fetched(built(approved(trail)), "shen")
    for kind in ("findings", "measures"):
        assert built(asked("jiang", kind)).state == "ready"


def test_the_list_of_exports_asks_the_same_however_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _n in range(3):
        asked()
    shen = client_of("shen")
    shen.get("/audit/exports/")
    with django_assert_max_num_queries(9):
        shen.get("/audit/exports/")


# -- Rights on a case


def right(username: str, case: Case, capability: Capability) -> Any:
    held = standings(member(username).user, case, LATER)
    return next(one for one in rights(held, case) if one.capability == capability)


def test_a_right_stands_with_the_membership_that_gives_it_and_the_rule() -> None:
    case = dispatched()
    found = right("sun", case, Capability.ASSIGNMENT_WORK)
    assert found.by == member("sun")
    assert "organisation or one below" in found.why
    refused = right("sun", case, Capability.CASE_DISPATCH)
    assert (refused.by, "Unit clerk" in refused.why) == (None, True)


def test_what_is_out_of_reach_says_why() -> None:
    case = dispatched()
    assert "Not within" in right("lin", case, Capability.CASE_READ).why
    assert "another contractor" in right("chen", case, Capability.CASE_NOTE).why
    sealing.recuse(case, by=member("sun"), at=LATER, version=None, why="亲属涉及。", person=member("sun").user)
    assert "stands aside" in right("sun", case, Capability.CASE_READ).why


def test_a_sealed_identity_is_said_to_be_sealed() -> None:
    case = dispatched(confidential=True, subject_unit=unit("SWJ"))
    assert right("zhou", case, Capability.CASE_READ).by == member("zhou")
    assert "sealed" in right("zhou", case, Capability.IDENTITY_REVEAL).why
    assert right("shen", case, Capability.IDENTITY_REVEAL).by == member("shen")
    assert "confidential" in right("lin", case, Capability.CASE_READ).why


def test_the_answers_are_those_of_the_product_for_everybody() -> None:
    """What the page says holds is what the table of rights and the scope of cases say, for every role."""
    plain, sealed = dispatched(), dispatched(confidential=True, subject_unit=unit("SWJ"))
    people = ["wang", "chen", "zhou", "wu", "yan", "he", "sun", "lin", "peng", "jiang", "shen", "han", "sysadmin"]
    for case in (plain, sealed):
        for username in people:
            by = member(username)
            reaches = Case.objects.visible_to(by).filter(pk=case.pk).exists()
            given = {one.capability for one in rights(standings(by.user, case, LATER), case) if one.by}
            for capability in given:
                assert reaches, (username, capability)
                assert by.role in ROLES[capability], (username, capability)
            assert (Capability.CASE_READ in given) == reaches, username


def test_somebody_whose_membership_is_over_has_no_right() -> None:
    case, by = dispatched(), member("sun")
    Membership.objects.filter(pk=by.pk).update(valid=(by.valid.lower, LATER - timedelta(seconds=1)))
    found = rights(standings(by.user, case, LATER), case)
    assert {one.by for one in found} == {None}
    assert {one.why for one in found} == {"No membership is in force."}
    assert len(found) == len(ON_A_CASE)


def test_the_page_names_person_and_case_exactly() -> None:
    case = dispatched()
    words = page("audit_rights", who="sun", case=case.number)
    assert "assignment.work" in words
    assert "Nobody has this user name" in page("audit_rights", who="nobody", case=case.number)
    assert "no case with this number" in page("audit_rights", who="sun", case="20260309-00000")
