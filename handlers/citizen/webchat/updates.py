"""What a visitor does on the page, as the updates Telegram would send for it.

Pure: it builds dictionaries; `writing.py` stores them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any


def once(key: str, *what: str | bytes) -> str:
    """Names one thing done on one page: the same again has the same name, whatever else has another.

    `key` is the page's or the script's own random word. What was done goes in too, so that other words
    written on an old page are never taken for a repeat.
    """
    digest = hashlib.sha256(key.encode("utf-8", "replace"))
    for part in what:
        piece = part if isinstance(part, bytes) else part.encode("utf-8", "replace")
        digest.update(b"\0%d\0" % len(piece) + piece)
    return digest.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who writes: the chat's number (a 60-bit hash of the cookie's hash) and the page's language."""

    chat: int
    language: str

    @classmethod
    def of(cls, secret: str, language: str) -> Visitor:
        digest = hashlib.sha256(b"web-chat:" + secret.encode()).digest()
        return cls(int.from_bytes(digest[:8]) >> 4 or 1, language)

    def text(self, line: int, now: datetime, words: str, key: str) -> dict[str, Any]:
        return self._update(key, {"message": self._message(line, now, {"text": words})})

    def document(
        self, line: int, now: datetime, file_id: str, name: str, size: int, caption: str, key: str
    ) -> dict[str, Any]:
        about = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": size}
        content: dict[str, Any] = {"document": about}
        if caption:
            content["caption"] = caption
        return self._update(key, {"message": self._message(line, now, content)})

    def press(self, line: int, now: datetime, on: int, data: str, key: str) -> dict[str, Any]:
        """`on` is the line that carried the button."""
        query = {
            "id": f"{self.chat}-{line}",
            "from": self._user(),
            "chat_instance": str(self.chat),
            "data": data,
            "message": {**self._message(on, now, {"text": "…"}), "from": self._bot()},
        }
        return self._update(key, {"callback_query": query})

    def _update(self, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """The same thing done again is the same update again; the number says nothing of when it was."""
        return {"update_id": int(hashlib.sha256(f"{self.chat}:{key}".encode()).hexdigest()[:13], 16), **body}

    def _message(self, line: int, now: datetime, content: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": self.chat, "type": "private"}
        return {
            "message_id": line,
            "date": int(now.timestamp()),
            "chat": chat,
            "from": self._user(),
            **content,
        }

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": "web", "language_code": self.language}

    def _bot(self) -> dict[str, Any]:
        return {"id": 1, "is_bot": True, "first_name": "Shouxin"}
