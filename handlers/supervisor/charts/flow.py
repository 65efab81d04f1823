"""From domain to department to outcome: ribbons as wide as the number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.supervisor.charts.svg import linked, picture, rect, tag, text

WIDTH, HEIGHT, TOP, GAP, BAR = 760, 390, 26, 6, 12
COLUMNS = (148, 372, 652)
LEAST = 13.0
"""No node is lower than its label."""
"""Where the bars of domains, departments and outcomes stand."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Cases from one node to the next."""

    source: str
    target: str
    cases: int
    href: str


@dataclass(slots=True)
class _Node:
    y: float
    size: float
    cases: int
    out: float = 0.0
    into: float = 0.0


def draw_flow(left: Sequence[Stream], right: Sequence[Stream], names: Sequence[Mapping[str, str]]) -> Markup:
    """`left`: domain → department, `right`: department → outcome; `names`: labels of the three columns."""
    total = sum(stream.cases for stream in left)
    if not total:
        return Markup("")
    columns = [
        _place([(s.source, s.cases) for s in left], names[0], total),
        _place([(s.target, s.cases) for s in left], names[1], total),
        _place([(s.target, s.cases) for s in right], names[2], total),
    ]
    parts = [
        text(x + (BAR if i == 0 else 0), 14, title, "axis strong", anchor)
        for i, (x, title, anchor) in enumerate(
            zip(COLUMNS, ("重点领域", "责任单位", "结果"), ("end", "start", "start"), strict=True)
        )
    ]
    parts += _ribbons(left, columns[0], columns[1], COLUMNS[0], COLUMNS[1], names[0], names[1])
    parts += _ribbons(right, columns[1], columns[2], COLUMNS[1], COLUMNS[2], names[1], names[2])
    for place, (x, nodes, labels) in enumerate(zip(COLUMNS, columns, names, strict=True)):
        for key, node in nodes.items():
            parts.append(rect(x, node.y, BAR, node.size, "node"))
            at, anchor = (x - 7, "end") if place == 0 else (x + BAR + 7, "start")
            words = f"{labels[key]} {node.cases}"
            parts.append(text(at, node.y + node.size / 2 + 5, words, "name halo", anchor))
    return picture(HEIGHT, "从重点领域到责任单位到结果", parts, width=WIDTH)


def _place(ends: Sequence[tuple[str, int]], names: Mapping[str, str], total: int) -> dict[str, _Node]:
    sums: dict[str, int] = dict.fromkeys(names, 0)
    for key, cases in ends:
        sums[key] += cases
    used = {key: cases for key, cases in sums.items() if cases}
    height = HEIGHT - TOP - 8 - GAP * max(len(used) - 1, 0)
    room = max(height - LEAST * len(used), 0.0)
    nodes, y = {}, float(TOP)
    for key, cases in used.items():
        size = LEAST + room * cases / total
        nodes[key] = _Node(y, size, cases)
        y += size + GAP
    return nodes


def _ribbons(
    streams: Sequence[Stream],
    sources: Mapping[str, _Node],
    targets: Mapping[str, _Node],
    x1: float,
    x2: float,
    from_names: Mapping[str, str],
    to_names: Mapping[str, str],
) -> list[Markup]:
    order = {key: place for place, key in enumerate(targets)}
    made = []
    for stream in sorted(streams, key=lambda s: order.get(s.target, 0)):
        if not stream.cases:
            continue
        source, target = sources[stream.source], targets[stream.target]
        width_out = source.size * stream.cases / source.cases
        width_in = target.size * stream.cases / target.cases
        path = _ribbon(x1 + BAR, source.y + source.out, width_out, x2, target.y + target.into, width_in)
        source.out += width_out
        target.into += width_in
        words = f"{from_names[stream.source]}到{to_names[stream.target]}：{stream.cases}件"
        made.append(linked(stream.href, words, tag("path", d=path, class_="ribbon")))
    return made


def _ribbon(x1: float, y1: float, h1: float, x2: float, y2: float, h2: float) -> str:
    middle = (x1 + x2) / 2
    return (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{y2 + h2:.1f}C{middle:.1f} {y2 + h2:.1f} {middle:.1f} {y1 + h1:.1f} {x1:.1f} {y1 + h1:.1f}Z"
    )
