"""A table of an import, row by row: headings are the labels of the form, values as people write them.

Knows forms only; whether a row may be begun is the core's answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, get_args
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
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
UNKNOWN_COLUMN = Reason("unknown-column", "没有“{name}”这一列，请使用模板的列名。")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_STRANGE = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError)
"""What the library raises for a workbook whose parts do not fit together."""
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


def read_table(data: bytes) -> list[dict[str, Any]]:
    """Rows by heading, blank ones left out. Raises InvalidInput."""
    rows = list(_xlsx(data) if data[:2] == b"PK" else _csv(data))
    if not rows or not any(rows[0]):
        raise InvalidInput(NO_TABLE)
    heads = [str(cell or "").strip().removesuffix("（选填）") for cell in rows[0]]
    found = [
        {head: cell for head, cell in zip(heads, row, strict=False) if head and cell not in (None, "")}
        for row in rows[1:]
    ]
    filled = [row for row in found if row]
    if len(filled) > MOST_ROWS:
        raise InvalidInput(TOO_MANY_ROWS, most=MOST_ROWS)
    return filled


def _csv(data: bytes) -> Iterator[Sequence[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            yield from csv.reader(io.StringIO(text))
        except csv.Error:
            raise InvalidInput(NO_TABLE) from None
        return
    raise InvalidInput(NO_TABLE)


def _xlsx(data: bytes) -> Iterator[Sequence[Any]]:
    """The first sheet, values only; a row beyond what may be imported is not read."""
    try:
        unpack(data)
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        yield from sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=100)
    except (FileRefused, Unreadable, InvalidFileException, ParseError, *NO_ARCHIVE, *_STRANGE):
        raise InvalidInput(NO_TABLE) from None


def fields_of_row(row: Mapping[str, Any], columns: Mapping[str, Column]) -> dict[str, Any]:
    """The form's fields. Raises InvalidInput for a heading there is not."""
    fields: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for head, cell in row.items():
        column = columns.get(head)
        if column is None:
            raise InvalidInput(UNKNOWN_COLUMN, name=head[:50])
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
        day = _DAY.fullmatch(str(cell).strip())
        return "-".join(f"{int(part):02}" for part in day.groups()) if day else str(cell)
    if kind is bool:
        return str(cell).strip().lower() in _YES
    if isinstance(cell, date):
        return cell if kind is date else cell.isoformat()
    if kind is int:
        return str(cell).replace(",", "").replace("，", "").strip()
    text = str(cell).strip()
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    choices = extra.get("choices")
    if isinstance(choices, dict):
        return next((key for key, words in choices.items() if words == text), text)
    return text


def template_of(columns: Mapping[str, Column]) -> bytes:
    """A CSV with the headings, for spreadsheets."""
    text = io.StringIO()
    heads = [label if one.info.is_required() else f"{label}（选填）" for label, one in columns.items()]
    csv.writer(text).writerow(heads)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
