"""A paper as PDF, with the Chinese font this machine has; without one there is no PDF."""

from __future__ import annotations

import io
from collections.abc import Iterable

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from handlers.web.chinese_font import ChineseFont
from handlers.web.papers.blocks import Block, Heading, Picture, Sentence, Table
from handlers.web.papers.printing import png_of

GREY = (230, 233, 238)


def write_pdf(title: str, span: str, blocks: Iterable[Block], font: ChineseFont) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_font("chinese", fname=font.path, collection_font_number=font.face)
    pdf.set_margins(20, 18)
    pdf.add_page()
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    _words(pdf, title, 18)
    _words(pdf, span, 9)
    for block in blocks:
        _write(pdf, block, font)
    return bytes(pdf.output())


def _words(pdf: FPDF, words: str, size: float) -> None:
    pdf.set_font("chinese", size=size)
    pdf.multi_cell(0, size * 0.6, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _write(pdf: FPDF, block: Block, font: ChineseFont) -> None:
    match block:
        case Heading(words):
            pdf.ln(4)
            _words(pdf, words, 13)
            pdf.ln(1)
        case Sentence(words, small):
            _words(pdf, words, 8.5 if small else 10.5)
        case Picture(svg, legend):
            width = pdf.epw * 0.8
            pdf.image(io.BytesIO(png_of(svg, font)), w=width, x=pdf.l_margin + pdf.epw * 0.1)
            _words(pdf, legend, 8.5)
            pdf.ln(2)
        case Table(headers, rows) if rows:
            _table(pdf, headers, rows)


def _table(pdf: FPDF, headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    pdf.set_font("chinese", size=8)
    pdf.ln(1)
    first = 3 if len(headers) > 4 else 1
    widths = (first, *(1 for _ in headers[1:]))
    heads = FontFace(fill_color=GREY, emphasis="")
    align = ("LEFT", *("RIGHT" for _ in headers[1:])) if len(headers) > 3 else "LEFT"
    with pdf.table(col_widths=widths, headings_style=heads, text_align=align, line_height=5) as table:
        for cells in (headers, *rows):
            table.row(cells)
    pdf.ln(2)
