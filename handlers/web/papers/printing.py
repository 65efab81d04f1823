"""The pictures of the pages as PNG on paper, drawn with the Chinese font this machine has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import resvg_py
from markupsafe import Markup

from handlers.web.chinese_font import ChineseFont, family_of

STYLE = Path(__file__).with_name("printed.css")
PIXELS = 1400
"""Wide: 210 dots an inch on the 170 mm between the margins of A4."""


def png_of(svg: Markup, font: ChineseFont) -> bytes:
    drawn = str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            width=PIXELS,
            background="#ffffff",
            style_sheet=_style(),
            skip_system_fonts=True,
            font_files=[str(font.path)],
            font_family=family_of(font),
            serif_family=family_of(font),
            sans_serif_family=family_of(font),
        )
    )


@cache
def _style() -> str:
    return STYLE.read_text("utf-8")
