"""The plan, and who was at work: read from sign-ins, acts and calls, never typed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Call
from cases.tables import Table
from cases.telephony import CallAct, CallEvent, record_call
from contractors import presence, presence_measures, rostering
from contractors.load import borne
from contractors.models import Shift
from contractors.shift_plan import Plan, Planned
from contractors.shift_table import judge
from contractors.staffing import needs
from hotline import audit
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.calendar import Period
from hotline.measures import Ratio
from hotline.models import User
from tests.doors import client_of
from tests.people import local, member, unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)
MONDAY = Period.days(DAY, DAY)
BEFORE, AFTER = local("2026-03-06 12:00"), local("2026-03-20 12:00")


def clock(time: str, day: str = "2026-03-09") -> datetime:
    return local(f"{day} {time}")


def acts(who: str, *times: str, act: str = "case.look") -> None:
    """What the audit trail holds of somebody."""
    for time in times:
        audit.record(act, by=member(who), at=clock(time))


def a_call(who: str, start: str, minutes: int = 3, wrap_up: int = 0) -> None:
    at = clock(start)
    key = f"{who}-{start}"
    record_call(CallEvent(key, CallAct.OFFERED, at, caller="13800006021"), by=None, at=at)
    record_call(CallEvent(key, CallAct.ANSWERED, at, agent=who), by=None, at=at)
    over = at + timedelta(minutes=minutes)
    record_call(CallEvent(key, CallAct.ENDED, over), by=None, at=over)
    if wrap_up:
        record_call(CallEvent(key, CallAct.UPDATED, over, wrap_up_seconds=wrap_up), by=None, at=over)


def at_work(who: str, period: Period = MONDAY, now: datetime = AFTER) -> list[tuple[str, str]]:
    found = presence.spans([member(who).user_id], period, now=now).get(member(who).user_id, [])
    return [tuple(f"{timezone.localtime(end):%H:%M}" for end in span) for span in found]  # type: ignore[misc]


def planned(who: str, start: str, end: str, *, rest: int = 0, day: str = "2026-03-09", by: str = "xu") -> None:
    shift = Planned(member(who).user, clock(start, day), clock(end, day), rest)
    rostering.plan_shifts(Plan([shift]), by=member(by), at=BEFORE)


# -- Presence


def test_between_two_signs_less_than_half_an_hour_apart_somebody_was_there() -> None:
    acts("wang", "08:00", "08:20", "08:50", "10:00", "10:10")
    assert at_work("wang") == [("08:00", "08:50"), ("10:00", "10:10")]


def test_calls_and_their_wrap_up_are_signs_of_work_without_any_session() -> None:
    a_call("wang", "09:00", minutes=40, wrap_up=600)
    a_call("wang", "10:10")
    assert at_work("wang") == [("09:00", "10:13")]


def test_signing_out_ends_it_however_soon_the_next_sign_is() -> None:
    acts("wang", "08:00", "08:10")
    acts("wang", "08:20", act="sign_in.out")
    acts("wang", "08:30", "08:40")
    assert at_work("wang") == [("08:00", "08:20"), ("08:30", "08:40")]


def test_what_was_refused_or_done_by_another_is_no_sign() -> None:
    acts("li", "08:00", "08:20")
    audit.record("sign_in.password", by=None, at=clock("08:10"), user=member("wang").user, result="failed")
    assert at_work("wang") == []


def test_a_stay_over_midnight_is_cut_where_the_period_ends() -> None:
    acts("wang", "23:40", "23:59")
    audit.record("case.look", by=member("wang"), at=clock("00:20", "2026-03-10"))
    assert at_work("wang") == [("23:40", "00:00")]
    assert at_work("wang", Period.days(date(2026, 3, 10), date(2026, 3, 10))) == [("00:00", "00:20")]


def test_a_call_under_way_lasts_until_now() -> None:
    at = clock("09:00")
    record_call(CallEvent("c", CallAct.ANSWERED, at, agent="wang"), by=None, at=at)
    assert at_work("wang", now=clock("09:25")) == [("09:00", "09:25")]


# -- The plan


def test_a_shift_is_attended_if_half_of_it_was_worked_rests_taken_off() -> None:
    for who in ("wang", "li", "zhao"):
        planned(who, "08:00", "12:00", rest=60)
    acts("wang", "08:00", "08:25", "08:50", "09:15", "09:30")
    acts("li", "08:00", "08:25", "08:50", "09:15", "09:29")
    assert presence_measures.attendance(unit("JIA"), MONDAY) == Ratio(1, 3)


def test_seats_are_filled_by_half_hours_and_more_people_than_seats_do_not_count() -> None:
    planned("wang", "08:00", "09:00")
    planned("li", "08:30", "09:00")
    acts("wang", "08:00", "08:16")
    acts("li", "08:00", "08:20")
    found = presence_measures.half_hours(unit("JIA"), MONDAY, now=AFTER)
    eight, half_past = found[16], found[17]
    assert (eight.planned, eight.present, eight.filled) == (1, 2, 1)
    assert (half_past.planned, half_past.present, half_past.filled) == (2, 0, 0)
    assert presence_measures.seats_filled(unit("JIA"), MONDAY) == Ratio(1, 3)
    assert presence_measures.seats_filled(unit("YI"), MONDAY) == Ratio(0, 0)


def test_occupancy_is_the_share_of_work_that_went_into_calls() -> None:
    acts("wang", "09:00", "09:25", "09:50", "10:00")
    a_call("wang", "09:10", minutes=10, wrap_up=300)
    assert presence_measures.occupancy(unit("JIA"), MONDAY) == Ratio(15 * 60, 60 * 60)


def test_what_each_had_to_bear() -> None:
    planned("wang", "08:00", "09:00")
    acts("wang", "08:00", "08:10")
    a_call("wang", "08:50", minutes=20)
    (row,) = [each for each in borne(unit("JIA"), MONDAY, now=AFTER) if each.user == member("wang").user]
    assert (row.calls, row.overtime, row.breaks) == (1, timedelta(minutes=10), timedelta(minutes=40))
    assert (row.present, row.busy) == (timedelta(minutes=30), timedelta(minutes=20))


def test_a_plan_replaces_the_persons_day_and_leaves_what_has_begun() -> None:
    planned("wang", "08:00", "12:00")
    planned("wang", "13:00", "17:00")
    assert [timezone.localtime(s.span.lower).hour for s in Shift.objects.all()] == [13]
    late = Planned(member("wang").user, clock("18:00"), clock("20:00"))
    rostering.plan_shifts(Plan([late]), by=member("xu"), at=clock("13:30"))
    assert sorted(timezone.localtime(s.span.lower).hour for s in Shift.objects.all()) == [13, 18]
    rostering.plan_shifts(Plan([], {(member("wang").user, DAY)}), by=member("xu"), at=clock("14:00"))
    assert [timezone.localtime(s.span.lower).hour for s in Shift.objects.all()] == [13]


@pytest.mark.parametrize(
    ("start", "end", "rest", "kind"),
    [
        ("12:00", "08:00", 0, Invalid),
        ("05:00", "21:01", 0, Invalid),
        ("08:00", "09:00", 60, Invalid),
    ],
)
def test_what_cannot_be_a_shift_is_refused(start: str, end: str, rest: int, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        planned("wang", start, end, rest=rest)
    assert not Shift.objects.exists()


def test_nobody_plans_the_past_or_others_people_or_two_shifts_at_once() -> None:
    with pytest.raises(NotNow):
        planned("wang", "08:00", "12:00", day="2026-03-05")
    with pytest.raises(NotAllowed):
        planned("chen", "08:00", "12:00")
    for who in ("wang", "ma", "zhou", "jiang", "sysadmin"):
        with pytest.raises(NotAllowed):
            planned("wang", "08:00", "12:00", by=who)
    wang = member("wang").user
    two = [Planned(wang, clock("08:00"), clock("12:00")), Planned(wang, clock("11:00"), clock("15:00"))]
    with pytest.raises(Invalid):
        rostering.plan_shifts(Plan(two), by=member("xu"), at=BEFORE)
    assert not Shift.objects.exists()


def test_the_database_itself_refuses_two_shifts_at_once() -> None:
    planned("wang", "08:00", "12:00")
    there = Shift.objects.get()
    there.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        there.save(force_insert=True)


# -- The table

HEADING = ["工号", "日期", "上班", "下班", "休息分钟", "座席"]


def judged(*rows: list[str], by: str = "xu") -> Any:
    return judge(Table(HEADING, list(enumerate(rows, start=2))), by=member(by), at=BEFORE)


def test_a_table_is_read_with_days_and_clocks_as_excel_writes_them() -> None:
    found = judged(
        ["1024", "2026-03-09", "08:00", "12:00", "15", "A1"],
        ["1025", "2026/3/9", "1899-12-31 22:00:00", "6:00", "", ""],
        ["1026", "2026年3月9日", "", "", "", ""],
    )
    assert not found.problems
    day, night = found.lines
    assert (day.start, day.end, day.break_minutes, day.seat) == (clock("08:00"), clock("12:00"), 15, "A1")
    assert (night.start, night.end) == (clock("22:00"), clock("06:00", "2026-03-10"))
    assert found.rests == {(User.objects.get(staff_number="1026"), DAY)}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["7777", "2026-03-09", "8:00", "9:00", "", ""], "7777"),
        (["2011", "2026-03-09", "8:00", "9:00", "", ""], "2011"),
        (["1024", "2026-02-30", "8:00", "9:00", "", ""], "2026-02-30"),
        (["1024", "2026-03-09", "25:00", "9:00", "", ""], "25:00"),
        (["1024", "2026-03-09", "8:00", "", "", ""], "“”"),
        (["1024", "2026-03-09", "8:00", "9:00", "many", ""], "many"),
        (["1024", "2026-03-05", "8:00", "9:00", "", ""], "过去"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row: list[str], says: str) -> None:
    (problem,) = judged(row).problems
    assert problem.row == 2
    assert says in problem.sentence or says == "过去"


def test_rows_that_contradict_each_other_are_named() -> None:
    found = judged(["1024", "2026-03-09", "8:00", "12:00", "", ""], ["1024", "2026-03-09", "11:00", "15:00", "", ""])
    assert [problem.row for problem in found.problems] == [3]


def test_a_table_without_a_needed_column_is_refused_as_a_whole() -> None:
    (problem,) = judge(Table(["工号"], [(2, ["1024"])]), by=member("xu"), at=BEFORE).problems
    assert problem.row == 1


# -- The pages


def future(days: int = 3) -> date:
    return timezone.localdate() + timedelta(days=days)


def bring(who: str, text: str) -> Any:
    file = SimpleUploadedFile("plan.csv", text.encode())
    return client_of(who).post("/shifts/import/", {"file": file})


def test_a_plan_is_imported_as_a_whole_and_shown() -> None:
    answer = bring("xu", f"{','.join(HEADING)}\n1024,{future()},08:00,16:00,30,A1\n1025,{future()},16:00,23:00,,\n")
    assert answer.status_code == 303
    html = client_of("luo").get(answer["Location"]).content.decode()
    assert "08:00–16:00" in html
    assert Shift.objects.count() == 2


def test_a_plan_with_a_wrong_row_is_not_taken_and_the_row_named() -> None:
    answer = bring("xu", f"{','.join(HEADING)}\n1024,{future()},08:00,16:00,30,A1\n9999,{future()},16:00,23:00,,\n")
    assert answer.status_code == 422
    assert "9999" in answer.content.decode()
    assert not Shift.objects.exists()


def test_what_is_no_table_is_told() -> None:
    assert bring("xu", "").status_code == 422
    assert client_of("xu").post("/shifts/import/", {}).status_code == 422
    assert client_of("wang").get("/shifts/import/").status_code == 403


def test_an_agent_sees_the_own_week_a_leader_the_contractors_the_office_all() -> None:
    day = str(future())
    for who, by in (("wang", "xu"), ("li", "xu"), ("chen", "gao")):
        shift = Planned(member(who).user, clock("08:00", day), clock("16:00", day))
        rostering.plan_shifts(Plan([shift]), by=member(by), at=timezone.now())
    names = {who: member(who).user.name_en for who in ("wang", "li", "chen")}

    def seen(reader: str) -> set[str]:
        html = client_of(reader).get(f"/shifts/?week={day}").content.decode().partition("<tbody>")[2]
        return {who for who, name in names.items() if name in html}

    assert seen("wang") == {"wang"}
    assert seen("luo") == {"wang", "li"}
    assert seen("jiang") == {"wang", "li", "chen"}
    assert client_of("jiang").get("/shifts/?contractor=NONE").status_code == 404
    assert client_of("liu").get("/shifts/").status_code == 403


def test_the_seats_of_a_day_stand_beside_its_calls_and_what_it_needs() -> None:
    for week in range(1, 5):
        for minute in range(0, 30, 3):
            at = clock("09:00") - timedelta(weeks=week) + timedelta(minutes=minute)
            key = f"{week}-{minute}"
            record_call(CallEvent(key, CallAct.OFFERED, at), by=None, at=at)
            record_call(CallEvent(key, CallAct.ANSWERED, at, agent="wang"), by=None, at=at)
            record_call(CallEvent(key, CallAct.ENDED, at + timedelta(minutes=3)), by=None, at=at)
    (need,) = needs(Call.objects.all(), DAY)
    assert (need.start, need.calls) == (clock("09:00"), 10)
    assert need.service is not None
    assert need.service.agents == 3  # one erlang, nine in ten within fifteen seconds
    planned("wang", "09:00", "10:00")
    a_call("wang", "09:05", minutes=20)
    html = client_of("luo").get("/seats/?day=2026-03-09").content.decode()
    assert "09:00–09:30" in html
    assert client_of("wang").get("/seats/").status_code == 403


def test_the_pages_take_few_statements_however_many_people_there_are(django_assert_max_num_queries: Any) -> None:
    for who in ("wang", "li", "zhao"):
        planned(who, "08:00", "12:00")
        acts(who, "08:00", "08:20")
        a_call(who, "09:00")
    jiang = client_of("jiang")
    with django_assert_max_num_queries(9):
        jiang.get("/shifts/?week=2026-03-09")
    with django_assert_max_num_queries(18):
        jiang.get("/seats/?day=2026-03-09")
