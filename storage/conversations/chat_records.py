"""A chat as a document: what of it is sealed, and how its turns and calls are read back. No database here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from cases.ports.conversations import Address, Delivery, Incoming, Outgoing, Pace, Work
from cases.vocabulary import Channel
from storage.conversations.pipelines import Lease
from storage.database.encoding import Document, decode
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after

MARK = re.compile("[0-9a-f]{32}")


class ChatRecords:
    """Chats under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def _work(self, stored: Document, lease: Lease) -> Work:
        key = stored["_id"]
        turn = tuple(self._incoming(key, item) for item in _first_turn(stored["inbox"]))
        address, dialogue = self.open_address(stored), self.open_dialogue(stored)
        return Work(key, address, lease.token, turn, dialogue, self._open_pace(stored))

    def _incoming(self, key: str, item: Document) -> Incoming:
        payload = self._open(item["payload"], f"{key}/in/{item['id']}/payload")
        return Incoming(
            item["id"], payload, item["received_at"], item["attempts"], joins=item.get("joins", False)
        )

    def open_dialogue(self, document: Document) -> dict[str, Any]:
        """What a stored chat is in the middle of."""
        sealed = document.get("dialogue")
        return self._open(sealed, f"{document['_id']}/dialogue") if sealed else {}

    def open_all(self, document: Document) -> list[dict[str, Any]]:
        """What a stored chat is in the middle of, and the updates that wait in it."""
        key, queue = document["_id"], document.get("inbox", {}).get("queue", [])
        waiting = [self._open(item["payload"], f"{key}/in/{item['id']}/payload") for item in queue]
        return [self.open_dialogue(document), *waiting]

    def _open_pace(self, document: Document) -> Pace | None:
        sealed = document.get("pace")
        return Pace(**decode(self._keys.open(sealed, f"{document['_id']}/pace"))) if sealed else None

    def seal_dialogue(self, conversation: str, dialogue: dict[str, Any]) -> bytes:
        return self._seal(dialogue, f"{conversation}/dialogue")

    def _delivery(self, stored: Document, token: str, address: Address) -> Delivery:
        key, item = stored["_id"], stored["outbox"]["queue"][0]
        payload = self._open(item["payload"], f"{key}/out/{item['id']}/payload")
        call = Outgoing(item["id"], item["method"], payload, item["attempts"])
        return Delivery(key, address, token, call, stored["outbox"].get("not_before"))

    def _items(self, key: str, calls: Sequence[Outgoing]) -> list[Document]:
        return [
            {
                "id": call.id,
                "mark": self._mark(call.id),
                "method": call.method,
                "payload": self._seal(call.payload, f"{key}/out/{call.id}/payload"),
                "attempts": call.attempts,
            }
            for call in calls
        ]

    def _mark(self, id: str) -> str:
        return self._keys.mark(id, "update")

    def bring_up(self, document: Document) -> Document:
        """The same chat as it is kept since version 5: what is done by its marks, language sealed."""
        key, renewed = document["_id"], dict(document)
        for box, done in (("inbox", "seen"), ("outbox", "sent")):
            if done in renewed.get(box, {}):
                marks = [id if MARK.fullmatch(id) else self._mark(id) for id in renewed[box][done]]
                renewed[box] = {**renewed[box], done: marks}
        if "queue" in renewed.get("outbox", {}):
            waiting = [{**item, "mark": self._mark(item["id"])} for item in renewed["outbox"]["queue"]]
            renewed["outbox"] = {**renewed["outbox"], "queue": waiting}
        if isinstance(renewed.get("language"), str):
            renewed["language"] = self._keys.seal(renewed["language"].ljust(7), f"{key}/language")
        if isinstance(renewed.get("pace"), dict):
            del renewed["pace"]
        if "active_at" in renewed:
            renewed["active_at"] = day_after(renewed["active_at"])
        return renewed

    def open_address(self, document: Document) -> Address:
        """Where a stored chat is reached."""
        text = self._keys.open_text(document["address"], f"{document['_id']}/address")
        channel, _, chat = text.partition(":")
        return Address(Channel(channel), chat)

    def _seal(self, value: dict[str, Any], context: str) -> bytes:
        return self._keys.seal(json.dumps(value, ensure_ascii=True, separators=(",", ":")), context)

    def _open(self, sealed: bytes, context: str) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(self._keys.open(sealed, context))
        return opened


def _first_turn(inbox: Document) -> list[Document]:
    """The updates that are answered together: the first, with what joins it."""
    first, *others = inbox["queue"]
    if inbox.get("alone") or not first.get("joins"):
        return [first]
    return [first, *takewhile(lambda item: item.get("joins"), others)]
