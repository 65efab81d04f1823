"""Texts and keyboards as Telegram accepts them: HTML entities, lengths, button rules."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from tests.telegram_standin.errors import Refused

TAGS = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del"),
    *("span", "tg-spoiler", "a", "code", "pre", "blockquote", "tg-emoji"),
}
ENTITIES = {"lt", "gt", "amp", "quot"}
BUTTON_KINDS = {
    *("callback_data", "url", "web_app", "login_url", "switch_inline_query"),
    *("switch_inline_query_current_chat", "copy_text", "pay", "callback_game"),
}


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.plain: list[str] = []
        self.open: list[str] = []
        self.tags: list[str] = []

    def _offset(self) -> int:
        return self.getpos()[1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Refused(
                400, f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self._offset()}'
            )
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            raise Refused(400, f"can't parse entities: Unexpected end tag at byte offset {self._offset()}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise Refused(400, f"can't parse entities: Unclosed start tag at byte offset {self._offset()}")
        self.plain.append(data)

    def handle_entityref(self, name: str) -> None:
        self.plain.append({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}.get(name, f"&{name}"))

    def handle_charref(self, name: str) -> None:
        self.plain.append(chr(int(name[1:], 16) if name[:1] in "xX" else int(name)))

    def handle_comment(self, data: str) -> None:
        raise Refused(400, "can't parse entities: Unsupported start tag")

    def handle_decl(self, decl: str) -> None:
        raise Refused(400, "can't parse entities: Unsupported start tag")


def parse_text(text: str, parse_mode: str | None) -> str:
    """The text a reader sees. Raises Refused for what Telegram cannot parse."""
    if not parse_mode:
        return text
    if parse_mode.lower() != "html":
        raise Refused(400, "unsupported parse_mode in this stand-in")
    parser = _Html()
    parser.feed(text)
    parser.close()
    if parser.open:
        raise Refused(
            400, f"can't parse entities: Can't find end tag corresponding to start tag {parser.open[-1]}"
        )
    return "".join(parser.plain)


def check_text(text: object, parse_mode: str | None, *, longest: int, what: str = "text") -> str:
    if not isinstance(text, str) or not text:
        raise Refused(400, f"message {what} is empty")
    plain = parse_text(text, parse_mode)
    if not plain.strip():
        raise Refused(400, f"message {what} is empty" if what == "text" else f"{what} must be non-empty")
    if len(plain.encode("utf-16-le")) // 2 > longest:
        raise Refused(400, "message is too long" if what == "text" else f"message {what} is too long")
    if any(ord(sign) in range(0xD800, 0xE000) for sign in plain):
        raise Refused(400, "strings must be encoded in UTF-8")
    return plain


def check_markup(raw: object) -> dict[str, Any] | None:
    """The keyboard, or None. Raises Refused."""
    if raw in (None, ""):
        return None
    markup = json.loads(raw) if isinstance(raw, str) else raw
    if not isinstance(markup, dict):
        raise Refused(400, "object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    elif "keyboard" in markup:
        _check_reply_keyboard(markup["keyboard"])
    elif not (markup.get("remove_keyboard") or markup.get("force_reply")):
        raise Refused(400, "can't parse reply markup")
    return markup


def _check_inline(rows: object) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused(400, 'field "inline_keyboard" must be of type Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(len(row) > 8 for row in rows):
        raise Refused(400, "reply markup is too long")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            raise Refused(400, "text buttons are unallowed in the inline keyboard")
        kinds = BUTTON_KINDS & button.keys()
        if len(kinds) != 1:
            raise Refused(400, "text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
            raise Refused(400, "BUTTON_DATA_INVALID")
        if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
            raise Refused(400, "BUTTON_URL_INVALID")


def _check_reply_keyboard(rows: object) -> None:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and row for row in rows):
        raise Refused(400, "keyboard must be a non-empty Array of Arrays")
    for row in rows:
        for button in row:
            text = button if isinstance(button, str) else button.get("text", "")
            if not text:
                raise Refused(400, "keyboard button text must be non-empty")
