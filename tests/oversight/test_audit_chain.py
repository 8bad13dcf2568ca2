"""The auditor's page: what the last check found and when, and having it checked anew, which nobody waits for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from hotline import audit_checks, schedule, seals
from hotline.acts import NotAllowed, NotNow
from hotline.models import AuditCheck, AuditEntry, CheckState
from tests import trails
from tests.doors import client_of
from tests.people import member
from tests.stories import a_case

PAGE = "/audit/chain/"


@pytest.mark.django_db
def test_before_the_first_check_nothing_is_claimed() -> None:
    page = client_of("shen").get(PAGE).content.decode()
    assert "Not checked yet" in page
    assert "Whole" not in page


@pytest.mark.django_db
def test_it_says_whole_with_how_many_entries_from_when_to_when_and_the_last_seal() -> None:
    trails.checked(whole=True)
    page = client_of("shen").get(PAGE).content.decode()
    for words in ("Whole", "2,416,905 entries", "258 of 258 days agree", "took 41.0 s", "c41d 90be 7a35 … 1f08"):
        assert words in page
    assert "Not whole" not in page
    assert trails.HASH in page
    assert seals.public_key() in page


@pytest.mark.django_db
def test_it_names_what_is_wrong_and_where() -> None:
    trails.checked(whole=True)
    trails.checked(whole=False)
    page = client_of("shen").get(PAGE).content.decode()
    assert "63 things are wrong" in page
    for words in (
        "Audit entry 41872 · seal 3012",
        "was changed after it was sealed",
        "Case event 90117 · seal 3012",
        "a trigger that refuses changes is switched off or altered: refuse_change",
        "and 57 more",
    ):
        assert words in page


@pytest.mark.django_db
def test_one_press_puts_a_check_in_line_and_a_second_one_is_told_to_wait() -> None:
    client = client_of("shen")
    answer = client.post(f"{PAGE}check/", follow=True)
    assert "The check begins within ten seconds" in answer.content.decode()
    check = AuditCheck.objects.get()
    assert (check.state, check.asked_by) == (CheckState.WAITING, member("shen").user)
    assert AuditEntry.objects.filter(act="audit_checks.ask", actor=check.asked_by).exists()
    assert "hx-trigger" in answer.content.decode()  # the page looks for what becomes of it
    with pytest.raises(NotNow):
        audit_checks.ask(by=member("auditadmin"), at=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["wang", "zhou", "yan", "jiang", "sysadmin", "secadmin"])
def test_nobody_but_auditors_has_it_checked(who: str) -> None:
    with pytest.raises(NotAllowed):
        audit_checks.ask(by=member(who), at=timezone.now())
    assert not AuditCheck.objects.exists()


@pytest.mark.django_db
def test_the_page_asks_the_database_little_however_many_checks_there_were(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("shen")
    client.get(PAGE)
    for _ in range(12):
        trails.checked(whole=False)
    with django_assert_max_num_queries(5):
        client.get(PAGE)


@pytest.mark.django_db
def test_the_clock_plans_one_check_a_day_and_takes_up_what_was_asked_for() -> None:
    now = timezone.now()
    first = audit_checks.due(now)
    assert first
    assert (first.state, first.asked_by) == (CheckState.RUNNING, None)
    assert audit_checks.due(now) is None  # it is being made
    audit_checks.finish(first, by=None, at=now, whole=True, found=trails.found(whole=True))
    assert audit_checks.due(now + timedelta(hours=23)) is None
    asked = trails.asked(now + timedelta(hours=23))
    assert audit_checks.due(now + timedelta(hours=23)) == asked


@pytest.mark.django_db
def test_a_check_whose_process_is_gone_is_given_up() -> None:
    at = timezone.now() - timedelta(hours=1)
    check = trails.begun(at)
    [left] = AuditCheck.objects.left_alone(timezone.now() - audit_checks.SILENT)
    audit_checks.fail(left, by=None, at=timezone.now(), why=audit_checks.GONE)
    check.refresh_from_db()
    assert check.state == CheckState.FAILED
    page = client_of("shen").get(PAGE).content.decode()
    assert "the process that checked ended before it was done" in page


@pytest.mark.django_db
def test_a_check_is_done_exactly_if_it_says_whether_all_is_whole() -> None:
    check = trails.begun()
    with pytest.raises(IntegrityError, match="audit_check_done"), transaction.atomic():
        AuditCheck.objects.filter(pk=check.pk).update(whole=True)
    with pytest.raises(NotNow):
        audit_checks.begin(check, by=None, at=timezone.now())
    audit_checks.finish(check, by=None, at=timezone.now(), whole=False, found=trails.found(whole=False))
    with pytest.raises(NotNow):
        audit_checks.fail(check, by=None, at=timezone.now(), why="again")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_check_asked_for_is_made_by_a_process_of_its_own(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    settings.AUDIT_SEALS_DIR = tmp_path
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("AUDIT_SEALS_DIR", str(tmp_path))
    a_case()
    schedule.seal_audit()
    trails.asked()
    assert schedule.check_audit()
    check = AuditCheck.objects.get()
    assert (check.state, check.whole, check.progress) == (CheckState.DONE, True, 100)
    assert check.entries >= 2
    assert check.found["faults"] == []
