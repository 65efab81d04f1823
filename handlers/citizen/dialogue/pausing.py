"""Which messages are one turn with their neighbours, and which of them may wait a moment for more words.

Asked when an update is stored, before anything is known of its chat: it looks at the update alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cases.ports.conversations import Incoming
from classify.acts.buttons import is_said_for_a_button
from classify.acts.danger import find_danger


def incoming(update: dict[str, Any], now: datetime, pause: timedelta) -> Incoming:
    """The update as the inbox takes it. Danger and words that stand for a button never wait."""
    words = _words(update) if pause else None
    waits = words is not None and not is_said_for_a_button(words) and not find_danger(words)
    return Incoming(
        id=str(update["update_id"]),
        payload=update,
        received_at=now,
        joins=words is not None,
        quiet_until=now + pause if waits else None,
    )


def _words(update: Mapping[str, Any]) -> str | None:
    """The text of a private message that is no command."""
    message = update.get("message")
    if not isinstance(message, Mapping) or not isinstance(message.get("chat"), Mapping):
        return None
    words = message.get("text")
    private = message["chat"].get("type") == "private"
    return words if private and isinstance(words, str) and not words.startswith("/") else None
