"""The catalogue in and out as a table: tried out row by row, taken in as a whole or not at all."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases import catalogue_uploads, cataloguing
from cases.catalogue import lines_of
from cases.catalogue_file import guessed, header, judge, row_of
from cases.models import CatalogueEntry, CatalogueUpload, CatalogueVersion
from cases.tables import ROWS_LIMIT, SIZE_LIMIT, Table, as_csv, as_xlsx, read_table
from hotline.acts import Invalid, NotNow
from hotline.models import AuditEntry, Organisation
from tests.catalogue import a_line, a_version, approved
from tests.doors import client_of
from tests.people import category, member, region, unit
from tests.stories import MONDAY

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
HEAD = "分类,区域,主办单位,协办单位,抄送,依据"
GOOD = f"{HEAD}\n窨井盖缺失,建设街道,建设街道办事处,市城市管理局；市住房和城乡建设局,西城区政府,云府办〔2026〕12 号\n"


def csv(text: str, encoding: str = "utf-8") -> Table:
    return read_table("目录.csv", text.encode(encoding))


def tried(text: str, *, whole: bool = False) -> Any:
    table = csv(text)
    return judge(table, guessed(table.header), TODAY, whole=whole)


def with_name() -> str:
    return GOOD.replace("窨井盖缺失", category().full_name)


# -- Reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_as_excel_writes_it(encoding: str, delimiter: str) -> None:
    table = csv(GOOD.replace("；", "、").replace(",", delimiter), encoding)
    assert table.header == HEAD.split(",")
    assert table.rows[0][0] == 2
    assert table.rows[0][1][2] == "建设街道办事处"


def test_an_xlsx_is_read_and_empty_rows_are_counted_but_left_out() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.split(","))
        sheet.write_row(3, 0, ["SZ01", "", "市城市管理局"])
    assert read_table("a.xlsx", file.getvalue()).rows == [(4, ["SZ01", "", "市城市管理局", "", "", ""])]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"x" * (SIZE_LIMIT + 1), "larger than 5 MB"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7\n", "is no table"),
        (b"\x89PNG\r\n\x1a\n", "is no table"),
        (b"\xff\xfe\x00\x01\x80", "UTF-16"),
        (b"a,b\n\x00\x01\x02\x80\xff", "is no table"),
        (b"PK\x03\x04garbage", "is no table"),
        (HEAD.encode(), "no rows below"),
        (b'a,b\n"x', "cannot be read as a table"),
        (("a,b\n" + "x,y\n" * (ROWS_LIMIT + 1)).encode(), "at most 5000"),
        ((",".join("abcdefghij" * 7) + "\n1\n").encode(), "more than 60 columns"),
    ],
    ids=[
        "nothing", "far too much", "another encoding", "a PDF", "a picture", "UTF-16 and no more", "bytes",
        "no archive", "headings alone", "a quotation that never ends", "too many rows", "too many columns",
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_with_the_reason(content: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refusal:
        read_table("文件.csv", content)
    assert refusal.value.field == "file"


def test_a_damaged_workbook_is_refused_with_the_reason() -> None:
    whole = as_xlsx("目录", header(), [["a"]])
    broken = whole.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetX.xml")
    with pytest.raises(Invalid):
        read_table("a.xlsx", broken[: len(broken) // 2] + broken[-len(broken) // 2 :])


# -- Row by row


def test_a_good_row_is_a_line() -> None:
    judged = tried(with_name())
    assert judged.problems == []
    (line,) = judged.lines
    assert (line.category, line.region, line.unit, line.copy_to) == (category(), region(), unit("JSJD"), unit("XCQ"))
    assert {helper.code for helper in line.co_organisers} == {"CGJ", "ZJJ"}
    assert (judged.fresh, judged.changed, judged.unchanged) == (1, 0, 0)


def _close() -> None:
    for organisation in Organisation.objects.filter(code="JSJD"):
        organisation.active_until = TODAY
        organisation.save()


def _retire() -> None:
    retired = category()
    retired.valid_until = TODAY
    retired.save()


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (",,市城市管理局", "Category", "No category is named"),
        ("没有的分类,,市城市管理局", "Category", "No category is called"),
        ("SZ01,没有的街道,市城市管理局", "Place", "No place is called"),
        ("SZ01,,", "Lead unit", "No lead unit is named"),
        ("SZ01,,没有的局", "Lead unit", "No unit is called"),
        ("SZ01,,市政务热线办", "Lead unit", "is not a handling unit"),
        ("SZ01,,甲话务公司", "Lead unit", "is not a handling unit"),
        ("SZ01,,市城市管理局,没有的局", "Co-organisers", "No unit is called"),
        ("SZ01,,市城市管理局,市城市管理局", "Co-organisers", "named twice"),
        ("SZ01,,西城区政府,,建设街道办事处", "Copy to", "cannot supervise"),
        ("SZ01,,市城市管理局,,市城市管理局", "Copy to", "named twice"),
    ],
    ids=[
        "no category", "a category nobody knows", "a place nobody knows", "no unit", "a unit nobody knows",
        "the office", "a contractor", "a helper nobody knows", "helping itself", "supervised from below",
        "supervising itself",
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_named_with_its_column_and_reason(row: str, column: str, says: str) -> None:
    (problem,) = tried(f"{HEAD}\n{row}\n").problems
    assert (problem.row, problem.column) == (2, column)
    assert says in problem.sentence


def test_a_unit_outside_its_active_period_is_named() -> None:
    _close()
    (problem,) = tried(with_name()).problems
    assert "outside its active period" in problem.sentence


def test_a_retired_category_is_named() -> None:
    _retire()
    (problem,) = tried(with_name()).problems
    assert "no longer in use" in problem.sentence


def test_the_same_cases_twice_are_named_with_the_first_row() -> None:
    (problem,) = tried(f"{HEAD}\nSZ01,建设街道,建设街道办事处\nSZ01,建设街道,西城区政府\n").problems
    assert (problem.row, problem.sentence) == (3, "Row 2 is about the same cases.")


def test_a_name_that_means_several_is_asked_about() -> None:
    twin = category("SZ03")
    twin.name = category().name
    twin.save()
    (problem,) = tried(f"{HEAD}\n{twin.name},,市城市管理局\n").problems
    assert "means several" in problem.sentence


def test_a_file_without_the_needed_columns_says_which() -> None:
    (problem,) = tried("甲,乙\n1,2\n").problems
    assert "Category, Lead unit" in problem.sentence


def test_a_whole_catalogue_ends_what_it_leaves_out() -> None:
    judged = tried(with_name(), whole=True)
    assert judged.ended == len(lines_of(TODAY))
    assert all(line.unit is None for line in judged.lines[1:])


# -- All or nothing


def uploaded(text: str) -> CatalogueUpload:
    return catalogue_uploads.upload("目录.csv", text.encode(), by=member("zhou"), at=MONDAY)


def taken_in(kept: CatalogueUpload, *, whole: bool = False) -> CatalogueVersion:
    return catalogue_uploads.take_in(
        kept,
        by=member("zhou"),
        at=MONDAY,
        mapping=guessed(kept.header),
        whole=whole,
        note="导入",
        valid_from=TODAY,
    )


def test_one_wrong_row_keeps_all_out() -> None:
    kept = uploaded(f"{with_name()}没有的分类,,市城市管理局\n")
    with pytest.raises(Invalid, match="1 row cannot be taken"):
        taken_in(kept)
    assert not CatalogueVersion.objects.exists()


def test_a_table_becomes_a_draft_once() -> None:
    kept = uploaded(with_name())
    version = taken_in(kept)
    assert [change.unit for change in version.changes.all()] == [unit("JSJD")]
    with pytest.raises(NotNow):
        taken_in(kept)


def test_a_whole_catalogue_taken_in_and_approved_is_the_catalogue() -> None:
    version = taken_in(uploaded(with_name()), whole=True)
    cataloguing.propose(version, by=member("zhou"), at=MONDAY)
    cataloguing.approve(version, by=member("yan"), at=MONDAY)
    (entry,) = lines_of(TODAY).values()
    assert entry.unit == unit("JSJD")
    assert CatalogueEntry.objects.filter(valid_until=TODAY).exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_taken_away_comes_back_without_a_change(form: str, language: str) -> None:
    line = a_line(co_organisers=[unit("CGJ")], copy_to=unit("XCQ"), source="=1+1", kind="complaint")
    approved(a_version(line, at=timezone.now()))
    content = client_of("zhou", language=language).get(f"/catalogue/export/{form}/").content
    table = read_table(f"a.{form}", content)
    judged = judge(table, guessed(table.header), timezone.localdate(), whole=True)
    assert (judged.lines, judged.problems) == ([], [])
    assert judged.unchanged == len(lines_of(timezone.localdate()))
    assert AuditEntry.objects.filter(act="catalogue.export").exists()


def test_a_formula_is_text_in_the_file() -> None:
    assert as_csv(["a"], [["=1+1"]]).decode("utf-8-sig").splitlines()[1] == "'=1+1"
    entry = CatalogueEntry.objects.select_related("category", "unit").first()
    assert entry
    assert row_of(entry)[4] == entry.unit.label


# -- On the page


def brought(client: Client, content: bytes, name: str = "目录.csv") -> Any:
    return client.post("/catalogue/import/", {"file": SimpleUploadedFile(name, content)})


def test_a_table_is_brought_tried_out_and_made_a_draft() -> None:
    zhou = client_of("zhou")
    response = brought(zhou, with_name().encode())
    (kept,) = CatalogueUpload.objects.all()
    assert response["Location"] == f"/catalogue/import/{kept.pk}/"
    page = zhou.get(response["Location"])
    assert "Every row can be taken." in page.content.decode()
    given = {name: str(n) for name, n in guessed(kept.header).items()}
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    done = zhou.post(response["Location"], given | {"note": "导入", "valid_from": day})
    version = CatalogueVersion.objects.get()
    assert done["Location"] == f"/catalogue/versions/{version.pk}/"


def test_the_person_says_which_column_is_which() -> None:
    zhou = client_of("zhou")
    address = brought(zhou, "事由,承办\nSZ01,市城市管理局\n".encode())["Location"]
    assert "Say which column holds" in zhou.get(address).content.decode()
    assert zhou.get(address, {"category": "0", "unit": "1"}).context["judged"].changed == 1


def test_problems_are_listed_on_the_page_and_nothing_is_taken() -> None:
    zhou = client_of("zhou")
    address = brought(zhou, f"{HEAD}\n没有的分类,,市城市管理局\n".encode())["Location"]
    page = zhou.get(address).content.decode()
    assert "No category is called “没有的分类”." in page
    response = zhou.post(address, {"category": "0", "unit": "2", "note": "导入", "valid_from": timezone.localdate()})
    assert response.status_code == 422
    assert not CatalogueVersion.objects.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", GOOD.encode("utf-16")])
def test_a_file_that_is_none_is_told_so_on_the_page(content: bytes) -> None:
    assert brought(client_of("zhou"), content).status_code == 422
    assert not CatalogueUpload.objects.exists()


def test_only_those_who_change_the_catalogue_bring_tables() -> None:
    for username in ("wang", "sun", "jiang", "he"):
        assert brought(client_of(username), GOOD.encode()).status_code == 403
