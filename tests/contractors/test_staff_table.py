"""Staff brought as a table: tried out row by row, the rows in order taken, the others given back with their fault."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from cases.tables import as_csv, as_xlsx
from contractors import staff_tables
from contractors.models import Contract, Employment, StaffTable
from contractors.staff_table import Judged, header
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Membership, User
from tests.contractors.staffing import YEAR_BEGINS, YEAR_ENDS, contract_of, employed
from tests.doors import client_of
from tests.people import local, member

pytestmark = pytest.mark.django_db
HEADER = ["姓名", "工号", "岗位", "入职日期", "离职日期"]
GOOD = [["王静", "1024", "话务员", "", ""], ["田甜", "1031", "班长", "2026-03-09", "2026-06-30"]]


@pytest.fixture(autouse=True)
def contract(db: None) -> Contract:
    return contract_of()


def read(rows: list[list[str]], heading: list[str] | None = None, *, by: str = "luo", xlsx: bool = False) -> StaffTable:
    under = Contract.objects.get(number="YZ-JIA-2026")
    content = as_xlsx("员工", heading or HEADER, rows) if xlsx else as_csv(heading or HEADER, rows)
    return staff_tables.upload(under, "员工.xlsx", content, by=member(by), at=timezone.now())


def tried(rows: list[list[str]], heading: list[str] | None = None) -> Judged:
    return staff_tables.tried(read(rows, heading))


@pytest.mark.parametrize("xlsx", [False, True])
def test_known_people_are_employed_and_new_ones_get_an_account_that_opens_nothing(xlsx: bool) -> None:
    kept = staff_tables.take_in(read(GOOD, xlsx=xlsx), by=member("luo"), at=timezone.now())
    assert kept.taken == 2
    wang, tian = Employment.objects.select_related("user").order_by("user__staff_number")
    assert (wang.user.username, wang.period.lower, wang.period.upper) == ("wang", YEAR_BEGINS, YEAR_ENDS)
    assert (tian.user.username, tian.user.name, tian.position) == ("jia.1031", "田甜", "班长")
    assert (tian.period.lower, tian.period.upper) == (local("2026-03-09 00:00"), local("2026-07-01 00:00"))
    assert not tian.user.has_usable_password()
    assert not Membership.objects.filter(user=tian.user).exists()


def test_the_same_file_brought_again_changes_nothing() -> None:
    staff_tables.take_in(read(GOOD), by=member("luo"), at=timezone.now())
    before = list(Employment.objects.values()), User.objects.count()
    again = tried(GOOD)
    assert (again.people, again.problems, again.there) == ([], [], 2)
    with pytest.raises(NotNow, match="no row in it"):
        staff_tables.take_in(read(GOOD), by=member("luo"), at=timezone.now())
    assert (list(Employment.objects.values()), User.objects.count()) == before


def test_a_table_is_taken_in_once() -> None:
    kept = read(GOOD)
    staff_tables.take_in(kept, by=member("luo"), at=timezone.now())
    with pytest.raises(NotNow, match="taken in before"):
        staff_tables.take_in(kept, by=member("luo"), at=timezone.now())


BAD = [
    (["", "1040", "", "", ""], "Name", "filled in"),
    (["田甜", "", "", "", ""], "Staff number", "filled in"),
    (["田甜" * 31, "1040", "", "", ""], "Name", "At most 60"),
    (["田甜", "1040", "", "昨天", ""], "First day", "is no day"),
    (["田甜", "1040", "", "2026-02-30", ""], "First day", "is no day"),
    (["田甜", "1040", "", "2025-12-31", ""], "First day", "Outside of contract"),
    (["田甜", "1040", "", "2027-01-01", ""], "First day", "Outside of contract"),
    (["田甜", "1040", "", "2026-03-09", "2027-01-01"], "Last day", "Outside of contract"),
    (["田甜", "1040", "", "2026-03-09", "2026-03-01"], "Last day", "before the first"),
    (["李倩", "1024", "", "", ""], "Name", "another name"),
    (["赵敏", "1026", "", "2026-05-01", ""], "First day", "employed already"),
]


@pytest.mark.parametrize(("row", "column", "said"), BAD)
def test_a_row_that_cannot_be_taken_says_what_is_wrong_and_the_others_are_taken(
    row: list[str], column: str, said: str
) -> None:
    employed("zhao")
    kept = read([*GOOD, row])
    (problem,) = staff_tables.tried(kept).problems
    assert (problem.row, problem.column) == (4, column)
    assert said in problem.sentence
    assert staff_tables.take_in(kept, by=member("luo"), at=timezone.now()).taken == 2


def test_a_person_stands_in_a_table_once() -> None:
    judged = tried([*GOOD, GOOD[0]])
    assert [(p.row, p.sentence) for p in judged.problems] == [(4, "This person stands in row 2 already.")]


def test_a_user_name_of_the_government_side_is_nobodys_staff() -> None:
    judged = tried([["周明", "3001", "zhou"]], ["姓名", "工号", "用户名"])
    assert "is not a contractor's" in judged.problems[0].sentence


def test_a_staff_number_of_another_body_is_not_taken_for_its_bearer() -> None:
    """Zhou of the hotline has 3001; Jia may have somebody with that number, who gets an own account."""
    judged = tried([["孙小雨", "3001", "", "", ""]])
    assert [(p.username, p.known) for p in judged.people] == [("jia.3001", None)]


def test_whoever_moves_here_from_another_contractor_keeps_the_account() -> None:
    judged = tried([["陈晨", "1050", "chen"]], ["姓名", "工号", "用户名"])
    assert judged.people[0].known == member("chen").user


def test_a_table_without_the_needed_columns_is_told_so() -> None:
    judged = tried([["x", "y"]], ["岗位", "备注"])
    assert "Name" in judged.problems[0].sentence
    assert "Staff number" in judged.problems[0].sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "no table"),
        ("姓名,工号\n".encode(), "no rows"),
        ("姓名".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_that_is_no_table_is_refused(contract: Contract, content: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        staff_tables.upload(contract, "员工.csv", content, by=member("luo"), at=timezone.now())
    assert refused.value.field == "file"
    assert not StaffTable.objects.exists()


@pytest.mark.parametrize("username", ["wang", "xu", "ma", "tang", "song", "zhou", "jiang", "secadmin"])
def test_others_bring_no_table(username: str) -> None:
    with pytest.raises(NotAllowed):
        read(GOOD, by=username)


def test_names_lie_sealed_until_they_are_taken() -> None:
    kept = read(GOOD)
    token = StaffTable.objects.filter(pk=kept.pk).values_list("content", flat=True)[0]
    assert "田甜".encode() not in bytes(token)


def test_five_hundred_people_are_tried_and_taken_by_a_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    kept = read([[f"新人{n}", f"8{n:03}", "话务员", "", ""] for n in range(500)])
    with django_assert_max_num_queries(8):
        assert len(staff_tables.tried(kept).people) == 500
    with django_assert_max_num_queries(24):
        assert staff_tables.take_in(kept, by=member("luo"), at=timezone.now()).taken == 500


def test_the_page_takes_a_file_from_reading_to_the_rows_to_correct(contract: Contract) -> None:
    client = client_of("luo")
    wrong = ["田甜", "1040", "", "昨天", ""]
    file = SimpleUploadedFile("员工.csv", as_csv(HEADER, [*GOOD, wrong]))
    read_at = client.post("/staff/import/", {"contract": contract.pk, "file": file})
    assert read_at.status_code == 303
    here = read_at["Location"]
    shown = client.get(here).content.decode()
    assert "田甜" in shown
    assert "“昨天” is no day" in shown
    assert client.post(here).status_code == 303
    assert "2 people were put on record" in client.get(here).content.decode()
    errors = client.get(f"{here}to-correct/")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(errors.content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == [*HEADER, "What is wrong"]
    assert sheet[1][:5] == wrong
    assert "is no day" in str(sheet[1][5])


def test_the_pattern_is_a_table_that_is_understood() -> None:
    answer = client_of("luo").get("/staff/import/pattern/")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == header()


def test_a_page_without_a_file_says_so_and_keeps_what_was_chosen(contract: Contract) -> None:
    answer = client_of("luo").post("/staff/import/", {"contract": contract.pk})
    assert answer.status_code == 422
    assert client_of("tang").post("/staff/import/", {"contract": contract.pk}).status_code == 422
