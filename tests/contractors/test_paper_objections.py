"""Objections on paper: for a contractor whose access ended with its contract, while the limit still runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cases.attachments import Upload
from contractors import assessments, objecting
from contractors.models import Assessment, Objection, PaperObjection
from hotline.acts import Invalid, NotAllowed, NotNow
from tests.contractors.stories import february, result, run, seen, shown, under_way
from tests.doors import client_of
from tests.people import local, member

pytestmark = pytest.mark.django_db
SHOWN, PAPER, RECORDED = (local(f"2026-03-{day} 10:00") for day in ("03", "05", "06"))
SCAN = Upload("异议书.txt", "2 月 24 日系统故障，应予剔除。（盖章）".encode())


@pytest.fixture
def month() -> Iterator[Assessment]:
    """February of a contract that ended with it, put before the contractor on 3 March."""
    with time_machine.travel(local("2026-02-20 10:00")):  # its people are at work yet
        contract = under_way(last_day=date(2026, 2, 28))
        february()
    with time_machine.travel(RECORDED, tick=False):
        yield shown(run(contract, at=SHOWN), at=SHOWN)


def recorded(month: Assessment, *, by: str = "song", at: datetime = RECORDED, **given: Any) -> Objection:
    said: dict[str, Any] = {
        "received_at": PAPER,
        "received_from": "罗经理",
        "words": "2 月 24 日系统故障，应予剔除。",
        "uploads": [SCAN],
    }
    return objecting.record_paper(result(month), by=member(by), at=at, **(said | given))


def test_it_is_an_objection_like_any_other_with_the_paper_and_who_signed_it(month: Assessment) -> None:
    made = recorded(month)
    assert seen(made.is_waiting, made.made_by.username, made.files.get().name) == (True, "song", SCAN.name)
    assert seen(made.paper.received_from, made.paper.received_at) == ("罗经理", PAPER)
    assert made.recomputed["scored"] is False


def test_upheld_it_moves_the_month(month: Assessment) -> None:
    due = month.due
    objecting.rule(recorded(month, claimed=[]), by=member("jiang"), at=RECORDED, ruling="属实。")
    month.refresh_from_db()
    assert seen(result(month).set_aside, month.due >= due) == (True, True)


def test_whoever_records_it_does_not_rule_on_it(month: Assessment) -> None:
    made = recorded(month, by="yan")
    with pytest.raises(IntegrityError, match="objection_two_people"):
        objecting.rule(made, by=member("yan"), at=RECORDED, ruling="属实。")


def test_a_paper_in_time_counts_however_late_it_is_recorded(month: Assessment) -> None:
    assert month.objections_until is not None
    late = month.objections_until + timedelta(days=3)
    made = recorded(month, at=late, received_at=month.objections_until - timedelta(minutes=1))
    assert seen(made.is_waiting, made.made_at) == (True, late)


def test_a_paper_after_the_limit_is_not_taken(month: Assessment) -> None:
    assert month.objections_until is not None
    with pytest.raises(NotNow, match="after the limit"):
        recorded(month, at=month.objections_until + timedelta(days=1), received_at=month.objections_until)


def test_it_is_not_taken_once_the_office_has_signed(month: Assessment) -> None:
    assert month.objections_until is not None
    later = month.objections_until + timedelta(hours=1)
    assessments.sign(month, by=member("yan"), at=later)
    with pytest.raises(NotNow, match="a side has signed"):
        recorded(month, at=later)


def test_who_has_access_still_objects_itself() -> None:
    contract = under_way()
    february()
    with time_machine.travel(RECORDED, tick=False):
        month = shown(run(contract, at=SHOWN), at=SHOWN)
        with pytest.raises(NotNow, match="objects itself"):
            recorded(month)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"received_at": RECORDED + timedelta(minutes=1)}, "received_at"),
        ({"received_at": SHOWN - timedelta(minutes=1)}, "received_at"),
        ({"received_from": " "}, "received_from"),
        ({"received_from": "罗" * 61}, "received_from"),
        ({"uploads": []}, "proofs"),
        ({"words": ""}, "words"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_place(month: Assessment, given: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        recorded(month, **given)
    assert refused.value.field == field
    assert not Objection.objects.exists()


@pytest.mark.parametrize("username", ["jiang", "shen", "zhou", "sysadmin"])
def test_the_office_records_it(username: str, month: Assessment) -> None:
    with pytest.raises(NotAllowed):
        recorded(month, by=username)


def test_the_database_keeps_that_it_is_from_somebody(month: Assessment) -> None:
    made = recorded(month)
    with pytest.raises(IntegrityError, match="paper_objection_from_somebody"), transaction.atomic():
        PaperObjection.objects.filter(objection=made).update(received_from="")


# -- The page


def test_it_is_recorded_from_the_month_and_shown_as_what_it_is(month: Assessment) -> None:
    client, page = client_of("song"), f"/assessments/{month.pk}/"
    address = f"/assessments/results/{result(month).pk}/object/on-paper/"
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    scan = SimpleUploadedFile("paper.txt", SCAN.content)
    given = {"received_at": "2026-03-05T10:00", "received_from": "罗经理", "words": "应予剔除。", "proofs": scan}
    assert client.post(address, given | {"claimed": ""}).status_code == 303
    told = client.get(page).content.decode()
    assert "罗经理" in told
    assert address not in told  # it awaits its ruling
    assert (
        "罗经理"
        in client_of("jiang").get(f"/assessments/objections/{Objection.objects.get().pk}/rule/").content.decode()
    )


def test_what_is_wrong_comes_back_with_what_was_written(month: Assessment) -> None:
    address = f"/assessments/results/{result(month).pk}/object/on-paper/"
    answer = client_of("song").post(address, {"received_at": "2026-03-05T10:00", "words": "应予剔除。"})
    assert answer.status_code == 422
    assert "应予剔除。" in answer.content.decode()


def test_nobody_is_offered_it_while_the_contract_runs() -> None:
    contract = under_way()
    february()
    with time_machine.travel(RECORDED, tick=False):
        month = shown(run(contract, at=SHOWN), at=SHOWN)
        assert "on-paper" not in client_of("song").get(f"/assessments/{month.pk}/").content.decode()
