"""A paper as a Word document (.docx). Says what `blocks` says, and nothing of whoever makes it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from handlers.web.chinese_font import ChineseFont
from handlers.web.papers.blocks import Block, Heading, Picture, Sentence, Table
from handlers.web.papers.printing import png_of

BODY, HEADINGS = "仿宋", "黑体"
"""Named, not embedded: the office program of the reader has them or takes another."""
WIDTH = Mm(150)


def write_word(title: str, span: str, made_at: datetime, blocks: Iterable[Block], font: ChineseFont) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    _set_font(document.styles["Normal"], BODY, 12)
    for level, size in ((0, 20), (1, 14)):
        _set_font(document.styles["Title" if level == 0 else f"Heading {level}"], HEADINGS, size)
    about = document.core_properties
    about.title, about.author, about.created, about.modified = title, "", made_at, made_at
    about.comments = ""
    document.add_heading(title, 0)
    document.add_paragraph(span)
    for block in blocks:
        _write(document, block, font)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = name, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), name)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)


def _write(document: Any, block: Block, font: ChineseFont) -> None:
    match block:
        case Heading(words):
            document.add_heading(words, 1)
        case Sentence(words, small):
            run = document.add_paragraph().add_run(words)
            run.font.size = Pt(9 if small else 12)
        case Picture(svg, legend):
            document.add_picture(io.BytesIO(png_of(svg, font)), width=WIDTH)
            document.add_paragraph().add_run(legend).font.size = Pt(9)
        case Table(headers, rows) if rows:
            _write_table(document, headers, rows)


def _write_table(document: Any, headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=1 + len(rows), cols=len(headers), style="Table Grid")
    for written, cells in zip(table.rows, (headers, *rows), strict=True):
        for cell, words in zip(written.cells, cells, strict=True):
            cell.paragraphs[0].add_run(words).font.size = Pt(9)
    document.add_paragraph()
