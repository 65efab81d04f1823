"""How much of the promised time was used: plain columns within the promise, striped ones beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cases.figures.cells import SHARE_LAST, SHARE_STEP, SHARES_SHOWN
from handlers.supervisor.charts.svg import (
    WIDTH,
    Scale,
    hatch,
    line,
    linked,
    picture,
    rect,
    round_top,
    tag,
    text,
)

HEIGHT, LEFT, BOTTOM, TOP = 220, 34, 178, 26


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    words: str
    cases: int
    late: bool
    href: str


def columns_of(shares: Mapping[int, int], unfinished: int, hrefs: Mapping[int | str, str]) -> list[Column]:
    """Steps of a fifth of the promise within it, of half a promise beyond; then what is still not done."""
    columns = []
    for low in SHARES_SHOWN:
        end = low + SHARES_SHOWN.step
        n = sum(shares.get(bucket, 0) for bucket in range(low, end))
        columns.append(Column(f"{end * SHARE_STEP}%", share_words(low), n, False, hrefs.get(low, "")))
    for low, high, label in (
        (10, 15, "150%"),
        (15, SHARE_LAST, "200%"),
        (SHARE_LAST, SHARE_LAST + 1, "更久"),
    ):
        n = sum(shares.get(bucket, 0) for bucket in range(low, high))
        words = f"用去承诺时间的{low * SHARE_STEP}%" + (
            f"至{high * SHARE_STEP}%" if low < SHARE_LAST else "以上"
        )
        columns.append(Column(label, words, n, True, hrefs.get(low, "")))
    columns.append(Column("未完成", "已超期，尚未完成", unfinished, True, hrefs.get("unfinished", "")))
    return columns


def share_words(first: int) -> str:
    """Of the column that begins with this bucket."""
    return f"用去承诺时间的{first * SHARE_STEP}%至{(first + SHARES_SHOWN.step) * SHARE_STEP}%"


def draw_distribution(columns: Sequence[Column], id: str, title: str) -> Markup:
    top = round_top(max((c.cases for c in columns), default=1) or 1)
    up = Scale(top, BOTTOM, TOP)
    step = (WIDTH - LEFT - 6) / len(columns)
    parts = [hatch(id)]
    for share in (0, 0.5, 1):
        y = up(top * share)
        parts.append(line(LEFT, y, WIDTH - 4, y, "grid" if share else "base"))
        parts.append(text(LEFT - 6, y + 4, f"{top * share:g}", "axis", "end"))
    for place, column in enumerate(columns):
        x = LEFT + step * place
        y = up(column.cases)
        bar = rect(x + 2, y, step - 4, BOTTOM - y, "bar-late" if column.late else "bar-within")
        marks = [bar] if not column.late else [bar, _stripes(x + 2, y, step - 4, BOTTOM - y, id)]
        number = (
            text(x + step / 2, y - 4, str(column.cases), "value", "middle") if column.cases else Markup("")
        )
        parts.append(linked(column.href, f"{column.words}：{column.cases}件", *marks, number))
        parts.append(text(x + step / 2, BOTTOM + 16, column.label, "axis", "middle"))
    promise = LEFT + step * len(SHARES_SHOWN)
    parts.append(line(promise, TOP - 10, promise, BOTTOM + 22, "promise"))
    parts.append(text(promise - 4, TOP - 13, "按期", "axis strong", "end"))
    parts.append(text(promise + 4, TOP - 13, "超期", "axis strong"))
    parts.append(text(promise, BOTTOM + 36, "承诺时限", "axis strong", "middle"))
    return picture(HEIGHT, title, parts)


def _stripes(x: float, y: float, width: float, height: float, id: str) -> Markup:
    size = {"width": float(width), "height": max(float(height), 0.0)}
    return tag("rect", x=float(x), y=float(y), fill=f"url(#{id})", **size)
