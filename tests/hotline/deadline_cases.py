"""Random limits with random pauses, for holding two calendars against each other."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from hotline.calendar import Period, Unit, WorkingCalendar
from tests.hotline.paper_calendar import PaperCalendar

_AMOUNTS = {Unit.MINUTE: (0, 3000), Unit.HOUR: (0, 240), Unit.DAY: (0, 60), Unit.WORKING_DAY: (1, 30)}


class Limit(NamedTuple):
    start: datetime
    amount: int
    unit: Unit
    pauses: list[tuple[datetime, datetime | None]]
    working_seconds: int


def draw(chance: Random, first_year: int, last_year: int) -> Limit:
    first = int(datetime(first_year, 1, 1, tzinfo=UTC).timestamp())
    last = int(datetime(last_year, 12, 31, tzinfo=UTC).timestamp())
    start = _moment(chance, first, last)
    unit = chance.choice([*Unit, Unit.WORKING_DAY, Unit.WORKING_DAY])
    pauses: list[tuple[datetime, datetime | None]] = []
    begins = start + timedelta(seconds=chance.randint(-200_000, 900_000))
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        ends = begins + timedelta(seconds=chance.choice([1, 60, 3600, chance.randint(1, 1_500_000)]))
        pauses.append((begins, ends))
        begins = ends + timedelta(seconds=chance.randint(1, 700_000))
    if pauses and chance.random() < 0.1:
        pauses[-1] = (pauses[-1][0], None)
    return Limit(start, chance.randint(*_AMOUNTS[unit]), unit, pauses, chance.randint(1, 800_000))


def _moment(chance: Random, first: int, last: int) -> datetime:
    """Any second; often one at or beside a full quarter of an hour, where offices open and close."""
    moment = chance.randint(first, last)
    if chance.random() < 0.5:
        moment = moment // 900 * 900 + chance.choice([-1, 0, 1])
    return datetime.fromtimestamp(moment, UTC)


def assert_agree(calendar: WorkingCalendar, paper: PaperCalendar, limit: Limit) -> None:
    start, amount, unit, pauses, seconds = limit
    periods = [Period(begins, ends) for begins, ends in pauses]
    same(calendar.due(start, amount, unit, periods), paper.due(start, amount, unit, pauses), limit)
    if unit is Unit.WORKING_DAY:
        same(calendar.add_working_days(start, -amount), paper.add_working_days(start, -amount), limit)
    position = paper.position(start)
    forward, back = calendar.add_working_time(start, seconds), calendar.add_working_time(start, -seconds)
    same(forward, paper.elapsed_by(position + seconds), limit)
    same(back, paper.elapsed_from(position - seconds), limit)
    assert calendar.working_time_between(back, forward) == timedelta(seconds=2 * seconds), limit


def same(one: datetime | None, other: datetime | None, limit: Limit) -> None:
    """As instants: Python never calls two zones' times equal in the hour that summer time repeats."""
    assert (one and one.timestamp()) == (other and other.timestamp()), (one, other, limit)
