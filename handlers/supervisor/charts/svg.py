"""A few marks of SVG, escaped. Colours and strokes come from the style sheet, never from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

WIDTH = 400
"""Every picture is drawn this wide and scaled by the page."""


@lru_cache(200)
def _dashed(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _short(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(value)


def tag(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """`class_` for class, `_` for `-` in names. Text children are escaped.

    Written with plain strings: a page has some thousand marks, and `Markup.format` took half of its time.
    """
    given = "".join(
        [f' {_dashed(key)}="{_short(value)}"' for key, value in attributes.items() if value is not None]
    )
    inside = "".join([escape(child) for child in children])
    return Markup(f"<{name}{given}>{inside}</{name}>")  # noqa: S704


def text(x: float, y: float, words: str, class_: str = "", anchor: str = "start") -> Markup:
    return tag("text", words, x=float(x), y=float(y), class_=class_ or None, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    return tag("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    size = {"width": max(float(width), 0.0), "height": max(float(height), 0.0)}
    return tag("rect", x=float(x), y=float(y), class_=class_, **size)


def circle(x: float, y: float, r: float, class_: str) -> Markup:
    return tag("circle", cx=float(x), cy=float(y), r=float(r), class_=class_)


def linked(href: str, words: str, *marks: Markup) -> Markup:
    """Marks that lead to their list. The table below says the same, so these are not in the tab order."""
    title = tag("title", words)
    if not href:  # in a report, which leads nowhere
        return tag("g", title, *marks)
    return tag("a", title, *marks, href=href, aria_label=words, tabindex="-1", class_="mark")


def picture(height: float, label: str, parts: Iterable[Markup], *, width: int = WIDTH) -> Markup:
    return tag(
        "svg",
        *parts,
        viewBox=f"0 0 {width} {height:.0f}",
        class_="picture",
        role="group",
        aria_label=label,
        focusable="false",
    )


HATCH = Markup(
    '<defs><pattern id="{0}" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" class="hatch-ground"/>'
    '<line x1="0" y1="0" x2="0" y2="5" class="hatch-line"/></pattern></defs>'
)


def hatch(id: str) -> Markup:
    """Stripes for what is late, so that it shows without colour too."""
    return HATCH.format(id)


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to a round number a little above the largest value."""

    top: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (self.end - self.start) * value / self.top


def round_top(largest: float) -> float:
    """1, 2, 5, 10, 20, 50 … that is not below the largest value."""
    step = 1.0
    while True:
        for factor in (1, 2, 4, 5, 6, 8):
            if step * factor >= largest:
                return step * factor
        step *= 10
