"""Exports read back by an independent library."""

from __future__ import annotations

import csv
import gc
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cases.figures.measures import facts_of
from cases.instants import CHINA, local_date
from handlers.supervisor.exports import spreadsheet
from handlers.supervisor.exports.downloads import HEADERS, csv_bytes, harmless
from handlers.supervisor.exports.spreadsheet import Cell, Workbook
from storage.opening import Storage
from tests.supervisor.conftest import NOW, told
from tests.supervisor.test_pages import ours
from tests.town.live.browser import Browser

ALL = "?event=filed&period=12m"


async def test_a_spreadsheet_has_chinese_headers_a_frozen_first_row_and_every_case(
    supervisor: Browser,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO((await supervisor.get(f"/board/export.xlsx{ALL}")).body))
    sheet = book.active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == HEADERS
    assert sheet.freeze_panes == "B2"
    assert {row[0] for row in rows[1:]} == {row.number for row in ours([facts_of(c) for c in told()])}


async def test_a_spreadsheet_has_dates_that_can_be_sorted_filters_and_what_was_complained_of(
    supervisor: Browser,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO((await supervisor.get(f"/board/export.xlsx{ALL}")).body))
    sheet: Any = book.active
    assert sheet.auto_filter.ref.startswith("A1:")
    names, *rows = sheet.iter_rows(values_only=True)
    facts = {row.number: row for row in ours([facts_of(c) for c in told()])}
    for row in rows:
        shown, stored = dict(zip(names, row, strict=True)), facts[row[0]]
        filed = stored.filed_at.astimezone(CHINA).replace(tzinfo=None, second=0, microsecond=0)
        assert abs((shown["登记时间"] - filed).total_seconds()) < 1
        assert shown["被投诉主体"] == ("、".join(stored.bodies) or None)
        late = (local_date(NOW) - local_date(stored.due_at)).days if stored.due_at else 0
        assert shown["超期（天）"] == (late if late > 0 else None)
        assert (shown["督办期限"] is None) is (stored.order_due_at is None)


async def test_the_csv_holds_the_same_cases(supervisor: Browser) -> None:
    body = (await supervisor.get(f"/board/export.csv{ALL}")).body
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADERS
    assert len(rows) - 1 == len(ours([facts_of(c) for c in told()]))


async def test_every_export_is_in_the_audit_log(supervisor: Browser, filled: Storage) -> None:
    assert (await supervisor.get(f"/board/export.csv{ALL}")).status == 200
    entries = await filled.audit.list_entries(limit=20)
    assert "board.exported.csv" in {entry.action for entry in entries}


def read_back(headers: Sequence[str], *chunks: Sequence[Sequence[Cell]]) -> Any:
    """The workbook as another program sees it."""
    workbook = Workbook("名单", headers)
    pieces = [workbook.add(chunk) for chunk in chunks]
    return openpyxl.load_workbook(io.BytesIO(b"".join([*pieces, workbook.close()])))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_become_text(text: str) -> None:
    assert harmless(text) == "'" + text
    assert csv_bytes([[text]]).decode().lstrip('"').startswith("'")
    assert read_back(["一"], [[text]]).active["A2"].data_type == "s"


def test_a_workbook_in_the_making_lies_in_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def held() -> set[str]:
        links = [f"/proc/self/fd/{n}" for n in os.listdir("/proc/self/fd")]
        return {os.readlink(link) for link in links if os.path.isfile(link)} | set(os.listdir(tmp_path))

    before, workbook = held(), Workbook("名单", ["一"])
    sent = b""
    for _ in range(50):
        sent += workbook.add([["欠款" * 50]] * 200)
        assert {name for name in held() - before if "shouxin" in name or name.startswith("tmp")} == set()
    assert len(sent) > 0, "it is sent while it is made"
    sheet = openpyxl.load_workbook(io.BytesIO(sent + workbook.close())).active
    assert sheet is not None
    assert sheet.max_row == 10_001


def test_a_download_that_breaks_off_complains_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    broken: list[object] = [Workbook("名单", ["一"])]
    broken.append(broken)  # as what is raised holds the frames it came through
    del broken
    gc.collect(0)
    assert said == []


def test_numbers_stay_numbers() -> None:
    sheet = read_back(["一", "二", "三"], [[1.5, None, 7]]).active
    assert [sheet[cell].value for cell in ("A2", "B2", "C2")] == [1.5, None, 7]


def test_signs_and_characters_no_spreadsheet_allows_do_no_harm() -> None:
    sheet = read_back(["一"], [['甲<乙>&"丙" \x0b\x00\ud800丁'], ["𠮷 "]]).active
    assert [sheet["A2"].value, sheet["A3"].value] == ['甲<乙>&"丙" 丁', "𠮷 "]


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "SHEET_ROWS", 3)
    book = read_back(["号"], [[n] for n in range(5)], [[n] for n in range(5, 8)])
    assert book.sheetnames == ["名单", "名单2", "名单3"]
    rows = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book]
    assert rows == [["号", 0, 1, 2], ["号", 3, 4, 5], ["号", 6, 7]]
    assert all(sheet.freeze_panes == "B2" for sheet in book)
