"""Call records taken in from files: streamed, checked, repeatable, completed, never doubled."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.call_mapping import read_call_mapping
from cases.import_mapping import BadMapping
from cases.models import Call, ImportRun
from cases.telephony import CallAct, CallEvent, record_call
from hotline.models import User
from tests.people import local, member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db

MAPPING = """
source = "pbx"
[columns]
number = "流水号"
caller = "主叫"
queue = "队列"
agent = "工号"
offered_at = "进线"
answered_at = "接通"
ended_at = "挂断"
hold_seconds = "保持"
wrap_up_seconds = "整理"
result = "结果"
recording = "录音"
case = "工单"
[values.result]
"接通" = "answered"
"放弃" = "abandoned"
"导航挂断" = "menu"
"测试" = "skip"
"""
HEADING = "流水号,主叫,队列,工号,进线,接通,挂断,保持,整理,结果,录音,工单"
GOOD = "1,13800006021,综合,1024,2026-03-09 10:00:00,2026-03-09 10:00:09,2026-03-09 10:03:42,20,00:45,接通,r/1.wav,"
LOST = "2,,综合,,2026-03-09 10:00:00,,2026-03-09 10:00:31,,,放弃,,"
TakenIn = Callable[..., str]


@pytest.fixture
def taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> TakenIn:
    """Import some lines and tell what the command said."""
    mapping = tmp_path / "map.toml"

    def run(*lines: str, heading: str = HEADING, mapped: str = MAPPING, by: str = "yan", **options: object) -> str:
        mapping.write_text(mapped, encoding="utf-8")
        file = tmp_path / "calls.csv"
        file.write_text("\n".join([heading, *lines]), encoding="utf-8")
        errors = tmp_path / "refused.csv"
        call_command("import_calls", file, mapping=mapping, by=by, errors=errors, verbosity=0, **options)
        return capsys.readouterr().out

    return run


def refused(tmp_path: Path) -> str:
    return (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")


def test_a_row_becomes_a_call_with_its_agent_and_all_its_times(taken_in: TakenIn) -> None:
    taken_in(GOOD, LOST)
    call, lost = Call.objects.order_by("platform_id")
    wang = member("wang")
    assert (call.agent_id, call.organisation_id) == (wang.user_id, wang.organisation_id)
    assert (call.offered_at, call.ended_at) == (local("2026-03-09 10:00"), local("2026-03-09 10:03:42"))
    assert (call.hold_seconds, call.wrap_up_seconds, call.recording) == (20, 45, "r/1.wav")
    assert (call.masked_caller, call.abandoned, call.in_menu) == ("138****6021", False, False)
    assert (lost.abandoned, lost.answered_at, lost.agent, lost.caller) == (True, None, None, None)


def test_reading_a_file_again_takes_nothing_twice(taken_in: TakenIn) -> None:
    taken_in(GOOD, LOST, GOOD)
    before = list(Call.objects.order_by("platform_id").values())
    assert "0 taken, 3 known before" in taken_in(GOOD, LOST, GOOD)
    assert list(Call.objects.order_by("platform_id").values()) == before


def test_a_call_known_from_its_reports_is_completed_and_not_overwritten(taken_in: TakenIn) -> None:
    record_call(CallEvent("1", CallAct.OFFERED, MONDAY, queue="企业"), by=None, at=MONDAY)
    answered = MONDAY + timedelta(seconds=8)
    record_call(CallEvent("1", CallAct.ANSWERED, answered, agent="1025"), by=None, at=MONDAY)
    assert "0 taken, 1 known before" in taken_in(GOOD)
    call = Call.objects.get()
    assert (call.queue, call.agent_id, call.answered_at) == ("企业", member("li").user_id, answered)
    assert (call.ended_at, call.wrap_up_seconds, call.caller) == (local("2026-03-09 10:03:42"), 45, "+8613800006021")


def test_what_contradicts_the_reports_is_left(taken_in: TakenIn) -> None:
    for act, after in ((CallAct.OFFERED, 0), (CallAct.ABANDONED, 5)):
        record_call(CallEvent("1", act, MONDAY + timedelta(seconds=after)), by=None, at=MONDAY)
    taken_in(GOOD)  # it says that the call was answered after nine seconds
    assert Call.objects.get().abandoned


def test_a_call_is_linked_to_the_case_its_row_names(taken_in: TakenIn, tmp_path: Path) -> None:
    case = a_case()
    said = taken_in(GOOD + case.number, LOST + "20260309-999999")
    assert "1 taken" in said
    assert Call.objects.get().case == case
    assert "case “20260309-999999” is not known here" in refused(tmp_path)


def test_a_call_is_linked_to_the_case_its_agent_took_down_meanwhile(taken_in: TakenIn) -> None:
    case = a_case(MONDAY + timedelta(minutes=2))
    taken_in(GOOD, GOOD.replace("1,", "3,", 1).replace("10:0", "16:0"))
    assert [call.case for call in Call.objects.order_by("platform_id")] == [case, None]
    assert Call.objects.filter(citizen=case.citizen).count() == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2,x", "2 cells"),
        (GOOD.replace("1,", ",", 1), "no number of the call"),
        (GOOD.replace("1,", "1" * 81 + ",", 1), "more than 80"),
        (GOOD.replace("10:03:42", "10:00:05"), "ends before it is answered"),
        (LOST.replace("10:00:31", "09:59:00"), "ends before it starts"),
        (GOOD.replace("10:00:09", "09:59:59"), "answered before it is offered"),
        (GOOD.replace("2026-03-09 10:03:42", "2026-03-11 10:03:42"), "longer than a day"),
        (GOOD.replace("2026-03-09 10:00:00", "2026-02-30 10:00:00"), "offered_at: “2026-02-30 10:00:00” is no time"),
        (GOOD.replace("2026-03-09 10:00:00", ""), "no time at which it was offered"),
        (GOOD.replace("2026-03-09 10:00:00", "1899-03-09 10:00:00"), "lies outside what can be"),
        (GOOD.replace("1024", "7777"), "agent “7777” is not known here"),
        (GOOD.replace("1024", "0701"), "agent “0701” is not known here"),
        (GOOD.replace("接通,r", "未知,r"), "“未知” is not translated"),
        (LOST.replace("放弃", "接通"), "says that it was answered, and not when"),
        (GOOD.replace(",20,", ",minus,"), "hold_seconds: “minus” is no length of time"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_are_taken(
    taken_in: TakenIn, tmp_path: Path, line: str, reason: str
) -> None:
    said = taken_in(line, GOOD.replace("1,", "9,", 1))
    assert "1 taken" in said
    assert "1 refused" in said
    assert reason in refused(tmp_path)


def test_an_agent_is_known_only_for_the_time_of_the_membership(taken_in: TakenIn, tmp_path: Path) -> None:
    since = member("wang").valid.lower
    early = f"{since - timedelta(days=1):%Y-%m-%d}"
    taken_in(GOOD.replace("2026-03-09", early))
    assert "took no calls at that time" in refused(tmp_path)


def test_rows_the_mapping_leaves_out_are_counted(taken_in: TakenIn) -> None:
    assert "1 left out by the mapping" in taken_in(GOOD, LOST.replace("放弃", "测试"))
    assert Call.objects.count() == 1


def test_a_dry_run_checks_and_takes_nothing(taken_in: TakenIn) -> None:
    assert "2 would be taken" in taken_in(GOOD, LOST, dry_run=True)
    assert not Call.objects.exists()
    assert not ImportRun.objects.exists()


def test_an_interrupted_run_goes_on_where_it_stopped(taken_in: TakenIn) -> None:
    lines = [LOST.replace("2,", f"{n},", 1) for n in range(2, 5002)]
    taken_in(*lines)
    run = ImportRun.objects.get()
    run.finished_at, run.rows_done = None, 2001
    run.save()
    assert "2000 skipped" in taken_in(*lines, resume=True)
    assert ImportRun.objects.get().finished_at is not None
    assert Call.objects.count() == 5000


def test_only_who_may_import_imports(taken_in: TakenIn) -> None:
    with pytest.raises(CommandError, match="may not"):
        taken_in(GOOD, by="wang")
    assert not Call.objects.exists()


def test_a_spreadsheet_is_read_like_a_table(tmp_path: Path) -> None:
    naive = [datetime(2026, 3, 9, 10), datetime(2026, 3, 9, 10, 0, 9), datetime(2026, 3, 9, 10, 3, 42)]  # noqa: DTZ001
    with xlsxwriter.Workbook(tmp_path / "calls.xlsx", {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING.split(","))
        sheet.write_row(1, 0, [1, "13800006021", "综合", "1024", *naive, 20, 45, "接通", "", ""])
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    call_command("import_calls", tmp_path / "calls.xlsx", mapping=tmp_path / "map.toml", by="yan", verbosity=0)
    assert Call.objects.get().ended_at == local("2026-03-09 10:03:42")


@pytest.mark.parametrize(
    ("mapped", "wrong"),
    [
        ("source = 'x'", "say under"),
        ("[columns]\nnumber = 'n'\noffered_at = 'a'", "name the source"),
        (MAPPING.replace("number =", "nummer ="), "unknown fields nummer"),
        (MAPPING.replace('"skip"', '"ignored"'), "not ignored"),
        ("sauce = 1\n" + MAPPING, "unknown settings sauce"),
        ("source =", "cannot be read"),
    ],
)
def test_a_wrong_mapping_is_told_by_what_is_wrong_with_it(tmp_path: Path, mapped: str, wrong: str) -> None:
    file = tmp_path / "map.toml"
    file.write_text(mapped, encoding="utf-8")
    with pytest.raises(BadMapping, match=wrong):
        read_call_mapping(file)


TECHNION = settings.BASE_DIR.parent / "shared" / "data" / "technion_calls" / "calls.csv.gz"


def plainly(row: dict[str, str]) -> tuple[str, str, float | None, float | None]:
    """Outcome, agent, wait and talk of a row of the Technion's file, by another reading than the mapping's."""

    def seconds(name: str) -> int:
        hours, minutes, rest = row[name].split(":")
        return int(hours) * 3600 + int(minutes) * 60 + int(rest)

    agent = "" if row["server"] == "NO_SERVER" else row["server"]
    if row["ser_start"] == "0:00:00":
        return row["outcome"], agent, None, None
    offered = seconds("q_start") if row["q_start"] != "0:00:00" else seconds("vru_exit")
    wait = (seconds("ser_start") - offered) % 86_400
    begun = seconds("ser_start")
    if wait > 86_000:  # the clocks differ by a grain
        wait, begun = 0, offered
    talk = (seconds("ser_exit") - begun) % 86_400
    talk = 0 if talk > 86_000 else talk
    return row["outcome"], agent, wait, talk


@pytest.mark.slow  # imports 34,666 real calls
@pytest.mark.data
def test_it_takes_the_real_calls_of_a_bank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not TECHNION.exists():
        pytest.skip("the real data are not here")
    mapping = settings.BASE_DIR / "tests" / "mappings" / "technion.toml"
    errors = tmp_path / "refused.csv"
    call_command("import_calls", TECHNION, mapping=mapping, by="yan", errors=errors, verbosity=0)
    said = capsys.readouterr().out
    with capsys.disabled():
        print(f"\n{said.rstrip()}")  # noqa: T201 - the figures of a real import are the point of this test
    assert "34666 rows read" in said
    with gzip.open(TECHNION, "rt") as file:
        given = [row for row in csv.DictReader(file) if row["outcome"] != "PHANTOM"]
    n_refused = int(said.split(" refused")[0].split()[-1])
    assert Call.objects.count() + n_refused == len(given)
    known = {call.platform_id: call for call in Call.objects.select_related("agent")}
    for row in given:
        call = known.get(" ".join(["technion", row["date"], row["vru+line"], row["call_id"]]))
        if call is None:
            continue
        outcome, agent, wait, talk = plainly(row)
        assert (call.agent.name if call.agent else "") == agent
        assert call.abandoned == (outcome == "HANG" and wait is None)
        if wait is not None:
            assert call.answered_at is not None
            assert call.ended_at is not None
            assert (call.answered_at - call.offered_at).total_seconds() == wait
            assert (call.ended_at - call.answered_at).total_seconds() == talk
    assert User.objects.filter(username__startswith="technion:", is_active=False).count() == 30
    first = min(known.values(), key=lambda call: call.offered_at)
    assert first.offered_at == datetime(1999, 7, 31, 21, 10, 27, tzinfo=UTC)
    assert timezone.now() > first.offered_at
