"""Those an export waits for are told, and who asked hears what came of it: in the transaction of the act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import export_building, exporting
from cases.models import Export, ExportState
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.delivery import deliver_next
from hotline.models import Membership, Message
from tests.doors import client_of
from tests.exports import approved, asked, built
from tests.people import member
from tests.stories import dispatched

pytestmark = pytest.mark.django_db


def told(key: str) -> list[tuple[str, str]]:
    """To whom (a role, or a person's user name), and what."""
    rows = Message.objects.filter(template__key=key).order_by("to_role", "pk").select_related("to_user")
    return [(row.to_role or (row.to_user.username if row.to_user else ""), row.body) for row in rows]


def all_told() -> set[str]:
    return set(Message.objects.filter(template__key__startswith="export_").values_list("template__key", flat=True))


def personal() -> Export:
    """Zhou asks for the cases with names and numbers."""
    dispatched()
    return asked("zhou", "cases", {"set": "overdue"}, personal=True, purpose="逐件回访核对")


def test_an_export_with_personal_data_is_told_to_both_roles_that_approve() -> None:
    export = personal()
    notices = told("export_to_approve")
    assert [role for role, _body in notices] == ["office_head", "supervisor"]
    for _role, body in notices:
        assert export.number in body
        assert "逐件回访核对" in body
        assert member("zhou").user.name in body
    while deliver_next(timezone.now()):
        pass
    assert "逐件回访核对" in client_of("jiang").get("/inbox/").content.decode()
    assert "逐件回访核对" not in client_of("liu").get("/inbox/").content.decode()


def test_the_asker_hears_that_it_was_approved_and_later_that_it_is_ready() -> None:
    export = approved(personal(), by="jiang")
    [(whom, body)] = told("export_approved")
    assert whom == "zhou"
    assert member("jiang").user.name in body
    assert told("export_ready") == []
    assert built(export).state == ExportState.READY
    [(whom, body)] = told("export_ready")
    assert whom == "zhou"
    assert f"{timezone.localtime() + timedelta(hours=24):%Y-%m-%d}" in body


def test_the_asker_hears_why_it_was_refused() -> None:
    exporting.refuse(personal(), by=member("yan"), at=timezone.now(), because="用途不明，请改用脱敏清单。")
    [(whom, body)] = told("export_refused")
    assert whom == "zhou"
    assert "用途不明，请改用脱敏清单。" in body


def test_the_asker_hears_why_it_could_not_be_made() -> None:
    export = approved(personal())
    over = (export.membership.valid.lower, timezone.now() - timedelta(seconds=1))
    Membership.objects.filter(pk=export.membership_id).update(valid=over)
    assert built(export).state == ExportState.FAILED
    [(whom, body)] = told("export_failed")
    assert (whom, Export.objects.get(pk=export.pk).failure in body) == ("zhou", True)
    assert told("export_ready") == []


def test_a_list_that_names_nobody_waits_for_nobody_and_nobody_is_told() -> None:
    dispatched()
    assert built(asked()).state == ExportState.READY
    assert all_told() == set()


def test_a_worker_that_comes_back_late_tells_nothing_twice() -> None:
    begun = exporting.begin(approved(personal()), at=timezone.now(), by=None)
    later = timezone.now() + exporting.GIVEN_UP + timedelta(seconds=1)
    export_building.build(begun, later)
    with pytest.raises(NotNow):
        exporting.finish(begun, b"", rows=0, cut=False, named=[], at=later, by=None)
    assert len(told("export_ready")) == 1


def test_an_act_that_does_not_come_to_be_tells_nobody() -> None:
    export = personal()
    Message.objects.all().delete()
    with pytest.raises(Invalid):
        exporting.refuse(export, by=member("yan"), at=timezone.now(), because="")
    with pytest.raises(NotAllowed):
        exporting.approve(export, by=member("liu"), at=timezone.now())
    assert all_told() == set()
