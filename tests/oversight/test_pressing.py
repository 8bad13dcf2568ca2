"""From a finding to the unit's answer: supervision for cases behind it, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases import ladder
from cases.models import Case, LadderStep
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from oversight import detecting, findings, pressing
from oversight.detector import Hit, Subject
from oversight.detectors import BY_KEY
from oversight.models import Finding, FindingStep
from tests.doors import client_of
from tests.findings import NIGHT, ON, noticed
from tests.people import member, unit
from tests.stories import MONDAY, closed, current, signed

pytestmark = pytest.mark.django_db

ORDER = "说明结案依据，补充与诉求人的联系记录。"


def a_finding(*cases: Case, code: str = "CGJ", taken_up: bool = True) -> Finding:
    """Something about urban management that rests on these cases; Jiang looks into it."""
    subject = Subject(unit(code).pk)
    hits = [Hit(subject, f"event:{case.pk}", MONDAY, case=case.pk) for case in cases]
    detector = replace(BY_KEY["alike_replies"], hits=lambda *_: hits, looked_at=lambda *_: {subject: 9})
    detecting.look(detector, at=NIGHT, on=ON)
    finding = Finding.objects.get(organisation=subject.organisation)
    return findings.take_up(finding, by=member("jiang"), at=NIGHT) if taken_up else finding


def supervised(finding: Finding, *cases: Case, by: str = "jiang", words: str = ORDER) -> Finding:
    return pressing.supervise(finding, by=member(by), at=NIGHT, cases=[c.number for c in cases], words=words)


def test_each_case_has_its_numbered_step_its_event_and_its_link_and_the_finding_says_what_was_ordered() -> None:
    ended, running = closed(), signed(phone="13800001122")
    finding = supervised(a_finding(ended, running), ended, running)
    steps = LadderStep.objects.filter(pk__in=FindingStep.objects.filter(finding=finding).values("step")).order_by("pk")
    assert [(s.case, s.unit, s.serial, s.rung, s.state) for s in steps] == [
        (ended, unit(), 1, "supervise", "open"),
        (running, unit(), 2, "supervise", "open"),
    ]
    assert all(case.events.filter(kind="supervised", by=member("jiang").user).count() == 1 for case in (ended, running))
    assert finding.notes.latest("pk").words == ORDER
    assert AuditEntry.objects.filter(act="pressing.supervise", actor=member("jiang").user).exists()


def test_the_unit_answers_it_as_any_other_step_also_for_a_case_that_is_closed() -> None:
    case = closed()
    supervised(a_finding(case), case)
    paper = LadderStep.objects.get()
    ladder.answer(paper, by=member("liu"), at=NIGHT, version=None, words="已补充联系记录。")
    ladder.accept(LadderStep.objects.get(), by=member("jiang"), at=NIGHT, version=None)
    assert LadderStep.objects.get().state == "accepted"
    assert current(case).status == "closed"


@pytest.mark.parametrize("username", ["shen", "yan", "song", "zhou", "liu", "wang", "sysadmin"])
def test_it_takes_the_right_to_look_into_findings_and_the_right_to_supervise(username: str) -> None:
    case = closed()
    finding = a_finding(case)
    with pytest.raises(NotAllowed):
        supervised(finding, case, by=username)
    assert not LadderStep.objects.exists()


def test_of_what_nobody_looks_into_and_of_what_is_innocent_nothing_is_taken_to_supervision() -> None:
    case = closed()
    finding = a_finding(case, taken_up=False)
    with pytest.raises(NotNow, match="Take the finding up"):
        supervised(finding, case)
    findings.take_up(finding, by=member("jiang"), at=NIGHT)
    findings.settle(finding, "innocent", "合规。", by=member("jiang"), at=NIGHT)
    with pytest.raises(NotNow, match="innocent"):
        supervised(finding, case)


def test_nothing_is_done_for_any_case_if_it_cannot_be_done_for_one() -> None:
    """Of two people at once the later one finds the case supervised."""
    one, other = closed(), signed(phone="13800001122")
    finding = a_finding(one, other)
    ladder.issue(other, by=member("yan"), at=MONDAY, version=None, rung="supervise", words=ORDER)
    with pytest.raises(NotNow, match="cannot be put under supervision"):
        supervised(finding, one, other)
    assert LadderStep.objects.count() == 1
    assert not FindingStep.objects.exists()


def test_only_cases_behind_the_finding_that_are_with_its_unit_can_be_chosen() -> None:
    behind, stranger = closed(), closed(phone="13800001122")
    finding = a_finding(behind)
    assert list(pressing.open_to(finding, member("jiang"))) == [behind]
    with pytest.raises(NotNow):
        supervised(finding, stranger)


def test_of_a_finding_about_another_unit_nobody_is_pressed_who_only_has_the_case_now() -> None:
    finding = a_finding(closed(), code="SWJ")
    assert list(pressing.open_to(finding, member("jiang"))) == []


def test_it_says_for_which_cases_and_what_the_unit_must_do() -> None:
    case = closed()
    finding = a_finding(case)
    wrong: list[tuple[list[Case], str, str]] = [([], ORDER, "cases"), ([case], "?", "words")]
    for cases, words, field in wrong:
        with pytest.raises(Invalid) as refusal:
            supervised(finding, *cases, words=words)
        assert refusal.value.field == field


def test_the_link_never_changes() -> None:
    case = closed()
    supervised(a_finding(case), case)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FindingStep.objects.all().delete()


# -- The pages


def page(username: str, name: str, *args: object) -> Any:
    return client_of(username).get(reverse(name, args=args))


def test_from_the_findings_page_to_the_case_and_back() -> None:
    case = closed()
    finding = a_finding(case)
    link = reverse("oversight:finding", args=[finding.pk])
    sent = {"cases": [case.number], "order": ORDER}
    done = client_of("jiang").post(reverse("oversight:finding_supervise", args=[finding.pk]), sent)
    assert done["Location"] == link
    number = LadderStep.objects.get().number
    assert number in client_of("shen").get(link).content.decode()
    part = reverse("oversight:case_findings", args=[case.number])
    assert part in page("jiang", "cases:case", case.number).content.decode()
    behind = page("jiang", "oversight:case_findings", case.number).content.decode()
    assert link in behind
    assert number in behind


def test_what_is_wrong_is_said_beside_the_field_and_nothing_written_is_lost() -> None:
    case = closed()
    finding = a_finding(case)
    wrong = client_of("jiang").post(reverse("oversight:finding_supervise", args=[finding.pk]), {"order": ORDER})
    assert wrong.status_code == 422
    assert ORDER in wrong.content.decode()


def test_the_unit_and_the_auditor_are_offered_nothing() -> None:
    case = closed()
    finding = a_finding(case)
    form = reverse("oversight:finding_supervise", args=[finding.pk])
    assert form in page("jiang", "oversight:finding", finding.pk).content.decode()
    assert form not in page("shen", "oversight:finding", finding.pk).content.decode()
    supervised(finding, case)
    assert page("liu", "oversight:case_findings", case.number).status_code == 403
    part = reverse("oversight:case_findings", args=[case.number])
    assert part not in page("liu", "cases:case", case.number).content.decode()
    assert form not in page("jiang", "oversight:finding", finding.pk).content.decode()


def test_a_finding_about_oneself_shows_on_no_case() -> None:
    case = closed()
    noticed("shen", case=case.pk)
    assert "/findings/" not in page("shen", "oversight:case_findings", case.number).content.decode()
