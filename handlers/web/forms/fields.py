"""Forms derived from the models they fill: one declaration gives page, check and message.

A field's `json_schema_extra` may hold widget, label, help, choices, rows, placeholder. Knows no move and
no case: whoever shows a form passes the options of its department, staff or order fields, and fills the
fields marked `hidden` (such as stored files) itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin

from aiohttp.web import FileField
from multidict import MultiMapping
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from cases.words import DOMAIN_NAMES
from handlers.web.forms.messages import messages_of

M = TypeVar("M", bound=BaseModel)
Posted = MultiMapping[str | bytes | bytearray | FileField]
Options = Mapping[str, Mapping[str, str]]

YES_NO = {"true": "是", "false": "否"}
ROWS_OFFERED = 3
_LABELS = {"department": "单位", "domain": "重点领域", "text": "内容", "staff": "承办人", "reason": "理由"}
_MANY = frozenset({"checklist", "departments"})
_ONE_LINE = frozenset({"body", "code"})
_DIGITS = frozenset({"number", "money", "date", "datetime"})
"""Of these a Chinese keyboard's wide digits mean the same."""
_PLAIN = frozenset(
    {
        "password",
        "text",
        "textarea",
        "date",
        "datetime",
        "number",
        "money",
        "bool",
        "radio",
        "files",
        "hidden",
    }
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One input as the page draws it."""

    name: str
    label: str
    widget: str
    """text, textarea, choice, radio, date, datetime, number, money, bool, checklist (boxes to tick),
    lines (one item per line), files or rows (several inputs per item, in `rows`)."""
    required: bool
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    value: Any = ""
    error: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[tuple[FormField, ...], ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Choices that lie outside one's own area, and where; they are offered last and with a warning."""

    def apart(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The choices as they are offered: one's own first, under no heading, then each other area."""
        groups: dict[str, list[tuple[str, str]]] = {"": []}
        for key, words in self.choices:
            groups.setdefault(self.elsewhere.get(key, ""), []).append((key, words))
        return list(groups.items())

    def has_choice(self) -> bool:
        return any(self.is_chosen(key) for key, _ in self.choices)

    def is_chosen(self, key: str) -> bool:
        """What was chosen; of a choice that must be made and is none, the only one."""
        if self.widget == "choice" and self.required and len(self.choices) == 1:
            return True
        if isinstance(self.value, list | tuple):
            return key in self.value
        return key == (str(self.value).lower() if isinstance(self.value, bool) else str(self.value))


@dataclass(frozen=True, slots=True)
class FilledForm(Generic[M]):
    """What was posted: a model when all is well, otherwise the fields with what to correct."""

    model: M | None
    fields: tuple[FormField, ...]
    values: Mapping[str, Any]
    errors: Mapping[str, str]


def fields_of(
    model: type[BaseModel],
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> tuple[FormField, ...]:
    """The model's fields as inputs, without the hidden ones.

    `options`: value → words, by field name or by declared widget (department, departments, staff, order …);
    under `elsewhere` which departments lie in another area, and in which.
    """
    values, errors, options = values or {}, errors or {}, options or {}
    return tuple(
        _field(name, info, values.get(name), errors.get(name, ""), options)
        for name, info in model.model_fields.items()
        if _declared(info) != "hidden"
    )


def option_names(model: type[BaseModel]) -> frozenset[str]:
    """Under which names the model's fields ask `options`; nothing else needs to be looked up for its form."""
    names = set[str]()
    for name, info in model.model_fields.items():
        names |= {name, "department" if _declared(info) == "departments" else _declared(info)}
        if _declared(info) == "parts":
            names |= option_names(_item_of(info))
    return frozenset(names)


def read_form(
    model: type[M],
    posted: Posted,
    *,
    options: Options | None = None,
    hidden: Mapping[str, Any] | None = None,
    files: Mapping[str, Sequence[Any]] | None = None,
) -> FilledForm[M]:
    """Build the model from a posted form; blank inputs count as not given.

    `hidden`: values of hidden fields; they never come from the browser. `files`: what was stored of the
    uploads, by the name of their input.
    """
    values = posted_values(model, posted, options or {}, files or {})
    given = {name: value for name, value in values.items() if value not in ("", [], None)}
    try:
        made, errors = model.model_validate({**given, **(hidden or {})}), dict[str, str]()
    except ValidationError as wrong:
        made, errors = None, messages_of(wrong)
    return FilledForm(made, fields_of(model, values=values, errors=errors, options=options), values, errors)


def posted_values(
    model: type[BaseModel],
    posted: Posted,
    options: Options,
    files: Mapping[str, Sequence[Any]] = MappingProxyType({}),
) -> dict[str, Any]:
    """What was posted, by field, as `fields_of` shows it again."""
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        widget = _widget(name, info, options)
        texts = [value.strip() for value in posted.getall(name, []) if isinstance(value, str)]
        if widget == "lines":
            values[name] = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
        elif widget == "checklist":
            values[name] = [text for text in texts if text]
        elif widget == "bool":
            values[name] = bool(texts and texts[0])
        elif widget == "rows":
            values[name] = _posted_rows(name, info, posted, files)
        elif widget == "files":
            values[name] = _stored(name, info, files)
        elif widget != "hidden":
            text = texts[0] if texts else ""
            values[name] = unicodedata.normalize("NFKC", text) if widget in _DIGITS else text
    return values


def _stored(name: str, info: FieldInfo, files: Mapping[str, Sequence[Any]]) -> Any:
    """All files of an input, or the one that its field holds."""
    given = list(files.get(name, ()))
    if get_origin(bare_type(info.annotation)) is tuple:
        return given
    return given[0] if given else None


def _posted_rows(
    name: str, info: FieldInfo, posted: Posted, files: Mapping[str, Sequence[Any]]
) -> list[dict[str, Any]]:
    """Rows in which anything was written; their inputs are named `parts.0.text`."""
    item, rows = _item_of(info), []
    for number in range(50):
        prefix = f"{name}.{number}."
        row: dict[str, Any] = {}
        for key, inner in item.model_fields.items():
            texts = [v.strip() for v in posted.getall(prefix + key, []) if isinstance(v, str)]
            value = _stored(prefix + key, inner, files) if _declared(inner) == "files" else "".join(texts[:1])
            if value:
                row[key] = value
        if row:
            rows.append(row)
    return rows


def _field(name: str, info: FieldInfo, value: Any, error: str, options: Options) -> FormField:
    extra, widget = _extra(info), _widget(name, info, options)
    value = _default(info) if value is None else value
    return FormField(
        name=name,
        label=str(extra.get("label") or info.title or _LABELS.get(name.rpartition(".")[2], name)),
        widget=widget,
        required=info.is_required(),
        help=str(extra.get("help") or info.description or ""),
        choices=tuple((str(key), str(words)) for key, words in _choices(name, info, options).items()),
        value=value,
        error=error,
        attributes=_attributes(info, extra, widget),
        rows=_rows(name, info, value, options) if widget == "rows" else (),
        elsewhere=options.get("elsewhere", {}) if _declared(info) == "department" else {},
    )


def _rows(name: str, info: FieldInfo, value: Any, options: Options) -> tuple[tuple[FormField, ...], ...]:
    """The rows already filled and empty ones to go on with."""
    filled: Sequence[Mapping[str, Any]] = value if isinstance(value, list) else []
    rows = []
    for number in range(max(ROWS_OFFERED, len(filled) + 1)):
        given = filled[number] if number < len(filled) else {}
        rows.append(
            tuple(
                _field(f"{name}.{number}.{key}", inner, given.get(key), "", options)
                for key, inner in _item_of(info).model_fields.items()
            )
        )
    return tuple(rows)


def _item_of(info: FieldInfo) -> type[BaseModel]:
    item = next((arg for arg in get_args(bare_type(info.annotation)) if isinstance(arg, type)), None)
    if item is None or not issubclass(item, BaseModel):
        raise TypeError("a field of rows holds a tuple of models")
    return item


def _extra(info: FieldInfo) -> dict[str, Any]:
    return dict(info.json_schema_extra) if isinstance(info.json_schema_extra, dict) else {}


def _declared(info: FieldInfo) -> str:
    return str(_extra(info).get("widget", ""))


def is_secret(info: FieldInfo) -> bool:
    """Whether what is typed here is for the moment only, and never kept or shown again."""
    return _declared(info) == "password"


def _default(info: FieldInfo) -> Any:
    default = None if info.is_required() else info.get_default(call_default_factory=True, validated_data={})
    if isinstance(default, Enum):
        return default.value
    if isinstance(default, list | tuple | set | frozenset):
        return [str(item) for item in default]
    return "" if default is None else default


def _widget(name: str, info: FieldInfo, options: Options) -> str:
    """How the field is drawn: by what it declares, by the choices it has, or by its type."""
    declared = _declared(info)
    if declared in _MANY:
        return "checklist" if _choices(name, info, options) else "lines"
    if declared == "parts":
        return "rows"
    if declared == "yesno":
        return "radio"
    if declared in _PLAIN:
        return declared
    if declared in _ONE_LINE:
        return "text"
    if declared or _choices(name, info, options):
        return "choice"
    kind = bare_type(info.annotation)
    if get_origin(kind) in {list, tuple, set, frozenset}:
        return "lines"
    names = {"bool": "bool", "int": "number", "float": "number", "date": "date", "datetime": "datetime"}
    return names.get(getattr(kind, "__name__", ""), "text")


def _choices(name: str, info: FieldInfo, options: Options) -> Mapping[str, str]:
    declared = _declared(info)
    own = name.rpartition(".")[2]
    given = options.get(own) or options.get(declared) or _extra(info).get("choices")
    if given:
        return dict(given)
    if declared == "departments":
        return options.get("department", {})
    if declared == "yesno":
        return YES_NO
    kind = bare_type(info.annotation)
    if get_origin(kind) is Literal:
        return {str(value): str(value) for value in get_args(kind)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {str(member.value): DOMAIN_NAMES.get(member.value, str(member.value)) for member in kind}
    return {}


def bare_type(annotation: Any) -> Any:
    """The type without None."""
    if get_origin(annotation) in {Union, UnionType}:
        rest = [part for part in get_args(annotation) if part is not type(None)]
        return rest[0] if len(rest) == 1 else annotation
    return annotation


def _attributes(info: FieldInfo, extra: Mapping[str, Any], widget: str) -> dict[str, Any]:
    """HTML attributes that repeat the model's own limits, so that browsers help before posting."""
    attributes = {key: extra[key] for key in ("rows", "placeholder", "inputmode") if key in extra}
    if widget == "files" and get_origin(bare_type(info.annotation)) is tuple:
        return {**attributes, "multiple": True}
    if widget not in {"text", "textarea", "number"}:
        return attributes
    for limit in info.metadata:
        for source, target in (("max_length", "maxlength"), ("ge", "min"), ("le", "max")):
            if getattr(limit, source, None) is not None:
                attributes[target] = getattr(limit, source)
    return attributes
