"""What to correct in a form, one sentence per field, in place of pydantic's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from cases.errors import InvalidInput, Reason
from handlers.web import reasons

_REASONS: dict[str, Reason] = {
    "missing": reasons.FIELD_MISSING,
    "extra_forbidden": reasons.FIELD_UNKNOWN,
    "string_too_short": reasons.TEXT_TOO_SHORT,
    "string_too_long": reasons.TEXT_TOO_LONG,
    "string_type": reasons.NO_TEXT,
    "string_pattern_mismatch": reasons.OTHER_PATTERN,
    "too_short": reasons.TOO_FEW_ITEMS,
    "too_long": reasons.TOO_MANY_ITEMS,
    "greater_than_equal": reasons.LESS_THAN,
    "greater_than": reasons.NOT_GREATER_THAN,
    "less_than_equal": reasons.GREATER_THAN,
    "less_than": reasons.NOT_LESS_THAN,
    "int_parsing": reasons.NO_WHOLE_NUMBER,
    "int_type": reasons.NO_WHOLE_NUMBER,
    "int_from_float": reasons.NO_WHOLE_NUMBER,
    "float_parsing": reasons.NO_NUMBER,
    "decimal_parsing": reasons.NO_NUMBER,
    "enum": reasons.NOT_OFFERED,
    "literal_error": reasons.NOT_OFFERED,
    "bool_parsing": reasons.NEITHER_YES_NOR_NO,
    "bool_type": reasons.NEITHER_YES_NOR_NO,
    "date_parsing": reasons.NO_DATE,
    "date_type": reasons.NO_DATE,
    "date_from_datetime_parsing": reasons.NO_DATE,
    "datetime_parsing": reasons.NO_TIME,
    "datetime_from_date_parsing": reasons.NO_TIME,
    "list_type": reasons.NO_LIST,
    "tuple_type": reasons.NO_LIST,
    "set_type": reasons.NO_LIST,
    "frozen_set_type": reasons.NO_LIST,
    "json_invalid": reasons.NO_JSON,
}


def messages_of(wrong: ValidationError) -> dict[str, str]:
    """In Chinese, by field name; the empty name is the form as a whole."""
    messages: dict[str, str] = {}
    for problem in wrong.errors(include_url=False, include_input=False):
        place = problem["loc"]
        told = _told(problem)
        if len(place) > 1 and isinstance(place[1], int):
            told = InvalidInput(reasons.IN_ITEM, place=place[1] + 1, problem=told)
        messages.setdefault(str(place[0]) if place else "", str(told))
    return messages


def problems_of(wrong: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Each in Chinese with its place, from the form inwards."""
    for problem in wrong.errors(include_url=False, include_input=False):
        yield problem["loc"], str(_told(problem))


def first_problem(wrong: ValidationError) -> InvalidInput:
    """Where and what, without repeating what was sent."""
    problem = wrong.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in problem["loc"]) or "body"
    return InvalidInput(reasons.IN_FIELD, field=where, problem=_told(problem))


def _told(problem: Mapping[str, Any]) -> InvalidInput:
    reason, given = _REASONS.get(problem["type"], reasons.FIELD_WRONG), problem.get("ctx", {})
    if isinstance(given.get("ge", given.get("le")), str):  # a bound of a day; those of numbers are numbers
        reason = reasons.NO_DATE
    return InvalidInput(reason, **given)
