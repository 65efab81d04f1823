"""Draws a letter, or its proof of delivery, as A4 pages. Pure: takes the sheet and a font, gives bytes."""

from __future__ import annotations

import threading

from fpdf import FPDF
from fpdf.enums import WrapMode

from handlers.department.case.letters import Sheet
from handlers.web.chinese_font import ChineseFont
from handlers.web.pages.filters import chinese_date

_MARGIN = 25.0
_BODY, _LINE = 12.0, 8.0
_ONE_AT_A_TIME = threading.Lock()
"""A CJK font takes some hundred megabytes while it is cut down."""


def draw_letter(sheet: Sheet, check_at: str, font: ChineseFont) -> bytes:
    """Takes a second or two of CPU: call it in a thread."""
    with _ONE_AT_A_TIME:
        page = _blank(sheet, font)
        _head(page, sheet)
        page.multi_cell(0, _LINE, f"{sheet.addressee}：", new_x="LMARGIN", new_y="NEXT")
        _say(page, sheet.opening)
        for title, words in sheet.sections:
            _section(page, title, words)
        if sheet.closing:
            _say(page, sheet.closing)
        _sign(page, sheet, check_at)
        return bytes(page.output())


def _blank(sheet: Sheet, font: ChineseFont) -> FPDF:
    page = FPDF(format="A4")
    page.set_margins(_MARGIN, _MARGIN, _MARGIN)
    page.set_auto_page_break(True, margin=_MARGIN)
    page.add_font("letter", fname=str(font.path), collection_font_number=font.face)
    page.set_title(f"{sheet.title} {sheet.serial}")
    page.set_author(sheet.department)
    page.set_creation_date(sheet.at)
    page.set_lang("zh-CN")
    page.add_page()
    return page


def _head(page: FPDF, sheet: Sheet) -> None:
    page.set_font("letter", size=20)
    page.multi_cell(0, 12, sheet.department, align="C", new_x="LMARGIN", new_y="NEXT")
    page.set_font("letter", size=16)
    page.multi_cell(0, 10, sheet.title, align="C", new_x="LMARGIN", new_y="NEXT")
    page.set_font("letter", size=11)
    page.multi_cell(0, 8, sheet.serial, align="C", new_x="LMARGIN", new_y="NEXT")
    y = page.get_y() + 2
    page.set_draw_color(168, 50, 42)
    page.set_line_width(0.6)
    page.line(_MARGIN, y, page.w - _MARGIN, y)
    page.set_y(y + 6)
    page.set_font("letter", size=_BODY)


def _section(page: FPDF, title: str, words: str) -> None:
    page.set_font("letter", size=13)
    page.multi_cell(0, _LINE, title, new_x="LMARGIN", new_y="NEXT")
    page.set_font("letter", size=_BODY)
    for paragraph in filter(None, (line.strip() for line in words.splitlines())):
        _say(page, paragraph)


def _say(page: FPDF, words: str) -> None:
    """A paragraph, its first line set in by two characters."""
    words = "　　" + words
    page.multi_cell(0, _LINE, words, align="L", new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)


def _sign(page: FPDF, sheet: Sheet, check_at: str) -> None:
    if sheet.contact:
        page.ln(4)
        _say(page, sheet.contact)
    page.ln(12)
    for line in (sheet.department, chinese_date(sheet.at)):
        page.multi_cell(0, _LINE, line, align="R", new_x="LMARGIN", new_y="NEXT")
    page.ln(8)
    page.set_font("letter", size=9)
    page.set_text_color(80, 80, 80)
    words = f"核验码：{sheet.verification}。可以在 {check_at} 核验本文书的真伪。"
    page.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
