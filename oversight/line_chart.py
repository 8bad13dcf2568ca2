"""A rate a day as a line, drawn as SVG by the server. A day without a rate is a gap, never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from oversight.bar_chart import LEFT, WIDTH

HEIGHT, TOP, FLOOR = 92, 12, 80
STEP = Decimal("0.05")


@dataclass(frozen=True)
class LineChart:
    """Stretches of points (an SVG ``points`` each), between the two rates at the ends of the axis; ``targets`` are how
    far down their lines lie."""

    stretches: list[str]
    dots: list[tuple[float, float]]
    lowest: Decimal
    highest: Decimal
    last: Decimal | None
    targets: list[float]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    floor: int = FLOOR


def line_chart(values: Sequence[Decimal | None], targets: Sequence[Decimal] = ()) -> LineChart:
    """The days from left to right, in the columns of the bars beneath; the axis is cut at the next full 5 %, as its
    ends say, and holds the targets too."""
    known = [value for value in values if value is not None]
    shown = [*known, *targets] if known else []
    lowest = min(shown, default=Decimal(0)) // STEP * STEP
    steps = (max(shown, default=Decimal(1)) / STEP).to_integral_value(ROUND_CEILING)
    highest = max(steps * STEP, lowest + STEP)

    def down(value: Decimal) -> float:
        return round(FLOOR - float((value - lowest) / (highest - lowest)) * (FLOOR - TOP), 2)

    slot = (WIDTH - LEFT - 8) / max(len(values), 1)
    stretches: list[list[tuple[float, float]]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            stretches.append([])
            continue
        stretches[-1].append((round(LEFT + (n + 0.5) * slot, 2), down(value)))
    return LineChart(
        stretches=[" ".join(f"{x:g},{y:g}" for x, y in points) for points in stretches if len(points) > 1],
        dots=[points[0] for points in stretches if len(points) == 1],
        lowest=lowest,
        highest=highest,
        last=known[-1] if known else None,
        targets=[down(target) for target in targets] if known else [],
    )
