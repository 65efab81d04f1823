"""An XLSX written while it is sent: nothing of it is kept, on disk or in memory, however many rows it has.

The parts that name the sheets come last in the archive, when their number is known. Every text stays text:
it is written inline and can be no formula. What the rows mean is not known here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

Cell = str | int | float | None
SHEET_ROWS = 1_000_000
"""Below the headers. A sheet of Excel holds 1,048,576."""
SHEET_BYTES = 1_500_000_000
"""Parts past two gigabytes would need a form of archive that older programs cannot open."""
LEVEL = 3
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill '
    'patternType="solid"><fgColor rgb="FFE8EDF3"/></patternFill></fill></fills><borders count="2"><border>'
    "<left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/>"
    '<bottom style="thin"/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1">{_PLAIN}/></cellStyleXfs><cellXfs count="2">{_PLAIN} xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" '
    'applyBorder="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


class _Sent:
    """Where the archive is written: what has been written and not yet been taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        return

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


class Workbook:
    """One table as a workbook; a table too long for one sheet goes on in the next."""

    def __init__(self, title: str, headers: Sequence[str]) -> None:
        self._sent = _Sent()
        self._archive = zipfile.ZipFile(self._sent, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)  # type: ignore[call-overload]
        self._title, self._headers = title, headers
        self._columns = [_letters(n) for n in range(len(headers))]
        self._sheets = 0
        self._new_sheet()

    def _new_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{max(len(header) * 2 + 2, 12)}" customWidth="1"/>'
            for n, header in enumerate(self._headers, start=1)
        )
        self._write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" '
            'ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{widths}</cols><sheetData>"
        )
        self._row, self._size = 1, 0
        self._write(self._line(self._headers, ' s="1"'))

    def _write(self, text: str) -> None:
        self._sheet.write(text.encode())

    def add(self, rows: Iterable[Sequence[Cell]]) -> bytes:
        """What is to be sent now."""
        lines: list[str] = []
        for row in rows:
            if self._row > SHEET_ROWS + 1 or self._size > SHEET_BYTES:
                self._write("".join(lines))
                lines = []
                self._end_sheet()
                self._new_sheet()
            line = self._line(row)
            self._size += len(line) * 2
            lines.append(line)
        self._write("".join(lines))
        return self._sent.take()

    def _line(self, row: Sequence[Cell], style: str = "") -> str:
        at = self._row
        self._row += 1
        cells = [
            f'<c r="{column}{at}"{style} t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
            if isinstance(cell, str)
            else f'<c r="{column}{at}"><v>{cell}</v></c>'
            for column, cell in zip(self._columns, row, strict=True)
            if cell is not None and cell != ""
        ]
        return f'<row r="{at}">{"".join(cells)}</row>'

    def _end_sheet(self) -> None:
        self._write("</sheetData></worksheet>")
        self._sheet.close()

    def close(self) -> bytes:
        """The rest."""
        self._end_sheet()
        for name, text in _frame(self._title, self._sheets).items():
            self._archive.writestr(name, text)
        self._archive.close()
        return self._sent.take()


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text), quote=False)


def _letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _frame(title: str, sheets: int) -> dict[str, str]:
    """Everything beside the sheets."""
    numbers = range(1, sheets + 1)
    names = "".join(
        f'<sheet name="{_text(title)}{"" if n == 1 else n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for n in numbers
    )
    return {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId0" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
        f'ContentType="{_TYPES}.styles+xml"/>{parts}</Types>',
    }
