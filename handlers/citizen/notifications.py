"""What a citizen is told about a case, rendered for the outbox: texts and buttons, no address.

The relay fills in nothing but the chat; a template or value it does not know never stops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from cases.vocabulary import DeclineReason, Language, Outcome
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.texts import Html, Texts, escaped, split_text, texts

BUTTONS: dict[str, tuple[str, ...]] = {
    "told-supplement-asked": ("supplement", "open"),
    "told-message": ("write", "open"),
    "told-answered": ("answer", "rate", "review"),
    "told-answered-last": ("answer", "rate"),
    "told-review-answered": ("answer", "rate", "final-review"),
    "told-review-answered-last": ("answer", "rate"),
    "told-review-answered-final": ("answer", "rate"),
    "told-declined": ("review", "open"),
    "told-declined-last": ("open",),
    "told-closed": ("rate", "open"),
    "told-follow-up": ("answer", "rate"),
}
LONG: dict[str, str] = {
    "told-message": "text",
    "told-answered": "opinion",
    "told-review-answered": "opinion",
    "told-declined": "explanation",
    "told-extended": "reason",
    "told-supplement-asked": "items",
}
"""The one value of a template that may fill messages of its own."""
_DAYS = frozenset({"due", "until"})
VALUES = (
    "number",
    "department",
    "due",
    "until",
    "reason",
    "basis",
    "outcome",
    "serial",
    "verification",
    "into",
    "children",
    "matter",
    "commitment",
)


def render_notification(template: str, params: Mapping[str, Any], language: Language) -> list[dict[str, Any]]:
    """Arguments of one `SendMessage` after the other, without `chat_id`."""
    say = texts(language)
    if not say.has(template):
        template = "told-changed"
    values = {name: _value(say, template, name, params.get(name)) for name in VALUES}
    variant = _variant(say, template, params)
    bodies = [say(variant, **values)]
    long = params.get(LONG.get(template, ""))
    bodies += [escaped(piece) for piece in split_text(_long_text(long))]
    number = str(params.get("number") or "")
    acts = BUTTONS.get(variant) or BUTTONS.get(template, ("open",))
    buttons = Keyboards(say).case(number, acts) if 0 < len(number) <= 30 else None
    last = len(bodies) - 1
    return [_payload(body, buttons if index == last else None) for index, body in enumerate(bodies)]


def _payload(text: Html, buttons: InlineKeyboardMarkup | None) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "text": str(text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if buttons is not None:
        payload["reply_markup"] = buttons.model_dump(mode="json", exclude_none=True)
    return payload


def _variant(say: Texts, template: str, params: Mapping[str, Any]) -> str:
    if params.get("final") and say.has(f"{template}-final"):
        return f"{template}-final"
    if params.get("last") and say.has(f"{template}-last"):
        return f"{template}-last"
    if params.get("until") and say.has(f"{template}-until"):
        return f"{template}-until"
    return template


def _value(say: Texts, template: str, name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _DAYS:
        return say.day_of(str(value))
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    if name == "outcome" and str(value) in set(Outcome):
        return say.named("outcome", str(value))
    if name == "reason" and template == "told-declined" and str(value) in set(DeclineReason):
        return say.named("decline", str(value))
    return str(value)


def _long_text(value: Any) -> str:
    """Lists become numbered lines."""
    if isinstance(value, list | tuple):
        return "\n".join(f"{place}. {item}" for place, item in enumerate(value, 1))
    return "" if value is None else str(value)
