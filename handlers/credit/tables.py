"""A table of an import, row by row: headings are the labels of the form, values as people write them.

Knows forms only; whether a row may be begun is the core's answer.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, get_args
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cases.errors import InvalidInput, Reason
from handlers.files.documents.packages import unpack
from handlers.files.kinds import NO_ARCHIVE
from handlers.files.refusals import FileRefused
from handlers.files.traces import Unreadable
from handlers.web.forms.fields import bare_type

MOST_ROWS = 1000
MOST_BYTES = 2 * 1024 * 1024
NO_TABLE = Reason("no-table", "没有读出表格。请上传CSV或XLSX文件，第一行为列名。")
TOO_MANY_ROWS = Reason("too-many-rows", "一次至多导入{most}行，请分批导入。")
NO_ROWS = Reason("no-rows", "表格里没有内容，第二行起填写，一行一条。")
TABLE_TOO_LARGE = Reason("table-too-large", "文件超过{megabytes}MB，请分批导入。")
UNKNOWN_COLUMN = Reason("unknown-column", "没有“{name}”这一列，请使用模板的列名。")
COLUMN_TWICE = Reason("column-twice", "“{name}”这一列出现了两次，请只留一列。")
NO_RESULT = Reason("no-result", "{name}：公式没有算出结果，请改成内容再上传。")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万|亿)?元?")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_SERIALS = range(20_000, 80_000)
"""Days as a spreadsheet counts them, of the years 1954 to 2119: a cell of a date that lost its form."""
_UNCOMPUTED = object()
"""Stands for a formula of which the file holds no result."""
_STRANGE = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError)
"""What the library raises for a workbook whose parts do not fit together."""
_SEVERAL = re.compile(r"[\n；;]")
"""Between the entries of one cell."""
_YES = frozenset({"是", "y", "yes", "true", "1", "√"})


class Column(NamedTuple):
    """Where a value of this heading belongs: a field, or a field of the one row of a part."""

    label: str
    part: str
    name: str
    info: FieldInfo


def columns_of(form: type[BaseModel]) -> dict[str, Column]:
    """By heading. Files cannot be imported and have none."""
    return {column.label: column for column in _columns(form, "")}


def _columns(form: type[BaseModel], part: str) -> Iterator[Column]:
    for name, info in form.model_fields.items():
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        widget, label = extra.get("widget"), str(extra.get("label") or name)
        if widget == "parts":
            yield from _columns(get_args(info.annotation)[0], name)
        elif widget not in {"files", "hidden"}:
            yield Column(label, part, name, info)


def heading_of(form: type[BaseModel], place: Sequence[int | str]) -> str:
    """Under which heading of the table a place of the form is looked for; empty for the form as a whole."""
    heading = ""
    for step in place:
        if info := form.model_fields.get(str(step)):
            extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            heading = str(extra.get("label") or step)
            form = get_args(info.annotation)[0] if extra.get("widget") == "parts" else form
    return heading


def read_table(data: bytes) -> list[tuple[int, dict[str, Any]]]:
    """Rows by heading, each with its number in the table; blank ones left out. Raises InvalidInput."""
    rows = list(_xlsx(data) if data[:2] == b"PK" else _csv(data))
    if not rows or not any(rows[0]):
        raise InvalidInput(NO_TABLE)
    heads = [str(cell or "").strip().removesuffix("（选填）") for cell in rows[0]]
    if twice := next((head for head in heads if head and heads.count(head) > 1), None):
        raise InvalidInput(COLUMN_TWICE, name=twice[:50])
    found = (
        {head: cell for head, cell in zip(heads, row, strict=False) if head and cell not in (None, "")}
        for row in rows[1:]
    )
    filled = [(line, row) for line, row in enumerate(found, start=2) if row]
    if not filled:
        raise InvalidInput(NO_ROWS)
    if len(filled) > MOST_ROWS:
        raise InvalidInput(TOO_MANY_ROWS, most=MOST_ROWS)
    return filled


def _csv(data: bytes) -> Iterator[Sequence[Any]]:
    """As spreadsheets write text: with commas, semicolons or tabs, in the codes that are in use."""
    marked = ("utf-16",) if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else ()
    for encoding in (*marked, "utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            first = text.partition("\n")[0]
            between = max(",;\t", key=first.count)
            yield from csv.reader(io.StringIO(text), delimiter=between)
        except csv.Error:
            raise InvalidInput(NO_TABLE) from None
        return
    raise InvalidInput(NO_TABLE)


def _xlsx(data: bytes) -> Iterator[Sequence[Any]]:
    """The first sheet with anything in it; a row beyond what may be imported is not read."""
    try:
        unpack(data)
        book, written = (
            load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (True, False)
        )
        for sheet, formulas in zip(book.worksheets, written.worksheets, strict=True):
            rows = zip(_values(sheet), _values(formulas), strict=False)
            told = [[_told(*pair) for pair in zip(*row, strict=False)] for row in rows]
            if any(cell is not None for row in told for cell in row):
                yield from told
                return
    except (FileRefused, Unreadable, InvalidFileException, ParseError, *NO_ARCHIVE, *_STRANGE):
        raise InvalidInput(NO_TABLE) from None


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=100)
    return rows


def _told(value: Any, written: Any) -> Any:
    """A cell's value; of a formula its result, as the spreadsheet that saved the file worked it out."""
    is_formula = isinstance(written, str) and written.startswith("=")
    return _UNCOMPUTED if value is None and is_formula else value


def fields_of_row(row: Mapping[str, Any], columns: Mapping[str, Column]) -> dict[str, Any]:
    """The form's fields. Raises InvalidInput for a heading there is not."""
    fields: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for head, cell in row.items():
        column = columns.get(head)
        if column is None:
            raise InvalidInput(UNKNOWN_COLUMN, name=head[:50])
        if cell is _UNCOMPUTED:
            raise InvalidInput(NO_RESULT, name=head)
        into = parts.setdefault(column.part, {}) if column.part else fields
        into[column.name] = _value(cell, column.info)
    return {**fields, **{part: [inner] for part, inner in parts.items()}}


def _value(cell: Any, info: FieldInfo) -> Any:
    """As a person would have chosen or written it in the form; what cannot be read stays for the check."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    kind = bare_type(info.annotation)
    if kind is date and not isinstance(cell, date):
        return _day(cell)
    if kind is bool:
        return str(cell).strip().lower() in _YES
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    if extra.get("widget") == "checklist":
        return [part.strip() for part in _SEVERAL.split(str(cell)) if part.strip()]
    if isinstance(cell, date):
        return cell if kind is date else cell.isoformat()
    if kind is int:
        return _whole(str(cell))
    text = str(cell).strip()
    choices = extra.get("choices")
    if isinstance(choices, dict):
        return next((key for key, words in choices.items() if words == text), text)
    return text


def _day(cell: Any) -> str:
    """ISO; what is no day stays as it was written."""
    if isinstance(cell, int) and cell in _SERIALS:
        return str(from_excel(cell).date().isoformat())
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    return "-".join(f"{int(part):02}" for part in found.groups() if part) if found else str(cell)


def _whole(text: str) -> str:
    """A number as people write it: 800,000, 80万元. What is none stays, as does one that is not whole."""
    plain = "".join(unicodedata.normalize("NFKC", text).replace(",", "").split())
    found = _AMOUNT.fullmatch(plain)
    number = Decimal(found[1]) * _TIMES[found[2] or ""] if found else None
    return str(int(number)) if number is not None and number == int(number) else plain


def template_of(columns: Mapping[str, Column]) -> bytes:
    """A CSV with the headings, for spreadsheets."""
    text = io.StringIO()
    heads = [label if one.info.is_required() else f"{label}（选填）" for label, one in columns.items()]
    csv.writer(text).writerow(heads)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
