"""Departments side by side: the share of kept promises as a dot, how sure that is as a bar around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.supervisor.charts.svg import WIDTH, circle, line, linked, picture, rect, text

ROW, HEAD, RIGHT = 36, 24, 8


@dataclass(frozen=True, slots=True)
class DepartmentShare:
    name: str
    kept: float
    low: float
    high: float
    judged: int
    href: str


def draw_comparison(rates: Sequence[DepartmentShare], average: float | None, title: str) -> Markup:
    """Two lines for each department: its name and figure, then the scale from 0 to 100 %."""
    height = HEAD + ROW * len(rates) + 18
    span = WIDTH - 2 * RIGHT
    x = [RIGHT + span * share for share in (0, 0.25, 0.5, 0.75, 1)]
    parts = [line(at, HEAD, at, height - 16, "grid") for at in x]
    parts += [
        text(at, height - 3, f"{n}%", "axis", anchor)
        for at, n, anchor in zip(
            x, (0, 25, 50, 75, 100), ("start", "middle", "middle", "middle", "end"), strict=True
        )
    ]
    if average is not None:
        at = RIGHT + span * average
        anchor = "end" if average > 0.5 else "start"
        parts.append(line(at, HEAD - 6, at, height - 16, "average"))
        parts.append(text(at, HEAD - 10, f"总体 {average:.0%}", "axis strong", anchor))
    for place, rate in enumerate(rates):
        parts.append(_row(rate, HEAD + ROW * place, span))
    return picture(height, title, parts)


def _row(rate: DepartmentShare, y: float, span: float) -> Markup:
    words = f"{rate.name}：按期{rate.kept:.0%}，{rate.judged}件，可能在{rate.low:.0%}至{rate.high:.0%}之间"
    middle = y + 26
    return linked(
        rate.href,
        words,
        text(RIGHT, y + 15, rate.name, "name halo"),
        text(WIDTH - RIGHT, y + 15, f"{rate.kept:.0%}（{rate.judged}件）", "value halo", "end"),
        rect(RIGHT + span * rate.low, middle - 3, span * (rate.high - rate.low), 6, "interval"),
        circle(RIGHT + span * rate.kept, middle, 5, "dot-rate"),
    )
