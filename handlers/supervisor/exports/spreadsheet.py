"""A table as XLSX, row by row into a folder of its own: memory stays constant however many rows there are.

Every text stays text and can be no formula. What the rows mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None
SHEET_ROWS = 1_000_000
"""Below the headers. A sheet of Excel holds 1,048,576."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Workbook:
    """One table as a workbook; a table too long for one sheet goes on in the next."""

    def __init__(self, folder: Path, title: str, headers: Sequence[str]) -> None:
        self.path = folder / "table.xlsx"
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(folder),
        }
        self._book = xlsxwriter.Workbook(str(self.path), options)
        self._bold = self._book.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1})
        self._title, self._headers = title, headers
        self._sheets = 0
        self._new_sheet()

    def _new_sheet(self) -> None:
        self._sheets += 1
        name = self._title if self._sheets == 1 else f"{self._title}{self._sheets}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        for column, header in enumerate(self._headers):
            self._sheet.set_column(column, column, max(len(header) * 2 + 2, 12))
        self._sheet.write_row(0, 0, self._headers, self._bold)
        self._row = 1

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            if self._row > SHEET_ROWS:
                self._new_sheet()
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    self._sheet.write_string(self._row, column, _FORBIDDEN.sub("", cell))
                elif cell is not None:
                    self._sheet.write_number(self._row, column, cell)
            self._row += 1

    def close(self) -> Path:
        """The finished file."""
        self._book.close()
        return self.path
