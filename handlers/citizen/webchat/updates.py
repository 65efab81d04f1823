"""What a visitor does on the page, as the updates Telegram would send for it.

Pure: it builds dictionaries; `page.py` stores them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who writes: the chat's number (a 60-bit hash of the cookie's hash) and the page's language."""

    chat: int
    language: str

    @classmethod
    def of(cls, secret: str, language: str) -> Visitor:
        digest = hashlib.sha256(b"web-chat:" + secret.encode()).digest()
        return cls(int.from_bytes(digest[:8]) >> 4 or 1, language)

    def text(self, line: int, now: datetime, words: str) -> dict[str, Any]:
        return self._update(line, now, {"message": self._message(line, now, {"text": words})})

    def document(
        self, line: int, now: datetime, file_id: str, name: str, size: int, caption: str = ""
    ) -> dict[str, Any]:
        about = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": size}
        content: dict[str, Any] = {"document": about}
        if caption:
            content["caption"] = caption
        return self._update(line, now, {"message": self._message(line, now, content)})

    def press(self, line: int, now: datetime, on: int, data: str) -> dict[str, Any]:
        """`on` is the line that carried the button."""
        query = {
            "id": f"{self.chat}-{line}",
            "from": self._user(),
            "chat_instance": str(self.chat),
            "data": data,
            "message": {**self._message(on, now, {"text": "…"}), "from": self._bot()},
        }
        return self._update(line, now, {"callback_query": query})

    def _update(self, line: int, now: datetime, body: dict[str, Any]) -> dict[str, Any]:
        """Ids grow with time and never repeat, also after an old transcript was forgotten."""
        return {"update_id": int(now.timestamp() * 1000) * 1000 + line % 1000, **body}

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
