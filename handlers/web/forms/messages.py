"""What to correct in a form, in Chinese: one sentence per field, in place of pydantic's own words."""

from __future__ import annotations

from pydantic import ValidationError

_MESSAGES = {
    "missing": "请填写这一项。",
    "string_too_short": "内容太短，至少 {min_length} 个字。",
    "string_too_long": "内容太长，最多 {max_length} 个字。",
    "too_short": "至少要有 {min_length} 项。",
    "too_long": "最多 {max_length} 项。",
    "greater_than_equal": "不能小于 {ge}。",
    "greater_than": "必须大于 {gt}。",
    "less_than_equal": "不能大于 {le}。",
    "less_than": "必须小于 {lt}。",
    "int_parsing": "请填写整数。",
    "float_parsing": "请填写数字。",
    "decimal_parsing": "请填写数字。",
    "enum": "请从列出的选项中选择。",
    "literal_error": "请从列出的选项中选择。",
    "bool_parsing": "请选择是或否。",
    "date_parsing": "请填写日期，例如 2026-11-22。",
    "date_from_datetime_parsing": "请填写日期，例如 2026-11-22。",
    "datetime_parsing": "请填写日期和时间。",
    "datetime_from_date_parsing": "请填写日期和时间。",
}


def messages_of(wrong: ValidationError) -> dict[str, str]:
    """By field name; the empty name is the form as a whole. A validator's own sentence is kept."""
    messages: dict[str, str] = {}
    for problem in wrong.errors(include_url=False, include_input=False):
        place = problem["loc"]
        name = str(place[0]) if place else ""
        context = problem.get("ctx", {})
        if problem["type"] == "value_error":
            text = str(context.get("error", "")) or "内容不正确。"
        else:
            text = _MESSAGES.get(problem["type"], "内容不正确。").format(**context)
        if len(place) > 1 and isinstance(place[1], int):
            text = f"第 {place[1] + 1} 项：{text}"
        messages.setdefault(name, text)
    return messages
