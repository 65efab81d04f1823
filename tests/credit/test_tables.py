"""Tables as people really have them: other codes, formulas, merged cells, dates as text, numbers in 万元."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from pydantic import ValidationError

from cases.errors import InvalidInput
from cases.integrity.breaches.record_forms import Draft
from handlers.credit.tables import MOST_ROWS, columns_of, fields_of_row, read_table

HEADS = [
    "被记录单位",
    "失信事实",
    "涉及金额（元）",
    "失信日期",
    "依据",
    "作出机关",
    "文号",
    "日期",
    "生效日期",
]
ROW: list[Any] = [
    "青海省公安厅",
    "未付工程款。",
    "800,000",
    "2026年3月1日",
    "司法判决",
    "西宁市中级人民法院",
    "（2026）青01民终12号",
    "2026-06-01",
    "2026/6/15",
]
AMOUNT, DAY = 2, 3


def with_cell(place: int, cell: Any) -> list[Any]:
    return [*ROW[:place], cell, *ROW[place + 1 :]]


def workbook(*rows: list[Any], then: Callable[[Any], Any] = lambda book: None) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    then(book)
    book.save(out)
    return out.getvalue()


def text(between: str, encoding: str) -> bytes:
    return "\r\n".join(between.join(f'"{cell}"' for cell in row) for row in (HEADS, ROW)).encode(encoding)


def blank_sheet_first(book: Any) -> None:
    book.create_sheet(index=0)


@pytest.mark.parametrize(
    "data",
    [
        text(",", "utf-8"),
        text(",", "utf-8-sig"),
        text(",", "gb18030"),
        text("\t", "utf-16"),
        text(";", "utf-8"),
        workbook(HEADS, ROW),
        workbook([f" {head}（选填）" for head in HEADS], ROW),
        workbook(HEADS, ROW, then=blank_sheet_first),
        workbook(HEADS, with_cell(AMOUNT, 800_000)),
        workbook(HEADS, with_cell(AMOUNT, 800_000.0)),
        workbook(HEADS, with_cell(AMOUNT, "８００，０００ 元")),
        workbook(HEADS, with_cell(AMOUNT, "80万元")),
        workbook(HEADS, with_cell(DAY, date(2026, 3, 1))),
        workbook(HEADS, with_cell(DAY, datetime(2026, 3, 1, 10))),  # noqa: DTZ001  as spreadsheets have it
        workbook(HEADS, with_cell(DAY, 46082)),
        workbook(HEADS, with_cell(DAY, "2026.3.1")),
        workbook(HEADS, with_cell(DAY, "20260301")),
        workbook(HEADS, with_cell(DAY, "２０２６-０３-０１")),
    ],
)
def test_the_same_record_however_it_is_written(data: bytes) -> None:
    ((line, row),) = read_table(data)
    made = Draft.model_validate(fields_of_row(row, columns_of(Draft)))
    assert (line, made.body, made.amount_yuan, made.breach_on) == (2, ROW[0], 800_000, date(2026, 3, 1))
    (basis,) = made.bases
    assert (basis.dated, basis.effective_on) == (date(2026, 6, 1), date(2026, 6, 15))


def merged(book: Any) -> None:
    book.worksheets[0].append(ROW)
    book.worksheets[0].merge_cells("A2:A3")


@pytest.mark.parametrize(
    ("data", "line", "wrong"),
    [
        (workbook(HEADS, [], [None], with_cell(DAY, "昨天")), 4, "breach_on"),
        (workbook(HEADS, with_cell(DAY, "2026-02-30")), 2, "breach_on"),
        (workbook(HEADS, with_cell(DAY, "3/1/2026")), 2, "breach_on"),
        (workbook(HEADS, with_cell(DAY, 999_999)), 2, "breach_on"),
        (workbook(HEADS, with_cell(AMOUNT, "800000.50")), 2, "amount_yuan"),
        (workbook(HEADS, with_cell(AMOUNT, "不详")), 2, "amount_yuan"),
        (workbook(HEADS, with_cell(AMOUNT, "-5")), 2, "amount_yuan"),
        (workbook(HEADS, ROW, then=merged), 3, "body"),
    ],
)
def test_what_is_wrong_is_found_in_its_row_and_cell(data: bytes, line: int, wrong: str) -> None:
    number, row = read_table(data)[-1]
    with pytest.raises(ValidationError) as refused:
        Draft.model_validate(fields_of_row(row, columns_of(Draft)))
    assert (number, {fault["loc"][0] for fault in refused.value.errors()}) == (line, {wrong})


def test_a_formula_without_a_result_is_no_empty_cell() -> None:
    for place in (AMOUNT, DAY):
        ((_, row),) = read_table(workbook(HEADS, with_cell(place, "=TODAY()")))
        with pytest.raises(InvalidInput, match=HEADS[place]):
            fields_of_row(row, columns_of(Draft))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有读出表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "没有读出表格"),
        ("a,b\n1,\xe9".encode("latin-1"), "没有读出表格"),
        (b"PK\x03\x04", "没有读出表格"),
        (workbook(), "没有读出表格"),
        (workbook(HEADS), "表格里没有内容"),
        (workbook([*HEADS, HEADS[0]], [*ROW, "另一单位"]), "出现了两次"),
        (workbook(HEADS, *[ROW] * (MOST_ROWS + 1)), "一次至多导入"),
        ("\n".join(["a,b", *["1,2"] * 100_000]).encode(), "一次至多导入"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_table(data)
