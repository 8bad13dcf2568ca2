"""Bars for a count a day, drawn as SVG by the server: no script, and every bar opens its day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from oversight.boards import Day

WIDTH, HEIGHT = 620, 196
LEFT, TOP, FLOOR = 44, 14, 168


@dataclass(frozen=True)
class Bar:
    """A day's bar; ``label`` is shown under every seventh."""

    day: Day
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: bool


@dataclass(frozen=True)
class Chart:
    """Bars from zero, with round lines behind them."""

    bars: list[Bar]
    lines: list[tuple[int, float]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR

    @property
    def busiest(self) -> Day:
        return max((bar.day for bar in self.bars), key=lambda day: day.n)

    @property
    def total(self) -> int:
        return sum(bar.day.n for bar in self.bars)


def bar_chart(days: list[Day]) -> Chart:
    """The days from left to right; the axis begins at zero and ends at a round number."""
    top = round_up(max((day.n for day in days), default=0))
    slot = (WIDTH - LEFT - 8) / max(len(days), 1)
    width = round(slot * 0.66, 2)
    scale = (FLOOR - TOP) / top
    bars = []
    for index, day in enumerate(days):
        x, height = LEFT + index * slot + (slot - width) / 2, day.n * scale
        label = (len(days) - 1 - index) % 7 == 0
        middle = round(x + width / 2, 2)
        bars.append(Bar(day, round(x, 2), round(FLOOR - height, 2), width, round(height, 2), middle, label))
    return Chart(bars, [(n, round(FLOOR - n * scale, 2)) for n in (top, top // 2, 0) if n == 0 or n * 2 >= top])


def round_up(n: int) -> int:
    """The next even round number: 4 for 3, 20 for 17, 6,000 for 5,204."""
    power = 1
    while power * 10 < n:
        power *= 10
    return next((power * step for step in (2, 4, 6, 8, 10) if power * step >= n), power * 10)


@dataclass(frozen=True)
class Column:
    """A number over a name, and how it is written."""

    name: str
    n: int
    words: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    middle: float = 0


def columns(given: list[Column], *, width: int = 520, height: int = 170) -> list[Column]:
    """The same, placed side by side over a common floor, to be drawn in ``width`` × ``height``; names are below it."""
    top = round_up(max((column.n for column in given), default=0))
    slot = width / max(len(given), 1)
    bar = round(min(slot * 0.6, 44), 2)
    floor, head = height - 28, 28
    placed = []
    for place, column in enumerate(given):
        tall = round((floor - head) * column.n / top, 2)
        x = round(place * slot + (slot - bar) / 2, 2)
        placed.append(
            replace(column, x=x, y=round(floor - tall, 2), width=bar, height=tall, middle=round(x + bar / 2, 2))
        )
    return placed
