"""The monthly report as PDF, drawn with the Chinese font this machine has; without one there is no PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from handlers.web.chinese_font import ChineseFont

HEADERS = ("单位", "收件", "办结", "在办", "超期", "受理按期率", "答复按期率", "答复中位数", "满意率")
WIDTHS = (46, 15, 15, 15, 15, 22, 22, 22, 16)
GREY, BLUE = (230, 233, 238), (157, 183, 216)


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What the report says."""

    title: str
    sentences: Sequence[str]
    points: Sequence[tuple[str, int, int]]
    """Label, filed, closed."""
    columns: Sequence[tuple[str, int, bool]]
    """Label, cases, beyond the promise."""
    rows: Sequence[Sequence[str]]


def draw_report(page: ReportContent, font: ChineseFont) -> bytes:
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_font("chinese", fname=font.path, collection_font_number=font.face)
    pdf.set_margins(15, 16)
    pdf.add_page()
    pdf.set_title(page.title)
    pdf.set_lang("zh-CN")
    _line(pdf, page.title, 18, 12)
    for sentence in page.sentences:
        pdf.set_font("chinese", size=10.5)
        pdf.multi_cell(0, 6.5, sentence, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(3)
    _line(pdf, "收件与办结（灰柱为收件，黑线为办结）", 12, 8)
    _trend(pdf, page.points)
    _line(pdf, "答复用时占承诺时间的比例（斜线为超期）", 12, 8)
    _columns(pdf, page.columns)
    _line(pdf, "各单位", 12, 8)
    _table(pdf, page.rows)
    return bytes(pdf.output())


def _line(pdf: FPDF, words: str, size: float, height: float) -> None:
    pdf.set_font("chinese", size=size)
    pdf.cell(0, height, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _trend(pdf: FPDF, points: Sequence[tuple[str, int, int]]) -> None:
    if not points:
        return
    left, top, width, height = pdf.l_margin, pdf.get_y() + 2, pdf.epw, 42.0
    most = max(max(filed, closed) for _, filed, closed in points) or 1
    step = width / len(points)
    every = -(-len(points) // 10)
    pdf.set_font("chinese", size=7.5)
    before: tuple[float, float] | None = None
    for place, (label, filed, closed) in enumerate(points):
        x, tall = left + step * place, height * filed / most
        pdf.set_fill_color(*BLUE)
        pdf.rect(x + step * 0.15, top + height - tall, step * 0.7, tall, style="F")
        now = (x + step / 2, top + height - height * closed / most)
        if before is not None:
            pdf.line(*before, *now)
        before = now
        if place % every == 0:
            pdf.text(x, top + height + 4, label)
    pdf.line(left, top + height, left + width, top + height)
    pdf.text(left, top, f"最高 {most} 件")
    pdf.set_y(top + height + 8)


def _columns(pdf: FPDF, columns: Sequence[tuple[str, int, bool]]) -> None:
    left, top, width, height = pdf.l_margin, pdf.get_y() + 4, pdf.epw, 34.0
    most = max((n for _, n, _ in columns), default=1) or 1
    step = width / max(len(columns), 1)
    pdf.set_font("chinese", size=8)
    for place, (label, n, late) in enumerate(columns):
        x, tall = left + step * place, height * n / most
        y = top + height - tall
        if late:
            pdf.rect(x + 2, y, step - 4, tall)
            _stripes(pdf, x + 2, y, step - 4, tall)
        else:
            pdf.set_fill_color(*BLUE)
            pdf.rect(x + 2, y, step - 4, tall, style="F")
        pdf.text(x + 3, top + height + 4, label)
        pdf.text(x + 3, y - 1, str(n))
    pdf.line(left, top + height, left + width, top + height)
    pdf.set_y(top + height + 8)


def _stripes(pdf: FPDF, x: float, y: float, width: float, height: float) -> None:
    step = 1.6
    for n in range(1, int(height / step) + 1):
        pdf.line(x, y + n * step, x + width, y + n * step)


def _table(pdf: FPDF, rows: Sequence[Sequence[str]]) -> None:
    pdf.set_font("chinese", size=8.5)
    pdf.set_fill_color(*GREY)
    for header, width in zip(HEADERS, WIDTHS, strict=True):
        pdf.cell(width, 7, header, border=1, fill=True, align="C")
    pdf.ln()
    for row in rows:
        for place, (cell, width) in enumerate(zip(row, WIDTHS, strict=True)):
            pdf.cell(width, 6.5, cell[:14], border=1, align="L" if place == 0 else "R")
        pdf.ln()
