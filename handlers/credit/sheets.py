"""A sheet that is taken out: its watermark stands above, and in the head and foot of every printed page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def watermarked(name: str, mark: str, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    """`name` is the sheet's; the first row is the title, under which the mark stands."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    title, *rest = rows
    for line, row in enumerate([title, (mark,), *rest], start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(line, column, ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"  # a text that begins like a formula is a text
    for edge in (sheet.oddHeader, sheet.oddFooter):
        if edge is not None and edge.center is not None:
            edge.center.text = mark
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
