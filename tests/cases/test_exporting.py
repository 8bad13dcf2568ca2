"""A list taken away: asked for, approved where it names citizens, built once, fetched on record, then deleted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cases import export_building, export_kinds, export_lists, exporting
from cases.models import Export, ExportFile, ExportState
from cases.tables import as_csv, as_xlsx
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.field_codec import current_header
from hotline.models import AuditEntry, Membership
from tests.exports import approved, asked, built, fetched, lines_of
from tests.people import member, unit
from tests.stories import a_case, dispatched, refused

pytestmark = pytest.mark.django_db


def acts_of(export: Export) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="cases.export", object_id=str(export.pk), result="ok")
    return list(rows.order_by("id").values_list("act", flat=True))


# -- From asking to the file


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_worklist_is_taken_away_as_it_is_filtered_with_a_mark_and_nobodys_number(form: str) -> None:
    case = dispatched(title="请回电 13912345678，井盖缺失")
    dispatched(title="路灯不亮", words="环湖路路灯不亮")
    export = built(asked(given={"q": "井盖"}, form=form))
    assert (export.state, export.rows, export.progress, export.cut) == (ExportState.READY, 1, 100, False)
    sheet = lines_of(fetched(export), form)
    assert [row[0] for row in sheet[2:]] == [case.number]
    assert export.number in sheet[0][0]
    assert "Sun Fang 0702" in sheet[0][0]
    assert "周例会核对" in sheet[0][0]
    assert f"{timezone.localtime():%Y-%m-%d}" in sheet[0][0]
    text = str(sheet)
    assert "13912345678" not in text
    assert "6021" not in text


def test_it_goes_no_further_than_ones_own_unit() -> None:
    dispatched()
    assert built(asked("lin")).rows == 0


def test_asking_and_every_download_are_on_record() -> None:
    dispatched()
    export = built(asked())
    fetched(export)
    fetched(export)
    assert acts_of(export) == [
        "exporting.ask", "exporting.begin", "exporting.finish", "exporting.download", "exporting.download",
    ]  # fmt: skip


def test_the_file_is_deleted_after_a_day_and_that_there_was_one_stays() -> None:
    dispatched()
    export, now = built(asked()), timezone.now()
    with pytest.raises(NotNow):
        exporting.expire(export, at=now + timedelta(hours=23), by=None)
    late = now + timedelta(hours=24, seconds=1)
    with pytest.raises(NotNow):
        fetched(export, at=late)
    exporting.expire(export, at=late, by=None)
    assert not ExportFile.objects.exists()
    assert (Export.objects.get().state, Export.objects.get().rows) == (ExportState.GONE, 1)


def test_the_file_is_kept_encrypted() -> None:
    dispatched(title="井盖缺失")
    built(asked())
    token = ExportFile.objects.values_list("content", flat=True).get()
    assert bytes(token).startswith(current_header())


def test_the_cap_cuts_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_kinds, "MOST_ROWS", 2)
    for n in range(3):
        dispatched(phone=f"1380000220{n}")
    export = built(asked())
    assert (export.rows, export.cut) == (2, True)


def test_a_long_list_is_read_in_stretches_and_no_row_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_lists, "BATCH", 2)
    cases = [dispatched(phone=f"1380000220{n}").number for n in range(5)]
    assert sorted(row[0] for row in lines_of(fetched(built(asked())))[2:]) == cases
    everything = built(asked("yan", "cases"))
    assert sorted(row[0] for row in lines_of(fetched(everything, "yan"))[2:]) == cases


@pytest.mark.parametrize(
    "cell",
    ['=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "＝1+1"],
)
def test_nothing_is_a_formula_in_a_spreadsheet(cell: str) -> None:
    sheet = lines_of(as_csv(["标题"], [[cell]], mark=cell))
    assert sheet[0][0] == sheet[2][0] == f"'{cell}"
    assert b"<f>" not in as_xlsx("x", ["标题"], [[cell]], mark=cell)
    assert lines_of(as_xlsx("x", ["标题"], [["=1+1"]]), "xlsx")[1][0] == "=1+1"


def test_a_formula_in_the_purpose_or_a_title_stays_text() -> None:
    dispatched(title='=HYPERLINK("http://evil.example","x")')
    sheet = lines_of(fetched(built(asked(purpose="=1+1"))))
    assert sheet[2][1] == '\'=HYPERLINK("http://evil.example","x")'


# -- Personal data


def personal(username: str = "yan") -> Export:
    return asked(username, "cases", personal=True)


def test_names_and_numbers_take_a_second_person_and_each_case_shows_it() -> None:
    case = dispatched()
    export = personal()
    assert export.state == ExportState.APPROVAL
    assert not export_building.build(export, timezone.now())
    with pytest.raises(NotAllowed, match="somebody else"):
        approved(export, by="yan")
    export = built(approved(export, by="jiang"))
    text = fetched(export, "yan").decode("utf-8-sig")
    assert "+8613800006021" in text
    assert "李女士" in text
    entry = AuditEntry.objects.get(act="identity.export")
    assert (entry.object_type, entry.object_id) == ("cases.case", str(case.pk))
    assert entry.actor == member("yan").user
    assert entry.details == {"number": export.number}


def test_a_sealed_identity_stays_sealed_for_who_may_not_see_it() -> None:
    dispatched(confidential=True, subject_unit=unit("SWJ"))
    export = built(approved(personal("zhou"), by="yan"))
    text = fetched(export, "zhou").decode("utf-8-sig")
    assert "13800006021" not in text
    assert "sealed" in text
    assert not AuditEntry.objects.filter(act="identity.export").exists()


def test_who_sees_no_identities_cannot_ask_for_them() -> None:
    for username, kind in (("han", "cases"), ("sun", "worklist"), ("he", "cases")):
        with pytest.raises(NotAllowed):
            asked(username, kind, personal=True)
    with pytest.raises(NotAllowed):
        asked("sun", "findings")
    with pytest.raises(NotAllowed):
        asked("sun", "nothing")


def test_a_refused_one_says_why_and_is_never_built() -> None:
    export = personal()
    with pytest.raises(Invalid):
        exporting.refuse(export, by=member("jiang"), at=timezone.now(), because=" ")
    exporting.refuse(export, by=member("jiang"), at=timezone.now(), because="用途不明。")
    kept = Export.objects.get()
    assert (kept.state, kept.refused_why) == (ExportState.REFUSED, "用途不明。")
    for act in (lambda: approved(export, by="jiang"), lambda: fetched(export, "yan")):
        with pytest.raises(NotNow):
            act()
    assert not export_building.build(export, timezone.now())


@pytest.mark.parametrize("username", ["sun", "wang", "zhou", "shen", "song"])
def test_nobody_else_decides(username: str) -> None:
    export = personal()
    acts: list[Callable[[], object]] = [
        lambda: approved(export, by=username),
        lambda: exporting.refuse(export, by=member(username), at=timezone.now(), because="不"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_the_database_wants_two_people_too() -> None:
    export = personal()
    for change in ({"state": "waiting"}, {"state": "waiting", "decided_by": export.asked_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.filter(pk=export.pk).update(**change)


def test_whoever_asked_fetches_it_and_nobody_else() -> None:
    dispatched()
    export = built(asked())
    for username in ("liu", "yan", "jiang", "shen"):
        with pytest.raises(NotAllowed):
            fetched(export, username)


def test_nothing_is_built_for_somebody_whose_membership_is_over() -> None:
    export = asked()
    Membership.objects.filter(pk=export.membership_id).update(
        valid=(export.membership.valid.lower, timezone.now() - timedelta(seconds=1))
    )
    export = built(export)
    assert export.state == ExportState.FAILED
    assert "any more" in export.failure


# -- What is asked


def test_a_purpose_is_asked_for_and_a_telephone_number_in_it_is_masked() -> None:
    for words in ("", " ", "长" * 301):
        with pytest.raises(Invalid) as refusal:
            asked(purpose=words)
        assert refusal.value.field == "purpose"
    assert asked(purpose="核对 13912345678").purpose == "核对 139****5678"
    with pytest.raises(Invalid):
        asked(form="pdf")


def test_a_list_found_by_a_number_is_not_exported() -> None:
    with pytest.raises(Invalid):
        asked(given={"q": "13912345678"})
    assert not Export.objects.exists()


def test_the_cases_behind_a_number_are_those_of_its_list() -> None:
    dispatched()
    refused()
    assert built(asked("jiang", "cases", {"unit": "CGJ"})).rows == 1
    assert built(asked("jiang", "cases")).rows == 2


# -- Workers


def test_two_workers_build_one_file() -> None:
    dispatched()
    export = asked()
    assert export_building.build(export, timezone.now())
    assert not export_building.build(export, timezone.now())
    assert ExportFile.objects.count() == 1


def test_a_worker_that_was_given_up_and_comes_back_doubles_nothing() -> None:
    dispatched()
    now = timezone.now()
    slow = exporting.begin(asked(), at=now, by=None)
    with pytest.raises(NotNow):
        exporting.begin(slow, at=now + timedelta(minutes=1), by=None)
    export = built(slow, now + timedelta(minutes=3))
    assert (export.state, export.attempt) == (ExportState.READY, 2)
    with pytest.raises(NotNow):
        exporting.finish(slow, b"x", rows=1, cut=False, named=[], at=now, by=None)
    with pytest.raises(NotNow):
        exporting.fail(slow, "x", at=now, by=None)
    assert ExportFile.objects.count() == 1


def test_a_list_that_kills_its_worker_three_times_is_given_up() -> None:
    export, at = asked(), timezone.now()
    for _n in range(exporting.ATTEMPTS):
        exporting.begin(export, at=at, by=None)
        at += timedelta(minutes=3)
    export = built(export, at)
    assert (export.state, "three times" in export.failure) == (ExportState.FAILED, True)


def test_what_fails_says_so_on_its_row_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    a_case()
    broken, good = asked("yan", "cases", {"unit": "CGJ"}), asked("yan", "cases")
    Export.objects.filter(pk=broken.pk).update(asked={"unit": "gone"})
    assert export_building.build_waiting(timezone.now()) == 1
    states = {export.pk: export.state for export in Export.objects.all()}
    assert states == {broken.pk: ExportState.FAILED, good.pk: ExportState.READY}


# A list whose second row ends its worker, as a full memory would.
KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from cases import export_building, export_kinds, export_lists
from cases.models import Export
from hotline.agreed_time import database_time
class Deadly(export_lists.CasesKind):
    def lines(self, *args, **kwargs):
        for n, line in enumerate(super().lines(*args, **kwargs)):
            if n == 1:
                print("building", flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
            yield line
export_kinds.register(Deadly())
export_building.build(Export.objects.get(pk=int(sys.argv[2])), database_time())
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_no_half_and_the_next_builds_it_once() -> None:
    for n in range(3):
        dispatched(phone=f"1380000220{n}")
    now = timezone.now()
    export = asked("yan", "cases", at=now)
    program = [sys.executable, "-c", KILLED, connection.settings_dict["NAME"], str(export.pk)]
    done = subprocess.run(program, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.returncode) == ("building\n", -9), done.stderr
    left = Export.objects.get()
    assert (left.state, left.attempt, ExportFile.objects.count()) == (ExportState.BUILDING, 1, 0)
    assert not export_building.build(left, timezone.now())
    export = built(left, timezone.now() + exporting.GIVEN_UP + timedelta(seconds=1))
    assert (export.state, export.attempt, export.rows) == (ExportState.READY, 2, 3)
    assert ExportFile.objects.count() == 1
    assert acts_of(export).count("exporting.finish") == 1
