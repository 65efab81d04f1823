"""Prefectures as tiles, roughly where they lie: a schematic from region codes, no map of anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from handlers.supervisor.charts.svg import WIDTH, picture, rect, tag, text
from handlers.supervisor.places import TILE_PLACES, short_place

COLUMNS, TILE, GAP = 5, 50, 4
TILE_WIDTH = (WIDTH - GAP * (COLUMNS - 1)) / COLUMNS
SHADES = 5


def draw_places(places: Sequence[tuple[str, str, int]]) -> Markup:
    """Code, name and cases of each prefecture; each province by itself, those without a spot below."""
    known = sorted((place for place in places if place[0]), key=lambda place: (place[0][:2], -place[2]))
    most = max((n for _, _, n in known), default=1)
    parts, top = list[Markup](), 0
    for _, group in groupby(known, key=lambda place: place[0][:2]):
        province = list(group)
        spots = _spots([code for code, _, _ in province])
        for code, name, n in province:
            column, row = spots[code]
            shade = min(1 + SHADES * n // (most + 1), SHADES) if n else 0
            parts.append(_tile(column * (TILE_WIDTH + GAP), top + row * (TILE + GAP), name, n, shade))
        top += (max(row for _, row in spots.values()) + 1) * (TILE + GAP) + 2 * GAP
    return picture(max(top, 1), "各地区收件", parts)


def _spots(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each code."""
    spots = {code: TILE_PLACES[code] for code in codes if code in TILE_PLACES}
    below = max((row for _, row in spots.values()), default=-1) + 1
    loose = (code for code in codes if code not in TILE_PLACES)
    spots |= {code: (n % COLUMNS, below + n // COLUMNS) for n, code in enumerate(loose)}
    first = min(row for _, row in spots.values())
    return {code: (column, row - first) for code, (column, row) in spots.items()}


def _tile(x: float, y: float, name: str, n: int, shade: int) -> Markup:
    middle = x + TILE_WIDTH / 2
    return tag(
        "g",
        tag("title", f"{name}收件{n}件"),
        rect(x, y, TILE_WIDTH, TILE, f"place-{shade}"),
        text(middle, y + 21, short_place(name), f"on-{shade}", "middle"),
        text(middle, y + 39, str(n), f"strong on-{shade}", "middle"),
    )
