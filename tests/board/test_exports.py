"""Exports read back by an independent library."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from cases.measures import facts_of
from handlers.supervisor.exports import HEADERS, Workbook, csv_bytes, harmless
from storage.opening import Storage
from tests.board.conftest import Board, told
from tests.board.test_pages import ours

ALL = "?event=filed&period=12m"


async def test_a_spreadsheet_has_chinese_headers_a_frozen_first_row_and_every_case(supervisor: Board) -> None:
    book = openpyxl.load_workbook(io.BytesIO(await supervisor.bytes(f"/board/export.xlsx{ALL}")))
    sheet = book.active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == HEADERS
    assert sheet.freeze_panes == "B2"
    assert {row[0] for row in rows[1:]} == {row.number for row in ours([facts_of(c) for c in told()])}


async def test_the_csv_holds_the_same_cases(supervisor: Board) -> None:
    body = await supervisor.bytes(f"/board/export.csv{ALL}")
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADERS
    assert len(rows) - 1 == len(ours([facts_of(c) for c in told()]))


async def test_every_export_is_in_the_audit_log(supervisor: Board, filled: Storage) -> None:
    await supervisor.bytes(f"/board/export.csv{ALL}")
    entries = await filled.audit.list_entries(limit=20)
    assert "board.exported.csv" in {entry.action for entry in entries}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_become_text(text: str, tmp_path: Path) -> None:
    assert harmless(text) == "'" + text
    assert csv_bytes([[text]]).decode().lstrip('"').startswith("'")
    path = tmp_path / "export.xlsx"
    workbook = Workbook(path, "名单", ["一"])
    workbook.add([[text]])
    workbook.close()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    workbook = Workbook(path, "名单", ["一", "二"])
    workbook.add([[1.5, None]])
    workbook.close()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet["A2"].value == 1.5
    assert sheet["B2"].value is None
