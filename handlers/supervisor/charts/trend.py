"""Intake and closing over time: columns for what came in, a line with dots for what was closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.supervisor.charts.svg import (
    WIDTH,
    Scale,
    circle,
    line,
    linked,
    picture,
    rect,
    round_top,
    tag,
    text,
)

HEIGHT, LEFT, BOTTOM, TOP = 220, 34, 192, 12
LABEL = 40
"""Room for a date under the axis."""


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    """Short, under the axis."""
    words: str
    """In full."""
    filed: int
    closed: int
    filed_href: str
    closed_href: str


def draw_trend(points: Sequence[Point]) -> Markup:
    if not points:
        return Markup("")
    top = round_top(max(max(p.filed, p.closed) for p in points) or 1)
    up = Scale(top, BOTTOM, TOP)
    step = (WIDTH - LEFT - 6) / len(points)
    parts = [_grid(up, top)]
    every = -(-len(points) // 7)
    for place, point in enumerate(points):
        x = LEFT + step * place
        bar = rect(x + step * 0.14, up(point.filed), step * 0.72, BOTTOM - up(point.filed), "bar-intake")
        parts.append(linked(point.filed_href, f"{point.words}收件{point.filed}件", bar))
        if (len(points) - 1 - place) % every == 0:
            middle = x + step / 2
            at, anchor = (WIDTH, "end") if middle > WIDTH - LABEL / 2 else (middle, "middle")
            parts.append(text(at, BOTTOM + 17, point.label, "axis", anchor))
    tops = [(LEFT + step * (i + 0.5), up(p.closed)) for i, p in enumerate(points)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in tops)
    parts.append(tag("polyline", points=path, class_="line-closed"))
    size = 2.6 if len(points) > 20 else 3.6
    for (x, y), point in zip(tops, points, strict=True):
        parts.append(
            linked(point.closed_href, f"{point.words}办结{point.closed}件", circle(x, y, size, "dot-closed"))
        )
    return picture(HEIGHT, "收件与办结趋势", parts)


def _grid(up: Scale, top: float) -> Markup:
    marks = []
    for share in (0, 0.5, 1):
        y = up(top * share)
        marks.append(line(LEFT, y, WIDTH - 4, y, "grid" if share else "base"))
        value = top * share
        label = f"{value:g}" if value < 10_000 else f"{value / 10_000:g}万"
        marks.append(text(LEFT - 6, y + 4, label, "axis", "end"))
    return Markup("").join(marks)
