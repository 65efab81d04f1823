"""Finds a font that can print Chinese, for letters and reports; none is shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cases.errors import NotFound
from handlers.web.reasons import NO_CHINESE_FONT

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

USUAL_PLACES: tuple[str, ...] = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)


class NoFont(NotFound):
    """No font for Chinese was found; the sentence says what to do."""

    otherwise = NO_CHINESE_FONT


class ChineseFont(NamedTuple):
    path: Path
    face: int
    """Which font of a collection: the one for simplified Chinese."""


def has_font(named: Path | None) -> bool:
    """Whether PDFs can be made on this machine."""
    try:
        find_font(named)
    except NoFont:
        return False
    return True


@cache
def find_font(named: Path | None) -> ChineseFont:
    """The font of the settings, or the first usual one that is installed. Raises NoFont."""
    for place in (named,) if named else USUAL_PLACES:
        path = Path(place)
        if path.is_file():
            return ChineseFont(path, _chinese_face(path))
    raise NoFont


def _chinese_face(path: Path) -> int:
    if path.suffix.lower() != ".ttc":
        return 0
    from fontTools.ttLib.ttCollection import TTCollection  # type: ignore[import-untyped]

    with TTCollection(str(path), lazy=True) as collection:
        names = [_name_of(font) for font in collection.fonts]
    return next((n for n, name in enumerate(names) if " SC" in name), 0)


def _name_of(font: TTFont) -> str:
    return str(font["name"].getDebugName(4) or "")


@cache
def family_of(font: ChineseFont) -> str:
    """By which name programs that draw find the face."""
    from fontTools.ttLib import TTFont as Opened

    with Opened(str(font.path), fontNumber=font.face, lazy=True) as face:
        return str(face["name"].getDebugName(16) or face["name"].getDebugName(1) or "")
