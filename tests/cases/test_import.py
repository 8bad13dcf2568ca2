"""History taken in from elsewhere: streamed, checked, repeatable, and its own times kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases import search
from cases.models import Case, CaseEvent, ImportRun, Status
from tests.people import member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db

MAPPING = """
source = "old-system"
[columns]
number = "no"
title = "title"
words = "text"
registered_at = "at"
reply = "reply"
replied_at = "replied"
kind = "kind"
phone = "phone"
category = "category"
[values.kind]
"投诉" = "complaint"
"""
HEADING = "no,title,text,at,reply,replied,kind,phone,category"
GOOD = "1,井盖,建设街井盖缺失,2024-03-04 09:00,已补装井盖,2024-03-06 16:00,投诉,13800006021,SZ01"


@pytest.fixture
def taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Import some lines and tell what the command said."""
    mapping = tmp_path / "map.toml"
    mapping.write_text(MAPPING, encoding="utf-8")

    def run(*lines: str, heading: str = HEADING, encoding: str = "utf-8", **options: object) -> str:
        file = tmp_path / "cases.csv"
        file.write_text("\n".join([heading, *lines]), encoding=encoding)
        call_command(
            "import_cases", file, mapping=mapping, by="yan", errors=tmp_path / "refused.csv", verbosity=0, **options
        )
        return capsys.readouterr().out

    return run


def refused(tmp_path: Path) -> str:
    return (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")


def test_a_row_becomes_a_closed_case_with_its_own_times_and_its_reply(taken_in: Callable[..., str]) -> None:
    taken_in(GOOD)
    case = Case.objects.get(upstream_platform="old-system", upstream_number="1")
    assert case.status == Status.CLOSED
    assert case.registered_at == datetime(2024, 3, 4, 1, 0, tzinfo=UTC)
    assert case.number.startswith("20240304-")
    events = list(CaseEvent.objects.of(case).order_by("at").values_list("kind", "at"))
    assert [kind for kind, _at in events] == ["imported", "replied", "closed"]
    assert events[1][1] == datetime(2024, 3, 6, 8, 0, tzinfo=UTC)
    assert case.citizen is not None
    assert case.citizen.masked_phone == "138****6021"


def test_reading_a_file_again_takes_nothing_twice(taken_in: Callable[..., str]) -> None:
    taken_in(GOOD)
    assert "0 taken, 1 known before" in taken_in(GOOD)
    assert Case.objects.filter(upstream_platform="old-system").count() == 1


def test_history_uses_up_no_numbers_of_those_who_call(taken_in: Callable[..., str]) -> None:
    def called_in() -> int:
        return int(a_case(MONDAY).number.removeprefix("20260309-")[:-1])

    before = called_in()
    that_day = GOOD.replace("2024-03-04", "2026-03-09").replace("2024-03-06", "2026-03-10")
    taken_in(*(that_day.replace("1,", f"{n},", 1) for n in range(1, 4)))
    taken_in(*(that_day.replace("1,", f"{n},", 1) for n in range(3, 6)))
    assert called_in() == before + 1
    history = Case.objects.filter(upstream_platform="old-system").order_by("number").values_list("number", flat=True)
    assert [number[:-1] for number in history] == [f"20260309-50000{n}" for n in range(1, 6)]


def test_a_dry_run_checks_and_takes_nothing(taken_in: Callable[..., str]) -> None:
    assert "1 would be taken" in taken_in(GOOD, dry_run=True)
    assert not Case.objects.filter(upstream_platform="old-system").exists()
    assert not ImportRun.objects.exists()


def test_an_interrupted_run_goes_on_where_it_stopped(taken_in: Callable[..., str]) -> None:
    lines = [GOOD.replace("1,", f"{n},", 1) for n in range(1, 1201)]
    taken_in(*lines)
    run = ImportRun.objects.get()
    run.finished_at, run.rows_done = None, 501
    run.save()
    said = taken_in(*lines, resume=True)
    assert "500 skipped" in said
    assert ImportRun.objects.get().finished_at is not None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2,x,y", "3 cells"),
        (GOOD.replace("2024-03-04", "2024-02-31"), "is no time"),
        (GOOD.replace("2024-03-06", "2024-03-01"), "lies before the registration"),
        (GOOD.replace("2024", "1899"), "lies outside what can be"),
        (GOOD.replace("13800006021", "12"), "not a telephone number"),
        (GOOD.replace("投诉", "抱怨"), "not translated"),
        (GOOD.replace("SZ01", "NOWHERE"), "category “NOWHERE” is not known here"),
        (GOOD.replace("建设街井盖缺失", "字" * 20_001), "20001 characters"),
        (GOOD.replace("建设街井盖缺失", "\u200b"), "no text"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_are_taken(
    taken_in: Callable[..., str],
    tmp_path: Path,
    line: str,
    reason: str,
) -> None:
    said = taken_in(line, GOOD.replace("1,", "7,", 1))
    assert "1 taken" in said
    assert "1 refused" in said
    assert reason in refused(tmp_path)


def test_shifted_columns_are_noticed_before_anything_is_taken(taken_in: Callable[..., str]) -> None:
    with pytest.raises(CommandError, match="has no column “at”"):
        taken_in(GOOD, heading=HEADING.replace(",at,", ","))


def test_a_wrong_encoding_is_named(taken_in: Callable[..., str]) -> None:
    with pytest.raises(CommandError, match="gb18030"):
        taken_in(GOOD, encoding="gb18030")


def test_only_who_may_import_imports(taken_in: Callable[..., str], tmp_path: Path) -> None:
    taken_in(GOOD, dry_run=True)
    with pytest.raises(CommandError, match="may not"):
        call_command("import_cases", tmp_path / "cases.csv", mapping=tmp_path / "map.toml", by="wang", verbosity=0)


DATA = settings.BASE_DIR.parent / "shared" / "data"
REAL = [
    ("tipdm2020c/messages_with_replies.xlsx", "tipdm_with_replies", 2816, 0),
    ("fuzhou12345/cases.csv.gz", "fuzhou", 1171, 0),
    ("nyc311/requests.csv", "nyc", 4999, 2),
]
LARGE = [
    ("tipdm2020c/messages_2019.xlsx", "tipdm_2019", 4326, 0),
    ("tipdm2020c/messages_labelled.csv.gz", "tipdm_labelled", 7367, 0),
    ("pingshan/events.csv.gz", "pingshan", 7992, 0),
    ("boston311/cases.csv.gz", "boston", 38971, 234),
]
if os.environ.get("LARGE_FILES") == "1":  # as ``bin/check at_length`` asks for
    REAL += LARGE


@pytest.mark.slow  # reads real files of up to 5,000 rows, or of 39,000
@pytest.mark.data
@pytest.mark.parametrize(("name", "mapping", "rows", "bad"), REAL, ids=[row[1] for row in REAL])
def test_it_takes_the_real_files(
    name: str, mapping: str, rows: int, bad: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (DATA / name).exists():
        pytest.skip(f"the real data are not here: {name}")
    path = settings.BASE_DIR / "tests" / "mappings" / f"{mapping}.toml"
    call_command("import_cases", DATA / name, mapping=path, by="yan", errors=tmp_path / "refused.csv", verbosity=0)
    said = capsys.readouterr().out
    with capsys.disabled():
        print(f"\n{said.rstrip()}")  # noqa: T201 - the figures of a real import are the point of this test
    assert f"{rows} rows read, {rows - bad} taken, 0 known before, {bad} refused" in said


@pytest.mark.slow  # imports 2,816 rows
@pytest.mark.data
def test_imported_answers_are_found_by_their_words(tmp_path: Path) -> None:
    file = DATA / "tipdm2020c" / "messages_with_replies.xlsx"
    if not file.exists():
        pytest.skip("the real data are not here")
    mapping = settings.BASE_DIR / "tests" / "mappings" / "tipdm_with_replies.toml"
    call_command("import_cases", file, mapping=mapping, by="yan", errors=tmp_path / "refused.csv", verbosity=0)
    found = search.find("桂花坪街道 业委会", by=member("yan"), at=timezone.now())
    case = found.get(upstream_number="2549")
    reply = CaseEvent.objects.of(case).get(kind="replied")
    assert "景蓉华苑业委会" in reply.payload["public_reply"]
