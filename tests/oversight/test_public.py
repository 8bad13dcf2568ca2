"""What anybody may read: months frozen once, without persons and without cells that tell of few."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hotline.acts import NotNow
from hotline.models import AuditEntry
from hotline.rates import Rate
from oversight import public_months, public_reading
from oversight.models import PublicMonth
from oversight.pages import public
from oversight.published import OF_CALLS, OF_CASES
from tests.people import local, unit
from tests.stories import a_case, closed, dispatched, refused, suspended

pytestmark = pytest.mark.django_db
MARCH, APRIL_4TH = date(2026, 3, 1), local("2026-04-04 00:10")


@pytest.fixture(autouse=True)
def _few_suffice(settings: Any) -> None:
    """Small months are told in these tests."""
    settings.PUBLIC_MINIMUM_N, settings.MINIMUM_N = 5, 5
    for kept in (public_reading.rows_of, public_reading.as_csv, public_reading.as_json):
        kept.cache_clear()
    public_reading.months.forget()


def march() -> None:
    """Twelve cases: six at urban management, solved; four at water, in confidence; one refused, one suspended."""
    for n in range(6):
        closed(phone=f"1380000600{n}")
    for n in range(4):
        dispatched(phone=f"1380000610{n}", to=unit("SWJ"), confidential=True)
    refused(phone="13800006200")
    suspended(phone="13800006300")


def frozen() -> PublicMonth:
    march()
    return public_months.freeze(MARCH, at=APRIL_4TH)


def told(month: PublicMonth, key: str) -> dict[str, Any]:
    return next(figure for figure in month.figures if figure["measure"] == key)


def cells(month: PublicMonth, key: str, **of: str) -> list[tuple[Any, ...]]:
    return [
        (row["numerator"], row["denominator"], row["withheld"])
        for row in month.rows
        if row["measure"] == key and {name: names["code"] for name, names in row["of"].items()} == of
    ]


# -- Freezing


def test_a_month_is_frozen_with_numerator_denominator_exclusions_and_the_definitions_version() -> None:
    month = frozen()
    assert told(month, "intake") == {
        "measure": "intake", "version": 1, "unit": "count", "n": 12, "withheld": False,
    }  # fmt: skip
    rate = told(month, "resolution_rate")
    assert (rate["numerator"], rate["denominator"], rate["excluded"], rate["version"]) == ("6", 6, 0, 2)
    assert AuditEntry.objects.filter(act="public_months.keep").count() == 1


def test_a_number_of_too_few_is_withheld_and_one_of_none_is_told() -> None:
    month = frozen()
    assert (told(month, "suspended")["n"], told(month, "suspended")["withheld"]) == (None, True)
    assert (told(month, "excluded")["n"], told(month, "excluded")["withheld"]) == (0, False)


def test_a_month_is_frozen_once_and_not_before_it_is_over() -> None:
    march()
    with pytest.raises(NotNow):
        public_months.freeze(MARCH, at=local("2026-03-31 23:59"))
    public_months.freeze(MARCH, at=APRIL_4TH)
    a_case(phone="13800009999")
    with pytest.raises(NotNow):
        public_months.freeze(MARCH, at=APRIL_4TH)
    assert told(PublicMonth.objects.get(), "intake")["n"] == 12


def test_the_database_refuses_to_change_what_was_published() -> None:
    month = frozen()
    with pytest.raises(DatabaseError, match="refuse"), transaction.atomic():
        PublicMonth.objects.filter(pk=month.pk).update(minimum_n=6)
    with pytest.raises(DatabaseError, match="refuse"), transaction.atomic():
        month.delete()


def test_months_are_due_three_days_after_their_end_the_earliest_first() -> None:
    a_case(local("2026-02-10 10:00"))
    a_case()
    assert public_months.due(local("2026-04-03 23:59")) == date(2026, 2, 1)
    public_months.freeze(date(2026, 2, 1), at=APRIL_4TH)
    assert public_months.due(local("2026-04-03 23:59")) is None
    assert public_months.due(APRIL_4TH) == MARCH


# -- Cells


def test_a_unit_with_few_is_withheld_and_so_is_another_that_would_give_it_away() -> None:
    month = frozen()
    assert cells(month, "intake", unit="SWJ") == [("", "", True)]
    assert cells(month, "intake", unit="CGJ") == [("7", "", False)]
    assert cells(month, "intake", unit="-") == [("", "", True)]  # the one refused covers the four


def test_confidential_reports_are_in_no_cell_of_fewer_than_five(settings: Any) -> None:
    """Whatever a city sets: the setting has a floor, and the database holds it too."""
    settings.PUBLIC_MINIMUM_N = 4
    with pytest.raises(DatabaseError, match="public_month_never_of_few"):
        public_months.freeze(MARCH, at=APRIL_4TH)


# -- Pages


def test_the_page_shows_the_month_and_a_visitor_has_nothing_counted(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    frozen()
    words = client.get("/figures/").content.decode()
    assert "2026-03" in words
    assert "6 / 6" in words
    with django_assert_num_queries(1):  # how often this visitor came
        client.get("/figures/")


def test_before_the_first_month_the_page_says_when_there_will_be_one(client: Client) -> None:
    assert "No month is finished yet" in client.get("/figures/", headers={"accept-language": "en"}).content.decode()


def test_nothing_of_a_person_is_on_any_of_the_pages(client: Client) -> None:
    month = frozen()
    for address in ("/figures/", "/open-data/", "/open-data/2026-03.csv", "/open-data/2026-03.json", "/"):
        for language in ("en", "zh-hans"):
            words = client.get(address, headers={"accept-language": language}).content.decode()
            for canary in ("李女士", "13800006", "建设街", "窨井盖缺失", "王", "赵敏"):
                assert canary not in words, (address, canary)
    assert "李女士" not in json.dumps(month.rows, ensure_ascii=False)


def test_the_table_has_a_row_for_every_cell_and_none_of_a_withheld_number(client: Client) -> None:
    frozen()
    answer = client.get("/open-data/2026-03.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["withheld"] for row in rows} == {"0", "1"}
    assert all(row["numerator"] == "" for row in rows if row["withheld"] == "1")
    whole = next(row for row in rows if row["measure"] == "intake" and not row["unit"] and not row["category"]
                 and not row["channel"] and not row["kind"] and not row["district"])  # fmt: skip
    assert whole["numerator"] == "12"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_json_and_csv_say_the_same(client: Client) -> None:
    frozen()
    told = client.get("/open-data/2026-03.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/open-data/2026-03.csv").content.decode("utf-8-sig"))))
    assert len(rows) == len(told["figures"]) + len(told["cells"])
    assert told["sha256"] == PublicMonth.objects.get().digest


def test_a_copy_is_kept_for_an_hour_and_asked_for_anew_by_its_tag(client: Client) -> None:
    frozen()
    answer = client.get("/open-data/2026-03.csv")
    assert answer["Cache-Control"] == "public, max-age=3600"
    again = client.get("/open-data/2026-03.csv", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/open-data/2026-03.json")["ETag"] != answer["ETag"]


@pytest.mark.parametrize("month", ["2026-02", "2026-13", "x", "2026-3"])
def test_a_month_that_is_not_there_is_not_found(client: Client, month: str) -> None:
    frozen()
    assert client.get(f"/open-data/{month}.csv").status_code == 404
    assert client.get(f"/figures/?month={month}").status_code == 200


def test_whoever_asks_too_often_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "BY_READER", Rate("public.reader", 2, 900))
    assert [client.get(address).status_code for address in ("/figures/", "/open-data/", "/figures/")] == [200, 200, 429]
    assert int(client.get("/open-data/2026-03.csv")["Retry-After"]) > 0


def test_every_column_is_explained(client: Client) -> None:
    words = client.get("/open-data/", headers={"accept-language": "en"}).content.decode()
    for column in public_reading.COLUMNS:
        assert column.removesuffix("_name") in words
    for key in (*OF_CALLS, *OF_CASES):
        assert key in words


def test_the_timekeeper_freezes_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    from oversight import schedule

    march()
    monkeypatch.setattr(schedule, "database_time", lambda: APRIL_4TH + timedelta(hours=1))
    assert [schedule.freeze_month(), schedule.freeze_month()] == [True, False]
