"""How the arguments of a move are asked for, whatever moves: pages, API and tests derive their forms from it.

The widget, label and help of a field live in `json_schema_extra`; nothing here renders anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from cases.text_lengths import LONGEST_LINE, LONGEST_WORDS

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_WORDS)]
ShortWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE)]
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What a form takes for a day: beyond them stand slips of the hand, and instants that no clock can hold."""


def ask(
    label: str,
    widget: str = "textarea",
    *,
    help: str = "",
    choices: Mapping[Any, str] | None = None,
    **more: Any,
) -> Any:
    """A form field: `choices` maps stored values to words on screen; days end with LAST_DAY."""
    extra: dict[str, Any] = {"label": label, "widget": widget, "help": help}
    if choices:
        extra["choices"] = {str(value): words for value, words in choices.items()}
    if widget == "date":
        more = {"ge": FIRST_DAY, "le": LAST_DAY} | more
    return Field(json_schema_extra=extra, **more)
