"""A table as XLSX, made and sent piece by piece: constant memory however many rows, and nothing on a disk.

Every text stays text and can be no formula. What the rows mean is not known here. What a workbook must hold:
ECMA-376 part 1, sections 12.3 and 18.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from typing import IO

Cell = str | int | float | datetime | None
"""A moment is written as it reads where it happened: without a zone, to the minute."""
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet knows no zones
SHEET_ROWS = 1_000_000
"""Below the headers. A sheet of Excel holds 1,048,576."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill>'
    '<patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/></patternFill></fill></fills>'
    '<borders count="2"><border/><border><left/><right/><top/><bottom style="medium"/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/>'
    '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class _Outgoing(io.RawIOBase):
    """What was written and not taken yet. Has no way back, so that the archive is written for streaming."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


class _Archive(zipfile.ZipFile):
    def __del__(self) -> None:
        """A download that breaks off leaves an open sheet: no reason to end the file, nor to complain."""


class Workbook:
    """One table as a workbook; a table too long for one sheet goes on in the next.

    `add` and `close` give the bytes to send next; together they are the file.
    """

    def __init__(self, title: str, headers: Sequence[str]) -> None:
        self._outgoing = _Outgoing()
        self._archive = _Archive(self._outgoing, "w", zipfile.ZIP_DEFLATED)
        self._title, self._headers = title, headers
        self._sheets = 0
        self._sheet = self._new_sheet()

    def _new_sheet(self) -> IO[bytes]:
        self._sheets += 1
        sheet = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w", force_zip64=True)
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{max(len(header) * 2 + 2, 12)}" customWidth="1"/>'
            for n, header in enumerate(self._headers, 1)
        )
        frozen = '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        view = f'<sheetView workbookViewId="0">{frozen}</sheetView>'
        begin = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews>{view}</sheetViews><cols>{widths}</cols>'
        sheet.write((begin + "<sheetData>" + _row(1, self._headers, ' s="1"')).encode())
        self._row = 1
        return sheet

    def _end_sheet(self) -> None:
        filtered = f'<autoFilter ref="A1:{_column(len(self._headers) - 1)}{self._row}"/>'
        self._sheet.write(f"</sheetData>{filtered}</worksheet>".encode())
        self._sheet.close()

    def add(self, rows: Iterable[Sequence[Cell]]) -> bytes:
        for row in rows:
            if self._row > SHEET_ROWS:
                self._end_sheet()
                self._sheet = self._new_sheet()
            self._row += 1
            self._sheet.write(_row(self._row, row).encode())
        return self._outgoing.take()

    def close(self) -> bytes:
        """The end of the file."""
        self._end_sheet()
        for name, content in _about(self._title, self._sheets):
            self._archive.writestr(name, _HEAD + content)
        self._archive.close()
        return self._outgoing.take()


def _row(number: int, cells: Sequence[Cell], style: str = "") -> str:
    made = "".join(_cell(f"{_column(n)}{number}", cell, style) for n, cell in enumerate(cells))
    return f'<row r="{number}">{made}</row>'


def _cell(place: str, value: Cell, style: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        words = escape(_FORBIDDEN.sub("", value), quote=False).replace("\r", "&#13;")
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    if isinstance(value, datetime):
        return f'<c r="{place}" s="2"><v>{(value - DAY_ZERO) / timedelta(days=1):.6f}</v></c>'
    return f'<c r="{place}"{style}><v>{value!r}</v></c>'


@lru_cache
def _column(place: int) -> str:
    """A, B … Z, AA."""
    before, last = divmod(place, 26)
    return (_column(before - 1) if before else "") + chr(ord("A") + last)


def _about(title: str, sheets: int) -> Iterable[tuple[str, str]]:
    """The parts that say what the others are."""
    numbers = range(1, sheets + 1)
    entries = [("workbook.xml", "sheet.main"), ("styles.xml", "styles")]
    entries += [(f"worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in entries
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    named = "".join(
        f'<sheet name="{escape(title)}{n if n > 1 else ""}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{named}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
            + [("rIdStyles", "styles", "styles.xml")]
        ),
    )
    yield "xl/styles.xml", _STYLES


def _relations(links: Iterable[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{id}" Type="{_LINKS}/{kind}" Target="{to}"/>' for id, kind, to in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
